/** What organisers make for the gates and decide about them, and the scanner beside it, in real Chromium. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gate, Ticket } from '#libs/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { cameraFlags, filmQrCode } from '../support/camera-film.js';
import { newPhone, picture, scriptErrors, seriousFaults, stickingOut, workerActive } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { offlineGate } from '../support/gates-at-work.js';
import { inLong } from '../support/runs.js';
import { worksAlone } from '../support/scanner-page.js';
import type { Servers } from '../support/servers.js';
import { eventually, insideIs, type Bureau, type OpenFair, type World } from '../support/world.js';

const password = 'spring-wind-2026';
const loginName = 'gate.officer';

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let opened: OpenFair;
let browser: Browser;
let office: BrowserContext;
let desk: Page;
let folder: string;
let held: Ticket;
const errors: string[][] = [];

jest.setTimeout(120_000);

const params = () => ({ fairId: opened.fair.id });
const place = (path: string) => `${servers.urls[0]}/console/fairs/${opened.fair.id}/${path}`;
const button = (name: string | RegExp, page = desk) => page.getByRole('button', { name });
const dialog = () => desk.getByRole('dialog');
const box = (title: string) => desk.locator('section.box', { has: desk.getByRole('heading', { name: title }) });
const passes = (count: number): Promise<Ticket[]> => bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'staff', count } });
async function because(sentence: string, action: string): Promise<void> {
  await dialog().getByRole('button', { name: sentence }).click();
  await dialog().getByRole('button', { name: action, exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
}

async function guardAt(gate: Gate, name: string, context: BrowserContext, address = servers.urls[0]): Promise<Page> {
  const page = await context.newPage();
  errors.push(scriptErrors(page));
  const { code } = await bureau.admin.call('POST /gates/:gateId/pairing-codes', { params: { gateId: gate.id } });
  await page.goto(`${address}/gate/pair?code=${code}`);
  await page.getByLabel('这台设备叫什么').fill(name);
  await button('绑定这个门', page).click();
  await page.getByRole('heading', { name: '开始验票' }).waitFor();
  return page;
}
const verdict = (page: Page, text: string) => page.locator('.verdict .word', { hasText: text }).waitFor();

inLong('gate work', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fairwind-gate-work-'));
    const film = join(folder, 'ticket.y4m');
    ground = await Fairground.open(cameraFlags(film));
    ({ servers, world, browser } = ground);
    bureau = await world.bureau();
    opened = await world.openFair(bureau, { approved: 200, zoneA: 120, zoneB: 60 });
    const link = await bureau.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: bureau.organisationId }, body: { role: 'organiserAdmin' } });
    await world.anyone.call('POST /auth/links/use', { body: { token: link.url.split('/').at(-1)!, password, loginName, displayName: '李值班' } });
    held = (await passes(1))[0]!;
    await filmQrCode(film, held.code);
    office = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
    desk = await office.newPage();
    errors.push(scriptErrors(desk));
    await desk.goto(place('tickets'));
    await desk.getByLabel('账号').fill(loginName);
    await desk.getByLabel('密码', { exact: true }).fill(password);
    await desk.keyboard.press('Enter');
    await desk.waitForURL('**/tickets');
  }, 180_000);
  afterAll(async () => {
    await ground?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  describe('a bus of forty', aBus);
  describe('the organiser’s decisions', decisions);
  describe('two who edit one fair', twoTabs);
  describe('the scanner', scanner);
  it('has no fault of its own in any page', () => expect(errors.flat()).toEqual([]));
});

