import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Decide, Decision } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, Vault, type MemberActor } from '#libs/identity';
import { Database, Seal, Timers, type Interview, type Tx } from '#libs/platform';
import { hasMet } from './interview.rules.js';
import { timerNames } from './interview-timers.js';
import { Interviews, scopeOf, stateRefused } from './interviews.js';
import { Notices } from './notices.js';

/** A slip is mended within so long, and the person is told once. Milliseconds. */
const TOLD_AFTER = 20_000;

/** What came of an interview, and what the candidate is told of it; sealed with their key. */
@Injectable()
export class Decisions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly events: Events,
    private readonly vault: Vault,
    private readonly seal: Seal,
    private readonly notices: Notices,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.handle(timerNames.decided, (tx, { key }) => this.tell(tx, key));
  }

  /**
   * Decides, or decides anew. Open pages hear of it at once; a text message that there is an outcome follows, and again when the outcome
   * is another one. A reason in other words is no news. Throws `interviewStateRefused`, `consentWithdrawn`, `forbidden`, `notFound`.
   */
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
      if (outcome !== was) await this.timers.schedule(tx, timerNames.decided, interviewId, new Date(Date.now() + TOLD_AFTER));
    });
  }

  /** Neither outcome nor reason: a telephone lies on the table, and others read it too. */
  private async tell(tx: Tx, interviewId: string): Promise<void> {
    const interview = await this.interviews.lock(tx, interviewId);
    if (interview.decidedAt === null) return;
    await this.notices.tell(tx, `${interviewId}/decided/${interview.decidedAt.toISOString()}`, interview.accountId, interview, ({ employer, mine }) =>
      `您和 ${employer} 的面试有结果了，打开看：${mine(interviewId)}`);
  }

  /** With the candidate's key; null: none yet, or the person is erased. */
  of({ outcome, reasonSealed, decidedAt }: Interview, key: Buffer | undefined): Decision | null {
    if (outcome === null || decidedAt === null || !key) return null;
    return { outcome, reason: reasonSealed ? this.seal.unseal(reasonSealed, key) : '', decidedAt: decidedAt.toISOString() };
  }
}
