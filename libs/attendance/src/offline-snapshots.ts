import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { pathTo, type OfflineGroup, type OfflineProfile, type OfflineSnapshot, type SignedOffline, type TicketKind, type TicketStatus, type Zones } from '#libs/contracts';
import { Database, Seal } from '#libs/platform';
import { Feed } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { TicketCodes, TicketKeys } from '#libs/tickets';
import type { DeviceActor } from './device-tokens.js';
import { GateRules } from './gate-rules.js';
import { zoneStatuses } from './zone-status.js';

const RECORD_BYTES = 23;
/** `at` of a ticket whose persons are not in one zone and those around it. */
const SEVERAL = 255;
/** A city fair has 100,000 tickets: between so many, whoever else waits has their turn, the gates' scans above all. */
const AT_ONCE = 2_000;
/** What has changed is sent alone up to so many facts; beyond, everything is shorter. */
const MOST_CHANGES = 5_000;
const ticketTypes = ['ticket.registered', 'ticket.cancelled', 'ticket.revoked', 'checkIn.recorded', 'checkIn.voided', 'presence.corrected'] as const;

interface Row { id: string; shortCode: string; kind: TicketKind; status: TicketStatus; size: number; zoneIds: string[]; from: number; until: number; arrived: number; at: string[] | null; persons: number[] | null }

/**
 * What a device needs to decide alone, signed by the key that signs tickets. No names, no accounts: the last half of a ticket's
 * id, a salted hash of its short code (salted for the device; whoever has a device can try all short codes on it, as they can at a
 * gate, so the hash only keeps a file from being a list of them), what it opens, and where its persons are: one place and one
 * number in a ticket's bytes, and how many in each zone beside them for the few groups that are not all in the same.
 */
@Injectable()
export class OfflineSnapshots {
  constructor(
    private readonly database: Database, private readonly feed: Feed, private readonly fairs: Fairs, private readonly rules: GateRules,
    private readonly codes: TicketCodes, private readonly keys: TicketKeys, private readonly seal: Seal,
  ) {}

  /** Everything, or with `since` (a position that an answer gave) what has changed after it, if that is little. */
  async of({ deviceId, fairId, gateId }: DeviceActor, since?: number): Promise<SignedOffline> {
    // The position comes first: what happens meanwhile is sent twice, and never missed.
    const position = await this.feed.latest();
    const changed = since === undefined || since > position ? null : await this.changedSince(fairId, since, position);
    const [fair, gate, zones, rules, keys, rows] = await Promise.all([
      this.fairs.require(fairId), this.database.read.gate.findUniqueOrThrow({ where: { id: gateId } }), zoneStatuses(this.database.read, this.fairs, fairId),
      this.rules.of(fairId), this.keys.list(), this.rows(fairId, changed),
    ]);
    const salt = createHash('sha256').update(this.seal.hash(`short codes ${deviceId}`)).digest().subarray(0, 16);
    const places = new Map(zones.map(({ zoneId }, n) => [zoneId, n + 1]));
    const byId: Zones = new Map(zones.map((zone) => [zone.zoneId, { ...zone, id: zone.zoneId }]));
    const packed = await pack(rows, places, byId, salt);
    const snapshot: OfflineSnapshot = {
      deviceId, fairId, gateId, position, whole: changed === null, madeAt: new Date().toISOString(), keys,
      fair: { status: fair.status, startsAt: fair.startsAt.toISOString(), endsAt: fair.endsAt.toISOString(), timeZone: fair.timeZone },
      gate: { zoneId: gate.zoneId, direction: gate.direction, path: pathTo(byId, gate.zoneId) },
      rules: { reEntry: rules.reEntry }, zones, salt: salt.toString('hex'), ...packed,
    };
    return this.codes.signText('FWO1.', JSON.stringify(snapshot));
  }

  /** Tickets that facts after `since` are about; null: too many, or everybody (a sweep, a fair that moved). */
  private async changedSince(fairId: string, since: number, until: number): Promise<string[] | null> {
    const facts = await this.feed.since(since, { scopeId: fairId, types: [...ticketTypes, 'presence.swept', 'fair.rescheduled', 'fair.updated'], until, limit: MOST_CHANGES + 1 });
    if (facts.length > MOST_CHANGES || facts.some(({ type }) => type === 'presence.swept' || type === 'fair.rescheduled' || type === 'fair.updated')) return null;
    return [...new Set(facts.flatMap(({ data }) => ('ticketId' in data && data.ticketId !== null ? [data.ticketId] : [])))];
  }