function aBus() {
  let number: string;

  it('is one code, made by keyboard alone', async () => {
    await button('发证、发团体码').focus();
    await desk.keyboard.press('Enter');
    await dialog().getByLabel('工作人员').focus();
    for (let n = 0; n < 3; n += 1) await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Tab');
    await desk.keyboard.type('1');
    await desk.keyboard.press('Tab');
    await desk.keyboard.type('1');
    await desk.keyboard.press('Enter');
    await dialog().getByText('填 2 到 500 的整数').waitFor();
    await picture(desk, 'group-dialog');
    // The field that is wrong has the focus.
    await desk.keyboard.press('End');
    await desk.keyboard.press('Backspace');
    await desk.keyboard.type('40');
    await desk.keyboard.press('Enter');
    await desk.getByText('团体40 人').waitFor();
    number = (await desk.locator('.facts .num').innerText()).replace(/\s/g, '');
    await picture(desk, 'group-sheet');
    await button('打好了，关上').click();
    await desk.locator('tbody tr', { hasText: '40 人' }).waitFor();
    await button('发证、发团体码').click();
    await dialog().getByLabel('儿童').check();
    await dialog().getByLabel('几张').fill('2');
    await dialog().getByRole('button', { name: '发证' }).click();
    await eventually('two children’s passes', async () => (await desk.getByRole('img', { name: /的二维码$/ }).count()) === 2);
    await button('打好了，关上').click();
  });

  it('goes in so many at a time, and never beyond what remains', async () => {
    const context = await newPhone(browser);
    const page = await guardAt(opened.gates[0]!, '门岗手机', context);
    await button('不用相机，开始', page).click();
    await page.getByText(/断网也能验·还能放 \d+ 人/).waitFor(); // from then on it knows whose number is a group's
    const group = async (remaining: number, count: number) => {
      await page.getByLabel('打号码（8 位）').fill(number);
      await button('验票', page).click();
      await page.getByText(`还能进 ${remaining} 人`).waitFor();
      await page.getByLabel('人数').fill(String(count));
      if (remaining === 40) await picture(page, 'gate-group');
      await button(`放 ${count} 人进`, page).click();
    };
    await group(40, 25);
    await verdict(page, '请进');
    await page.locator('.verdict').waitFor({ state: 'detached' });
    await group(15, 16);
    await verdict(page, '不能进');
    await page.locator('.verdict').getByText('这张票的人数够了').waitFor();
    await button('扫下一位', page).click();
    await group(15, 15);
    await verdict(page, '请进');
    await page.locator('.verdict').waitFor({ state: 'detached' });
    await insideIs(bureau, opened.fair.id, 40);
    // Somebody with two children and no phone: one paper for three.
    await page.getByRole('link', { name: '没有手机，打一张票' }).click();
    await button('多一个', page).click();
    await button('多一个', page).click();
    await button('出票', page).click();
    await button('放他进来', page).click();
    await verdict(page, '请进');
    await insideIs(bureau, opened.fair.id, 43);
    await context.close();
  });
}

