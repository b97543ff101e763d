/** The scanner without a network, in real Chromium: it goes on by itself, loses nothing with its tab, and tells the server afterwards. */
import type { Gate, GateConflict, Ticket } from '#libs/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, newPhone, scriptErrors, seriousFaults, stickingOut } from '../support/chromium.js';
import { inLong } from '../support/runs.js';
import { worksAlone } from '../support/scanner-page.js';
import { Servers } from '../support/servers.js';
import { eventually, insideIs, World, type Bureau, type OpenFair } from '../support/world.js';

let servers: Servers;
let world: World;
let bureau: Bureau;
let opened: OpenFair;
let browser: Browser;

jest.setTimeout(120_000);

const params = () => ({ fairId: opened.fair.id });
const passes = (count: number, more: { kind?: 'staff' | 'group'; size?: number } = {}): Promise<Ticket[]> =>
  bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'staff', count, ...more } });
const conflicts = (): Promise<GateConflict[]> => bureau.admin.call('GET /fairs/:fairId/conflicts', { params: params(), query: { open: true } });
const admissionsOf = async (ticket: Ticket) => (await servers.query<{ admitted: boolean }>(
  `SELECT admitted FROM "Scan" WHERE "ticketId" = $1 ORDER BY "happenedAt"`, [ticket.id])).map(({ admitted }) => admitted);

interface Kept { id: string; state: string; outcome: string | null; result: { admitted: boolean; reason: string | null } | null }
/** What the scanner has on its disk, in order. */
const kept = (page: Page): Promise<Kept[]> => page.evaluate<Kept[]>(`new Promise((resolve, reject) => {
  const opening = indexedDB.open('fairwind-gate');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const all = opening.result.transaction('records').objectStore('records').getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result.map(({ id, state, outcome, result }) => ({ id, state, outcome, result }))); };
  };
})`);

/** A guard's phone at a gate. */
class Guard {
  page!: Page;
  errors: string[] = [];
  private constructor(readonly context: BrowserContext) {}

  /** Bound, and with everything that it needs to go on alone. */
  static async at(gate: Gate, name: string): Promise<Guard> {
    const guard = new Guard(await newPhone(browser));
    const { code } = await bureau.admin.call('POST /gates/:gateId/pairing-codes', { params: { gateId: gate.id } });
    await guard.open(`/gate/pair?code=${code}`);
    await guard.page.getByLabel('这台设备叫什么').fill(name);
    await guard.button('绑定这个门').click();
    await guard.begin();
    await guard.page.getByText(/断网也能验·还能放 \d+ 人/).waitFor();
    await worksAlone(guard.page);
    return guard;
  }

  async open(path = '/gate/'): Promise<void> {
    this.page = await this.context.newPage();
    this.errors = scriptErrors(this.page);
    await this.page.goto(servers.urls[0] + path);
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  begin(): Promise<void> {
    return this.button('不用相机，开始').click();
  }

  /** The network goes, or comes. */
  async offline(yes: boolean): Promise<void> {
    await this.context.setOffline(yes);
    if (yes) await this.page.getByText(/没有网，已 .*照常验票/).waitFor();
  }

  async way(way: '进' | '出'): Promise<void> {
    await this.page.locator('.way label', { hasText: new RegExp(`^${way}$`) }).click();
  }

  /** A hand-held scanner reads a number: whatever is on the screen, and as soon as the scan before is kept. */
  async read(number: string): Promise<Kept> {
    const before = (await kept(this.page)).length;
    await this.type(number);
    return eventually('the scan on the disk', async () => {
      const all = await kept(this.page);
      return all.length > before && all.at(-1)!.result ? all.at(-1) : null;
    });
  }

  async type(number: string): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    const began = Date.now();
    await Promise.all([...number, 'Enter'].flatMap((key, place) => {
      const press = { code: key === 'Enter' ? key : `Digit${key}`, key, timestamp: (began + place * 10) / 1_000 };
      return [session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press }), session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })];
    }));
    await session.detach();
  }

  /** Everything is with the server, and the next scan would be asked there. */
  async settled(): Promise<void> {
    await eventually('everything uploaded', async () => (await kept(this.page)).every(({ state }) => state !== 'waiting'), 45_000);
    await this.page.locator('.where').getByText(/^联网/).waitFor();
  }
}

inLong('gates without a network', () => {
  beforeAll(async () => {
    servers = await Servers.start('one');
    world = await World.open(servers);
    bureau = await world.bureau();
    opened = await world.openFair(bureau);
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    world?.close();
    await servers?.stop();
  });

  describe('a gate whose network goes', aGateAlone);
  describe('an hour at three gates', anHour);
});

