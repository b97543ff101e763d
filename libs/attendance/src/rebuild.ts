import { createHash } from 'node:crypto';
import type { EventMap, Zones } from '#libs/contracts';
import type { Database, Tx } from '#libs/platform';
import { lockZones } from './scan-store.js';
import { walk, type PassageRecord } from './timeline.rules.js';

export interface Rebuilt {
  fairId: string;
  /** The last fact that was read: its place in the store. */
  until: number;
  zones: number;
  presences: number;
  /** SHA-256 of the rows as they stand, and as the log makes them: the same, or there are differences. */
  found: string;
  made: string;
  /** Rows that are not what the log says, at most twenty of each: `- found`, `+ made`. */
  differences: string[];
}
interface Count { inside: number; entered: number; left: number; bodies: number; held: number }
/** Places that a lease or a conflict keeps, in each of the zones. */
interface Kept { holder: EventMap['places.held']['holder']; id: string; zoneIds: string[]; held: number }
interface Made { until: number; counts: Map<string, Count>; presences: PresenceLine[]; kept: Kept[] }
type Fact = { [T in (typeof types)[number]]: { seq: bigint; type: T; data: EventMap[T]; happenedAt: Date; recordedAt: Date } }[(typeof types)[number]];

const types = ['checkIn.recorded', 'checkIn.voided', 'presence.corrected', 'presence.swept', 'places.held'] as const;
const PAGE = 20_000;
const SHOWN = 20;
/** A large fair's log has a million passages. Milliseconds. */
const PATIENCE = 600_000;

/**
 * Makes a fair's counters and presences, and the places that leases and conflicts keep, from the log alone and lays them beside the
 * rows. Counters and facts are committed together, so in one snapshot of the database both stand at the same place, however many
 * scans go on: the gates are not held. `write` holds them for as long as it takes, and puts the made rows in place of the found ones.
 *
 * What a fair is (its zones, its gates, how many a ticket is for) is no fact of the log's, and is read from the tables. So are the
 * places of a lease or a conflict that an older log does not tell (`places.held`); the next change of it does.
 */
