import { Injectable } from '@nestjs/common';
import { mostConflicts, pathTo, type Actor, type ConflictKind, type ConflictRecord, type DecideConflict, type GateConflict, type Zones } from '#libs/contracts';
import { Database, DomainError, type GateConflict as ConflictRow, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Accounts, actorId, Audit } from '#libs/identity';
import { addBodies } from './bodies.js';
import { holdPlaces, placesHeld } from './lease-store.js';
import { lockZones } from './scan-store.js';

/** Records of gates that cannot both be right, for the organiser to look at: both are kept, whatever is decided. */
@Injectable()
export class Conflicts {
  constructor(
    private readonly database: Database, private readonly events: Events, private readonly fairs: Fairs, private readonly accounts: Accounts, private readonly audit: Audit,
  ) {}

  /** The newest `mostConflicts` first, with both records. Throws `notFound`. */
  async list(actor: Actor, fairId: string, open: boolean): Promise<GateConflict[]> {
    await this.fairs.requireOwn(actor, fairId);
    return this.views(await this.database.read.gateConflict.findMany({ where: { fairId, ...(open && { decision: null }) }, orderBy: [{ raisedAt: 'desc' }, { id: 'desc' }], take: mostConflicts }));
  }

  /**
   * Says what it was. `anotherPerson` counts the second body from now on; either way the places that it kept are free.
   * Audited. Throws `notFound`, `reasonRequired`, `conflictDecided`.
   */
  async decide(actor: Actor, conflictId: string, { decision, reason }: DecideConflict): Promise<GateConflict> {
    if (reason === '') throw new DomainError('reasonRequired');
    const known = await this.database.read.gateConflict.findUnique({ where: { id: conflictId } });
    if (!known) throw new DomainError('notFound');
    const { fairId } = known;
    await this.fairs.requireOwn(actor, fairId);
    await this.database.transaction(async (tx) => {
      await this.fairs.lock(tx, fairId, 'use');
      await lockZones(tx, fairId);
      const conflict = await tx.gateConflict.findUniqueOrThrow({ where: { id: conflictId } });
      if (conflict.decision !== null) throw new DomainError('conflictDecided');
      await holdPlaces(tx, conflict.heldZoneIds, -conflict.held);
      // Whoever has come since is out with all the others, if the day has ended.
      if (decision === 'anotherPerson' && conflict.kind === 'twice' && !await this.isOver(tx, conflict)) {
        const scan = await tx.scan.findUniqueOrThrow({ where: { id: conflict.scanId } });
        const gate = await tx.gate.findUniqueOrThrow({ where: { id: scan.gateId } });
        const zones: Zones = new Map((await this.fairs.zones(fairId, tx)).map((zone) => [zone.id, { ...zone, inside: 0, earlyLocked: false, stopped: false }]));
        await addBodies(tx, this.events, { fairId, zoneIds: pathTo(zones, gate.zoneId), persons: conflict.persons, reason, byId: actorId(actor) });
      }
      await tx.gateConflict.update({ where: { id: conflictId }, data: { decision, decidedAt: new Date(), decidedById: actorId(actor), reason, held: 0, heldZoneIds: [] } });
      await this.events.appendMany(tx, [
        { type: 'conflict.decided', scope: { kind: 'fair', id: fairId }, actorId: actorId(actor), data: { fairId, conflictId, kind: conflict.kind as ConflictKind, decision } },
        ...(conflict.held > 0 ? [placesHeld(fairId, 'conflict', { id: conflictId, zoneIds: [], held: 0 })] : []),
      ]);
      await this.audit.write(tx, actor, 'conflict.decided', { kind: 'conflict', id: conflictId }, { reason, details: { fairId, decision, kind: conflict.kind } });
    });
    return (await this.views([await this.database.read.gateConflict.findUniqueOrThrow({ where: { id: conflictId } })]))[0]!;
  }

  /** Whether the day of the record has been ended. */
  private async isOver(tx: Tx, { fairId, ticketId, scanId }: ConflictRow): Promise<boolean> {
    const record = ticketId && await tx.checkIn.findFirst({ where: { ticketId, scanId } });
    return record ? await tx.presenceSweep.findFirst({ where: { fairId, order: { gt: record.order } } }) !== null : false;
  }

  private async views(rows: ConflictRow[]): Promise<GateConflict[]> {
    const db = this.database.read;
    const scans = await db.scan.findMany({ where: { id: { in: rows.flatMap(({ scanId, otherScanId }) => [scanId, ...(otherScanId ? [otherScanId] : [])]) } } });
    const [gates, devices, tickets, late, people] = await Promise.all([
      db.gate.findMany({ where: { id: { in: scans.map(({ gateId }) => gateId) } } }),
      db.device.findMany({ where: { id: { in: scans.flatMap(({ deviceId }) => deviceId ?? []) } } }),
      db.ticket.findMany({ where: { id: { in: rows.flatMap(({ ticketId }) => ticketId ?? []) } } }),
      db.checkIn.findMany({ where: { ticketId: { in: rows.flatMap(({ ticketId }) => ticketId ?? []) }, offline: true }, select: { scanId: true } }),
      this.accounts.displayNames(rows.flatMap(({ decidedById }) => decidedById ?? [])),
    ]);
    const names = new Map([...gates, ...devices].map(({ id, name }) => [id, name]));
    const offline = new Set(late.map(({ scanId }) => scanId));
    const record = (id: string | null): ConflictRecord | null => {
      const scan = scans.find((each) => each.id === id);
      return scan ? {
        scanId: scan.id, gateName: names.get(scan.gateId) ?? '', deviceName: names.get(scan.deviceId ?? '') ?? '',
        happenedAt: scan.happenedAt.toISOString(), recordedAt: scan.recordedAt.toISOString(), offline: offline.has(scan.id),
      } : null;
    };
    return rows.flatMap((row) => {
      const own = record(row.scanId);
      const ticket = tickets.find(({ id }) => id === row.ticketId);
      return own ? [{
        id: row.id, kind: row.kind as ConflictKind, raisedAt: row.raisedAt.toISOString(), record: own, other: record(row.otherScanId),
        ticket: ticket ? { id: ticket.id, shortCode: ticket.shortCode, kind: ticket.kind } : null, persons: row.persons, placeHeld: row.held > 0,
        decision: row.decision as GateConflict['decision'], decidedAt: row.decidedAt?.toISOString() ?? null, decidedBy: people.get(row.decidedById ?? '') ?? null, reason: row.reason,
      }] : [];
    });
  }
}