function aGateAlone() {
  let guard: Guard;
  let tickets: Ticket[];
  let bus: Ticket;
  const word = (text: string) => guard.page.locator('.verdict .word', { hasText: text });
  const cleared = () => guard.page.locator('.verdict').waitFor({ state: 'detached' });

  beforeAll(async () => {
    tickets = await passes(6);
    bus = (await passes(1, { kind: 'group', size: 40 }))[0]!;
    guard = await Guard.at(opened.gates[0]!, '1 号门小李的手机');
  });
  afterAll(() => guard.context.close());

  it('may be installed, and says while its clock is wrong', async () => {
    const session = await guard.context.newCDPSession(guard.page);
    const { errors } = await session.send('Page.getAppManifest');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A context of a test is a private window, in which nothing is installed.
    expect([errors, installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')]).toEqual([[], []]);
    await session.detach();
    await guard.page.evaluate<void>('{ window.rightNow = Date.now; Date.now = () => window.rightNow.call(Date) - 600_000; }');
    await guard.page.getByText('这台设备的时间慢了 10 分').waitFor();
    expect(await seriousFaults(guard.page)).toEqual([]);
    await guard.page.evaluate<void>('{ Date.now = window.rightNow; }');
    await guard.page.getByText('这台设备的时间慢了').waitFor({ state: 'detached' });
  });

  it('goes on by itself: in once, with what is known and what waits said plainly', async () => {
    expect((await guard.read(tickets[0]!.shortCode)).state).toBe('settled');
    await word('请进').waitFor();
    await cleared();
    await guard.offline(true);
    await guard.page.getByText(/名单 \d\d:\d\d/).waitFor();
    await guard.page.getByText(/还能放 \d+ 人进/).waitFor();
    expect(await seriousFaults(guard.page)).toEqual([]);
    expect(await stickingOut(guard.page)).toEqual([]);
    await guard.type(tickets[1]!.shortCode);
    await word('请进').waitFor();
    await guard.page.getByText('离线验票').waitFor();
    expect((await kept(guard.page)).at(-1)).toMatchObject({ state: 'waiting', result: { admitted: true } });
    // Whom the server let in a moment ago is known here, too.
    for (const ticket of [tickets[1]!, tickets[0]!]) {
      await guard.type(ticket.shortCode);
      await word('不能进').waitFor();
      await guard.page.getByText('这张票已经进过场了').waitFor();
      await guard.button('扫下一位').click();
      await cleared();
    }
    await guard.page.getByText('3 条等着上传').waitFor();
  });

  it('opens anew without a network, and after its tab was ended between a verdict and its upload', async () => {
    await guard.page.reload();
    await guard.begin();
    await guard.page.getByText('3 条等着上传').waitFor();
    // The worker's running time goes on: so does the lease.
    await guard.type(tickets[2]!.shortCode);
    await word('请进').waitFor();
    const before = await kept(guard.page);
    expect(guard.errors).toEqual([]);
    await guard.page.close();
    await guard.open();
    await guard.begin();
    await guard.page.getByText('4 条等着上传').waitFor();
    expect(await kept(guard.page)).toEqual(before);
    expect(await guard.read(tickets[2]!.shortCode)).toMatchObject({ result: { admitted: false, reason: 'alreadyInside' } });
    await guard.button('扫下一位').click();
  });

  it('lets in so many of a bus, and somebody without a ticket', async () => {
    await guard.type(bus.shortCode);
    await guard.page.getByRole('heading', { name: '团体票，现在几个人？' }).waitFor();
    await guard.page.getByText('还能进 40 人').waitFor();
    expect(await seriousFaults(guard.page)).toEqual([]);
    await guard.page.getByLabel('人数').fill('12');
    await guard.button('放 12 人进').click();
    await word('请进').waitFor();
    await guard.page.getByText('40 人，里面 12 人').waitFor();
    await cleared();
    await guard.page.getByRole('link', { name: '没有手机，打一张票' }).click();
    await guard.button('多一个').click();
    await guard.button('登记，放 2 人进').click();
    await word('请进').waitFor();
    await cleared();
    await guard.page.getByRole('link', { name: '本机记录' }).click();
    await guard.page.getByText('等着上传').first().waitFor();
    expect(await seriousFaults(guard.page)).toEqual([]);
    expect(await stickingOut(guard.page)).toEqual([]);
    await guard.page.getByRole('link', { name: '返回' }).click();
  });

  it('uploads by itself when the network is back, and the counts are the truth', async () => {
    await guard.offline(false);
    await guard.settled();
    expect((await kept(guard.page)).map(({ outcome }) => outcome).filter((outcome) => outcome !== null && outcome !== 'accepted')).toEqual([]);
    // Three tickets, twelve from the bus, two without a ticket.
    await insideIs(bureau, opened.fair.id, 17);
    expect(await admissionsOf(tickets[1]!)).toEqual([true, false]);
    expect(await conflicts()).toEqual([]);
    await guard.way('出');
    expect(await guard.read(tickets[1]!.shortCode)).toMatchObject({ state: 'settled', result: { admitted: true } });
    await insideIs(bureau, opened.fair.id, 16);
  });

  it('asks for nobody’s patience when the server is silent: the scan is decided here and counts once', async () => {
    await guard.way('进');
    await guard.page.route('**/api/**', () => undefined); // neither an answer nor a refusal
    await guard.type(tickets[3]!.shortCode);
    await word('请进').waitFor();
    await guard.page.getByText('离线验票').waitFor();
    await guard.page.unroute('**/api/**');
    await guard.settled();
    await insideIs(bureau, opened.fair.id, 17);
    expect(await admissionsOf(tickets[3]!)).toEqual([true]);
  });

  it('keeps its records when it is revoked, hands them over for review, and stops', async () => {
    await guard.offline(true);
    await guard.read(tickets[4]!.shortCode);
    const gates = await bureau.admin.call('GET /fairs/:fairId/gates', { params: params() });
    await bureau.admin.call('POST /devices/:deviceId/revoke', { params: { deviceId: gates[0]!.devices[0]!.id }, body: { reason: '手机丢了' } });
    await guard.context.setOffline(false);
    await guard.page.getByText('这台设备停用了，请找总值班要新的配对码。').waitFor();
    await guard.page.getByText('停用前的 1 条记录交给总值班审了').waitFor();
    const waiting = await bureau.admin.call('GET /fairs/:fairId/quarantine', { params: params() });
    expect(waiting.map(({ admitted, decision }) => [admitted, decision])).toEqual([[true, null]]);
    expect(guard.errors).toEqual([]);
  });
}

function anHour() {
  it('ends with the truth’s count, and every ticket that was let in twice is reported with both records', async () => {
    const before = (await bureau.admin.call('GET /fairs/:fairId/desk', { params: params() })).venue.inside;
    const tickets = await passes(60);
    const guards = await Promise.all(['甲', '乙', '丙'].map((name) => Guard.at(opened.gates[0]!, name)));
    const [first, second, third] = guards as [Guard, Guard, Guard];
    for (const guard of guards) await guard.offline(true);
    const inside = new Set<number>();
    const twice = new Set<number>();
    // Through most of an hour, on clocks that run it in as many seconds as it takes; a lease ends with the hour.
    const minute = (guard: Guard, n: number) => guard.page.evaluate<void>(`{ window.trueNow ??= Date.now.bind(Date); Date.now = () => window.trueNow() + ${n * 60_000}; }`);
    for (let n = 0; n < 20; n++) {
      await Promise.all(guards.map((guard) => minute(guard, n * 2.5)));
      // The last of one gate's are the first of the next one's: twice in.
      const entries: [Guard, number][] = [[first, n], [second, 15 + n], [third, 30 + n]];
      for (const [guard, ticket] of entries) {
        const { result } = await guard.read(tickets[ticket]!.shortCode);
        expect(result).toMatchObject({ admitted: true });
        if (inside.has(ticket)) twice.add(ticket);
        inside.add(ticket);
        if (n % 5 === 0) expect((await guard.read(tickets[ticket]!.shortCode)).result).toMatchObject({ admitted: false, reason: 'alreadyInside' });
      }
    }
    await third.way('出');
    for (let n = 0; n < 5; n++) {
      await minute(third, 48 + n / 2);
      expect((await third.read(tickets[n]!.shortCode)).result).toMatchObject({ admitted: true });
      inside.delete(n);
    }
    // After its hour a lease is over: out only.
    await minute(second, 61);
    expect((await second.read(tickets[59]!.shortCode)).result).toMatchObject({ admitted: false, reason: 'noLease' });
    await second.page.getByText('断网中，这个门没有名额了').waitFor();
    await second.button('扫下一位').click();
    for (const guard of guards) await minute(guard, 0);
    // The exits come before the entries that they belong to.
    for (const guard of [third, second, first]) {
      await guard.offline(false);
      await guard.settled();
    }
    await insideIs(bureau, opened.fair.id, before + inside.size);
    const found = await conflicts();
    expect(found.map(({ kind, ticket }) => [kind, ticket?.shortCode]).sort()).toEqual([...twice].map((n) => ['twice', tickets[n]!.shortCode]).sort());
    expect(found.every(({ record, other }) => record.offline && other?.offline && record.deviceName !== other.deviceName)).toBe(true);
    await eventually('the clerk is told', async () => (await Promise.all(guards.map((guard) => guard.page.getByText(/条和别的门对不上/).count()))).some((count) => count > 0));
    for (const guard of guards) expect(guard.errors).toEqual([]);
  });
}
