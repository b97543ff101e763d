/**
 * An hour at three gates without a network, in real Chromium: what they let in meanwhile is told afterwards, with the times of that hour.
 * The phones live the hour in the seconds that it takes: they begin an hour before now, and it is now when the network comes back.
 */
import type { Gate, GateConflict, Ticket } from '#libs/contracts';
import { Fairground } from '../support/fairground.js';
import { Guard } from '../support/guard.js';
import { PageClock } from '../support/page-clock.js';
import { inLong } from '../support/runs.js';
import type { Kept } from '../support/scanner-page.js';
import { eventually, insideIs, type Bureau, type OpenFair } from '../support/world.js';

const MINUTE = 60_000;
/** So long is the network away, minutes. A lease ends before. */
const AWAY = 62;
/** What a busy machine may take on the way from a record's moment to the server's, ms; between two minutes of the hour lies half a minute and more. */
const ABOUT = 5_000;

let ground: Fairground;
let bureau: Bureau;
let opened: OpenFair;

jest.setTimeout(240_000);

const params = () => ({ fairId: opened.fair.id });
const passes = (count: number, more: { kind?: 'staff' | 'group'; size?: number } = {}): Promise<Ticket[]> =>
  bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'staff', count, ...more } });

/** A guard's phone within the hour. */
class Phone {
  /** Minutes of the hour that are over. */
  minute = 0;
  /** When the server should say that each of its records was, ms since 1970, in its order. */
  readonly happened = new Map<string, number>();

  private constructor(readonly name: string, readonly gate: Gate, readonly guard: Guard, private readonly clock: PageClock, private readonly line: { down: boolean }, private readonly how: { ahead: number; sleeps: boolean }) {}

  /** @param at this gate  @param how its clock is `ahead` of the true time, ms; it `sleeps` between two scans */
  static async at(name: string, at: Gate, how = { ahead: 0, sleeps: false }): Promise<Phone> {
    const line = { down: false };
    let clock!: PageClock;
    const guard = await Guard.at(ground, bureau, at, name, async (context) => {
      clock = await PageClock.of(context, how.ahead - AWAY * MINUTE);
      // The server's clock then: what the phone hears of it.
      await context.route('**/api/devices/me?*', async (route) => {
        if (line.down) return route.abort('internetdisconnected');
        const response = await route.fetch();
        const said = await response.json() as { serverTime: string };
        return route.fulfill({ response, json: { ...said, serverTime: new Date(Date.parse(said.serverTime) - AWAY * MINUTE).toISOString() } });
      });
    });
    await clock.takeWorker();
    return new Phone(name, at, guard, clock, line, how);
  }

  get page() {
    return this.guard.page;
  }

  async loseNetwork(): Promise<void> {
    this.line.down = true;
    await this.guard.offline(true);
  }

  async findNetwork(): Promise<void> {
    await this.guard.context.unrouteAll({ behavior: 'ignoreErrors' });
    await this.guard.offline(false);
    await this.guard.settled();
  }

  async until(minute: number): Promise<void> {
    const ms = (minute - this.minute) * MINUTE;
    await (this.how.sleeps ? this.clock.sleep(this.page, ms) : this.clock.pass(this.page, ms));
    this.minute = minute;
  }

  /** Its clock is set right. */
  async setRight(): Promise<void> {
    await this.clock.set(this.page, -this.how.ahead);
  }

  /** Decides something in this minute of the hour. */
  async decides(minute: number, act: (guard: Guard) => Promise<Kept>): Promise<Kept> {
    if (minute !== this.minute) await this.until(minute);
    const record = await act(this.guard);
    this.happened.set(record.id, Date.now() - (AWAY - minute) * MINUTE);
    return record;
  }

  async admits(minute: number, act: (guard: Guard) => Promise<Kept>): Promise<void> {
    expect((await this.decides(minute, act)).result).toMatchObject({ admitted: true });
  }

