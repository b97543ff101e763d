import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Erasures, Exports, Vault } from '#libs/identity';
import { Database, Seal, Timers, type Tx } from '#libs/platform';
import { Recordings } from '#libs/rooms';
import { Decisions } from './decisions.js';
import { InterviewStates } from './interview-states.js';
import { timerNames } from './interview-timers.js';
import { Interviews } from './interviews.js';

/** What follows for interviews when a person uses their rights: copy (PIPL 45), deletion (47). */
@Injectable()
export class InterviewRights implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly exports: Exports,
    private readonly erasures: Erasures,
    private readonly interviews: Interviews,
    private readonly states: InterviewStates,
    private readonly decisions: Decisions,
    private readonly recordings: Recordings,
    private readonly timers: Timers,
    private readonly vault: Vault,
    private readonly seal: Seal,
  ) {}

  onModuleInit(): void {
    this.exports.add('interviews', (accountId) => this.copy(accountId));
    this.erasures.add('interviews', (tx, accountId) => this.erase(tx, accountId));
  }

  /** With what both sides wrote, what the candidate was told, and their answers to recordings. Interviewers' sheets are the interviewers' judgement, not the person's own data; their number is said. */
  private async copy(accountId: string): Promise<unknown[]> {
    const key = (await this.vault.keys([accountId])).get(accountId);
    const rows = await this.database.read.interview.findMany({
      where: { accountId }, orderBy: { id: 'asc' },
      include: { messages: { orderBy: { seq: 'asc' } }, answers: { where: { accountId }, orderBy: { id: 'asc' } }, _count: { select: { sheets: true } } },
    });
    return rows.map((row) => {
      const { id, fairId, organisationId, jobId, mode, status, calledAt, startedAt, endedAt, messages, answers, _count } = row;
      return {
        id, fairId, organisationId, jobId, mode, status, calledAt, startedAt, endedAt, decision: this.decisions.of(row, key), sheets: _count.sheets,
        messages: key ? messages.map((each) => ({ mine: each.accountId === accountId, text: this.seal.unseal(each.textSealed, key), sentAt: each.sentAt })) : [],
        recordingAnswers: answers.map(({ yes, at }) => ({ yes, at })),
      };
    });
  }

  /**
   * Keeps that they met (人力资源市场暂行条例 33: two years), and nothing of what was said, written or recorded: the texts are deleted here, and
   * could not be read without the person's key anyway; recordings are deleted within a moment of the commit.
   */
  private async erase(tx: Tx, accountId: string): Promise<void> {
    const rows = await tx.interview.findMany({ where: { accountId }, orderBy: { id: 'asc' }, select: { id: true } });
    for (const { id } of rows) {
      const interview = await this.interviews.lock(tx, id);
      await this.states.end(tx, interview, null);
      if (interview.roomId === null) continue;
      for (const recording of await this.recordings.ofRoom(interview.roomId, tx)) await this.timers.schedule(tx, timerNames.kept, recording.id, new Date());
    }
    const interviewId = { in: rows.map(({ id }) => id) };
    await tx.interviewMessage.deleteMany({ where: { interviewId } });
    await tx.scoreSheet.updateMany({ where: { interviewId }, data: { noteSealed: null } });
    await tx.interview.updateMany({ where: { accountId }, data: { reasonSealed: null } });
  }
}
