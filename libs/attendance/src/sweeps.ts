import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor, ConflictKind, GateSweep, SweepFair, SweptFair } from '#libs/contracts';
import { Database, DomainError, newId, Timers, type Tx } from '#libs/platform';
import { Consumers, Events, reactor, type AnyDraft } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Accounts, actorId, Audit } from '#libs/identity';
import { placesHeld } from './lease-store.js';
import { lockZones } from './scan-store.js';
import { goesThroughTheNight, nextSweep } from './sweep.rules.js';
import { zoneStatuses } from './zone-status.js';

const TIMER = 'attendance.sweep';
const MOST = 50;

/**
 * The end of a day: whoever is still counted is recorded as out, and what was presumed of gates without a network is settled.
 * Each night while a fair is open, after its last day, and by the organiser's hand. What is uploaded later for the day is kept
 * in its place, before the sweep.
 */
@Injectable()
export class Sweeps implements OnModuleInit {
  constructor(
    private readonly database: Database, private readonly events: Events, private readonly consumers: Consumers, private readonly fairs: Fairs,
    private readonly timers: Timers, private readonly accounts: Accounts, private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.timers.handle(TIMER, (tx, { key }) => this.nightly(tx, key));
    this.consumers.add(reactor({
      name: 'attendance.sweeps', types: ['fair.statusChanged'],
      react: async ({ data: { fairId, to } }) => {
        // Closed as well: a fair that was opened before there was a timer.
        if (to === 'open' || to === 'closed') await this.database.transaction((tx) => this.plan(tx, fairId));
      },
    }));
  }

  /** By hand. Audited. Throws `notFound`, `reasonRequired`. */
  async sweep(actor: Actor, fairId: string, { reason }: SweepFair): Promise<SweptFair> {
    if (reason === '') throw new DomainError('reasonRequired');
    await this.fairs.requireOwn(actor, fairId);
    return this.database.transaction(async (tx) => {
      const persons = await this.sweepIn(tx, fairId, reason, actorId(actor));
      await this.audit.write(tx, actor, 'presence.swept', { kind: 'fair', id: fairId }, { reason, details: { persons } });
      return { persons, zones: await zoneStatuses(tx, this.fairs, fairId) };
    });
  }

  /** The newest first. Throws `notFound`. */
  async list(actor: Actor, fairId: string): Promise<GateSweep[]> {
    await this.fairs.requireOwn(actor, fairId);
    const rows = await this.database.read.presenceSweep.findMany({ where: { fairId }, orderBy: { order: 'desc' }, take: MOST });
    const names = await this.accounts.displayNames(rows.flatMap(({ byId }) => byId ?? []));
    return rows.map(({ id, persons, reason, byId, at }) => ({ id, persons, reason, by: names.get(byId ?? '') ?? null, at: at.toISOString() }));
  }

  /** The timer's work: sweeps if there was a day and it is over, and comes again the next night while the fair goes on. */
  async nightly(tx: Tx, fairId: string): Promise<void> {
    const fair = await this.fairs.require(fairId, tx);
    const now = new Date();
    if (fair.status !== 'open' || !goesThroughTheNight(fair, now)) await this.sweepIn(tx, fairId, '', null);
    if (fair.status === 'open' || fair.endsAt > now) await this.plan(tx, fairId);
  }

  private async plan(tx: Tx, fairId: string): Promise<void> {
    await this.timers.schedule(tx, TIMER, fairId, nextSweep(await this.fairs.require(fairId, tx), new Date()));
  }

