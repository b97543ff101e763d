import {
  decidePassage, type Direction, type FairStatus, type GateDirection, type Passage, type PassageDecision, type PresenceFacts, type TicketFacts, type ZoneFacts,
} from '#libs/contracts';

export interface ZoneCount extends ZoneFacts { entered: number; left: number; held: number; bodies: number }
export interface GateFacts { id: string; zoneId: string; name: string; direction: GateDirection }
/** `entered`: has come in before. `arrived`: persons who came into the venue with it, this day so far; of a ticket for one, 1 at most. `lastOrder`: of its newest record, microseconds since 1970; 0: none. */
export interface KnownTicket extends TicketFacts { entered: boolean; size: number; arrived: number; lastOrder: number }
export interface HallPresence extends PresenceFacts { ticketId: string; persons: number }
/** A device's share of the places: `held` of them are free for it. */
export interface HallLease { id: string; deviceId: string; status: string; zoneIds: string[]; held: number; used: number; bodies: number }

/** A device at its gate; `revoked`: its token is over. */
export interface GateDevice { id: string; gateId: string; revoked: boolean }

/** One fair's gates, zones and counters, and the tickets, presences and leases that a batch of scans asks about. */
export interface HallFacts {
  fair: { id: string; status: FairStatus };
  reEntry: boolean;
  zones: ZoneCount[];
  gates: GateFacts[];
  tickets: KnownTicket[];
  presences: HallPresence[];
  leases: HallLease[];
  /** Of the devices that ask. */
  devices: GateDevice[];
  /** The database's clock, read after the zones were locked. */
  now: Date;
}

/** A zone's counter that moved, with the number inside after it. */
export interface Move { zoneId: string; change: number; inside: number }
export interface Passed { decision: PassageDecision; ticket: KnownTicket | null; moves: Move[]; first: boolean }

export interface HallQuestion {
  direction: Direction;
  gate: GateFacts;
  ticket: KnownTicket | Exclude<Passage['ticket'], TicketFacts>;
  happenedAt: Date;
  override: boolean;
  count: number;
  /** The lease whose places the asking device has put aside for this. */
  lease: HallLease | null;
}

/**
 * The hall in memory, while a transaction holds its zones: scans are decided in order, each on what the ones before have
 * done. What came of it is written in one go.
 */
export class Hall {
  readonly zones: ReadonlyMap<string, ZoneCount>;
  readonly gates: ReadonlyMap<string, GateFacts>;
  readonly leases: ReadonlyMap<string, HallLease>;
  readonly devices: ReadonlyMap<string, GateDevice>;
  readonly now: Date;
  readonly fairStatus: FairStatus;
  readonly reEntry: boolean;
  private readonly tickets: Map<string, KnownTicket>;
  private readonly byShortCode: ReadonlyMap<string, KnownTicket>;
  private readonly before = new Set<string>();
  private readonly presences = new Map<string, Map<string, HallPresence>>();
  private readonly touched = new Set<string>();
  private readonly counted = new Set<string>();
  private readonly usedLeases = new Set<string>();

  constructor({ fair, reEntry, zones, gates, tickets, presences, leases, devices, now }: HallFacts) {
    this.fairStatus = fair.status;
    this.reEntry = reEntry;
    this.now = now;
    this.zones = new Map(zones.map((zone) => [zone.id, { ...zone }]));
    this.gates = new Map(gates.map((gate) => [gate.id, gate]));
    this.leases = new Map(leases.map((lease) => [lease.id, { ...lease }]));
    this.devices = new Map(devices.map((device) => [device.id, device]));
    this.tickets = new Map(tickets.map((ticket) => [ticket.id, { ...ticket }]));
    this.byShortCode = new Map([...this.tickets.values()].map((ticket) => [ticket.shortCode, ticket]));
    for (const presence of presences) {
      if (!this.zones.has(presence.zoneId)) continue;
      this.of(presence.ticketId).set(presence.zoneId, { ...presence });
      this.before.add(keyOf(presence.ticketId, presence.zoneId));
    }
  }

  ticket(id: string): KnownTicket | undefined {
    return this.tickets.get(id);
  }

  ticketByShortCode(shortCode: string): KnownTicket | undefined {
    return this.byShortCode.get(shortCode);
  }

  /** A ticket that this transaction has made. */
  addTicket(ticket: KnownTicket): void {
    this.tickets.set(ticket.id, ticket);
  }

  /** How many of a ticket are in the venue. */
  insideOf(ticketId: string): number {
    const venue = [...this.zones.values()].find(({ parentId }) => parentId === null);
    return (venue && this.presences.get(ticketId)?.get(venue.id)?.persons) ?? 0;
  }

