import { Injectable } from '@nestjs/common';
import type { Actor, InterviewPass } from '#libs/contracts';
import { Accounts, Vault } from '#libs/identity';
import { Database, DomainError, Limits, type Interview, type Tx } from '#libs/platform';
import { Rooms, type RoomBearer } from '#libs/rooms';
import { InterviewStates } from './interview-states.js';
import { isOpen } from './interview.rules.js';
import { Interviews, personKeyOf, stateRefused } from './interviews.js';
import { RecordingConsents } from './recording-consents.js';

const sources: RoomBearer['sources'] = ['camera', 'microphone', 'screen', 'screenAudio'];

/** Who enters an interview's room, as what. */
@Injectable()
export class InterviewJoining {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly states: InterviewStates,
    private readonly recording: RecordingConsents,
    private readonly rooms: Rooms,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly limits: Limits,
  ) {}

  /**
   * A pass to this room for this person: `host` for its interviewers, `guest` for the candidate, whose first one answers the call. It is
   * answered before the pass is made: whoever has no media now still has the meeting, and may write. Throws `callExpired`,
   * `interviewStateRefused`, `forbidden` (a colleague who was not invited), `notFound`, and what `Rooms.pass` throws.
   * @param personKey whose computer it is: a station's clerk enters as the person who sits there
   */
  async join(actor: Actor, interviewId: string, as: Actor = actor): Promise<InterviewPass> {
    const accountId = 'accountId' in as ? as.accountId : '';
    await this.limits.take('joinByPerson', `${interviewId}:${accountId}`);
    const { interview, role } = await this.database.transaction(async (tx) => {
      const found = await this.interviews.lockForPart(tx, as, interviewId);
      await this.enter(tx, actor, found);
      return found;
    });
    const name = await this.nameOf(interview, role, accountId);
    const pass = await this.rooms.pass(interview.roomId!, { personKey: personKeyOf(accountId), accountId, name, role: role === 'candidate' ? 'guest' : 'host', sources });
    return { ...pass, interviewId };
  }

  private async enter(tx: Tx, actor: Actor, { interview, role }: { interview: Interview; role: 'candidate' | 'interviewer' }): Promise<void> {
    const { status, callUntil, roomId } = interview;
    if (role === 'candidate' && (status === 'missed' || (status === 'called' && callUntil !== null && callUntil < new Date()))) throw new DomainError('callExpired');
    if (!isOpen(status) || roomId === null) throw stateRefused(interview);
    if (role === 'candidate') await this.states.begin(tx, interview, actor);
    else await this.states.attend(tx, interview);
    // Nobody comes into a room that records without their own yes.
    await this.recording.look(tx, interview);
  }

  private async nameOf({ accountId: candidate }: Interview, role: 'candidate' | 'interviewer', accountId: string): Promise<string> {
    const names = role === 'candidate' ? await this.vault.names([candidate]) : await this.accounts.displayNames([accountId]);
    return names.get(accountId) ?? '';
  }
}
