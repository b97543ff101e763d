import { Injectable } from '@nestjs/common';
import type { Actor, RecordingState } from '#libs/contracts';
import { Events } from '#libs/events';
import { Accounts, actorId, Vault } from '#libs/identity';
import { Database, DomainError, newId, Settings, type Interview, type Reader, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { isOpen } from './interview.rules.js';
import { Interviews, scopeOf, stateRefused } from './interviews.js';
import { recordingRuns, type Answers } from './recording.rules.js';

/**
 * Who said yes to being recorded. A recording runs while an interviewer asks for it and everybody who may be in the room (the candidate
 * and the interviewers) has said yes; whoever is invited, or takes a yes back, stops it in the same transaction, so before they can enter.
 */
@Injectable()
export class RecordingConsents {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly events: Events,
    private readonly rooms: Rooms,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly settings: Settings,
  ) {}

  /** An interviewer asks for it, which is a yes of their own, or ends it. Throws `interviewStateRefused`, `forbidden`, `notFound`. */
  async ask(actor: Actor & { accountId: string }, interviewId: string, on: boolean): Promise<RecordingState> {
    return this.database.transaction(async (tx) => {
      const { interview, role } = await this.interviews.lockForPart(tx, actor, interviewId);
      if (role === 'candidate') throw new DomainError('forbidden');
      if (!isOpen(interview.status) || interview.roomId === null) throw stateRefused(interview);
      if (on) await this.write(tx, interviewId, actor.accountId, true);
      const now = await tx.interview.update({ where: { id: interviewId }, data: { recordingAsked: on } });
      await this.changed(tx, now, actor);
      return this.state(now, actor.accountId, tx);
    });
  }

  /**
   * A person's own answer, which can be changed at any time: a no stops it at once. Throws `interviewStateRefused`, `forbidden`, `notFound`.
   * @param as who answers: a station's clerk passes on what the person beside them says
   */
  async answer(actor: Actor, interviewId: string, yes: boolean, as: Actor = actor): Promise<RecordingState> {
    return this.database.transaction(async (tx) => {
      const { interview } = await this.interviews.lockForPart(tx, as, interviewId);
      if (!isOpen(interview.status)) throw stateRefused(interview);
      const accountId = 'accountId' in as ? as.accountId : '';
      await this.write(tx, interviewId, accountId, yes);
      await this.changed(tx, interview, actor);
      return this.state(interview, accountId, tx);
    });
  }

  /** Makes the room record or not, as the answers are now: after anything that changes them or who is in it. */
  async look(tx: Tx, interview: Interview): Promise<void> {
    if (interview.roomId === null || !isOpen(interview.status)) return;
    await this.rooms.setRecording(tx, interview.roomId, recordingRuns(interview.recordingAsked, (await this.answers([interview], tx))[0]!));
  }

  /** @param viewer whose own answer is marked; null: nobody's */
  async state(interview: Interview, viewer: string | null, reader: Reader = this.database.read): Promise<RecordingState> {
    return (await this.states([interview], viewer, reader))[0]!;
  }

  /** Of several at once, in their order. */
  async states(interviews: readonly Interview[], viewer: string | null, reader: Reader = this.database.read): Promise<RecordingState[]> {
    const all = await this.answers(interviews, reader);
    const [names, staff] = await Promise.all([
      this.vault.names(new Set(interviews.map(({ accountId }) => accountId)), reader), this.accounts.displayNames([...new Set(all.flatMap((answers) => [...answers.keys()]))], reader),
    ]);
    return interviews.map(({ accountId, status, recordingAsked }, n) => {
      const answers = all[n]!;
      return {
        asked: recordingAsked, running: isOpen(status) && recordingRuns(recordingAsked, answers), keptDays: this.settings.interviewRecordingDays,
        answers: [...answers].map(([id, yes]) => ({ name: (id === accountId ? names.get(id) : undefined) ?? staff.get(id) ?? '', mine: id === viewer, yes })),
      };
    });
  }

  /** Of each, by account id, the candidate first; null: has not answered. */
  private async answers(interviews: readonly Interview[], reader: Reader): Promise<Answers[]> {
    const where = { interviewId: { in: interviews.map(({ id }) => id) } };
    const [interviewers, given] = await Promise.all([
      reader.interviewer.findMany({ where, orderBy: { joinedAt: 'asc' } }), reader.recordingAnswer.findMany({ where, orderBy: { id: 'asc' } }),
    ]);
    return interviews.map(({ id, accountId }) => {
      const there = interviewers.filter(({ interviewId }) => interviewId === id).map((each) => each.accountId);
      const answers: Answers = new Map([accountId, ...there].map((who) => [who, null]));
      for (const { interviewId, accountId: who, yes } of given) if (interviewId === id && answers.has(who)) answers.set(who, yes);
      return answers;
    });
  }

  private async write(tx: Tx, interviewId: string, accountId: string, yes: boolean): Promise<void> {
    await tx.recordingAnswer.create({ data: { id: newId(), interviewId, accountId, yes } });
  }

  private async changed(tx: Tx, interview: Interview, by: Actor): Promise<void> {
    await this.look(tx, interview);
    const { id: interviewId, fairId, organisationId, accountId } = interview;
    await this.events.append(tx, 'interview.updated', scopeOf(interview), { fairId, organisationId, interviewId, accountId }, { actorId: actorId(by) });
  }
}
