import { Injectable } from '@nestjs/common';
import type { SaveSheet, ScoreSheet, Sheets } from '#libs/contracts';
import { Events } from '#libs/events';
import { Accounts, actorId, Vault, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, Seal, type Interview, type ScoreSheet as Row } from '#libs/platform';
import { Criteria } from './criteria.js';
import { hasMet } from './interview.rules.js';
import { Interviews, scopeOf, stateRefused } from './interviews.js';
import { keptScores, strangers, total, unscored, type KeptScores } from './sheet.rules.js';

/** What interviewers think of a candidate: each writes their own sheet before they see another's. Notes are sealed with the candidate's key. */
@Injectable()
export class ScoreSheets {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly criteria: Criteria,
    private readonly events: Events,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly seal: Seal,
  ) {}

  /** One's own, and the others' once there is one's own. Administrators who are in no room see all. Throws `consentWithdrawn`, `notFound`. */
  async list(actor: MemberActor, interviewId: string): Promise<Sheets> {
    const interview = await this.interviews.requireOwn(actor, interviewId);
    await this.interviews.requireConsent(interview);
    const rows = await this.database.read.scoreSheet.findMany({ where: { interviewId }, orderBy: { savedAt: 'asc' } });
    const role = await this.interviews.roleOf(actor, interview);
    const all = rows.some(({ accountId }) => accountId === actor.accountId) || (actor.role === 'employerAdmin' && role === 'colleague');
    const seen = all ? rows : [];
    return { sheets: await this.views(actor, interview, seen), hidden: rows.length - seen.length };
  }

  /** Saves one's own, again as often as one likes. Throws `sheetIncomplete`, `validationFailed`, `interviewStateRefused`, `consentWithdrawn`, `forbidden`, `notFound`. */
  async save(actor: MemberActor, interviewId: string, { scores, note, recommends }: SaveSheet): Promise<Sheets> {
    await this.database.transaction(async (tx) => {
      const { interview } = await this.interviews.lockForPart(tx, actor, interviewId);
      if (!hasMet(interview.status)) throw stateRefused(interview);
      await this.interviews.requireConsent(interview, tx);
      const criteria = await this.criteria.of(interview.jobId, tx);
      const missing = unscored(criteria, scores);
      if (strangers(criteria, scores).length > 0) throw fieldRefused({ field: 'scores', zh: '有不认识的打分项，请刷新。', en: 'There is no such criterion; reload.' });
      if (missing.length > 0) throw new DomainError('sheetIncomplete', { missing: missing.join('、') });
      const key = await this.vault.key(tx, interview.accountId);
      const { accountId } = actor;
      const sheet = {
        scores: keptScores(criteria, scores) as object, noteSealed: note === '' ? null : new Uint8Array(this.seal.seal(note, key)), recommends, savedAt: new Date(),
      };
      await tx.scoreSheet.upsert({ where: { interviewId_accountId: { interviewId, accountId } }, create: { interviewId, accountId, ...sheet }, update: sheet });
      const { fairId, organisationId } = interview;
      await this.events.append(tx, 'scoreSheet.saved', scopeOf(interview), { fairId, organisationId, interviewId, interviewerId: accountId }, { actorId: actorId(actor) });
    });
    return this.list(actor, interviewId);
  }

  private async views(actor: MemberActor, interview: Interview, rows: Row[]): Promise<ScoreSheet[]> {
    const [names, keys] = await Promise.all([this.accounts.displayNames(rows.map(({ accountId }) => accountId)), this.vault.keys([interview.accountId])]);
    const key = keys.get(interview.accountId);
    return rows.map(({ accountId, scores, noteSealed, recommends, savedAt }) => {
      const kept = scores as unknown as KeptScores;
      return {
        interviewer: { accountId, name: names.get(accountId) ?? '' }, mine: accountId === actor.accountId,
        scores: Object.fromEntries(Object.entries(kept).map(([each, { score }]) => [each, score])),
        note: noteSealed && key ? this.seal.unseal(noteSealed, key) : '', recommends, total: total(kept), savedAt: savedAt.toISOString(),
      };
    });
  }
}
