/** One device's gate without a network: what it knows, what it decides, and what it has to tell. No page and no timers in it. */
import { crowdLevel, type Direction, type Id, type OfflineWalkIn, type ScanResult } from '#libs/contracts';
import { newId } from '../../net/api';
import { newSigningKeys, signed, toBase64url, utf8 } from './ed25519';
import { asOf, elapsed, thisMoment, type Moment } from './elapsed';
import type { DeviceRow, GateRecord, GateStore } from './gate-store';
import { placesLeft, withoutPresumed } from './lease';
import { LocalHall, type Effect, type Found, type LocalAnswer } from './local-hall';
import type { Snapshot } from './snapshot';

/** What the page knows of where it stands: for what a verdict shows. */
export interface GatePlace { gateId: Id; gateName: string; zoneName: string }
/** A scan as it is asked. */
export interface Attempt { direction: Direction; count: number; code: string }

/** A minute: then the clock is wrong, and said to be. */
const CLOCK_WRONG_MS = 60_000;
/** How old what is kept of the clock may be, ms. */
const CLOCK_KEPT_MS = 60_000;
/** A scan that was never answered, and is scanned again within this time, is the same scan. */
const SAME_SCAN_MS = 120_000;

export class OfflineGate {
  private hallNow: LocalHall | null = null;
  private snapshotNow: (Snapshot & { heardAt: number }) | null = null;
  /** The server's clock as last heard, for when this device's is set back meanwhile. */
  private heard: { moment: Moment; offsetMs: number } | null = null;

  /** What is decided, and what is learnt, happen one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(readonly store: GateStore, private rowNow: DeviceRow, readonly place: GatePlace) {
    const { offsetAt, offsetMs } = rowNow;
    if (offsetAt && offsetMs !== null) this.heard = { moment: offsetAt, offsetMs };
  }

  /** Takes up what is kept of this device; makes it when it is new. `askRunningTime` comes before. */
  static async open(store: GateStore, deviceId: Id, token: string, place: GatePlace): Promise<OfflineGate> {
    let row = await store.device(deviceId);
    if (!row) {
      const { secretKey, publicKey } = newSigningKeys();
      row = { deviceId, token, secretKey, publicKey, keyTold: false, sequence: 0, lease: null, question: null, leaseSequence: 0, offsetMs: null, ended: false };
      await store.putDevice(row);
    }
    const gate = new OfflineGate(store, row, place);
    await gate.takeUpUnanswered();
    const kept = await store.snapshot(deviceId);
    if (kept && kept.facts.gateId === place.gateId) await gate.take(kept, kept.heardAt);
    return gate;
  }

  get row(): DeviceRow {
    return this.rowNow;
  }

  get hall(): LocalHall | null {
    return this.hallNow;
  }

  get snapshot(): Snapshot | null {
    return this.snapshotNow;
  }

  /** When the snapshot was fetched, this device's wall clock, epoch ms; null without one. */
  get heardAt(): number | null {
    return this.snapshotNow?.heardAt ?? null;
  }

  /** Places that may be given now without asking. A lease that is being renewed gives none: the server may have ended it. */
  get placesLeft(): number {
    return this.rowNow.question ? 0 : placesLeft(this.rowNow.lease, thisMoment());
  }

  /** Server's clock minus this device's, ms. A clock that was set back since the server was heard is noticed. */
  get offsetMs(): number {
    return this.offsetAt(thisMoment());
  }

  private offsetAt(now: Moment): number {
    if (!this.heard) return this.rowNow.offsetMs ?? 0;
    if (now.origin !== this.heard.moment.origin) return this.heard.offsetMs;
    const setBack = (now.running - this.heard.moment.running) - (now.wall - this.heard.moment.wall);
    return this.heard.offsetMs + (setBack > 5000 ? setBack : 0);
  }

  get clockWrong(): boolean {
    return Math.abs(this.offsetMs) >= CLOCK_WRONG_MS;
  }

  /** The time by the server's clock, as well as it is known. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Does something while nothing else is decided or learnt. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work, work);
    this.turn = mine;
    return mine;
  }

  async change(change: Partial<DeviceRow>): Promise<void> {
    this.rowNow = (await this.store.changeDevice(this.rowNow.deviceId, change)) ?? { ...this.rowNow, ...change };
  }

  /** The server's clock was heard. Kept when it moves by more than a second, and now and then. */
  async hearClock(offsetMs: number): Promise<void> {
    const moment = thisMoment();
    this.heard = { moment, offsetMs };
    const { offsetMs: kept, offsetAt } = this.rowNow;
    const since = offsetAt && elapsed(offsetAt, moment);
    if (kept === null || Math.abs(kept - offsetMs) > 1000 || since == null || since > CLOCK_KEPT_MS) await this.change({ offsetMs, offsetAt: moment });
  }

