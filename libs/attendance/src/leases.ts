import { Injectable, type OnModuleInit } from '@nestjs/common';
import { pathTo, type Actor, type AskLease, type GateLease, type Lease, type LeaseAnswer, type LeaseStatus, type SettleLease, type Zones } from '#libs/contracts';
import { Database, DomainError, Timers, type GateLease as LeaseRow, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { actorId, Audit } from '#libs/identity';
import { addBodies } from './bodies.js';
import type { DeviceActor } from './device-tokens.js';
import { GateRules } from './gate-rules.js';
import { grantable } from './lease.rules.js';
import { holdPlaces, placesHeld } from './lease-store.js';
import { lockZones, type Counters } from './scan-store.js';

const TIMER = 'attendance.leaseEnd';
/** What the server waits after the device's own time is over: clocks drift, and an answer may have been slow. */
const MARGIN_MS = 120_000;

/**
 * Shares of the free places, for gates without a network. All of it under the zones' lock: no lease brings inside + held
 * above an approved number. A lease that ends without a report may have let people in: its places stay held (`presumed`) until the
 * device uploads, somebody says how many they were, or the day is swept.
 */
@Injectable()
export class Leases implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly rules: GateRules,
    private readonly timers: Timers,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.timers.handle(TIMER, (tx, { key }) => this.expire(tx, key));
  }

  /** Ends the lease in hand by the device's own report, and grants the next if it asks for places. Throws `leaseStale`. */
  async ask(device: DeviceActor, question: AskLease): Promise<LeaseAnswer> {
    const { deviceId, fairId } = device;
    const leaseId = question.id.toLowerCase();
    return this.database.transaction(async (tx) => {
      const counters = await lockZones(tx, fairId);
      const { leaseSequence, revokedAt } = await tx.device.findUniqueOrThrow({ where: { id: deviceId } });
      if (revokedAt) throw new DomainError('deviceRevoked');
      if (question.sequence < leaseSequence) throw new DomainError('leaseStale');
      if (question.sequence === leaseSequence) return this.again(tx, leaseId, deviceId);
      if (await tx.gateLease.findUnique({ where: { id: leaseId }, select: { id: true } })) throw new DomainError('conflict');
      await tx.device.update({ where: { id: deviceId }, data: { leaseSequence: question.sequence } });
      await this.takeBack(tx, deviceId, question.previous);
      return question.places === 0 ? { lease: null, why: 'gaveBack' } : this.grant(tx, device, counters, { ...question, id: leaseId });
    });
  }

  /** Asks the device to give back what it has not used, also a second time. Throws `notFound`, `leaseSettled`. */
  async recall(actor: Actor, leaseId: string): Promise<GateLease> {
    const { fairId } = await this.own(actor, leaseId);
    await this.database.transaction(async (tx) => {
      await lockZones(tx, fairId);
      const [asked] = await tx.gateLease.updateManyAndReturn({ where: { id: leaseId, status: 'outstanding' }, data: { recalledAt: new Date() } });
      if (!asked) throw new DomainError('leaseSettled');
      await this.events.append(tx, 'lease.recalled', { kind: 'fair', id: fairId }, { fairId, leaseId, deviceId: asked.deviceId, gateId: asked.gateId });
    });
    return this.view(leaseId);
  }

  /**
   * The device is dead or stolen: so many of the held persons are counted by hand, the other places are free again. What it
   * uploads afterwards takes the place of those. Audited. Throws `notFound`, `reasonRequired`, `leaseSettled`, `correctionTooLow`.
   */
  async settle(actor: Actor, leaseId: string, { persons, reason }: SettleLease): Promise<GateLease> {
    if (reason === '') throw new DomainError('reasonRequired');
    const { fairId } = await this.own(actor, leaseId);
    await this.database.transaction(async (tx) => {
      await this.fairs.lock(tx, fairId, 'use');
      await lockZones(tx, fairId);
      const lease = await tx.gateLease.findUniqueOrThrow({ where: { id: leaseId } });
      if (lease.status === 'settled') throw new DomainError('leaseSettled');
      if (persons > lease.held) throw new DomainError('correctionTooLow', { inside: lease.held });
      await this.end(tx, lease, 'settled', 0);
      await tx.gateLease.update({ where: { id: leaseId }, data: { bodies: persons, settledById: actorId(actor), reason } });
      await addBodies(tx, this.events, { fairId, zoneIds: lease.zoneIds, persons, reason, byId: actorId(actor) });
      await this.audit.write(tx, actor, 'lease.settled', { kind: 'lease', id: leaseId }, { reason, details: { fairId, persons, held: lease.held } });
    });
    return this.view(leaseId);
  }

  /** All that are not settled, and the newest that are. Throws `notFound`. */
  async list(actor: Actor, fairId: string): Promise<GateLease[]> {
    await this.fairs.requireOwn(actor, fairId);
    const [open, settled] = await Promise.all([
      this.database.read.gateLease.findMany({ where: { fairId, status: { not: 'settled' } }, orderBy: { grantedAt: 'desc' } }),
      this.database.read.gateLease.findMany({ where: { fairId, status: 'settled' }, orderBy: { grantedAt: 'desc' }, take: 50 }),
    ]);
    return this.views([...open, ...settled]);
  }

  /** The device is out: nobody knows whom it has let in. The zones are locked by `tx`. */
  async presume(tx: Tx, deviceId: string): Promise<void> {
    for (const lease of await tx.gateLease.findMany({ where: { deviceId, status: 'outstanding' } })) await this.end(tx, lease, 'presumed', lease.held);
  }

  /**
   * Its time and the margin are over. Most have ended before: their timers are left to come to nothing, because to cancel one whose
   * work has begun would wait for it, while it waits for the zones.
   */
  async expire(tx: Tx, leaseId: string): Promise<void> {
    const known = await tx.gateLease.findUnique({ where: { id: leaseId } });
    if (known?.status !== 'outstanding') return;
    await lockZones(tx, known.fairId);
    const lease = await tx.gateLease.findUniqueOrThrow({ where: { id: leaseId } });
    if (lease.status === 'outstanding') await this.end(tx, lease, 'presumed', lease.held);
  }

  private async again(tx: Tx, leaseId: string, deviceId: string): Promise<LeaseAnswer> {
    const lease = await tx.gateLease.findUnique({ where: { id: leaseId } });
    if (lease?.deviceId !== deviceId) return { lease: null, why: 'gaveBack' };
    // It asks the same again, so it never got the answer, and its time is over: nobody was let in with it.
    if (lease.status === 'presumed' && lease.used === 0) await this.end(tx, lease, 'reported', 0);
    if (lease.status !== 'outstanding') return { lease: null, why: 'gaveBack' };
    const { gateId, places, zoneIds, grantedAt, endsAt } = lease;
    return { lease: { leaseId, gateId, places, zoneIds, durationMs: endsAt.getTime() - grantedAt.getTime() - MARGIN_MS }, why: null };
  }

  /** A lease that the device does not name is one whose answer it never got: nobody was let in with it. */
  private async takeBack(tx: Tx, deviceId: string, previous: AskLease['previous']): Promise<void> {
    const named = previous?.leaseId.toLowerCase();
    for (const lease of await tx.gateLease.findMany({ where: { deviceId, status: { in: ['outstanding', 'presumed'] } } })) {
      if (lease.id !== named && lease.status === 'presumed') continue;
      const waiting = Math.min(lease.held, Math.max(0, (lease.id === named ? previous!.used : 0) - lease.used));
      await this.end(tx, lease, 'reported', waiting);
    }
  }

  private async grant(tx: Tx, { deviceId, fairId, gateId }: DeviceActor, counters: Counters[], { id: leaseId, sequence, places: asked }: AskLease): Promise<LeaseAnswer> {
    const [fair, gate, all, rules] = [
      await this.fairs.require(fairId, tx), await tx.gate.findUniqueOrThrow({ where: { id: gateId } }), await this.fairs.zones(fairId, tx), await this.rules.of(fairId, tx),
    ];
    // What was taken back a moment ago is free again.
    const held = new Map((await tx.zoneState.findMany({ where: { fairId } })).map((state) => [state.zoneId, state.held]));
    const counts = new Map(counters.map((counter) => [counter.zoneId, counter]));
    const zones: Zones = new Map(all.flatMap((zone) => {
      const counter = counts.get(zone.id);
      return counter ? [[zone.id, { ...zone, inside: counter.inside, earlyLocked: counter.earlyLocked, stopped: counter.stopped, held: held.get(zone.id) ?? 0 }] as const] : [];
    }));
    const zoneIds = pathTo(zones, gate.zoneId);
    const { places, why } = grantable({ zones, path: zoneIds, direction: gate.direction, fairStatus: fair.status, asked, share: rules.leaseShare });
    if (places === 0) return { lease: null, why };
    const lease: Lease = { leaseId, gateId, places, durationMs: rules.leaseMinutes * 60_000, zoneIds };
    // The database's clock, as the timer's: this process's may be minutes off.
    const [{ now: grantedAt }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
    const endsAt = new Date(grantedAt.getTime() + lease.durationMs + MARGIN_MS);
    await tx.gateLease.create({ data: { id: leaseId, fairId, gateId, deviceId, zoneIds, places, held: places, status: 'outstanding', sequence, grantedAt, endsAt } });
    await holdPlaces(tx, zoneIds, places);
    await this.timers.schedule(tx, TIMER, leaseId, endsAt);
    await this.events.appendMany(tx, [
      { type: 'lease.granted', scope: { kind: 'fair', id: fairId }, actorId: deviceId, data: { fairId, leaseId, deviceId, gateId, zoneIds, places } },
      placesHeld(fairId, 'lease', { id: leaseId, zoneIds, held: places }),
    ]);
    return { lease, why: null };
  }

  /** `held` of its places stay kept. */
  private async end(tx: Tx, lease: LeaseRow, how: Exclude<LeaseStatus, 'outstanding'>, held: number): Promise<void> {
    const { id, fairId, deviceId, gateId, zoneIds } = lease;
    await holdPlaces(tx, zoneIds, held - lease.held);
    await tx.gateLease.update({ where: { id }, data: { status: held === 0 ? 'settled' : how, held } });
    await this.events.appendMany(tx, [
      { type: 'lease.ended', scope: { kind: 'fair', id: fairId }, data: { fairId, leaseId: id, deviceId, gateId, zoneIds, how, held } },
      placesHeld(fairId, 'lease', { id, zoneIds, held }),
    ]);
  }

  private async own(actor: Actor, leaseId: string): Promise<LeaseRow> {
    const lease = await this.database.read.gateLease.findUnique({ where: { id: leaseId } });
    if (!lease) throw new DomainError('notFound');
    await this.fairs.requireOwn(actor, lease.fairId);
    return lease;
  }

  private async view(leaseId: string): Promise<GateLease> {
    return (await this.views([await this.database.read.gateLease.findUniqueOrThrow({ where: { id: leaseId } })]))[0]!;
  }

  private async views(leases: LeaseRow[]): Promise<GateLease[]> {
    const [gates, devices] = await Promise.all([
      this.database.read.gate.findMany({ where: { id: { in: leases.map(({ gateId }) => gateId) } } }),
      this.database.read.device.findMany({ where: { id: { in: leases.map(({ deviceId }) => deviceId) } } }),
    ]);
    const names = new Map([...gates, ...devices].map(({ id, name }) => [id, name]));
    return leases.map(({ id, gateId, deviceId, status, places, used, held, grantedAt, endsAt, recalledAt, settledById, reason }) => ({
      id, gateId, gateName: names.get(gateId) ?? '', deviceId, deviceName: names.get(deviceId) ?? '', status: status as LeaseStatus, places, used, held,
      grantedAt: grantedAt.toISOString(), endsAt: endsAt.toISOString(), recalledAt: recalledAt?.toISOString() ?? null, settledBy: settledById, reason,
    }));
  }
}
