/** The scanner without a network, in real Chromium: it goes on by itself, loses nothing with its tab, and tells the server afterwards. */
import type { GateConflict, Ticket } from '#libs/contracts';
import { seriousFaults, stickingOut } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { Guard } from '../support/guard.js';
import { inLong } from '../support/runs.js';
import { kept } from '../support/scanner-page.js';
import { insideIs, type Bureau, type OpenFair } from '../support/world.js';

let ground: Fairground;
let bureau: Bureau;
let opened: OpenFair;

jest.setTimeout(120_000);

const params = () => ({ fairId: opened.fair.id });
const passes = (count: number, more: { kind?: 'staff' | 'group'; size?: number } = {}): Promise<Ticket[]> =>
  bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'staff', count, ...more } });
const conflicts = (): Promise<GateConflict[]> => bureau.admin.call('GET /fairs/:fairId/conflicts', { params: params(), query: { open: true } });
const admissionsOf = async (ticket: Ticket) => (await ground.servers.query<{ admitted: boolean }>(
  `SELECT admitted FROM "Scan" WHERE "ticketId" = $1 ORDER BY "happenedAt"`, [ticket.id])).map(({ admitted }) => admitted);

inLong('a gate whose network goes', () => {
  let guard: Guard;
  let tickets: Ticket[];
  let bus: Ticket;
  const word = (text: string) => guard.page.locator('.verdict .word', { hasText: text });
  const cleared = () => guard.page.locator('.verdict').waitFor({ state: 'detached' });

  beforeAll(async () => {
    ground = await Fairground.open();
    bureau = await ground.world.bureau();
    opened = await ground.world.openFair(bureau);
    tickets = await passes(6);
    bus = (await passes(1, { kind: 'group', size: 40 }))[0]!;
    guard = await Guard.at(ground, bureau, opened.gates[0]!, '1 号门小李的手机');
  }, 180_000);
  afterAll(() => ground?.close());

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
});
