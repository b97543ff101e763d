import { randomUUID } from 'node:crypto';
import type { DeviceActor } from '#libs/attendance';
import { Refused } from './caller.js';
import { areas, FairTruth, type Area, type Way } from './fair-truth.js';
import { offlineGate, type Standing } from './gates-at-work.js';
import { heard, type GateLine } from './offline-gate.js';
import { eventually, type Bureau, type World } from './world.js';

/** Two gates at the door, one at each zone. */
const DOORS: Area[] = ['venue', 'venue', 'A', 'B'];
/** Fewer than there are people: somebody always waits at a full gate. */
const APPROVED: Record<Area, number> = { venue: 90, A: 20, B: 20 };
const PEOPLE = 12;
const BUS = 20;
/** Persons whom a device would like to let in alone. */
const LEASES = [0, 8, 16, 24];
/** Parties without a ticket at one gate at a time. */
const NEWCOMERS = 8;

/** Persons with one code, at their own gate. `code`: none before the server has made their ticket of what the device has registered. */
interface Party { ticket: number; id: string; code: string | null; newcomers: boolean }
/** `alone`: the server was not heard the last time. */
interface BusyGate extends Standing { area: Area; parties: Party[]; alone: boolean }

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const chance = (of: number) => Math.random() < of;
const upTo = (most: number) => 1 + Math.floor(Math.random() * most);
const zonesOf = (area: Area): Area[] => (area === 'venue' ? ['venue'] : ['venue', area]);

/** A line that is dead for a second or two now and then, and swallows an answer here and there. @param answered is told of each answer */
function shaky({ scans, uploads, leases }: GateLine, answered: () => void): GateLine {
  let dead = 0;
  const over = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (chance(0.01)) dead = Date.now() + 300 + Math.random() * 1_500;
    if (Date.now() < dead) throw new Error('There is no network.');
    const answer = await ask();
    answered();
    if (chance(0.02)) throw new Error('The answer was lost.');
    return answer;
  };
  return {
    scans: { scan: (device: DeviceActor, body) => over(() => scans.scan(device, body)) },
    uploads: { upload: (device: DeviceActor, body) => over(() => uploads.upload(device, body)) },
    leases: { ask: (device: DeviceActor, body) => over(() => leases.ask(device, body)) },
  };
}

/**
 * A small hall with everything under way at once, without a pause: people and buses go in and out, gates lose the network and go on
 * by their leases, ask for other leases, upload, repeat what was not answered, and register people without a ticket; the organiser
 * corrects by hand. What the gates have said is the truth that the server must come to.
 */
export class BusyHall {
  /** How often each thing was done, so that a story can see that it was. */
  readonly did = { admitted: 0, refused: 0, alone: 0, together: 0, newcomers: 0, newcomersAlone: 0, leases: 0, corrections: 0 };
  private readonly truth = new FairTruth(['A', 'B']);
  /** Passages that a gate has let through: by id, the persons. */
  private readonly passed = new Map<string, number>();
  /** By hand there may be so many more. */
  private readonly byHand = new Map<Area, number>(areas.map((area) => [area, 0]));
  private readonly gates: BusyGate[] = [];
  private zones!: Record<Area, string>;
  private going = true;
  /** Of the server, so far. */
  private answers = 0;
  private work: Promise<unknown> = Promise.resolve();

  private constructor(private readonly world: World, private readonly bureau: Bureau, readonly fairId: string) {}

  static async open(world: World): Promise<BusyHall> {
    const bureau = await world.bureau();
    const { fair, gates: [door, gateA, gateB] } = await world.openFair(bureau, { approved: APPROVED.venue, zoneA: APPROVED.A, zoneB: APPROVED.B });
    const hall = new BusyHall(world, bureau, fair.id);
    hall.zones = { venue: fair.venue.id, A: gateA!.zoneId, B: gateB!.zoneId };
    const buses = await bureau.admin.call('POST /fairs/:fairId/passes', { params: { fairId: fair.id }, body: { kind: 'group', count: DOORS.length, size: BUS } });
    for (const [n, area] of DOORS.entries()) {
      const standing = await offlineGate(world, bureau, { venue: door!, A: gateA!, B: gateB! }[area], 8);
      const people = await world.walkIns(standing.device, fair.id, PEOPLE);
      const parties = [...people, buses[n]!].map(({ id, code, size = 1 }): Party => ({ id, code, ticket: hall.truth.addTicket(size), newcomers: false }));
      hall.gates.push({ ...standing, server: shaky(standing.server, () => { hall.answers += 1; }), area, parties, alone: false });
    }
    return hall;
  }

  /** Whether nothing has gone wrong so far. */
  get well(): boolean {
    return this.going;
  }

  /** Resolves when the server has answered so many times more: all of it is under way. Or when something has gone wrong. */
  async answered(times: number): Promise<void> {
    const until = this.answers + times;
    while (this.going && this.answers < until) await pause(10);
  }