function decisions() {
  it('stand on one page: both records of a conflict, what a revoked device brought, numbers set right, each by name', async () => {
    const tickets = await passes(6);
    const stand = (gate: Gate) => offlineGate(world, bureau, gate, 5);
    const [first, second, stolen] = [await stand(opened.gates[0]!), await stand(opened.gates[0]!), await stand(opened.gates[1]!)];
    for (const { gate } of [first, second]) expect(gate.offline(tickets[0]!.code, 'entry')).toBe(true);
    // The gate cannot hear of it.
    await bureau.admin.call('POST /tickets/:ticketId/revoke', { params: { ticketId: tickets[1]!.id }, body: { reason: '本人挂失' } });
    first.gate.offline(tickets[1]!.code, 'entry');
    for (const ticket of tickets.slice(2, 5)) stolen.gate.offline(ticket.code, 'entry');
    await bureau.admin.call('POST /devices/:deviceId/revoke', { params: { deviceId: stolen.deviceId }, body: { reason: '手机丢了' } });
    await desk.goto(place('gate-work'));
    await box('对不上的记录').getByText('没有对不上的记录').waitFor();
    // They come while the page is open.
    for (const { gate, server } of [first, second, stolen]) await gate.upload(server);
    await box('对不上的记录').getByText('同一张票进了两次').waitFor();
    await box('对不上的记录').getByText('票不能用，门当时不知道').waitFor();
    await box('停用设备上传的记录').getByText('3 条').waitFor();
    await box('人工更正人数').getByLabel('分区').selectOption({ index: 1 });
    await box('人工更正人数').getByLabel('加减几人').fill('2');
    await box('人工更正人数').getByLabel('原因').fill('从员工通道进来的');
    await button('更正').click();
    await box('人工更正人数').getByText('从员工通道进来的·李值班').waitFor();
    await bureau.admin.call('POST /fairs/:fairId/overrides', { params: params(), body: { id: randomUUID(), gateId: opened.gates[0]!.id, code: tickets[5]!.code, reason: '家长带着孩子' } });
    for (const language of ['zh', 'en']) {
      for (const [width, height] of [[1440, 900], [390, 844]] as const) {
        await desk.setViewportSize({ width, height });
        await desk.goto(`${place('gate-work')}?lang=${language}`);
        await desk.getByText(tickets[0]!.shortCode.replace(/(\d{4})(\d{4})/, '$1 $2')).first().waitFor();
        await desk.waitForLoadState('networkidle');
        await picture(desk, `gate-work-${language}-${width}`);
        expect([...await seriousFaults(desk), ...await stickingOut(desk)]).toEqual([]);
      }
    }
    await desk.setViewportSize({ width: 1440, height: 900 });
    await desk.goto(`${place('gate-work')}?lang=zh`);
  });

  it('are made with a reason, and are told by name', async () => {
    const twice = box('对不上的记录').locator('li', { hasText: '同一张票进了两次' });
    await twice.getByRole('button', { name: '是同一个人' }).click();
    await because('看了监控', '是同一个人');
    await twice.waitFor({ state: 'detached' });
    await box('对不上的记录').getByRole('checkbox').check();
    await box('对不上的记录').getByText('是同一个人：看了监控·李值班').waitFor();
    // Whose phone was stolen at two chooses until when its records are believed.
    const brought = box('停用设备上传的记录');
    const accept = brought.getByRole('button', { name: '算数', exact: true });
    await brought.getByText(/\d{4} \d{4}/).nth(2).waitFor();
    await brought.getByLabel('从', { exact: true }).fill('2099-01-01T00:00');
    await brought.getByText('选了 0 条，共 3 条').waitFor();
    expect([await accept.isDisabled(), await brought.locator('li').count()]).toEqual([true, 0]);
    await brought.getByLabel('从', { exact: true }).fill('');
    await brought.getByText('3 条', { exact: true }).waitFor();
    await accept.click();
    await because('现场核对过', '算数');
    await box('停用设备上传的记录').getByText('没有', { exact: true }).waitFor();
    // Forty, three, the one of the conflict, the revoked one, two corrected, the override, three of the quarantine.
    await insideIs(bureau, opened.fair.id, 51);
    await button('现在清场').click();
    await because('闭馆，已巡场', '现在清场');
    await box('人工更正人数').getByText('51 人记为离场').waitFor();
    await box('人工更正人数').getByText('闭馆，已巡场·李值班').waitFor();
    await picture(desk, 'gate-work-swept');
    await insideIs(bureau, opened.fair.id, 0);
    await desk.goto(`${servers.urls[0]}/console/audit`);
    await desk.locator('tr', { hasText: '人工放行' }).getByText(/1 号门 · \d{4} \d{4}/).waitFor();
    await desk.locator('tr', { hasText: '清场' }).first().waitFor();
    await picture(desk, 'audit');
  });
}

