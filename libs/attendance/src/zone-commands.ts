import { Injectable } from '@nestjs/common';
import type { Actor, SetFairStop, SetZoneCapacity, SetZoneLock, ZoneStatus } from '#libs/contracts';
import { Database, DomainError, type Tx, type Zone } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { actorId, Audit } from '#libs/identity';
import { recallLeases } from './lease-store.js';
import { lockZones, type Counters } from './scan-store.js';
import { zoneStatus } from './zone-status.js';

/**
 * The organiser's hand on the gate: each command has a name and a reason, is audited, and is an event. Each takes the
 * zones' lock, so it lies before or after every scan: once it is answered, no scan is decided without it.
 */
@Injectable()
export class ZoneCommands {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly audit: Audit,
  ) {}

  /** 提前锁闸: nobody more into this zone, though it is not full. Throws `notFound`, `reasonRequired`. */
  async setLock(actor: Actor, zoneId: string, { locked, reason }: SetZoneLock): Promise<ZoneStatus> {
    const { fairId, ...zone } = await this.own(actor, zoneId, reason);
    return this.command(fairId, zoneId, async (tx) => {
      const before = await tx.zoneState.findUniqueOrThrow({ where: { zoneId } });
      await tx.zoneState.update({ where: { zoneId }, data: { earlyLocked: locked, reason: locked || before.stopped ? reason : null } });
      if (before.earlyLocked !== locked) {
        await this.events.append(tx, 'zone.lockChanged', { kind: 'fair', id: fairId }, { fairId, zoneId, locked, reason }, { actorId: actorId(actor) });
      }
      await this.audit.write(tx, actor, locked ? 'zone.locked' : 'zone.unlocked', { kind: 'zone', id: zoneId }, { reason, details: { fairId, name: titleOf(zone) } });
    });
  }

  /** 全场停入: nobody enters at any gate; everybody can leave. Throws `notFound`, `reasonRequired`. */
  async setStop(actor: Actor, fairId: string, { stopped, reason }: SetFairStop): Promise<ZoneStatus> {
    const { name } = await this.fairs.requireOwn(actor, fairId);
    const { id: zoneId } = await this.fairs.venue(fairId);
    requireReason(reason);
    return this.command(fairId, zoneId, async (tx) => {
      const before = await tx.zoneState.findUniqueOrThrow({ where: { zoneId } });
      await tx.zoneState.update({ where: { zoneId }, data: { stopped, reason: stopped || before.earlyLocked ? reason : null } });
      if (before.stopped !== stopped) {
        await this.events.append(tx, 'fair.stopChanged', { kind: 'fair', id: fairId }, { fairId, stopped, reason }, { actorId: actorId(actor) });
      }
      await this.audit.write(tx, actor, stopped ? 'fair.stopped' : 'fair.resumed', { kind: 'fair', id: fairId }, { reason, details: { name } });
    });
  }

  /**
   * 调核定数: from now on so many persons may be inside; a number below who is inside locks at once and sends nobody out. Gates that
   * hold places there are asked to give them back when with them it would be more. Throws `notFound`, `reasonRequired`, `zoneOverVenue` when a
   * zone would be approved for more than the venue.
   */
  async setCapacity(actor: Actor, zoneId: string, { approvedNumber, reason }: SetZoneCapacity): Promise<ZoneStatus> {
    const { fairId } = await this.own(actor, zoneId, reason);
    return this.command(fairId, zoneId, async (tx, { inside, held }) => {
      const zones = await this.fairs.zones(fairId, tx);
      const before = zones.find(({ id }) => id === zoneId)!;
      requireFit(zones.map((zone) => (zone.id === zoneId ? { ...zone, approvedNumber } : zone)));
      await tx.zone.update({ where: { id: zoneId }, data: { approvedNumber } });
      if (before.approvedNumber !== approvedNumber) {
        await this.events.append(tx, 'zone.capacityChanged', { kind: 'fair', id: fairId },
          { fairId, zoneId, from: before.approvedNumber, to: approvedNumber, reason }, { actorId: actorId(actor) });
      }
      if (inside + held > approvedNumber) await this.events.appendMany(tx, await recallLeases(tx, fairId, [zoneId], new Date()));
      await this.audit.write(tx, actor, 'zone.capacityChanged', { kind: 'zone', id: zoneId },
        { reason, details: { fairId, name: titleOf(before), from: before.approvedNumber, to: approvedNumber } });
    });
  }

  private async own(actor: Actor, zoneId: string, reason: string): Promise<Zone> {
    const zone = await this.database.read.zone.findUnique({ where: { id: zoneId } });
    if (!zone) throw new DomainError('notFound');
    await this.fairs.requireOwn(actor, zone.fairId);
    requireReason(reason);
    return zone;
  }

  private command(fairId: string, zoneId: string, act: (tx: Tx, zone: Counters) => Promise<void>): Promise<ZoneStatus> {
    return this.database.transaction(async (tx) => {
      await this.fairs.lock(tx, fairId, 'use');
      const zone = (await lockZones(tx, fairId)).find((each) => each.zoneId === zoneId);
      if (!zone) throw new DomainError('notFound');
      await act(tx, zone);
      return zoneStatus(tx, this.fairs, fairId, zoneId);
    });
  }
}

function requireReason(reason: string): void {
  if (reason === '') throw new DomainError('reasonRequired');
}

function requireFit(zones: Pick<Zone, 'parentId' | 'approvedNumber'>[]): void {
  const venue = zones.find(({ parentId }) => parentId === null)!;
  if (zones.some(({ approvedNumber }) => approvedNumber > venue.approvedNumber)) {
    throw new DomainError('zoneOverVenue', { approved: venue.approvedNumber });
  }
}

/** A zone as people call it: A 制造业; the venue has no letter. */
const titleOf = ({ letter, name }: { letter: string; name: string }): string => [letter, name].filter(Boolean).join(' ');