  begin(): void {
    this.work = Promise.all([...this.gates.map((gate) => this.guard(gate)), this.clerk(), this.watch()]);
    this.work.catch(() => { this.going = false; }); // whoever waits for the end hears of it
  }

  /** The last passages, and everything is with the server; the gates keep their leases. */
  async end(): Promise<void> {
    this.going = false;
    await this.work;
    for (const { gate, server } of this.gates) {
      await eventually('every question answered', async () => !gate.asking || (await heard(gate.ask(server, 6))) !== null, 30_000);
      await eventually('everything uploaded', async () => gate.queue.length === 0 || ((await heard(gate.upload(server, 200))) !== null && gate.queue.length === 0), 30_000);
    }
  }

  /** The gates give back what is left of their leases. */
  async giveBack(): Promise<void> {
    for (const { gate, server } of this.gates) {
      if (gate.leaseId) await eventually('the lease given back', async () => (await heard(gate.ask(server, 0))) !== null, 30_000);
    }
  }

  /**
   * Nothing that a gate has let through is missing, nothing is there twice, everybody stands where the gates have let them, and so many
   * places are kept as open leases have. @param given the gates have given back their leases
   */
  async expectExact({ given }: { given: boolean }): Promise<void> {
    const { servers } = this.world;
    const { fairId, truth } = this;
    const checkIns = await servers.query<{ scanId: string; persons: number }>('SELECT "scanId", persons FROM "CheckIn" WHERE "fairId" = $1 AND mark IS NULL', [fairId]);
    expect(checkIns).toHaveLength(this.passed.size);
    expect(new Map(checkIns.map(({ scanId, persons }) => [scanId, persons]))).toEqual(this.passed);
    const [log] = await servers.query<{ told: number; conflicts: number }>(`
      SELECT (SELECT count(*) FILTER (WHERE type = 'checkIn.recorded') - count(*) FILTER (WHERE type = 'checkIn.voided') FROM "Event" WHERE "scopeId" = $1)::int AS told,
        (SELECT count(*) FROM "GateConflict" WHERE "fairId" = $1)::int AS conflicts`, [fairId]);
    expect(log).toEqual({ told: this.passed.size, conflicts: 0 });
    const leases = await servers.query<{ zoneIds: string[]; held: number }>('SELECT "zoneIds", held FROM "GateLease" WHERE "fairId" = $1 AND held > 0', [fairId]);
    if (given) expect(leases).toEqual([]);
    const presences = await servers.query<{ ticketId: string; zoneId: string; persons: number }>('SELECT "ticketId", "zoneId", persons FROM "Presence" WHERE "fairId" = $1', [fairId]);
    for (const [area, { inside, held, bodies, passed }] of await this.counters()) {
      const kept = leases.filter(({ zoneIds }) => zoneIds.includes(this.zones[area])).reduce((sum, lease) => sum + lease.held, 0);
      expect({ area, inside, held, bodies, passed }).toEqual({ area, inside: truth.within(area), held: kept, bodies: truth.bodiesIn(area), passed: inside });
      const there = presences.filter(({ zoneId }) => zoneId === this.zones[area]).map(({ ticketId, persons }) => [ticketId, persons]);
      const should = this.gates.flatMap(({ parties }) => parties.map(({ id, ticket }) => [id, truth.of(ticket, area)])).filter(([, persons]) => persons !== 0);
      expect(there.sort()).toEqual(should.sort());
    }
    for (const { deviceId, gate } of this.gates) {
      const [device] = await servers.query<{ uploadSequence: number }>('SELECT "uploadSequence" FROM "Device" WHERE id = $1', [deviceId]);
      expect(device!.uploadSequence).toBe(gate.sequence);
    }
  }

  private async guard(at: BusyGate): Promise<void> {
    while (this.going) {
      if (!at.alone && (at.gate.asking || chance(0.12))) await this.askLease(at);
      else if (at.area === 'venue' && chance(0.25) && at.parties.filter(({ newcomers }) => newcomers).length < NEWCOMERS) await this.comeNew(at);
      else await this.pass(at, at.parties[upTo(at.parties.length) - 1]!);
      // A person walks through; and twenty a second is what one device may ask.
      await pause(50);
    }
  }

  private async askLease(at: BusyGate): Promise<void> {
    const answer = await heard(at.gate.ask(at.server, LEASES[upTo(LEASES.length) - 1]!));
    at.alone = answer === null;
    if (answer) this.did.leases += 1;
  }

