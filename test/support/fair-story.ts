import { randomUUID } from 'node:crypto';
import { Conflicts, Corrections, Pairing, Quarantine, rebuildAttendance, Sweeps, ZoneCommands } from '#libs/attendance';
import type { GateConflict, ScanResult } from '#libs/contracts';
import { DomainError, newId } from '#libs/platform';
import { TicketCodes } from '#libs/tickets';
import { areas, FairTruth, type Area, type Way } from './fair-truth.js';
import type { TestFair, TestHall } from './hall.js';
import { OfflineGate, type GateServer } from './offline-gate.js';

/** How many each ticket is for: visitors, a family and a bus; few where they go from hand to hand. More come with those who have none. */
const sizesOf = ({ shared }: Plan): number[] => (shared ? [1, 1, 2, 4] : [1, 1, 1, 1, 1, 1, 2, 4]);
/** Two gates at the door, one at each zone. */
const DOORS: readonly Area[] = ['venue', 'venue', 'A', 'B'];
const REASON = '试';
/** A hall that is approved for so many, in its zones too, is never full. */
export const ROOMY = 200;
const approvedIn = (each: Area, { approved, approvedA }: Plan): number => (each === 'A' && approved < ROOMY ? approvedA : approved);

/** Numbers up to these name a ticket and a gate of a story. */
export const lastTicket = 9;
export const lastGate = DOORS.length - 1;

/** What can happen, in words that a generator makes up. `who`: a ticket; `server`: 0 or 1; `persons`: as many of them as can. */
export interface Steps {
  offline: { who: number; gate: number; way: Way; persons: number };
  /** A ticket is used at two gates that know nothing of one another; only where tickets are shared. */
  twice: { who: number; gate: number; other: number; persons: number };
  /** `again`: asked a second time meanwhile, at the other server; `beside`: this gate uploads there meanwhile. */
  online: { who: number; gate: number; way: Way; persons: number; server: number; heard: boolean; again: boolean; beside: number | null };
  ask: { gate: number; server: number; places: number; heard: boolean };
  /** `beside`: this gate, or the same with the same records, uploads at the other server at the same time. */
  upload: { gate: number; server: number; most: number; lost: boolean; beside: number | null };
  walkIn: { gate: number; persons: number };
  /** A lease's time is over; `told`: and somebody says how many it has let in. */
  expire: { gate: number; told: boolean };
  clock: { gate: number; by: number };
  /** `who` tries it at once. */
  lock: { area: Area; on: boolean; who: number };
  override: { who: number; gate: number };
  /** Persons without a ticket are there, or (below 0) have gone. */
  correct: { area: Area; persons: number };
  /** Persons with a ticket have come, or gone, past the gates. */
  correctTicket: { who: number; area: Area; way: Way; persons: number };
  sweep: object;
  /** A phone is stolen; another takes its place, whose clock is off by `skew`. */
  revoke: { gate: number; skew: number };
  /** The organiser says what of the stolen ones is true. */
  judge: { accept: boolean; most: number };
  /** The organiser says who came twice. */
  decide: { decision: 'anotherPerson' | 'samePerson' | 'noted' };
}
export type Step = { [N in keyof Steps]: { do: N } & Steps[N] }[keyof Steps];

/**
 * `shared`: whoever likes tries a ticket, at several gates at once; else persons do what persons can. Of each gate: by how much its clock is
 * off, and the places that it has when the network goes. `denied`: in the end the organiser takes no stolen phone's word.
 */
export interface Plan { approved: number; approvedA: number; shared: boolean; gates: { skew: number; places: number }[]; denied: boolean }
export interface Stage {
  hall: TestHall;
  /** Of two processes. */
  servers: GateServer[];
  /** The id of an admission without a network whose question the server had refused, unheard. */
  laterId: (id: string) => string;
}
/** Time goes on between two things that happen: a gate tells it in milliseconds. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3));
type Told = { [N in keyof Steps]: (step: Steps[N]) => Promise<void> };

/** A fair whose gates lose their network, its organiser, and what is true there. */
export class FairStory implements Told {
  private readonly most = new Map<Area, number>();
  private readonly wasSet = new Set<number>();
  private readonly locked = new Set<Area>();
  /** Gates of stolen devices: what they have kept is uploaded some day. */
  private readonly stolen: OfflineGate[] = [];
  /** Records that the server has heard of in some other way as well: the organiser does not deny those. */
  private readonly known = new Set<string>();

  private readonly gates: OfflineGate[] = [];
  private readonly truth: FairTruth;