export function rebuildAttendance(database: Database, fairId: string, write = false): Promise<Rebuilt> {
  return database.transaction(async (tx) => {
    if (write) await lockZones(tx, fairId);
    else await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`;
    const made = await fromLog(tx, fairId);
    const found = await fromTables(tx, fairId);
    const [were, are] = [linesOf(found), linesOf(made)];
    const [have, want] = [new Set(were), new Set(are)];
    const differences = [
      ...were.filter((line) => !want.has(line)).slice(0, SHOWN).map((line) => `- ${line}`),
      ...are.filter((line) => !have.has(line)).slice(0, SHOWN).map((line) => `+ ${line}`),
    ];
    if (write && differences.length > 0) await put(tx, fairId, made);
    return { fairId, until: made.until, zones: made.counts.size, presences: made.presences.length, found: sha(were.join('\n')), made: sha(are.join('\n')), differences };
  }, PATIENCE);
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

interface PresenceLine { ticketId: string; zoneId: string; gateId: string; since: Date; persons: number }
const zoneLine = (zoneId: string, { inside, entered, left, held, bodies }: Count) => `zone ${zoneId} inside ${inside} entered ${entered} left ${left} held ${held} bodies ${bodies}`;
const presenceLine = ({ ticketId, zoneId, gateId, since, persons }: PresenceLine) => `presence ${ticketId} ${zoneId} ${gateId} ${since.toISOString()} ${persons}`;

const keptLine = ({ holder, id, zoneIds, held }: Kept) => `${holder} ${id} held ${held} in ${zoneIds.join(' ')}`;
const linesOf = ({ counts, presences, kept }: Omit<Made, 'until'>): string[] =>
  [...[...counts].map(([id, count]) => zoneLine(id, count)), ...presences.map(presenceLine), ...kept.filter(({ held }) => held > 0).map(keptLine)].sort();

async function fromTables(tx: Tx, fairId: string): Promise<Omit<Made, 'until'>> {
  const states = await tx.zoneState.findMany({ where: { fairId } });
  return { counts: new Map(states.map(({ zoneId, ...count }) => [zoneId, count])), presences: await tx.presence.findMany({ where: { fairId } }), kept: await keptRows(tx, fairId) };
}

async function fromLog(tx: Tx, fairId: string): Promise<Made> {
  const zones = await tx.zone.findMany({ where: { fairId } });
  const states = await tx.zoneState.findMany({ where: { fairId }, select: { zoneId: true } });
  const gates = new Map((await tx.gate.findMany({ where: { fairId } })).map(({ id, zoneId }) => [id, zoneId]));
  const sizes = new Map((await tx.$queryRaw<{ id: string; size: number }[]>`SELECT id, size FROM "Ticket" WHERE "fairId" = ${fairId}::uuid AND size > 1`).map(({ id, size }) => [id, size]));
  const tree: Zones = new Map(zones.map((zone) => [zone.id, { ...zone, inside: 0, earlyLocked: false, stopped: false }]));
  const counts = new Map<string, Count>(states.map(({ zoneId }) => [zoneId, { inside: 0, entered: 0, left: 0, bodies: 0, held: 0 }]));
  const days = new Map<string, PassageRecord[]>();
  const sweeps: number[] = [];
  const told = new Map<string, Kept>();
  const move = (moves: EventMap['presence.swept']['zones'], bodies: boolean): void => {
    for (const { zoneId, change } of moves) {
      const count = counts.get(zoneId);
      if (!count) continue;
      count.inside += change;
      count[change > 0 ? 'entered' : 'left'] += Math.abs(change);
      if (bodies) count.bodies += change;
    }
  };
  const add = (ticketId: string, record: PassageRecord): void => {
    const day = days.get(ticketId);
    if (day) day.push(record);
    else days.set(ticketId, [record]);
  };

  let until = 0;
  for (let page = await facts(tx, fairId, until); page.length > 0; page = await facts(tx, fairId, until)) {
    for (const fact of page) {
      switch (fact.type) {
        case 'checkIn.recorded': {
          const { checkInId: id, scanId, ticketId, gateId, direction, persons = 1, zoneId = gates.get(gateId) ?? '', order = fact.recordedAt.getTime() * 1_000 } = fact.data;
          move(fact.data.zones, false);
          add(ticketId, { id, scanId, direction, zoneId, gateId, persons, since: fact.happenedAt, order });
          break;
        }
        case 'checkIn.voided':
          move(fact.data.zones, false);
          days.set(fact.data.ticketId, (days.get(fact.data.ticketId) ?? []).filter(({ id }) => id !== fact.data.checkInId));
          break;
        case 'presence.corrected': {
          const { correctionId: id, ticketId, zoneId, gateId, persons, order } = fact.data;
          move(fact.data.zones, ticketId === null);
          if (ticketId !== null) add(ticketId, { id, scanId: id, direction: persons > 0 ? 'entry' : 'exit', zoneId, gateId: gateId ?? '', persons: Math.abs(persons), since: fact.happenedAt, order });
          break;
        }
        case 'presence.swept':
          move(fact.data.zones, false);
          for (const count of counts.values()) count.bodies = 0;
          sweeps.push(fact.data.order);
          break;
        case 'places.held':
          told.set(fact.data.holderId, { ...fact.data, id: fact.data.holderId });
      }
    }
    until = Number(page.at(-1)!.seq);
  }
  const kept = [...told.values(), ...(await keptRows(tx, fairId)).filter(({ id }) => !told.has(id))];
  for (const { zoneIds, held } of kept) {
    for (const zoneId of zoneIds) {
      const count = counts.get(zoneId);
      if (count) count.held += held;
    }
  }
  const presences = [...days].flatMap(([ticketId, records]) =>
    walk(tree, sizes.get(ticketId) ?? 1, records, sweeps).presences.map(({ persons = 1, ...presence }) => ({ ticketId, persons, ...presence })));
  return { until, counts, presences, kept };
}

const facts = (tx: Tx, fairId: string, after: number): Promise<Fact[]> => tx.$queryRaw<Fact[]>`
  SELECT seq, type, data, "happenedAt", "recordedAt" FROM "Event"
  WHERE "scopeId" = ${fairId}::uuid AND type = ANY(${[...types]}) AND seq > ${BigInt(after)} ORDER BY seq LIMIT ${PAGE}`;

async function keptRows(tx: Tx, fairId: string): Promise<Kept[]> {
  const leases = await tx.gateLease.findMany({ where: { fairId, held: { gt: 0 } }, select: { id: true, held: true, zoneIds: true } });
  const conflicts = await tx.gateConflict.findMany({ where: { fairId, held: { gt: 0 } }, select: { id: true, held: true, heldZoneIds: true } });
  return [...leases.map((lease): Kept => ({ holder: 'lease', ...lease })), ...conflicts.map(({ id, held, heldZoneIds }): Kept => ({ holder: 'conflict', id, held, zoneIds: heldZoneIds }))];
}

async function put(tx: Tx, fairId: string, { counts, presences, kept }: Made): Promise<void> {
  for (const [zoneId, count] of counts) await tx.zoneState.update({ where: { zoneId }, data: count });
  await tx.presence.deleteMany({ where: { fairId } });
  await tx.presence.createMany({ data: presences.map((presence) => ({ ...presence, fairId })) });
  for (const { holder, id, zoneIds, held } of kept) {
    if (holder === 'lease') await tx.gateLease.updateMany({ where: { id, held: { not: held } }, data: { held } });
    else await tx.gateConflict.updateMany({ where: { id, held: { not: held } }, data: { held, heldZoneIds: zoneIds } });
  }
}