  private async pass(at: BusyGate, party: Party): Promise<void> {
    const { gate, server, area } = at;
    const { ticket } = party;
    const code = party.code ?? await this.codeOf(party);
    if (code === null) return;
    const [out, into] = [this.truth.couldPass(ticket, area, 'exit'), this.truth.couldPass(ticket, area, 'entry')];
    const way: Way = out > 0 && (into === 0 || chance(0.5)) ? 'exit' : 'entry';
    const [id, count] = [randomUUID(), upTo(Math.min(5, way === 'exit' ? out : into))];
    // Who wants out is on their way, whenever we hear of it.
    if (way === 'exit') this.let(id, ticket, area, way, count);
    const { admitted, reason, alone } = await gate.pass(server, code, way, { id, count, times: chance(0.3) ? 3 : 1 });
    if (way === 'exit') expect([way, reason]).toEqual([way, null]);
    else if (admitted) this.let(id, ticket, area, way, count);
    else expect(['zoneFull', 'noLease']).toContain(reason);
    this.did[admitted ? 'admitted' : 'refused'] += 1;
    at.alone = alone;
    if (alone) this.did.alone += 1;
    if (count > 1) this.did.together += 1;
    if (party.newcomers && this.truth.of(ticket, 'venue') === 0) at.parties.splice(at.parties.indexOf(party), 1);
    // Whoever is told to wait does.
    if (alone && !admitted) await pause(300);
  }

  /** Persons without a ticket: they get one of the server, or the device registers them and lets them in. */
  private async comeNew(at: BusyGate): Promise<void> {
    const { gate, server, device, area, parties } = at;
    const persons = upTo(3);
    const made = chance(0.5) ? await heard(device.call('POST /fairs/:fairId/walk-ins', { params: { fairId: this.fairId }, body: { requestKey: randomUUID(), persons } })) : null;
    const id = randomUUID();
    if (made) {
      const { admitted } = await gate.pass(server, made.code, 'entry', { id, count: persons });
      if (!admitted) return;
      parties.push({ id: made.id, code: made.code, ticket: this.truth.addTicket(persons), newcomers: true });
    } else {
      const ticketId = randomUUID();
      if (!gate.walkIn(ticketId, persons, id)) return;
      parties.push({ id: ticketId, code: null, ticket: this.truth.addTicket(persons), newcomers: true });
      this.did.newcomersAlone += 1;
    }
    this.let(id, parties.at(-1)!.ticket, area, 'entry', persons);
    this.did.newcomers += 1;
  }

  /** The eight digits of somebody whom a device has registered, once the server knows of them. */
  private async codeOf(party: Party): Promise<string | null> {
    const [made] = await this.world.servers.query<{ shortCode: string }>('SELECT "shortCode" FROM "Ticket" WHERE id = $1', [party.id]);
    party.code = made?.shortCode ?? null;
    return party.code;
  }

  private let(id: string, ticket: number, area: Area, way: Way, persons: number): void {
    this.truth.passes({ id, ticket, area, way, persons });
    this.passed.set(id, persons);
  }

  /** Somebody of the organiser counts a person without a ticket in, and out again. */
  private async clerk(): Promise<void> {
    for (let there = false; this.going; there = !there) {
      const area = (['A', 'B'] as const)[upTo(2) - 1]!;
      for (const persons of [1, -1]) {
        await pause(200);
        const body = { id: randomUUID(), persons, reason: '从员工通道走' };
        if (persons > 0) for (const each of zonesOf(area)) this.byHand.set(each, this.byHand.get(each)! + 1);
        else this.truth.bodies(area, persons);
        await this.untilAnswered(() => this.bureau.admin.call('POST /zones/:zoneId/corrections', { params: { zoneId: this.zones[area] }, body }));
        if (persons > 0) this.truth.bodies(area, persons);
        else for (const each of zonesOf(area)) this.byHand.set(each, this.byHand.get(each)! - 1);
        this.did.corrections += 1;
      }
    }
  }

  private async untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof Refused && error.status < 500 && error.status !== 429) throw error;
        await pause(50);
      }
    }
  }

  /** No zone is ever above its number, in the counters or in truth. */
  private async watch(): Promise<void> {
    while (this.going) {
      const before = new Map(this.byHand);
      for (const [area, { inside, held }] of await this.counters()) {
        const most = APPROVED[area] + Math.max(before.get(area)!, this.byHand.get(area)!);
        if (inside + held > most || held < 0) throw new Error(`${area}: ${inside} inside and ${held} held of ${most}`);
        if (this.truth.within(area) > APPROVED[area] + this.byHand.get(area)!) throw new Error(`${area}: ${this.truth.within(area)} are inside, of ${most}`);
      }
      await pause(100);
    }
  }

  private async counters() {
    const rows = await this.world.servers.query<{ zoneId: string; inside: number; held: number; bodies: number; passed: number }>(
      'SELECT "zoneId", inside, held, bodies, entered - "left" AS passed FROM "ZoneState" WHERE "fairId" = $1', [this.fairId]);
    return areas.map((area) => [area, rows.find(({ zoneId }) => zoneId === this.zones[area])!] as const);
  }
}
