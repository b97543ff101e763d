import {
  decidePassage, type Direction, type FairStatus, type GateDirection, type Passage, type PassageDecision, type PresenceFacts, type TicketFacts, type ZoneFacts,
} from '#libs/contracts';

export interface ZoneCount extends ZoneFacts { entered: number; left: number }
export interface GateFacts { id: string; zoneId: string; name: string; direction: GateDirection }
/** `entered`: has come in before. */
export interface KnownTicket extends TicketFacts { entered: boolean }
export interface HallPresence extends PresenceFacts { ticketId: string }

/** One fair's gates, zones and counters, and the tickets and presences that a batch of scans asks about. */
export interface HallFacts {
  fair: { id: string; status: FairStatus };
  zones: ZoneCount[];
  gates: GateFacts[];
  tickets: KnownTicket[];
  presences: HallPresence[];
  /** The database's clock, read after the zones were locked. */
  now: Date;
}

/** A zone's counter that moved, with the number inside after it. */
export interface Move { zoneId: string; change: 1 | -1; inside: number }
export interface Passed { decision: PassageDecision; ticket: TicketFacts | null; moves: Move[]; first: boolean }

export interface HallQuestion {
  direction: Direction;
  gate: GateFacts;
  ticket: Passage['ticket'];
  happenedAt: Date;
  override: boolean;
}

/**
 * The hall in memory, while a transaction holds its zones: scans are decided in order, each on what the ones before have
 * done. What came of it is written in one go.
 */
export class Hall {
  readonly zones: ReadonlyMap<string, ZoneCount>;
  readonly gates: ReadonlyMap<string, GateFacts>;
  readonly now: Date;
  private readonly fairStatus: FairStatus;
  private readonly tickets: ReadonlyMap<string, KnownTicket>;
  private readonly byShortCode: ReadonlyMap<string, KnownTicket>;
  private readonly before = new Set<string>();
  private readonly presences = new Map<string, Map<string, PresenceFacts>>();
  private readonly touched = new Set<string>();
  private readonly counted = new Set<string>();

  constructor({ fair, zones, gates, tickets, presences, now }: HallFacts) {
    this.fairStatus = fair.status;
    this.now = now;
    this.zones = new Map(zones.map((zone) => [zone.id, { ...zone }]));
    this.gates = new Map(gates.map((gate) => [gate.id, gate]));
    this.tickets = new Map(tickets.map((ticket) => [ticket.id, { ...ticket }]));
    this.byShortCode = new Map([...this.tickets.values()].map((ticket) => [ticket.shortCode, ticket]));
    for (const { ticketId, ...presence } of presences) {
      if (!this.zones.has(presence.zoneId)) continue;
      this.of(ticketId).set(presence.zoneId, presence);
      this.before.add(keyOf(ticketId, presence.zoneId));
    }
  }

  ticket(id: string): TicketFacts | undefined {
    return this.tickets.get(id);
  }

  ticketByShortCode(shortCode: string): TicketFacts | undefined {
    return this.byShortCode.get(shortCode);
  }

  /** Decides one passage and carries it out. `since` of an entry is the device's time. */
  pass({ direction, gate, ticket, happenedAt, override }: HallQuestion): Passed {
    const facts = typeof ticket === 'string' ? null : ticket;
    const presences = facts ? [...this.of(facts.id).values()] : [];
    const decision = decidePassage({ direction, gate, fairStatus: this.fairStatus, zones: this.zones, ticket, presences, now: this.now, override });
    if (!decision.admitted || !facts) return { decision, ticket: facts, moves: [], first: false };

    const held = this.of(facts.id);
    for (const zoneId of decision.leave) held.delete(zoneId);
    for (const zoneId of decision.enter) held.set(zoneId, { zoneId, gateId: gate.id, since: happenedAt });
    for (const zoneId of [...decision.leave, ...decision.enter]) this.touched.add(keyOf(facts.id, zoneId));
    const moves = [...decision.leave.map((zoneId) => this.count(zoneId, -1)), ...decision.enter.map((zoneId) => this.count(zoneId, 1))];
    return { decision, ticket: facts, moves, first: direction === 'entry' && this.firstEntry(facts.id) };
  }

  /** Presences to delete, to write and counters to set, against what was read. A presence is never in both lists. */
  changes(): { gone: { ticketId: string; zoneId: string }[]; come: HallPresence[]; zones: ZoneCount[] } {
    const gone: { ticketId: string; zoneId: string }[] = [];
    const come: HallPresence[] = [];
    for (const key of this.touched) {
      const [ticketId, zoneId] = key.split('/') as [string, string];
      const presence = this.presences.get(ticketId)?.get(zoneId);
      if (presence) come.push({ ticketId, ...presence });
      else if (this.before.has(key)) gone.push({ ticketId, zoneId });
    }
    return { gone, come, zones: [...this.counted].map((zoneId) => this.zones.get(zoneId)!) };
  }

  /** The zones that a ticket opens, by name. */
  zoneNames(ids: readonly string[]): string[] {
    return ids.flatMap((id) => this.zones.get(id)?.name ?? []);
  }

  private of(ticketId: string): Map<string, PresenceFacts> {
    const known = this.presences.get(ticketId);
    if (known) return known;
    const none = new Map<string, PresenceFacts>();
    this.presences.set(ticketId, none);
    return none;
  }

  private count(zoneId: string, change: 1 | -1): Move {
    const zone = this.zones.get(zoneId)!;
    zone.inside += change;
    if (change === 1) zone.entered += 1;
    else zone.left += 1;
    this.counted.add(zoneId);
    return { zoneId, change, inside: zone.inside };
  }

  private firstEntry(ticketId: string): boolean {
    const ticket = this.tickets.get(ticketId);
    if (!ticket || ticket.entered) return false;
    ticket.entered = true;
    return true;
  }
}

const keyOf = (ticketId: string, zoneId: string): string => `${ticketId}/${zoneId}`;