  private rows(fairId: string, ids: string[] | null): Promise<Row[]> {
    if (ids !== null) return this.some(fairId, ids);
    return this.database.rawQuery<Row>`
      SELECT t.id, t."shortCode", t.kind, t.status, t.size, t."zoneIds", (extract(epoch FROM t."validFrom") * 1000)::float8 AS from, (extract(epoch FROM t."validUntil") * 1000)::float8 AS until,
        coalesce(c.arrived, 0)::int AS arrived, p.at, p.persons
      FROM "Ticket" t
      LEFT JOIN (SELECT "ticketId", sum(arrived) AS arrived FROM "CheckIn"
        WHERE "fairId" = ${fairId}::uuid AND "order" > (SELECT coalesce(max("order"), 0) FROM "PresenceSweep" WHERE "fairId" = ${fairId}::uuid) AND mark IS DISTINCT FROM 'void' GROUP BY 1) c ON c."ticketId" = t.id
      LEFT JOIN (SELECT "ticketId", array_agg("zoneId"::text) AS at, array_agg(persons) AS persons FROM "Presence" WHERE "fairId" = ${fairId}::uuid GROUP BY 1) p ON p."ticketId" = t.id
      WHERE t."fairId" = ${fairId}::uuid`;
  }

  /** The same of some: each is looked up. */
  private some(fairId: string, ids: string[]): Promise<Row[]> {
    return this.database.rawQuery<Row>`
      SELECT t.id, t."shortCode", t.kind, t.status, t.size, t."zoneIds", (extract(epoch FROM t."validFrom") * 1000)::float8 AS from, (extract(epoch FROM t."validUntil") * 1000)::float8 AS until,
        coalesce(c.arrived, 0)::int AS arrived, p.at, p.persons
      FROM "Ticket" t
      CROSS JOIN LATERAL (SELECT sum(arrived) AS arrived FROM "CheckIn"
        WHERE "ticketId" = t.id AND "order" > (SELECT coalesce(max("order"), 0) FROM "PresenceSweep" WHERE "fairId" = ${fairId}::uuid) AND mark IS DISTINCT FROM 'void') c
      CROSS JOIN LATERAL (SELECT array_agg("zoneId"::text) AS at, array_agg(persons) AS persons FROM "Presence" WHERE "ticketId" = t.id) p
      WHERE t.id = ANY(${ids}::uuid[]) AND t."fairId" = ${fairId}::uuid`;
  }
}

async function pack(rows: Row[], places: ReadonlyMap<string, number>, zones: Zones, salt: Buffer): Promise<Pick<OfflineSnapshot, 'profiles' | 'tickets' | 'groups'>> {
  const profiles: OfflineProfile[] = [];
  const groups: OfflineGroup[] = [];
  const known = new Map<string, number>();
  const bytes = Buffer.alloc(rows.length * RECORD_BYTES);
  for (const [n, { id, shortCode, kind, status, size, zoneIds, from, until, arrived, at, persons }] of rows.entries()) {
    if (n % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const key = [kind, status, size, from, until, ...zoneIds].join();
    let profile = known.get(key);
    if (profile === undefined) {
      profile = profiles.push({ kind, status, size, zoneIds, validFrom: new Date(from).toISOString(), validUntil: new Date(until).toISOString() }) - 1;
      known.set(key, profile);
    }
    const name = id.replaceAll('-', '').slice(16);
    const place = placeOf(at ?? [], places, zones);
    const inside = Math.max(0, ...persons ?? []);
    if (at && persons && (place === SEVERAL || persons.some((each) => each !== inside))) {
      // A zone that was made this moment is told with the next.
      groups.push({ key: name, at: at.flatMap((zoneId, each) => (places.has(zoneId) ? [[places.get(zoneId)!, persons[each]!]] : [])) });
    }
    const start = n * RECORD_BYTES;
    bytes.write(name, start, 'hex');
    createHash('sha256').update(salt).update(shortCode, 'ascii').digest().copy(bytes, start + 8, 0, 8);
    bytes.writeUInt16BE(profile, start + 16);
    bytes.writeUInt8(place, start + 18);
    bytes.writeUInt16BE(Math.min(inside, 0xffff), start + 19);
    bytes.writeUInt16BE(Math.min(arrived, 0xffff), start + 21);
  }
  return { profiles, tickets: bytes.toString('base64'), groups };
}

/** 0: nowhere; the deepest zone of one way; 255: in several. */
function placeOf(at: string[], places: ReadonlyMap<string, number>, zones: Zones): number {
  if (at.length === 0) return 0;
  const deepest = at.reduce((a, b) => (pathTo(zones, b).length > pathTo(zones, a).length ? b : a));
  const way = pathTo(zones, deepest);
  const place = places.get(deepest) ?? SEVERAL;
  return at.every((zoneId) => way.includes(zoneId)) && place < SEVERAL ? place : SEVERAL;
}
