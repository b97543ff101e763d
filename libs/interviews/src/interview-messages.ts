import { Injectable } from '@nestjs/common';
import type { Actor, InterviewMessage } from '#libs/contracts';
import { Events } from '#libs/events';
import { Accounts, actorId, Vault } from '#libs/identity';
import { Database, DomainError, Limits, newId, Seal, type Interview, type InterviewMessage as Row } from '#libs/platform';
import { isOpen } from './interview.rules.js';
import { Interviews, scopeOf, stateRefused } from './interviews.js';

/** Rows that are read at once: an interview has fewer. */
const MOST = 500;

/** 面试中的文字: the last step of the ladder, and for what is better written. Texts are sealed with the candidate's key. */
@Injectable()
export class InterviewMessages {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly events: Events,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly seal: Seal,
    private readonly limits: Limits,
  ) {}

  /**
   * Numbers greater than `after`, the smallest first. Employers read them while the candidate's yes holds. Throws `consentWithdrawn`, `forbidden`, `notFound`.
   * @param as whose: a station's clerk reads as the person who sits there
   */
  async list(as: Actor, interviewId: string, after = 0): Promise<InterviewMessage[]> {
    const interview = await this.interviews.require(interviewId);
    const role = await this.interviews.roleOf(as, interview);
    if (role === 'colleague' && as.role !== 'employerAdmin') throw new DomainError('forbidden');
    if (role !== 'candidate') await this.interviews.requireConsent(interview);
    const rows = await this.database.read.interviewMessage.findMany({ where: { interviewId, seq: { gt: after } }, orderBy: { seq: 'asc' }, take: MOST });
    return this.views(interview, rows, accountOf(as));
  }

  /** While it is open. Throws `interviewStateRefused`, `consentWithdrawn`, `forbidden`, `notFound`, `tooManyRequests`. */
  async send(actor: Actor, interviewId: string, text: string, as: Actor = actor): Promise<InterviewMessage> {
    const accountId = accountOf(as);
    await this.limits.take('messageByPerson', `${interviewId}:${accountId}`);
    const { interview, row } = await this.database.transaction(async (tx) => {
      const { interview, role } = await this.interviews.lockForPart(tx, as, interviewId);
      if (!isOpen(interview.status)) throw stateRefused(interview);
      if (role !== 'candidate') await this.interviews.requireConsent(interview, tx);
      const key = await this.vault.key(tx, interview.accountId);
      const { lastSeq: seq } = await tx.interview.update({ where: { id: interviewId }, data: { lastSeq: { increment: 1 } } });
      const row = await tx.interviewMessage.create({ data: { id: newId(), interviewId, seq, accountId, textSealed: new Uint8Array(this.seal.seal(text, key)) } });
      const { fairId, organisationId } = interview;
      await this.events.append(tx, 'interviewMessage.sent', scopeOf(interview), { fairId, organisationId, interviewId, accountId: interview.accountId, seq }, { actorId: actorId(actor) });
      return { interview, row };
    });
    return (await this.views(interview, [row], accountId))[0]!;
  }

  private async views(interview: Interview, rows: Row[], viewer: string): Promise<InterviewMessage[]> {
    const [keys, names, staff] = await Promise.all([
      this.vault.keys([interview.accountId]), this.vault.names([interview.accountId]), this.accounts.displayNames(rows.map(({ accountId }) => accountId)),
    ]);
    const key = keys.get(interview.accountId);
    if (!key) return [];
    return rows.map(({ seq, accountId, textSealed, sentAt }) =>
      ({ seq, text: this.seal.unseal(textSealed, key), mine: accountId === viewer, author: names.get(accountId) ?? staff.get(accountId) ?? '', sentAt: sentAt.toISOString() }));
  }
}

const accountOf = (actor: Actor): string => ('accountId' in actor ? actor.accountId : '');