  private constructor(
    private readonly stage: Stage, private readonly plan: Plan, private readonly fair: TestFair, private readonly tickets: { id: string; code: string | null; shortCode: string }[],
  ) {
    this.truth = new FairTruth(fair.zoneA > fair.zoneB ? ['A', 'B'] : ['B', 'A']);
    for (const size of sizesOf(plan)) this.truth.addTicket(size);
    for (const each of areas) this.most.set(each, this.approved(each));
  }

  static async begin(stage: Stage, plan: Plan): Promise<FairStory> {
    const { hall } = stage;
    const fair = await hall.fair({ approved: plan.approved, approvedA: approvedIn('A', plan) });
    await hall.database.read.gateRules.create({ data: { fairId: fair.id, leaseShare: 80 } });
    const tickets = [];
    const sizes = sizesOf(plan);
    for (const size of new Set(sizes)) {
      const count = sizes.filter((each) => each === size).length;
      for (const { ticket: { id, shortCode }, code } of await hall.tickets(fair, count, { size, kind: size > 1 ? 'group' : 'visitor' })) tickets.push({ id, code, shortCode });
    }
    const story = new FairStory(stage, plan, fair, tickets);
    for (const [n, { skew, places }] of plan.gates.entries()) {
      story.gates.push(await story.gate(n, skew));
      if (places > 0) await story.ask({ gate: n, server: n % 2, places, heard: true });
    }
    return story;
  }

  /** The next thing happens. */
  play<N extends keyof Steps>(step: { do: N } & Steps[N]): Promise<void> {
    return (this as Told)[step.do](step);
  }

  async offline({ who: n, gate: at, way: to, persons: wanted }: Steps['offline']): Promise<void> {
    const passing = await this.passing(n, DOORS[at]!, to, wanted);
    if (passing && this.gates[at]!.offline(passing.code, to, passing.id, passing.persons)) this.truth.passes(passing);
  }

  async twice({ who: n, gate: at, other, persons: wanted }: Steps['twice']): Promise<void> {
    if (!this.plan.shared) return;
    await this.offline({ who: n, gate: at, way: 'entry', persons: wanted });
    await pause();
    await this.offline({ who: n, gate: other, way: 'entry', persons: wanted });
  }

  async online({ who: n, gate: at, way: to, persons: wanted, server: by, heard, again, beside }: Steps['online']): Promise<void> {
    const passing = await this.passing(n, DOORS[at]!, to, wanted);
    if (!passing) return;
    const { id, code, ticket, persons: count } = passing;
    // Never beyond what it is for, whatever the server knows.
    if (wanted > this.truth.size(ticket)) return void expect(await this.gates[at]!.online(this.servers[by]!, code, to, { count: wanted })).toBe(false);
    if (!heard) this.known.add(id);
    const [admitted] = await Promise.all([
      this.gates[at]!.online(this.servers[by]!, code, to, { id, count, heard, again: again ? this.servers[1 - by] : undefined }),
      ...(beside === null ? [] : [this.told(this.gates[beside]!, this.servers[1 - by]!)]),
    ]);
    // A gate that has not heard so decides by its lease.
    if (heard && to === 'entry' && this.locked.has(passing.area)) expect([id, admitted]).toEqual([id, false]);
    if (admitted) this.truth.passes(passing);
  }

  async ask({ gate: at, server: by, places, heard }: Steps['ask']): Promise<void> {
    await this.gates[at]!.ask(this.servers[by]!, places, heard);
  }

  async upload({ gate: at, server: by, most, lost, beside }: Steps['upload']): Promise<void> {
    await Promise.all([this.told(this.gates[at]!, this.servers[by]!, most, lost), ...(beside === null ? [] : [this.told(this.gates[beside]!, this.servers[1 - by]!)])]);
    for (const each of this.stolen) await this.told(each, this.servers[by]!, most, lost);
  }

  async walkIn({ gate: at, persons: count }: Steps['walkIn']): Promise<void> {
    const [id, ticketId] = [randomUUID(), newId()];
    if (!this.gates[at]!.walkIn(ticketId, count, id)) return;
    const ticket = this.truth.addTicket(count);
    this.tickets.push({ id: ticketId, code: null, shortCode: '' });
    this.truth.passes({ id, ticket, area: DOORS[at]!, way: 'entry', persons: count });
  }