  private async sweepIn(tx: Tx, fairId: string, reason: string, byId: string | null): Promise<number> {
    await this.fairs.lock(tx, fairId, 'use');
    const counters = await lockZones(tx, fairId);
    const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
    const order = now.getTime() * 1_000 + 999;
    const all = await this.fairs.zones(fairId, tx);
    const venue = all.find(({ parentId }) => parentId === null)!;
    const persons = counters.find(({ zoneId }) => zoneId === venue.id)?.inside ?? 0;
    const moved = counters.filter(({ inside }) => inside !== 0);
    const facts: AnyDraft[] = await this.settle(tx, fairId, now);
    if (moved.length > 0 || await this.hadADay(tx, fairId)) {
      const sweepId = newId();
      // A marked record for each person who is still in: evidence. The rule itself goes by the sweep.
      await tx.$executeRaw`
        INSERT INTO "CheckIn" (id, "scanId", "fairId", "zoneId", "gateId", "ticketId", direction, persons, "order", mark, "happenedAt", "recordedAt")
        SELECT gen_random_uuid(), ${sweepId}::uuid, "fairId", "zoneId", "gateId", "ticketId", 'exit', persons, ${BigInt(order)}, 'sweep', ${now}, ${now}
        FROM "Presence" WHERE "fairId" = ${fairId}::uuid AND "zoneId" = ${venue.id}::uuid`;
      await tx.presence.deleteMany({ where: { fairId } });
      await tx.$executeRaw`UPDATE "ZoneState" SET "left" = "left" + inside, inside = 0, bodies = 0 WHERE "fairId" = ${fairId}::uuid`;
      await tx.presenceSweep.create({ data: { id: sweepId, fairId, persons, reason, byId, order, at: now } });
      const zones = moved.map(({ zoneId, inside }) => ({ zoneId, change: -inside, inside: 0 }));
      facts.push({ type: 'presence.swept', scope: { kind: 'fair', id: fairId }, actorId: byId, happenedAt: now, data: { fairId, sweepId, persons, reason, zones, order } });
    }
    await this.events.appendMany(tx, facts);
    return persons;
  }

  /**
   * Whether there is a day to end, though nobody is known to be inside: a gate without a network may have let in whom nobody knows of yet,
   * and who has come and gone today may come again tomorrow, where nobody may come twice a day.
   */
  private async hadADay(tx: Tx, fairId: string): Promise<boolean> {
    if (await tx.gateLease.findFirst({ where: { fairId }, select: { id: true } })) return true;
    const last = await tx.presenceSweep.findFirst({ where: { fairId }, orderBy: { order: 'desc' }, select: { at: true } });
    return await tx.checkIn.findFirst({ where: { fairId, recordedAt: { gt: last?.at ?? new Date(0) } }, select: { id: true } }) !== null;
  }

  /** Leases that nobody uses any more, and conflicts of the day: their places are free. */
  private async settle(tx: Tx, fairId: string, now: Date): Promise<AnyDraft[]> {
    const scope = { kind: 'fair', id: fairId } as const;
    const keeping = await tx.gateConflict.findMany({ where: { fairId, held: { gt: 0 } }, select: { id: true } });
    const leases = await tx.gateLease.updateManyAndReturn({ where: { fairId, status: { in: ['presumed', 'reported'] } }, data: { status: 'settled', held: 0, bodies: 0 } });
    const conflicts = await tx.gateConflict.updateManyAndReturn({ where: { fairId, decision: null }, data: { decision: 'swept', decidedAt: now, held: 0, heldZoneIds: [] } });
    // One that was decided may have grown since, and keep places again.
    await tx.gateConflict.updateMany({ where: { id: { in: keeping.map(({ id }) => id) } }, data: { held: 0, heldZoneIds: [] } });
    await tx.gateLease.updateMany({ where: { fairId, bodies: { gt: 0 } }, data: { bodies: 0 } });
    await tx.$executeRaw`
      UPDATE "ZoneState" z SET held = coalesce((SELECT sum(l.held) FROM "GateLease" l WHERE l."fairId" = z."fairId" AND l.status = 'outstanding' AND z."zoneId" = ANY(l."zoneIds")), 0)
      WHERE z."fairId" = ${fairId}::uuid`;
    return [
      ...leases.map(({ id, deviceId, gateId, zoneIds }): AnyDraft => ({ type: 'lease.ended', scope, data: { fairId, leaseId: id, deviceId, gateId, zoneIds, how: 'settled', held: 0 } })),
      ...leases.map((lease) => placesHeld(fairId, 'lease', lease)),
      ...keeping.map(({ id }) => placesHeld(fairId, 'conflict', { id, zoneIds: [], held: 0 })),
      ...conflicts.map(({ id, kind }): AnyDraft => ({ type: 'conflict.decided', scope, data: { fairId, conflictId: id, kind: kind as ConflictKind, decision: 'swept' } })),
    ];
  }
}