  /** A newer snapshot: what happened here since then is told again on it. `covered`: orders of records that are in it. */
  know(snapshot: Snapshot, heardAt: number, covered: readonly number[] = []): Promise<void> {
    return this.inTurn(async () => {
      await this.store.putSnapshot(this.rowNow.deviceId, snapshot, heardAt, covered, this.snapshotNow);
      await this.take(snapshot, heardAt);
    });
  }

  private async take(snapshot: Snapshot, heardAt: number): Promise<void> {
    const effects = (await this.store.effects(this.rowNow.deviceId)).flatMap(({ effect }) => effect ?? []);
    this.snapshotNow = { ...snapshot, heardAt };
    this.hallNow = new LocalHall(snapshot, this.place.gateId, effects);
  }

  /**
   * The lease, and what is known of the clock, live on in the new running time of a service worker that was started anew, as long as
   * this page was there all the time.
   */
  async carryTime(before: Moment): Promise<void> {
    const now = thisMoment();
    if (before.origin === now.origin) return;
    if (this.heard) this.heard = { moment: now, offsetMs: this.offsetAt(before) };
    const between = Math.max(0, now.wall - before.wall);
    const carried = (then: Moment): Moment => {
      const ago = elapsed(then, before);
      return ago === null ? then : asOf(now, ago + between);
    };
    await this.inTurn(async () => {
      const { lease, question } = this.rowNow;
      await this.change({
        lease: lease && { ...lease, since: carried(lease.since) }, question: question && { ...question, at: carried(question.at) },
        ...(this.heard && { offsetMs: this.heard.offsetMs, offsetAt: this.heard.moment }),
      });
    });
  }

  find(code: string): Found | null {
    return this.hallNow?.find(code) ?? null;
  }

  /**
   * Notes a scan before the server is asked about it. The same code again, when the last one was never answered, is the same scan: it
   * keeps its id, so that it counts once.
   */
  async begin({ direction, count, code }: Attempt): Promise<GateRecord> {
    const moment = thisMoment();
    const [last] = await this.store.history(this.rowNow.deviceId, 1);
    if (last?.state === 'asked' && last.code === code && last.direction === direction && last.count === count && moment.wall - last.moment.wall < SAME_SCAN_MS) return last;
    const leaseId = direction === 'entry' && this.placesLeft >= count ? this.rowNow.lease!.leaseId : null;
    return this.store.add({ ...this.blank(moment), direction, count, code, leaseId });
  }

  /** The server has answered: kept, and known here from now on. */
  answered(record: GateRecord, result: ScanResult): Promise<void> {
    return this.inTurn(async () => {
      const effect = result.admitted && result.ticket && this.hallNow ? this.hallNow.effectOf(result.ticket.id, record.direction, record.count, Date.parse(result.recordedAt)) : null;
      const { row } = await this.store.decided({ ...record, state: 'settled', result, effect }, result.leaseUsed ? record.count : 0);
      this.rowNow = row;
      if (effect) this.hallNow?.apply(effect);
    });
  }

  /** The guard waits no longer for the server, which may have let them in with the places that stood aside. */
  gaveUp(record: GateRecord): Promise<void> {
    return this.inTurn(() => this.presume(record));
  }

  private async presume(record: GateRecord): Promise<void> {
    this.rowNow = await this.store.presume(record) ?? this.rowNow;
  }

  /** What is decided here. Null when nothing is known of the fair. The record is on the disk before this resolves. */
  decideHere(record: GateRecord): Promise<ScanResult | null> {
    return this.decide(record, hall => hall.find(record.code ?? ''));
  }

  /** What would be decided here now; nothing is kept. */
  wouldAdmit(record: GateRecord): boolean {
    const ticket = this.hallNow?.find(record.code ?? '');
    return Boolean(ticket && this.hallNow?.decide({ ticket, direction: record.direction, count: record.count, at: this.now(), lease: this.lease(record) }).admitted);
  }