  async expire({ gate: at, told }: Steps['expire']): Promise<void> {
    const { leaseId, askedId, queue } = this.gates[at]!;
    this.gates[at]!.leaseEnds();
    const over = (id: string) => this.stage.hall.database.transaction((tx) => this.servers[0]!.leases.expire(tx, id));
    if (askedId) await over(askedId);
    if (!leaseId) return;
    await over(leaseId);
    const lease = (await this.servers[0]!.leases.list(this.fair.organiser, this.fair.id)).find(({ id }) => id === leaseId);
    if (!told || lease?.status !== 'presumed') return;
    const records = queue.filter((record) => record.leaseId === leaseId && record.admitted);
    const heard = await this.countedOf(leaseId, records.map(({ id }) => id));
    const used = records.reduce((sum, { id, count = 1 }) => (heard.has(id) ? sum : sum + count), 0);
    for (const { id } of records) this.known.add(id);
    await this.servers[1]!.leases.settle(this.fair.organiser, leaseId, { persons: Math.min(lease.held, used), reason: REASON });
  }

  /** Records whose places the server has counted already, whatever the gate has heard of it: what is said by hand is the others. */
  private async countedOf(leaseId: string, ids: string[]): Promise<Set<string>> {
    const { read: db } = this.stage.hall.database;
    const [uploads, scans] = [await db.deviceUpload.findMany({ where: { recordId: { in: ids } } }), await db.scan.findMany({ where: { id: { in: ids } } })];
    const { deviceId } = await db.gateLease.findUniqueOrThrow({ where: { id: leaseId } });
    return new Set([
      ...uploads.flatMap((upload) => (upload.deviceId === deviceId ? upload.recordId : [])),
      ...scans.flatMap(({ id, result }) => ((result as unknown as ScanResult).leaseUsed ? id : [])),
    ]);
  }

  async clock({ gate: at, by }: Steps['clock']): Promise<void> {
    // Twice between two contacts, one cannot be told from sleep.
    if (!this.wasSet.has(at)) this.gates[at]!.setClock(by);
    this.wasSet.add(at);
  }

  async lock({ area: where, on, who }: Steps['lock']): Promise<void> {
    await this.part(ZoneCommands).setLock(this.fair.organiser, this.zone(where), { locked: on, reason: REASON });
    if (on) this.locked.add(where);
    else this.locked.delete(where);
    await this.online({ who, gate: DOORS.indexOf(where), way: 'entry', persons: 1, server: 1, heard: true, again: false, beside: null });
  }

  async override({ who: n, gate: at }: Steps['override']): Promise<void> {
    const passing = await this.passing(n, DOORS[at]!, 'entry', 1);
    if (!passing) return;
    const { gateId } = this.gates[at]!.device;
    const { admitted, override } = await this.servers[0]!.scans.override(this.fair.organiser, this.fair.id, { id: passing.id, gateId, code: passing.code, reason: REASON });
    if (admitted && this.locked.has(passing.area)) expect([passing.id, override]).toEqual([passing.id, true]);
    if (override) this.allow(passing.area, 1);
    if (admitted) this.truth.passes(passing);
  }

  async correct({ area: where, persons: count }: Steps['correct']): Promise<void> {
    if (this.truth.bodiesIn(where, true) + count < 0) return;
    await this.part(Corrections).correct(this.fair.organiser, this.zone(where), { id: randomUUID(), persons: count, reason: REASON });
    this.allow(where, count);
    this.truth.bodies(where, count);
  }

  async correctTicket({ who: n, area: where, way: to, persons: wanted }: Steps['correctTicket']): Promise<void> {
    const passing = await this.passing(n, where, to, wanted);
    if (!passing) return;
    const { id, ticket, persons: count } = passing;
    const { shortCode } = this.tickets[ticket]!;
    const refusal = await this.part(Corrections).correct(this.fair.organiser, this.zone(where), { id, persons: to === 'entry' ? count : -count, shortCode, reason: REASON }).then(() => null, codeOf);
    expect([null, 'correctionTooLow']).toContain(refusal);
    if (refusal) return;
    if (to === 'entry') this.allow(where, count);
    this.truth.passes({ ...passing, byHand: true });
  }

  async sweep(): Promise<void> {
    await this.part(Sweeps).sweep(this.fair.organiser, this.fair.id, { reason: REASON });
    this.truth.sweep();
  }

  async revoke({ gate: at, skew }: Steps['revoke']): Promise<void> {
    const old = this.gates[at]!;
    await this.part(Pairing).revoke(this.fair.organiser, old.device.deviceId, REASON);
    this.stolen.push(old);
    this.gates[at] = await this.gate(at, skew);
    this.wasSet.delete(at);
  }

