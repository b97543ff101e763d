/**
 * Who may pass a gate: pure rules, no clock and no database. The server decides by them, and a scanner without a network.
 *
 * Zones are a tree whose root is the venue. A person inside stands in one zone and in all zones around it, so their
 * presences are always a path from the root. An entry leads to the path of the gate's zone: zones that are new on it count
 * one more, zones that are left behind (a sibling) one less. An exit leaves the gate's zone with all that lies in it, and
 * keeps what lies around it. A refusal is an answer, never an error.
 */
import type { FairStatus, GateDirection, RefusalReason, TicketKind, TicketStatus } from './words.js';

export type Direction = 'entry' | 'exit';

export interface ZoneFacts {
  id: string;
  /** null: the venue. */
  parentId: string | null;
  name: string;
  /** 核定人数. */
  approvedNumber: number;
  /** Unique persons inside now. */
  inside: number;
  /** Places kept for gates without a network; absent: none. */
  held?: number;
  /** 提前锁闸. */
  earlyLocked: boolean;
  /** 全场停入: on the venue. */
  stopped: boolean;
}
export type Zones = ReadonlyMap<string, Readonly<ZoneFacts>>;

export interface TicketFacts {
  id: string;
  shortCode: string;
  kind: TicketKind;
  status: TicketStatus;
  /** Zones that it opens; empty: all. */
  zoneIds: readonly string[];
  validFrom: Date;
  validUntil: Date;
  /** Persons that it lets in; absent: one. */
  size?: number;
  /** Persons who have come into the venue with it since the day began, each time counted; needed where nobody may come twice a day. */
  arrived?: number;
}

/** A zone that the person is in, since when and by which gate. `persons`: with a ticket for several; absent: one. */
export interface PresenceFacts { zoneId: string; gateId: string; since: Date; persons?: number }

export interface Passage {
  direction: Direction;
  gate: { zoneId: string; direction: GateDirection };
  fairStatus: FairStatus;
  zones: Zones;
  /** The ticket, or why what was read is none of this fair's. */
  ticket: TicketFacts | 'unreadable' | 'forged' | 'unknownTicket' | 'wrongFair';
  /** Of this ticket, in zones that exist. */
  presences: readonly PresenceFacts[];
  now: Date;
  /** 人工放行: somebody of the organiser lets this person in, past a full, locked or wrong zone and a stopped fair. */
  override: boolean;
  /** Persons who pass now; absent: one. */
  count?: number;
  /** Whoever has left may come again on the same day; absent: yes. */
  reEntry?: boolean;
  /** Places that the device itself holds, to be taken if there are none for everybody; absent: none. */
  lease?: { places: number; zoneIds: readonly string[] } | null;
}

/** Persons more (or fewer) in a zone. */
export interface ZoneChange { zoneId: string; change: number }
export type PassageDecision =
  /** `override`: the person would have been refused without it. `leaseUsed`: places of the lease were needed. */
  | { admitted: true; override: boolean; leaseUsed: boolean; enter: string[]; leave: string[]; changes: ZoneChange[] }
  /** `first`: with `alreadyInside`, the entry that counts. */
  | { admitted: false; reason: RefusalReason; first: PresenceFacts | null };

const refuse = (reason: RefusalReason, first: PresenceFacts | null = null): PassageDecision => ({ admitted: false, reason, first });

/** The zone and all around it, the venue first. */
export function pathTo(zones: Zones, zoneId: string): string[] {
  const path: string[] = [];
  for (let zone = zones.get(zoneId); zone; zone = zone.parentId === null ? undefined : zones.get(zone.parentId)) path.unshift(zone.id);
  return path;
}

/** Decides one passage. */
export function decidePassage(passage: Passage): PassageDecision {
  const { ticket, direction, gate } = passage;
  if (typeof ticket === 'string') return refuse(ticket);
  if (gate.direction !== 'both' && gate.direction !== direction) return refuse('wrongDirection');
  return direction === 'entry' ? decideEntry(passage, ticket) : decideExit(passage);
}