  /** Somebody without a ticket: registered and let in in one step, signed by this device. Null when nothing is known of the fair. */
  async walkIn(persons: number): Promise<ScanResult | null> {
    const facts = this.snapshotNow?.facts;
    if (!facts) return null;
    const moment = thisMoment();
    const ticketId = newId();
    const madeAt = this.now().toISOString();
    const text = `FWW1.${[ticketId, facts.fairId, this.place.gateId, persons, madeAt].join('.')}`;
    const walkIn: OfflineWalkIn = { ticketId, persons, madeAt, signature: toBase64url(signed(utf8(text), this.rowNow.secretKey)) };
    const record = await this.store.add({ ...this.blank(moment), direction: 'entry', count: persons, walkIn });
    return this.decide(record, hall => hall.newcomer(ticketId, persons, new Date(madeAt)));
  }

  /** What may be given to a scan: its own places among them, if it was asked before and they count as used. */
  private lease(record: GateRecord): { places: number; zoneIds: readonly Id[] } | null {
    const { lease, question } = this.rowNow;
    const places = lease && !question ? placesLeft(withoutPresumed(lease, record), thisMoment()) : 0;
    return lease && places > 0 ? { places, zoneIds: lease.zoneIds } : null;
  }

  private decide(record: GateRecord, ticketOf: (hall: LocalHall) => Found): Promise<ScanResult | null> {
    return this.inTurn(() => this.decideNow(record, ticketOf));
  }

  private async decideNow(record: GateRecord, ticketOf: (hall: LocalHall) => Found): Promise<ScanResult | null> {
    const hall = this.hallNow;
    if (!hall) return null;
    const ticket = ticketOf(hall);
    const at = this.now();
    const answer = hall.decide({ ticket, direction: record.direction, count: record.count, at, lease: this.lease(record) });
    const leaseId = answer.places > 0 ? this.rowNow.lease!.leaseId : null;
    const result: ScanResult = {
      scanId: record.id, admitted: answer.admitted, direction: record.direction, reason: answer.reason, override: false,
      ticket: typeof ticket === 'string' ? null : { id: ticket.facts.id, shortCode: ticket.facts.shortCode, kind: ticket.facts.kind },
      previous: answer.first && { at: answer.first.since.toISOString(), gateName: this.place.gateName },
      allowedZones: answer.reason === 'wrongZone' && typeof ticket !== 'string' ? ticket.facts.zoneIds.flatMap(id => hall.zones.get(id)?.name ?? []) : [],
      zone: this.zone(hall, answer),
      recordedAt: at.toISOString(),
      ...this.group(hall, ticket, answer),
      ...(answer.places > 0 && { leaseUsed: true }),
    };
    const { row } = await this.store.decided({ ...record, state: 'waiting', leaseId, result, effect: answer.effect }, answer.places);
    this.rowNow = row;
    if (answer.effect) hall.apply(answer.effect);
    return result;
  }

  private group(hall: LocalHall, ticket: Found, { effect }: LocalAnswer): Pick<ScanResult, 'group'> {
    if (typeof ticket === 'string' || (ticket.facts.size ?? 1) === 1) return {};
    const size = ticket.facts.size!;
    const inside = hall.insideOf(ticket) + changeAt(effect, hall.venueId);
    return { group: { size, inside, remaining: Math.max(0, size - inside) } };
  }

  private zone(hall: LocalHall, { effect }: LocalAnswer): ScanResult['zone'] {
    const { zoneId } = hall.snapshot.facts.gate;
    const approvedNumber = hall.zones.get(zoneId)?.approvedNumber ?? 0;
    const inside = hall.inside(zoneId) + changeAt(effect, zoneId);
    return { name: this.place.zoneName, inside, approvedNumber, level: crowdLevel(inside, approvedNumber) };
  }

  private blank(moment: Moment): Omit<GateRecord, 'order' | 'waitsFor' | 'effectOn'> {
    return {
      deviceId: this.rowNow.deviceId, id: newId(), state: 'asked', sequence: null, direction: 'entry', count: 1, code: null, walkIn: null, moment, offsetMs: this.offsetMs,
      leaseId: null, result: null, effect: null, outcome: null, conflict: null, settledAt: null,
    };
  }

  /** The tab was ended between a question and its verdict: the place that stood aside may be taken. */
  private async takeUpUnanswered(): Promise<void> {
    const [last] = await this.store.history(this.rowNow.deviceId, 1);
    if (last) await this.presume(last);
  }
}

const changeAt = (effect: Effect | null, zoneId: Id | null): number => effect?.changes.find(change => change.zoneId === zoneId)?.change ?? 0;

/** How many persons a found ticket is for; 1 for one that is none. */
export const sizeOf = (ticket: Found | null): number => (ticket && typeof ticket !== 'string' ? ticket.facts.size ?? 1 : 1);
