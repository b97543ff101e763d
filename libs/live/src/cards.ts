import { Injectable } from '@nestjs/common';
import type { Actor, CardSight, Funnel } from '#libs/contracts';
import { Events } from '#libs/events';
import type { MemberActor } from '#libs/identity';
import { isOnOffer, Jobs } from '#libs/jobs';
import { Context, Database, DomainError, fieldRefused, Limits, newId, type Tx } from '#libs/platform';
import { isOver } from './broadcast.rules.js';
import { Broadcasts, stateRefused, type BroadcastRow } from './broadcasts.js';
import { personOf } from './person.js';
import { scopeOf } from './scope.js';

/** Job cards: pinned while they are talked about, and how many persons saw, tapped and applied. */
@Injectable()
export class Cards {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly broadcasts: Broadcasts,
    private readonly jobs: Jobs,
    private readonly limits: Limits,
  ) {}

  /** Shows one job's card instead of the last one, or none (null). Throws `jobClosed`, `validationFailed` (not one of its jobs), `broadcastStateRefused`. */
  async pin(actor: MemberActor, broadcastId: string, jobId: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.broadcasts.requireCrew(actor, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      if (isOver(broadcast.status)) throw stateRefused(broadcast.status, Context.current().language);
      if (broadcast.pinnedJobId === jobId) return;
      if (jobId !== null) await this.requireShown(tx, broadcastId, jobId);
      await this.setPin(tx, broadcast, jobId, actor.accountId);
    });
  }

  /** A job that is closed is not advertised any more. Doing it twice is harmless. */
  async unpinEverywhere(jobId: string): Promise<void> {
    const pinned = await this.database.read.broadcast.findMany({ where: { pinnedJobId: jobId }, select: { id: true } });
    for (const { id } of pinned) {
      await this.database.transaction(async (tx) => {
        const broadcast = await this.broadcasts.lock(tx, id);
        if (broadcast.pinnedJobId === jobId) await this.setPin(tx, broadcast, null, null);
      });
    }
  }

  /** A person saw or tapped a card; each counts once. Throws `notFound`, `tooManyRequests`. */
  async see(actor: Actor, broadcastId: string, { jobId, what, deviceId }: CardSight): Promise<void> {
    const { personKey } = personOf(actor, deviceId);
    await this.limits.take('cardByPerson', `${broadcastId}:${personKey}`);
    await this.broadcasts.requireVisible(actor, broadcastId);
    const shown = await this.database.read.broadcastJob.findUnique({ where: { broadcastId_jobId: { broadcastId, jobId } } });
    if (!shown) throw new DomainError('notFound');
    // Nobody taps what they do not see.
    const whats = what === 'tapped' ? (['saw', 'tapped'] as const) : (['saw'] as const);
    await this.database.read.cardSight.createMany({ data: whats.map((each) => ({ broadcastId, jobId, what: each, personKey })), skipDuplicates: true });
  }

  /** Throws `notFound`, `forbidden`. */
  async funnel(actor: Actor, broadcastId: string): Promise<Funnel> {
    await this.broadcasts.requireModerator(actor, broadcastId);
    const [jobIds, sights, applied] = await Promise.all([
      this.broadcasts.jobIdsOf(broadcastId),
      this.database.read.cardSight.groupBy({ by: ['jobId', 'what'], where: { broadcastId }, _count: true }),
      this.jobs.appliedThrough(broadcastId),
    ]);
    const titles = await this.jobs.names(jobIds);
    const count = (jobId: string, what: CardSight['what']) => sights.find((each) => each.jobId === jobId && each.what === what)?._count ?? 0;
    return {
      broadcastId,
      jobs: jobIds.map((jobId) => ({ jobId, title: titles.get(jobId) ?? '', saw: count(jobId, 'saw'), tapped: count(jobId, 'tapped'), applied: applied.get(jobId) ?? 0 })),
    };
  }

  private async requireShown(tx: Tx, broadcastId: string, jobId: string): Promise<void> {
    const shown = await tx.broadcastJob.findUnique({ where: { broadcastId_jobId: { broadcastId, jobId } } });
    if (!shown) throw fieldRefused({ field: 'jobId', zh: '先把这个岗位加进这场直播。', en: 'Add the job to this broadcast first.' });
    const job = await this.jobs.get(jobId, tx);
    if (!job || !isOnOffer(job, new Date())) throw new DomainError('jobClosed');
  }

  private async setPin(tx: Tx, broadcast: BroadcastRow, jobId: string | null, by: string | null): Promise<void> {
    const { id: broadcastId, fairId } = broadcast;
    const now = new Date();
    await tx.cardPin.updateMany({ where: { broadcastId, unpinnedAt: null }, data: { unpinnedAt: now } });
    if (jobId !== null) await tx.cardPin.create({ data: { id: newId(), broadcastId, jobId, pinnedAt: now } });
    await tx.broadcast.update({ where: { id: broadcastId }, data: { pinnedJobId: jobId } });
    await this.events.append(tx, 'job.pinned', scopeOf(broadcast), { fairId, broadcastId, jobId }, { actorId: by });
  }
}