  async judge({ accept, most }: Steps['judge']): Promise<void> {
    const waiting = (await this.part(Quarantine).list(this.fair.organiser, this.fair.id)).filter(({ id, decision }) => decision === null && (accept || !this.known.has(id)));
    const ids = waiting.slice(0, most).map(({ id }) => id);
    if (ids.length === 0) return;
    await this.part(Quarantine).decide(this.fair.organiser, this.fair.id, { ids, accept, reason: REASON });
    if (!accept) for (const id of ids) this.truth.deny(id);
  }

  async decide({ decision }: Steps['decide']): Promise<void> {
    const meant = ({ record: { scanId } }: GateConflict) => this.truth.find((id) => [id, this.stage.laterId(id)].includes(scanId));
    // About somebody whom a gate has sent away, unheard by the server, there is nothing to say: the gate will.
    const conflict = (await this.conflicts(true)).find(meant);
    if (!conflict) return;
    await this.part(Conflicts).decide(this.fair.organiser, conflict.id, { decision, reason: REASON });
    const { area: where, today } = meant(conflict)!;
    if (decision !== 'anotherPerson' || !today) return;
    this.allow(where, conflict.persons);
    this.truth.bodies(where, conflict.persons);
  }

  /**
   * The network is back: what the devices have decided last comes first, from all of them at once, then everything, through both servers at
   * once; and the organiser says what is true of the stolen ones.
   */
  async end(): Promise<void> {
    for (const [n, at] of this.gates.entries()) {
      if (at.asking) await at.ask(this.servers[n % 2]!, 0);
      await at.ask(this.servers[n % 2]!, 0);
    }
    const all = [...this.gates, ...this.stolen].map((at) => ({ at, records: [...at.queue] }));
    await Promise.all(all.map(({ at, records }, n) => {
      at.queue.splice(0, Math.floor(records.length / 2));
      return this.told(at, this.servers[n % 2]!);
    }));
    for (const { at, records } of all.reverse()) {
      at.queue.push(...records);
      await Promise.all(this.servers.map((each) => this.told(at, each)));
    }
    if (this.plan.denied) await this.judge({ accept: false, most: Infinity });
    await this.judge({ accept: true, most: Infinity });
    // Places that a stolen phone has not used, or is not believed to have; everybody else's are free by themselves.
    for (const { id, status, deviceId } of await this.servers[0]!.leases.list(this.fair.organiser, this.fair.id)) {
      if (status !== 'settled' && this.stolen.some(({ device }) => device.deviceId === deviceId)) await this.servers[0]!.leases.settle(this.fair.organiser, id, { persons: 0, reason: REASON });
    }
  }

  private async conflicts(open = false): Promise<GateConflict[]> {
    return (await this.part(Conflicts).list(this.fair.organiser, this.fair.id, open)).filter(({ kind }) => kind === 'twice');
  }

  /** No zone is above its number, or above what the organiser's own word has made of it, until it has come down again. */
  async expectRoom(): Promise<void> {
    for (const [each, { inside, held }] of await this.counters()) {
      expect(held).toBeGreaterThanOrEqual(0);
      expect(inside + held).toBeLessThanOrEqual(this.most.get(each)!);
      expect(this.truth.within(each)).toBeLessThanOrEqual(this.most.get(each)!);
      this.most.set(each, Math.max(this.approved(each), inside + held, this.truth.within(each)));
    }
  }

  /** The counters, each ticket's persons, the conflicts, what each device has told, and what the log makes of it. */
  async expectTruth(): Promise<void> {
    const db = this.stage.hall.database.read;
    const held = await this.expectConflicts();
    const presences = await db.presence.findMany({ where: { fairId: this.fair.id } });
    for (const [each, { inside, held: kept, entered, left, bodies }] of await this.counters()) {
      expect({ each, inside, bodies, held: kept, passed: entered - left }).toEqual({ each, inside: this.truth.within(each), bodies: this.truth.bodiesIn(each), held: held.get(each), passed: inside });
      for (const [n, { id }] of this.tickets.entries()) {
        const there = presences.find(({ zoneId, ticketId }) => zoneId === this.zone(each) && ticketId === id)?.persons ?? 0;
        expect([each, n, there]).toEqual([each, n, this.truth.of(n, each)]);
      }
    }
    for (const { device: { deviceId } } of [...this.gates, ...this.stolen]) {
      const records = await db.deviceUpload.count({ where: { deviceId } });
      expect((await db.device.findUniqueOrThrow({ where: { id: deviceId } })).uploadSequence).toBe(records);
    }
    expect((await rebuildAttendance(this.stage.hall.database, this.fair.id)).differences).toEqual([]);
  }