function decideEntry(passage: Passage, ticket: TicketFacts): PassageDecision {
  const { zones, gate, presences, now, override, count = 1, reEntry = true } = passage;
  if (ticket.status !== 'valid') return refuse(ticket.status);
  if (!fairLetsIn(passage.fairStatus, ticket.kind)) return refuse('fairNotOpen');
  if (now < ticket.validFrom) return refuse('notYetValid');
  if (now >= ticket.validUntil) return refuse('expired');
  const path = pathTo(zones, gate.zoneId);
  const rightZone = opens(ticket, zones, path);
  if (!rightZone && !override) return refuse('wrongZone');
  const size = ticket.size ?? 1;
  const there = presences.find(({ zoneId }) => zoneId === gate.zoneId);
  if (count + personsOf(there) > size) return size === 1 && there ? refuse('alreadyInside', there) : refuse('groupFull', there ?? null);

  const changes = entryChanges(zones, path, presences, size, count);
  const arriving = changes.find(({ zoneId }) => zoneId === path[0])?.change ?? 0;
  if (!reEntry && !override && arriving > 0 && (ticket.arrived ?? 0) + arriving > size) return refuse(size === 1 ? 'reEntryRefused' : 'groupFull');
  const { reason, leaseUsed } = rightZone ? barrierOf(passage, changes, count) : { reason: 'wrongZone' as const, leaseUsed: false };
  return reason !== null && !override ? refuse(reason) : admit(changes, reason !== null, leaseUsed);
}

/** Somebody who is inside can always leave: whatever became of the ticket, the fair or the lock. */
function decideExit({ zones, gate, presences, count = 1 }: Passage): PassageDecision {
  const there = presences.find(({ zoneId }) => zoneId === gate.zoneId);
  return personsOf(there) < count ? refuse('notInside') : admit(exitChanges(zones, gate.zoneId, presences, count), false, false);
}

const personsOf = (presence: PresenceFacts | undefined): number => (presence ? presence.persons ?? 1 : 0);

const admit = (changes: ZoneChange[], override: boolean, leaseUsed: boolean): PassageDecision => ({
  admitted: true, override, leaseUsed, changes,
  enter: changes.filter(({ change }) => change > 0).map(({ zoneId }) => zoneId),
  leave: changes.filter(({ change }) => change < 0).map(({ zoneId }) => zoneId),
});

/**
 * Where `count` persons of one ticket come from when they enter the last zone of `path`: first those of them who stand right
 * before it, then from outside, then from zones beside. For a ticket of one person that is the move that it makes.
 */
export function entryChanges(zones: Zones, path: readonly string[], presences: readonly PresenceFacts[], size: number, count: number): ZoneChange[] {
  const [venue, ...inner] = path;
  if (venue === undefined) return [];
  const counts = new Map(presences.map((presence) => [presence.zoneId, personsOf(presence)]));
  const at = (zoneId: string) => counts.get(zoneId) ?? 0;
  const changes = new Map<string, number>();
  const move = (zoneId: string, change: number) => changes.set(zoneId, (changes.get(zoneId) ?? 0) + change);
  /** Persons of the ticket who stand in this zone, and in none of those in it. */
  const standing = (zoneId: string) => at(zoneId) - sum([...zones.values()].filter(({ parentId }) => parentId === zoneId).map(({ id }) => at(id)));
  // From the innermost zone around outwards: who stands there already makes a shorter way.
  let needed = count;
  for (let depth = path.length - 2; depth >= 0 && needed > 0; depth -= 1) {
    const from = Math.min(needed, Math.max(0, standing(path[depth]!)));
    for (const zoneId of path.slice(depth + 1)) if (from > 0) move(zoneId, from);
    needed -= from;
  }
  const outside = Math.min(needed, Math.max(0, size - at(venue)));
  if (outside > 0) for (const zoneId of path) move(zoneId, outside);
  needed -= outside;
  // The rest stands in zones beside the way: they leave those, deepest first, and come.
  for (const beside of byDepth(zones, inner.length > 0 ? counts.keys() : [])) {
    if (needed <= 0) break;
    if (path.includes(beside)) continue;
    const from = Math.min(needed, Math.max(0, standing(beside)));
    if (from === 0) continue;
    const way = pathTo(zones, beside);
    for (const zoneId of way) if (!path.includes(zoneId)) move(zoneId, -from);
    for (const zoneId of path) if (!way.includes(zoneId)) move(zoneId, from);
    needed -= from;
  }
  return listed(zones, changes);
}

