import { Injectable } from '@nestjs/common';
import type { Decide, Decision } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, Vault, type MemberActor } from '#libs/identity';
import { Database, Seal, type Interview } from '#libs/platform';
import { hasMet } from './interview.rules.js';
import { Interviews, scopeOf, stateRefused } from './interviews.js';

/** What came of an interview, and what the candidate is told of it; sealed with their key. */
@Injectable()
export class Decisions {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly events: Events,
    private readonly vault: Vault,
    private readonly seal: Seal,
  ) {}

  /** Decides, or decides anew; the candidate is told. Throws `interviewStateRefused`, `consentWithdrawn`, `forbidden`, `notFound`. */
  decide(actor: MemberActor, interviewId: string, { outcome, reason }: Decide): Promise<void> {
    return this.database.transaction(async (tx) => {
      const interview = await this.interviews.lockForConduct(tx, actor, interviewId);
      if (!hasMet(interview.status)) throw stateRefused(interview);
      await this.interviews.requireConsent(interview, tx);
      const { fairId, boothId, organisationId, accountId, outcome: was } = interview;
      const key = await this.vault.key(tx, accountId);
      await tx.interview.update({
        where: { id: interviewId },
        data: { outcome, reasonSealed: new Uint8Array(this.seal.seal(reason, key)), decidedById: actor.accountId, decidedAt: new Date() },
      });
      await this.events.append(tx, 'interview.decided', scopeOf(interview), { fairId, boothId, organisationId, interviewId, accountId, outcome, was }, { actorId: actorId(actor) });
    });
  }

  /** With the candidate's key; null: none yet, or the person is erased. */
  of({ outcome, reasonSealed, decidedAt }: Interview, key: Buffer | undefined): Decision | null {
    if (outcome === null || decidedAt === null || !key) return null;
    return { outcome, reason: reasonSealed ? this.seal.unseal(reasonSealed, key) : '', decidedAt: decidedAt.toISOString() };
  }
}
