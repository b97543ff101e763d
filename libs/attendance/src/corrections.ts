import { Injectable } from '@nestjs/common';
import { type Actor, type CorrectZone, type GateCorrection, type ZoneStatus } from '#libs/contracts';
import { Database, DomainError, newId, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Accounts, actorId, Audit } from '#libs/identity';
import { addBodies } from './bodies.js';
import { Hall } from './hall.js';
import { lockZones, readHall, writeBatch, type Counters } from './scan-store.js';
import { difference, walk } from './timeline.rules.js';
import { pastOf } from './upload-store.js';
import { zoneStatus } from './zone-status.js';

/**
 * 人工更正: the organiser says what is, by name and with a reason. It asks no lock and no number, because the persons are
 * there already; a zone that is above its number by it is locked by it.
 */
@Injectable()
export class Corrections {
  constructor(
    private readonly database: Database, private readonly events: Events, private readonly fairs: Fairs, private readonly accounts: Accounts, private readonly audit: Audit,
  ) {}

  /**
   * `persons` more or fewer in the zone and around it; with a short code, that ticket's own presence: in (1 and more) or out. The
   * same id is the same correction. Audited. Throws `notFound`, `reasonRequired`, `correctionTooLow`.
   */
  async correct(actor: Actor, zoneId: string, { id, persons, shortCode, reason }: CorrectZone): Promise<ZoneStatus> {
    if (reason === '') throw new DomainError('reasonRequired');
    const zone = await this.database.read.zone.findUnique({ where: { id: zoneId } });
    if (!zone) throw new DomainError('notFound');
    const { fairId } = zone;
    await this.fairs.requireOwn(actor, fairId);
    return this.database.transaction(async (tx) => {
      await this.fairs.lock(tx, fairId, 'use');
      const counters = await lockZones(tx, fairId);
      const correctionId = id.toLowerCase();
      if (!await tx.zoneCorrection.findUnique({ where: { id: correctionId } })) {
        const by = { id: correctionId, fairId, zoneId, persons, reason, byId: actorId(actor) };
        if (shortCode === undefined) await this.bodies(tx, counters, by);
        else await this.ticket(tx, counters, { ...by, shortCode: shortCode.replace(/\D/g, '') });
        await this.audit.write(tx, actor, 'presence.corrected', { kind: 'zone', id: zoneId }, { reason, details: { fairId, persons, name: zone.name } });
      }
      return zoneStatus(tx, this.fairs, fairId, zoneId);
    });
  }

  /** The newest first. Throws `notFound`. */
  async list(actor: Actor, fairId: string): Promise<GateCorrection[]> {
    await this.fairs.requireOwn(actor, fairId);
    const rows = await this.database.read.zoneCorrection.findMany({ where: { fairId }, orderBy: { at: 'desc' }, take: 200 });
    const zones = new Map((await this.fairs.zones(fairId)).map(({ id, name }) => [id, name]));
    const tickets = await this.database.read.ticket.findMany({ where: { id: { in: rows.flatMap(({ ticketId }) => ticketId ?? []) } }, select: { id: true, shortCode: true } });
    const names = await this.accounts.displayNames(rows.flatMap(({ byId }) => byId ?? []));
    return rows.map(({ id, zoneId, persons, ticketId, reason, byId, at }) => ({
      id, zoneId, zoneName: zones.get(zoneId) ?? '', persons, shortCode: tickets.find((ticket) => ticket.id === ticketId)?.shortCode ?? null, reason, by: names.get(byId ?? '') ?? null, at: at.toISOString(),
    }));
  }

  private async bodies(tx: Tx, counters: Counters[], { id, fairId, zoneId, persons, reason, byId }: Correction): Promise<void> {
    const zones = await this.fairs.zones(fairId, tx);
    const inside = (zone: string) => counters.find((each) => each.zoneId === zone)?.inside ?? 0;
    const path: string[] = [];
    for (let at = zones.find((each) => each.id === zoneId); at; at = zones.find((each) => each.id === at!.parentId)) path.unshift(at.id);
    // Whoever is in an inner zone is here too: fewer than those there cannot be.
    const within = zones.filter(({ parentId }) => parentId === zoneId).reduce((sum, each) => sum + inside(each.id), 0);
    if (inside(zoneId) + persons < within) throw new DomainError('correctionTooLow', { inside: inside(zoneId) - within });
    await addBodies(tx, this.events, { id, fairId, zoneIds: path, persons, reason, byId });
  }

  private async ticket(tx: Tx, counters: Counters[], { id, fairId, zoneId, persons, reason, byId, shortCode }: Correction & { shortCode: string }): Promise<void> {
    const { hall: facts } = await readHall(tx, fairId, counters, { scanIds: [], ticketIds: [], shortCodes: [shortCode], leaseIds: [], deviceIds: [] });
    const hall = new Hall(facts);
    const ticket = hall.ticketByShortCode(shortCode);
    const gate = [...hall.gates.values()].sort((a, b) => Number(b.zoneId === zoneId) - Number(a.zoneId === zoneId))[0];
    if (!ticket || !gate) throw new DomainError('notFound');
    const records = (await pastOf(tx, [ticket.id])).get(ticket.id)!;
    const sweeps = (await tx.presenceSweep.findMany({ where: { fairId }, select: { order: true } })).map(({ order }) => Number(order));
    const before = walk(hall.zones, ticket.size, records, sweeps);
    const there = before.presences.find((presence) => presence.zoneId === zoneId)?.persons ?? 0;
    if (there + persons < 0 || there + persons > ticket.size) throw new DomainError('correctionTooLow', { inside: there });
    const direction = persons > 0 ? 'entry' as const : 'exit' as const;
    const order = Math.max(hall.now.getTime() * 1_000, ticket.lastOrder + 1);
    const checkIn = { id: newId(), scanId: id, direction, zoneId, gateId: gate.id, persons: Math.abs(persons), order };
    const after = walk(hall.zones, ticket.size, [...records, { ...checkIn, since: hall.now, byHand: true }], sweeps);
    const zones = difference(before, after).map(({ zoneId: each, change }) => hall.count(each, change));
    hall.settle(ticket.id, after.presences);
    await writeBatch(tx, fairId, hall.now, {
      scans: [], checkIns: [{ ...checkIn, ticketId: ticket.id, arrived: hall.arrived(zones), offline: false, mark: 'correction', happenedAt: hall.now.toISOString() }], ...hall.changes(),
    });
    await tx.zoneCorrection.create({ data: { id, fairId, zoneId, persons, ticketId: ticket.id, reason, byId, order, at: hall.now } });
    await this.events.append(tx, 'presence.corrected', { kind: 'fair', id: fairId },
      { fairId, correctionId: id, zoneId, gateId: gate.id, persons, ticketId: ticket.id, reason, zones, order, ...(ticket.size > 1 && { size: ticket.size }) }, { actorId: byId, happenedAt: hall.now });
  }
}

interface Correction { id: string; fairId: string; zoneId: string; persons: number; reason: string; byId: string | null }