/** Who leaves a zone leaves what lies in it: first those who stand in no inner zone. What lies around keeps them. */
export function exitChanges(zones: Zones, gateZoneId: string, presences: readonly PresenceFacts[], count: number): ZoneChange[] {
  const counts = new Map(presences.map((presence) => [presence.zoneId, personsOf(presence)]));
  const changes = new Map<string, number>();
  const within = [...counts.keys()].filter((zoneId) => pathTo(zones, zoneId).includes(gateZoneId));
  const standing = (zoneId: string) => (counts.get(zoneId) ?? 0) - sum([...zones.values()].filter(({ parentId }) => parentId === zoneId).map(({ id }) => counts.get(id) ?? 0));
  let needed = count;
  for (const zoneId of byDepth(zones, within).reverse()) {
    const from = Math.min(needed, Math.max(0, standing(zoneId)));
    if (from === 0) continue;
    const way = pathTo(zones, zoneId);
    for (const each of way.slice(way.indexOf(gateZoneId))) changes.set(each, (changes.get(each) ?? 0) - from);
    needed -= from;
  }
  return listed(zones, changes);
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
/** The deepest first; of the same depth by id, so that everybody decides alike. */
const byDepth = (zones: Zones, ids: Iterable<string>): string[] =>
  [...ids].sort((a, b) => pathTo(zones, b).length - pathTo(zones, a).length || (a < b ? -1 : 1));
/** Zones that are left before zones that are entered, each from the venue inwards. */
const listed = (zones: Zones, changes: Map<string, number>): ZoneChange[] =>
  [...changes].filter(([, change]) => change !== 0).map(([zoneId, change]) => ({ zoneId, change }))
    .sort((a, b) => Math.sign(a.change) - Math.sign(b.change) || pathTo(zones, a.zoneId).length - pathTo(zones, b.zoneId).length);

/** Visitors come while the fair is open; who builds it up comes from its publishing on. */
function fairLetsIn(status: FairStatus, kind: TicketKind): boolean {
  return status === 'open' || (status === 'published' && (kind === 'staff' || kind === 'employer'));
}

/** A ticket for a zone also opens what lies in it, and the way to it. */
function opens({ zoneIds }: TicketFacts, zones: Zones, path: string[]): boolean {
  return zoneIds.length === 0 || zoneIds.some((zoneId) => path.includes(zoneId) || pathTo(zones, zoneId).includes(path[path.length - 1]!));
}

/**
 * What keeps everybody out now. Exact: no entry brings inside and held together above the approved number, and staff count too. Places
 * of the device's own lease are held for it already: with them an entry adds nothing where the lease reaches.
 */
function barrierOf({ zones, lease }: Passage, changes: ZoneChange[], count: number): { reason: RefusalReason | null; leaseUsed: boolean } {
  const refused = (reason: RefusalReason) => ({ reason, leaseUsed: false });
  if ([...zones.values()].some(({ parentId, stopped }) => parentId === null && stopped)) return refused('fairStopped');
  const rising = changes.filter(({ change }) => change > 0).map(({ zoneId, change }) => ({ ...zones.get(zoneId)!, change }));
  if (rising.some(({ earlyLocked }) => earlyLocked)) return refused('zoneLocked');
  const full = rising.filter(({ inside, held = 0, approvedNumber, change }) => inside + held + change > approvedNumber);
  if (full.length === 0) return { reason: null, leaseUsed: false };
  const own = lease && lease.places >= count ? lease.zoneIds : [];
  const helped = full.every(({ id, inside, held = 0, approvedNumber, change }) => own.includes(id) && inside + held - count + change <= approvedNumber);
  return helped ? { reason: null, leaseUsed: true } : refused('zoneFull');
}
