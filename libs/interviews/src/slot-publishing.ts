import { Injectable } from '@nestjs/common';
import type { PublishSlots } from '#libs/contracts';
import { Events } from '#libs/events';
import { FairRules, Fairs, stateRefused } from '#libs/fairs';
import { actorId, Members, Organisations, type MemberActor } from '#libs/identity';
import { isOnOffer, Jobs } from '#libs/jobs';
import { Database, DomainError, fieldRefused, newId, type Slot, type Tx } from '#libs/platform';
import { dayAndClockAt } from './notices.js';
import { Queues } from './queues.js';
import { FARTHEST, overlap, spansOf, type Span } from './slot.rules.js';
import { Slots } from './slots.js';

/** Recruiters publish times. */
@Injectable()
export class SlotPublishing {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly queues: Queues,
    private readonly slots: Slots,
    private readonly members: Members,
    private readonly organisations: Organisations,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Publishes them all or none; a recruiter's slots never overlap, however many publish at once. Throws `slotOverlaps`, `slotPast`,
   * `fairStateRefused`, `licenceMissing` and its kin, `validationFailed` (no such colleague or job; too far ahead), `forbidden`, `notFound`.
   */
  async publish(actor: MemberActor, { boothId, jobId, recruiterId = actor.accountId, startsAt, minutes, count, gap }: PublishSlots): Promise<Slot[]> {
    const spans = spansOf({ startsAt: new Date(startsAt), minutes, count, gap });
    requireAhead(spans);
    return this.database.transaction(async (tx) => {
      const { fairId, organisationId } = await this.queues.requireOwn(actor, boothId, tx);
      const fair = await this.fairs.lock(tx, fairId, 'use');
      if (!FairRules.isRunning(fair.status)) throw stateRefused(fair);
      await this.organisations.requireVerified(tx, organisationId);
      if (!(await this.members.areAll(organisationId, [recruiterId], tx))) throw fieldRefused({ field: 'recruiterId', zh: '不是本单位的同事。', en: 'Not a colleague of this employer.' });
      if (jobId !== undefined) await this.requireJob(tx, organisationId, jobId);
      await this.slots.hold(tx, recruiterId);
      await this.requireFree(tx, recruiterId, spans, fair.timeZone);
      const rows = spans.map((span) => ({ id: newId(), fairId, boothId, organisationId, jobId: jobId ?? null, recruiterId, ...span, expectedAt: span.startsAt }));
      const made = await tx.slot.createManyAndReturn({ data: rows });
      await this.events.append(tx, 'slots.published', { kind: 'fair', id: fairId }, { fairId, boothId, organisationId, slotIds: rows.map(({ id }) => id) }, { actorId: actorId(actor) });
      return made.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    });
  }

  private async requireFree(tx: Tx, recruiterId: string, spans: readonly Span[], zone: string): Promise<void> {
    const [first, last] = [spans[0]!, spans.at(-1)!];
    const near = await tx.slot.findMany({ where: { recruiterId, status: { not: 'cancelled' }, startsAt: { lt: last.endsAt }, endsAt: { gt: first.startsAt } } });
    const other = near.find((slot) => spans.some((span) => overlap(slot, span)));
    if (other) throw new DomainError('slotOverlaps', { other: dayAndClockAt(other.startsAt, zone) });
  }

  private async requireJob(tx: Tx, organisationId: string, jobId: string): Promise<void> {
    const job = await this.jobs.get(jobId, tx);
    if (job?.organisationId === organisationId && isOnOffer(job, new Date())) return;
    throw fieldRefused({ field: 'jobId', zh: '没有这个已发布的岗位。', en: 'There is no such published job.' });
  }
}

function requireAhead(spans: readonly Span[]): void {
  const now = Date.now();
  if (spans[0]!.startsAt.getTime() < now) throw new DomainError('slotPast');
  if (spans.at(-1)!.endsAt.getTime() > now + FARTHEST) throw fieldRefused({ field: 'startsAt', zh: '最多提前 60 天发布。', en: 'At most 60 days ahead.' });
}
