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
}

/** A zone that the person is in, since when and by which gate. */
export interface PresenceFacts { zoneId: string; gateId: string; since: Date }

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
}

export type PassageDecision =
  /** `override`: the person would have been refused without it. */
  | { admitted: true; override: boolean; enter: string[]; leave: string[] }
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
  const { zones, gate, presences, now, override } = passage;
  if (ticket.status !== 'valid') return refuse(ticket.status);
  if (!fairLetsIn(passage.fairStatus, ticket.kind)) return refuse('fairNotOpen');
  if (now < ticket.validFrom) return refuse('notYetValid');
  if (now >= ticket.validUntil) return refuse('expired');
  const path = pathTo(zones, gate.zoneId);
  const rightZone = opens(ticket, zones, path);
  if (!rightZone && !override) return refuse('wrongZone');
  const first = presences.find(({ zoneId }) => zoneId === gate.zoneId);
  if (first) return refuse('alreadyInside', first);

  const held = new Set(presences.map(({ zoneId }) => zoneId));
  const enter = path.filter((zoneId) => !held.has(zoneId));
  const leave = [...held].filter((zoneId) => !path.includes(zoneId));
  const barrier = rightZone ? barrierOf(zones, enter) : 'wrongZone';
  return barrier !== null && !override ? refuse(barrier) : { admitted: true, override: barrier !== null, enter, leave };
}

/** Somebody who is inside can always leave: whatever became of the ticket, the fair or the lock. */
function decideExit({ zones, gate, presences }: Passage): PassageDecision {
  if (!presences.some(({ zoneId }) => zoneId === gate.zoneId)) return refuse('notInside');
  const leave = presences.map(({ zoneId }) => zoneId).filter((zoneId) => pathTo(zones, zoneId).includes(gate.zoneId));
  return { admitted: true, override: false, enter: [], leave };
}

/** Visitors come while the fair is open; who builds it up comes from its publishing on. */
function fairLetsIn(status: FairStatus, kind: TicketKind): boolean {
  return status === 'open' || (status === 'published' && (kind === 'staff' || kind === 'employer'));
}

/** A ticket for a zone also opens what lies in it, and the way to it. */
function opens({ zoneIds }: TicketFacts, zones: Zones, path: string[]): boolean {
  return zoneIds.length === 0 || zoneIds.some((zoneId) => path.includes(zoneId) || pathTo(zones, zoneId).includes(path.at(-1)!));
}

/** What keeps everybody out now. Exact: a zone never gets one person more than its approved number, and staff count too. */
function barrierOf(zones: Zones, enter: string[]): RefusalReason | null {
  if ([...zones.values()].some(({ parentId, stopped }) => parentId === null && stopped)) return 'fairStopped';
  const rising = enter.map((zoneId) => zones.get(zoneId)!);
  if (rising.some(({ earlyLocked }) => earlyLocked)) return 'zoneLocked';
  return rising.some(({ inside, approvedNumber }) => inside + 1 > approvedNumber) ? 'zoneFull' : null;
}