  async refuses(minute: number, ticket: Ticket, reason: string): Promise<void> {
    expect((await this.decides(minute, (guard) => guard.read(ticket.shortCode))).result).toMatchObject({ admitted: false, reason });
  }
}

inLong('an hour at three gates without a network', () => {
  let phones: Phone[];
  let [steady, wrong, sleepy]: Phone[] = [];
  let tickets: Ticket[];
  let bus: Ticket;
  const inside = new Set<number>();
  /** Tickets that two gates have let in: when, and by whom, as the organiser should read it; the first entry holds. */
  const twice: { ticket: Ticket; first: string; later: string; minutes: number }[] = [];

  beforeAll(async () => {
    ground = await Fairground.open();
    bureau = await ground.world.bureau();
    opened = await ground.world.openFair(bureau);
    // It has been open for two hours: the only thing that the server must know of the time before it was started.
    await ground.servers.query(`UPDATE "Event" SET "happenedAt" = "happenedAt" - interval '2 hours' WHERE "scopeId" = $1 AND type = 'fair.statusChanged'`, [opened.fair.id]);
    tickets = await passes(40);
    [bus] = await passes(1, { kind: 'group', size: 24 }) as [Ticket];
    // Three ways into the hall: whoever comes in by one of them may go out by another.
    const first = opened.gates[0]!;
    const another = (name: string) => bureau.admin.call('POST /fairs/:fairId/gates', { params: params(), body: { zoneId: first.zoneId, name, direction: 'both', deskHint: '服务台在门的右手边' } });
    const [second, third] = [await another('2 号门'), await another('3 号门')];
    phones = await Promise.all([Phone.at('甲', first), Phone.at('乙', second, { ahead: 180 * MINUTE, sleeps: false }), Phone.at('丙', third, { ahead: 0, sleeps: true })]);
    [steady, wrong, sleepy] = phones;
  }, 240_000);
  afterAll(() => ground?.close());

  it('is gone through alone: people, a bus at two of them, somebody without a ticket, and nobody after the lease', async () => {
    await wrong!.page.getByText(/这台设备的时间快了 (3 小时|2 小时 59 分)/).waitFor();
    for (const phone of phones) await phone.loseNetwork();
    for (let n = 0; n < 15; n += 1) {
      const minute = n * 3.5;
      // The last of one gate's are the first of the next one's: in twice.
      for (const [phone, number] of [[steady!, n], [wrong!, 12 + n], [sleepy!, 24 + n]] as const) {
        const ticket = tickets[number]!;
        await phone.admits(minute, (guard) => guard.read(ticket.shortCode));
        if (inside.has(number)) twice.push({ ticket, first: phone === steady ? '乙' : '丙', later: phone === steady ? '甲' : '乙', minutes: 12 * 3.5 });
        inside.add(number);
        if (n % 5 === 0) await phone.refuses(minute, ticket, 'alreadyInside');
      }
      // The bus comes to two gates, each of which knows of its own; four more than it is for are let in, half of them too many.
      if (n === 2) await steady!.admits(minute, (guard) => guard.readGroup(bus.shortCode, 8, 24));
      if (n === 5) await wrong!.admits(minute, (guard) => guard.readGroup(bus.shortCode, 9, 24));
      if (n === 8) await steady!.admits(minute, (guard) => guard.readGroup(bus.shortCode, 5, 16));
      if (n === 11) await wrong!.admits(minute, (guard) => guard.readGroup(bus.shortCode, 4, 15));
      if (n === 12) await sleepy!.admits(minute, (guard) => guard.walkIn(1));
    }
    await sleepy!.guard.way('出');
    for (let n = 0; n < 5; n += 1) {
      await sleepy!.admits(52 + n / 2, (guard) => guard.read(tickets[n]!.shortCode));
      inside.delete(n);
    }
    // After its hour a lease is over: out only.
    await wrong!.refuses(61, tickets[39]!, 'noLease');
    await wrong!.page.getByText('断网中，这个门没有名额了').waitFor();
    await wrong!.guard.button('扫下一位').click();
    expect(twice).toHaveLength(6);
  });

  it('is told when the network is back, and ends with the truth’s count', async () => {
    for (const phone of phones) await phone.until(AWAY);
    // As phones do it by themselves, just before they upload.
    await wrong!.setRight();
    await wrong!.page.getByText('这台设备的时间快了').waitFor({ state: 'detached' });
    // The exits come before the entries that they belong to.
    for (const phone of [sleepy!, wrong!, steady!]) await phone.findNetwork();
    // The bus is full; one without a ticket, and one with them.
    await insideIs(bureau, opened.fair.id, inside.size + 24 + 2);
    const clocks = await ground.servers.query<{ name: string; clockWrong: boolean }>('SELECT name, "clockWrong" FROM "Device" WHERE "fairId" = $1 ORDER BY name', [opened.fair.id]);
    expect(clocks.filter(({ clockWrong }) => clockWrong)).toEqual([]);
  });

  it('stands in the records as it was: each in its minute, in its order, whatever the phone’s clock did', async () => {
    const rows = await ground.servers.query<{ id: string; happenedAt: Date }>('SELECT id, "happenedAt" FROM "Scan" WHERE "fairId" = $1 ORDER BY "happenedAt"', [opened.fair.id]);
    const said = new Map(rows.map(({ id, happenedAt }) => [id, happenedAt.getTime()]));
    expect(rows).toHaveLength(phones.reduce((sum, { happened }) => sum + happened.size, 0));
    for (const { name, happened } of phones) {
      const off = [...happened].map(([id, at]) => said.get(id)! - at).filter((ms) => !(Math.abs(ms) < ABOUT));
      expect([name, off]).toEqual([name, []]);
      expect(rows.flatMap(({ id }) => (happened.has(id) ? id : []))).toEqual([...happened.keys()]);
    }
    // From the first to the last of them lies the hour itself.
    expect(said.get(rows.at(-1)!.id)! - said.get(rows[0]!.id)!).toBeGreaterThanOrEqual(61 * MINUTE);
    const passages = await ground.servers.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM "CheckIn" c JOIN "Scan" s ON s.id = c."scanId" WHERE c."fairId" = $1 AND c.offline AND c."happenedAt" = s."happenedAt"`, [opened.fair.id]);
    expect(passages).toEqual([{ n: 3 * 15 + 4 + 1 + 5 }]);
  });

  it('shows the organiser every ticket that was let in twice, with both records', async () => {
    const found: GateConflict[] = await bureau.admin.call('GET /fairs/:fairId/conflicts', { params: params(), query: { open: true } });
    const told = found.map(({ kind, ticket, persons, record, other }) => ({
      kind, ticket: ticket!.shortCode, persons, later: record.deviceName, first: other!.deviceName, gates: [record.gateName, other!.gateName],
      minutes: Math.round((Date.parse(record.happenedAt) - Date.parse(other!.happenedAt)) / MINUTE * 2) / 2, offline: record.offline && other!.offline,
    }));
    const gatesOf = (...names: string[]) => names.map((name) => phones.find((phone) => phone.name === name)!.gate.name);
    const expected = [
      ...twice.map(({ ticket, first, later, minutes }) => ({ kind: 'twice', ticket: ticket.shortCode, persons: 1, later, first, gates: gatesOf(later, first), minutes, offline: true })),
      // The bus’s last four were two too many, after its first eight.
      { kind: 'twice', ticket: bus.shortCode, persons: 2, later: '乙', first: '甲', gates: gatesOf('乙', '甲'), minutes: 9 * 3.5, offline: true },
    ];
    const byTicket = (one: { ticket: string }, another: { ticket: string }) => one.ticket.localeCompare(another.ticket);
    expect(told.sort(byTicket)).toEqual(expected.sort(byTicket));
    await eventually('the clerk is told', async () => (await Promise.all(phones.map(({ page }) => page.getByText(/条和别的门对不上/).count()))).some((count) => count > 0));
    for (const { guard } of phones) expect(guard.errors).toEqual([]);
  });
});