function twoTabs() {
  it('see what the other has saved, and keep what they have typed', async () => {
    const other = await office.newPage();
    errors.push(scriptErrors(other));
    await desk.goto(place('zones'));
    await other.goto(place('zones'));
    const name = (page: Page, n: number) => page.getByLabel('名称').nth(n);
    await name(other, 1).fill('社区服务业');
    await name(desk, 0).fill('电子制造');
    await button('保存').click();
    await eventually('the other tab seeing it', async () => (await name(other, 0).inputValue()) === '电子制造');
    expect(await name(other, 1).inputValue()).toBe('社区服务业');
    await other.getByText('刚才有人改过，已换成最新的。').waitFor();
    await picture(other, 'zones-merged');
    await button('保存', other).click();
    await eventually('both changes kept', async () => {
      const { zones } = await bureau.admin.call('GET /fairs/:fairId', { params: params() });
      return zones.map((zone) => zone.name).join() === '电子制造,社区服务业';
    });
    // Without the line it would not have heard of it: then the server says so, and nothing typed is lost.
    await name(other, 0).fill('装备制造');
    await other.route(`**/api/fairs/${opened.fair.id}`, (route) => route.abort());
    const before = await bureau.admin.call('GET /fairs/:fairId', { params: params() });
    await bureau.admin.call('PUT /fairs/:fairId/zones', { params: params(), body: { zones: before.zones.map(({ id, letter, name: old, approvedNumber, x, y, width, height }) => ({ id, letter, name: letter === 'B' ? '便民服务' : old, approvedNumber, x, y, width, height })) } });
    await button('保存', other).click();
    await other.getByText('刚才有人改过，你还没看到。').waitFor();
    expect(await name(other, 0).inputValue()).toBe('装备制造');
    await other.unroute(`**/api/fairs/${opened.fair.id}`);
    await button('保存', other).click();
    await eventually('the newest beside what was typed', async () => (await name(other, 1).inputValue()) === '便民服务' && (await name(other, 0).inputValue()) === '装备制造');
    await button('保存', other).click();
    await eventually('both', async () => (await bureau.admin.call('GET /fairs/:fairId', { params: params() })).zones.map((zone) => zone.name).join() === '装备制造,便民服务');
    await other.close();
  });
}