  /** Whoever came twice is told of, with both records, and nobody else. @returns places kept for those of today whom nobody has decided on */
  private async expectConflicts(): Promise<Map<Area, number>> {
    const told = await this.conflicts();
    const twice = this.truth.twice;
    const of = (id: string) => told.find(({ record: { scanId } }) => scanId === id || scanId === this.stage.laterId(id));
    const open = told.filter(({ decision }) => decision === null);
    expect(open.map(({ record, persons: count }) => [record.scanId, count]).sort()).toEqual(
      [...twice].flatMap(([id, { persons: count }]) => (of(id)?.decision === null ? [[of(id)!.record.scanId, count]] : [])).sort());
    for (const id of twice.keys()) expect([id, of(id)?.decision ?? (of(id) ? 'open' : 'unknown')]).toEqual([id, expect.stringMatching(/^(open|swept|samePerson|anotherPerson|noted)$/)]);
    const held = new Map<Area, number>(areas.map((each) => [each, 0]));
    for (const [id, { area: at, persons: count, today }] of twice) {
      const conflict = of(id);
      if (!today || conflict?.decision !== null) continue;
      const { held: places } = await this.stage.hall.database.read.gateConflict.findUniqueOrThrow({ where: { id: conflict.id } });
      // One that looked like the same person going further in has given its place to whoever came next; there may be none left.
      if (this.plan.approved >= ROOMY) expect([id, places]).toEqual([id, count]);
      expect(places).toBeLessThanOrEqual(count);
      for (const each of new Set<Area>(['venue', at])) held.set(each, held.get(each)! + places);
    }
    return held;
  }

  private async counters() {
    const states = await this.stage.hall.database.read.zoneState.findMany({ where: { fairId: this.fair.id } });
    return areas.map((each) => [each, states.find(({ zoneId }) => zoneId === this.zone(each))!] as const);
  }

  private get servers(): readonly GateServer[] {
    return this.stage.servers;
  }

  private part<T>(type: new (...parts: never[]) => T): T {
    return this.stage.hall.module.get<T>(type, { strict: false });
  }

  private approved(each: Area): number {
    return approvedIn(each, this.plan);
  }

  private zone(each: Area): string {
    return { venue: this.fair.venue, A: this.fair.zoneA, B: this.fair.zoneB }[each];
  }

  private async gate(at: number, skew: number): Promise<OfflineGate> {
    const { door, gateA, gateB } = this.fair;
    const made = new OfflineGate(await this.stage.hall.device(this.fair, { venue: door, A: gateA, B: gateB }[DOORS[at]!]), skew);
    await this.part(Pairing).setKey(made.device, made.publicKey);
    return made;
  }

  private async told(at: OfflineGate, to: GateServer, most?: number, lost?: boolean): Promise<void> {
    const answer = await at.upload(to, most, lost);
    if (!answer) return;
    const stolen = this.stolen.includes(at);
    expect([answer.revoked, answer.records.some(({ outcome }) => (outcome === 'quarantined') !== stolen)]).toEqual([stolen, false]);
    if (!stolen) for (const { id } of answer.records) this.known.add(id);
  }

  /** Who goes, if anybody can; null for somebody whose ticket is not made yet. */
  private async passing(n: number, where: Area, to: Way, wanted: number) {
    const ticket = n % this.tickets.length;
    const known = this.tickets[ticket]!;
    const count = Math.min(wanted, this.plan.shared ? this.truth.size(ticket) : this.truth.couldPass(ticket, where, to));
    if (known.code === null) {
      const made = await this.stage.hall.database.read.ticket.findUnique({ where: { id: known.id } });
      if (made) Object.assign(known, { shortCode: made.shortCode, code: (await this.part(TicketCodes).signer())(made) });
    }
    return known.code === null || count === 0 ? null : { id: randomUUID(), ticket, code: known.code, area: where, way: to, persons: count };
  }

  /** By somebody's word there may be so many more. */
  private allow(where: Area, count: number): void {
    for (const each of new Set<Area>(['venue', where])) this.most.set(each, this.most.get(each)! + Math.max(0, count));
  }
}
const codeOf = (error: unknown): string => {
  if (error instanceof DomainError) return error.code;
  throw error;
};