  /** Decides one passage and carries it out. `since` of an entry is the device's time. */
  pass({ direction, gate, ticket, happenedAt, override, count, lease }: HallQuestion): Passed {
    const facts = typeof ticket === 'string' ? null : ticket;
    const presences = facts ? [...this.of(facts.id).values()] : [];
    const decision = decidePassage({
      direction, gate, fairStatus: this.fairStatus, zones: this.zones, ticket, presences, now: this.now, override, count, reEntry: this.reEntry,
      lease: lease && lease.status === 'outstanding' ? { places: lease.held, zoneIds: lease.zoneIds } : null,
    });
    if (!decision.admitted || !facts) return { decision, ticket: facts, moves: [], first: false };

    if (decision.leaseUsed && lease) this.takePlaces(lease, count);
    const held = this.of(facts.id);
    const moves = decision.changes.map(({ zoneId, change }) => {
      this.stand(held, facts.id, gate.id, zoneId, change, happenedAt);
      return this.count(zoneId, change);
    });
    return { decision, ticket: facts, moves, first: direction === 'entry' && this.firstEntry(facts.id) };
  }

  /** Sets where a ticket's persons are, as its whole day says; counters are moved by `count`. */
  settle(ticketId: string, presences: readonly PresenceFacts[]): void {
    const held = this.of(ticketId);
    for (const zoneId of held.keys()) this.touched.add(keyOf(ticketId, zoneId));
    held.clear();
    for (const { persons = 1, ...presence } of presences) {
      held.set(presence.zoneId, { ticketId, persons, ...presence });
      this.touched.add(keyOf(ticketId, presence.zoneId));
    }
  }

  /** Moves a zone's counter by so many persons. */
  count(zoneId: string, change: number): Move {
    const zone = this.zones.get(zoneId)!;
    zone.inside += change;
    if (change > 0) zone.entered += change;
    else zone.left -= change;
    this.counted.add(zoneId);
    return { zoneId, change, inside: zone.inside };
  }

  /** Persons who came into the venue by these moves. */
  arrived(moves: Move[]): number {
    return moves.reduce((sum, { zoneId, change }) => (change > 0 && this.zones.get(zoneId)?.parentId === null ? sum + change : sum), 0);
  }

  /** Persons without a ticket, counted by hand (or taken off). */
  countBodies(zoneIds: readonly string[], change: number): Move[] {
    return zoneIds.flatMap((zoneId) => {
      const zone = this.zones.get(zoneId);
      if (!zone || change === 0) return [];
      zone.bodies += change;
      return [this.count(zoneId, change)];
    });
  }

  /** Keeps places in zones, or (below 0) frees them. */
  hold(zoneIds: readonly string[], change: number): void {
    for (const zoneId of zoneIds) {
      const zone = this.zones.get(zoneId);
      if (!zone) continue;
      zone.held += change;
      this.counted.add(zoneId);
    }
  }

  /** Persons for whom there is still room in all of these zones. */
  room(zoneIds: readonly string[]): number {
    return Math.max(0, Math.min(...zoneIds.flatMap((id) => {
      const zone = this.zones.get(id);
      return zone ? zone.approvedNumber - zone.inside - zone.held : [];
    })));
  }

  /** Uses places of a lease, as many as it has. @returns how many */
  takePlaces(lease: HallLease, persons: number): number {
    const taken = Math.min(persons, lease.held);
    lease.held -= taken;
    lease.used += taken;
    this.hold(lease.zoneIds, -taken);
    this.usedLeases.add(lease.id);
    return taken;
  }

  /** A lease was changed by hand and is to be written. */
  touchLease(lease: HallLease): void {
    this.usedLeases.add(lease.id);
  }

  firstEntry(ticketId: string): boolean {
    const ticket = this.tickets.get(ticketId);
    if (!ticket || ticket.entered) return false;
    ticket.entered = true;
    return true;
  }

  /** Presences to delete, to write and counters to set, against what was read. A presence is never in both lists. */
  changes(): { gone: { ticketId: string; zoneId: string }[]; come: HallPresence[]; zones: ZoneCount[]; leases: HallLease[] } {
    const gone: { ticketId: string; zoneId: string }[] = [];
    const come: HallPresence[] = [];
    for (const key of this.touched) {
      const [ticketId, zoneId] = key.split('/') as [string, string];
      const presence = this.presences.get(ticketId)?.get(zoneId);
      if (presence) come.push(presence);
      else if (this.before.has(key)) gone.push({ ticketId, zoneId });
    }
    return {
      gone, come,
      zones: [...this.counted].map((zoneId) => this.zones.get(zoneId)!),
      leases: [...this.usedLeases].map((id) => this.leases.get(id)!),
    };
  }

  /** The zones that a ticket opens, by name. */
  zoneNames(ids: readonly string[]): string[] {
    return ids.flatMap((id) => this.zones.get(id)?.name ?? []);
  }

  private of(ticketId: string): Map<string, HallPresence> {
    const known = this.presences.get(ticketId);
    if (known) return known;
    const none = new Map<string, HallPresence>();
    this.presences.set(ticketId, none);
    return none;
  }

  private stand(held: Map<string, HallPresence>, ticketId: string, gateId: string, zoneId: string, change: number, since: Date): void {
    const there = held.get(zoneId);
    this.touched.add(keyOf(ticketId, zoneId));
    const persons = (there?.persons ?? 0) + change;
    if (persons <= 0) held.delete(zoneId);
    else held.set(zoneId, there ? { ...there, persons } : { ticketId, zoneId, gateId, since, persons });
  }
}

const keyOf = (ticketId: string, zoneId: string): string => `${ticketId}/${zoneId}`;
