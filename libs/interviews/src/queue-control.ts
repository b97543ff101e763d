import { Injectable } from '@nestjs/common';
import type { Actor, SetQueue } from '#libs/contracts';
import { Events } from '#libs/events';
import { FairRules, Fairs, stateRefused } from '#libs/fairs';
import { actorId, Organisations, type MemberActor } from '#libs/identity';
import { Database, newId, type Queue, type Tx } from '#libs/platform';
import { Notices } from './notices.js';
import { PlaceSteps } from './place-steps.js';
import { Queues } from './queues.js';

/** Opens, pauses, limits and closes a booth's queue. */
@Injectable()
export class QueueControl {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly queues: Queues,
    private readonly steps: PlaceSteps,
    private readonly organisations: Organisations,
    private readonly notices: Notices,
  ) {}

  /**
   * Changes what is given; the first time makes the queue. Closing ends every place and tells everybody. Throws `fairStateRefused` and
   * `licenceMissing` and its kin for opening, `forbidden`, `notFound`.
   */
  async set(actor: MemberActor, boothId: string, { status, limit, minutes }: SetQueue): Promise<Queue> {
    return this.database.transaction(async (tx) => {
      const { fairId } = await this.queues.requireOwn(actor, boothId, tx);
      const fair = await this.fairs.lock(tx, fairId, 'use');
      await tx.$queryRaw`SELECT id FROM "Booth" WHERE id = ${boothId}::uuid FOR SHARE`;
      const { organisationId } = await this.queues.requireOwn(actor, boothId, tx);
      const known = await this.queues.of({ id: boothId, organisationId }, tx);
      if ((status ?? known?.status ?? 'open') === 'open') {
        if (!FairRules.isRunning(fair.status)) throw stateRefused(fair);
        await this.organisations.requireVerified(tx, organisationId);
      }
      if (!known) await tx.queue.createMany({ data: [{ id: newId(), fairId, boothId, organisationId, limit, minutes, ...(status ? { status } : {}) }], skipDuplicates: true });
      const before = await this.queues.lock(tx, (await this.queues.of({ id: boothId, organisationId }, tx))!.id);
      const after = await tx.queue.update({ where: { id: before.id }, data: { status, limit, minutes } });
      await this.append(tx, after, actor);
      if (after.status === 'closed') await this.empty(tx, after, '展位结束排队', actor);
      return after;
    });
  }

  /** Closes what is open of these: the fair is over, the employer is suspended, somebody else stands at the booth. */
  async closeAll(where: { fairId: string } | { organisationId: string } | { boothId: string; organisationId?: { not: string } }, reason: string): Promise<void> {
    const open = await this.database.read.queue.findMany({ where: { ...where, status: { not: 'closed' } }, select: { id: true } });
    for (const { id } of open) {
      await this.database.transaction(async (tx) => {
        const queue = await this.queues.lock(tx, id);
        if (queue.status === 'closed') return;
        const closed = await tx.queue.update({ where: { id }, data: { status: 'closed' } });
        await this.append(tx, closed, null);
        await this.empty(tx, closed, reason, null);
      });
    }
  }

  private async empty(tx: Tx, queue: Queue, reason: string, by: Actor | null): Promise<void> {
    const places = await tx.queuePlace.findMany({ where: { queueId: queue.id, status: { in: ['waiting', 'called', 'missed'] } }, orderBy: { seq: 'asc' } });
    for (const place of places) {
      if (!(await this.steps.close(tx, queue, place, 'dropped', reason, by))) continue;
      await this.notices.tell(tx, `${place.id}/closed`, place.accountId, queue, ({ employer, page }) => `${employer} 的排队结束了（${reason}），没能轮到您，抱歉。可以预约时间或先投递：${page}`);
    }
  }

  private append(tx: Tx, { fairId, boothId, organisationId, status }: Queue, by: Actor | null): Promise<void> {
    return this.events.append(tx, 'queue.changed', { kind: 'fair', id: fairId }, { fairId, boothId, organisationId, status }, { actorId: by && actorId(by) });
  }
}