/** The server, with another version of the scanner's worker when it is told so. */
async function withNextVersion(): Promise<{ address: string; publish(): void; server: Server }> {
  let next = false;
  const target = new URL(servers.urls[0]!);
  const server = createServer((incoming, answer) => {
    const asked = request({ host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers: { ...incoming.headers, 'accept-encoding': 'identity' } }, (from) => {
      const isWorker = next && incoming.url === '/gate/sw.js';
      const { 'content-length': _, etag: __, ...headers } = from.headers;
      answer.writeHead(isWorker && from.statusCode === 304 ? 200 : from.statusCode!, isWorker ? headers : from.headers);
      from.on('data', (chunk) => answer.write(chunk));
      from.on('end', () => answer.end(isWorker ? '\n// next' : undefined));
    });
    asked.on('error', () => answer.destroy());
    if (next && incoming.url === '/gate/sw.js') { asked.removeHeader('if-none-match'); asked.removeHeader('if-modified-since'); }
    incoming.pipe(asked);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const through = connect(Number(target.port), target.hostname, () => {
      through.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${Object.entries(incoming.headers).map(([key, value]) => `${key}: ${value}`).join('\r\n')}\r\n\r\n`);
      through.write(head);
      socket.pipe(through).pipe(socket);
    });
    for (const each of [socket, through]) each.on('error', () => { socket.destroy(); through.destroy(); });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, publish: () => { next = true; }, server };
}

function scanner() {
  it('reads a ticket through its camera without a network, opened anew', async () => {
    const context = await newPhone(browser, { permissions: ['camera'] });
    const page = await guardAt(opened.gates[0]!, '离线相机', context);
    await page.getByText(/断网也能验·还能放 \d+ 人/).waitFor();
    await worksAlone(page);
    await context.setOffline(true);
    await page.reload();
    await button('打开相机，开始', page).click();
    await verdict(page, '请进');
    await page.getByText('离线验票').waitFor();
    await context.setOffline(false);
    await eventually('the upload', async () => (await servers.query<{ n: number }>('SELECT count(*)::int AS n FROM "CheckIn" WHERE "ticketId" = $1 AND offline', [held.id]))[0]!.n === 1, 20_000);
    await context.close();
  });

  it('is complete in English', async () => {
    const context = await newPhone(browser, { locale: 'en-GB' });
    const page = await context.newPage();
    errors.push(scriptErrors(page));
    const [bus] = await bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'group', count: 1, size: 40 } });
    const { code } = await bureau.admin.call('POST /gates/:gateId/pairing-codes', { params: { gateId: opened.gates[0]!.id } });
    await page.goto(`${servers.urls[0]}/gate/pair?code=${code}&lang=en`);
    await page.getByText('Which gate is this phone for?').waitFor();
    await picture(page, 'gate-en-pair');
    await button('Bind to this gate', page).click();
    await button('Start without the camera', page).click();
    await page.getByText(/Works without a network: \d+ may enter/).waitFor();
    await picture(page, 'gate-en-scan');
    const type = async (number: string) => {
      await page.getByLabel('Type the number (8 digits)').fill(number);
      await button('Check', page).click();
    };
    await type(bus!.shortCode);
    await page.getByText('40 may still come').waitFor();
    await picture(page, 'gate-en-group');
    await button('Let 1 in', page).click();
    await verdict(page, 'Enter');
    await picture(page, 'gate-en-admitted');
    await page.locator('.verdict').waitFor({ state: 'detached' });
    await context.setOffline(true);
    await page.getByText(/^No network for/).waitFor();
    await type('00000000');
    await page.locator('.verdict').getByText('There is no such ticket').waitFor();
    await picture(page, 'gate-en-refused');
    await button(/next/i, page).click();
    await picture(page, 'gate-en-alone');
    expect([...await seriousFaults(page), ...await stickingOut(page)]).toEqual([]);
    await page.getByRole('link', { name: 'No phone: print a ticket' }).click();
    await picture(page, 'gate-en-walk-in');
    await page.goBack();
    await page.getByRole('link', { name: 'Records here' }).click();
    await page.getByText('to upload').first().waitFor();
    await picture(page, 'gate-en-history');
    expect([...await seriousFaults(page), ...await stickingOut(page)]).toEqual([]);
    await context.close();
  });

  it('is in one window at a time: the second says so, and takes over when the first is closed', async () => {
    const context = await newPhone(browser);
    const page = await guardAt(opened.gates[0]!, '两个窗口', context);
    const second = await context.newPage();
    errors.push(scriptErrors(second));
    await second.goto(`${servers.urls[0]}/gate/`);
    await second.getByText('另一个窗口正在验票').waitFor();
    await picture(second, 'gate-second-window');
    await page.close();
    await second.getByRole('heading', { name: '开始验票' }).waitFor();
    await context.close();
  });

  it('says that there is a new version, and changes to it between two scans', async () => {
    const through = await withNextVersion();
    try {
      const context = await newPhone(browser);
      const page = await guardAt(opened.gates[0]!, '新版本', context, through.address);
      await eventually('the service worker', () => workerActive(page), 30_000);
      await page.reload(); // from now on it is the worker's
      await eventually('the worker’s page', () => page.evaluate<boolean>('navigator.serviceWorker.controller !== null'));
      through.publish();
      await page.evaluate('navigator.serviceWorker.getRegistration("/gate/").then((one) => one.update())');
      await page.getByText('验票页有新版本').waitFor({ timeout: 30_000 });
      await picture(page, 'gate-update');
      const before = await page.evaluate<number>('performance.timeOrigin');
      await button('现在换', page).click();
      await eventually('the new version', () => page.evaluate<boolean>(`performance.timeOrigin > ${before}`).catch(() => false), 30_000);
      await page.getByRole('heading', { name: '开始验票' }).waitFor();
      await page.getByText('验票页有新版本').waitFor({ state: 'detached' });
      await context.close();
    } finally {
      through.server.closeAllConnections();
      through.server.close();
    }
  });
}
