import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { InterviewRecording } from '#libs/contracts';
import { Profiles, type MemberActor } from '#libs/identity';
import { Database, DomainError, Settings, type Interview, type StoredFile } from '#libs/platform';
import { Recordings, Rooms, RoomTokens } from '#libs/rooms';
import { Interviews, personKeyOf } from './interviews.js';
import { deletedOn } from './recording.rules.js';

/** What interviewers may open of an interview beside its room: the CV, and recordings afterwards. */
@Injectable()
export class InterviewFiles {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly profiles: Profiles,
    private readonly recordings: Recordings,
    private readonly rooms: Rooms,
    private readonly tokens: RoomTokens,
    private readonly settings: Settings,
  ) {}

  /** The candidate's newest CV; the look is written to the audit log. Throws `forbidden` (no interviewer), `consentWithdrawn`, `notFound`. */
  cv(actor: MemberActor, interviewId: string): Promise<{ file: StoredFile; stream: Readable }> {
    return this.database.transaction(async (tx) => {
      const { interview, role } = await this.interviews.lockForPart(tx, actor, interviewId);
      if (role !== 'interviewer') throw new DomainError('forbidden');
      await this.interviews.requireConsent(interview, tx);
      const facts = (await this.profiles.facts([interview.accountId], tx)).get(interview.accountId);
      if (!facts?.cvFileId) throw new DomainError('notFound');
      return this.profiles.openCv(tx, actor, interview.accountId, facts.cvFileId);
    });
  }

  /**
   * What was recorded, one for each person and time, the oldest first; those of the same minutes belong together. For interviewers and the
   * employer's administrators while the candidate's yes holds; for ten minutes at a time. Throws `consentWithdrawn`, `forbidden`, `notFound`.
   */
  async recorded(actor: MemberActor, interviewId: string): Promise<InterviewRecording[]> {
    const interview = await this.interviews.requireOwn(actor, interviewId);
    const role = await this.interviews.roleOf(actor, interview);
    if (role === 'colleague' && actor.role !== 'employerAdmin') throw new DomainError('forbidden');
    await this.interviews.requireConsent(interview);
    return interview.roomId === null ? [] : this.views(actor, interview as Interview & { roomId: string });
  }

  private async views(actor: MemberActor, { roomId }: { roomId: string }): Promise<InterviewRecording[]> {
    const rows = (await this.recordings.ofRoom(roomId)).filter(({ endedAt, duration }) => endedAt !== null && duration > 0);
    if (rows.length === 0) return [];
    const [node, { token }] = await Promise.all([
      this.rooms.anyNode(), this.tokens.make(roomId, { personKey: personKeyOf(actor.accountId), name: '', role: 'viewer', sources: [] }),
    ]);
    return rows.map(({ id, startedAt, endedAt, duration }) => ({
      id, startedAt: startedAt.toISOString(), duration, token, hlsUrl: `${node ?? ''}/media/hls/${id}/replay.m3u8`,
      deletedOn: deletedOn(endedAt!, this.settings.interviewRecordingDays).toISOString(),
    }));
  }
}
