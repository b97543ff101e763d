/** The gate's scanner in real Chromium: its camera is a film that shows a ticket's QR, its hand-held scanner real key presses. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gate, Ticket } from '#libs/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { cameraFlags, filmScenes } from '../support/camera-film.js';
import { newPhone, scriptErrors, seriousFaults, stickingOut, workerActive } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import type { Servers } from '../support/servers.js';
import { eventually, type Bureau, type OpenFair, type World } from '../support/world.js';

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let opened: OpenFair;
let gate: Gate;
let tickets: Ticket[];
let folder: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let errors: string[];

jest.setTimeout(120_000);

const params = () => ({ fairId: opened.fair.id });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const word = (text: string) => page.locator('.verdict .word', { hasText: text });
const cleared = () => page.locator('.verdict').waitFor({ state: 'detached' });
const scansOf = async (code: string) => (await servers.query<{ id: string; admitted: boolean }>(
  `SELECT s.id, s.admitted FROM "Scan" s JOIN "Ticket" t ON t.id = s."ticketId" WHERE t."shortCode" = $1 ORDER BY s."recordedAt"`, [code])).map(({ admitted }) => admitted);
async function pairingCode(): Promise<string> {
  return (await bureau.admin.call('POST /gates/:gateId/pairing-codes', { params: { gateId: gate.id } })).code;
}
async function typeNumber(number: string): Promise<void> {
  await page.getByLabel('打号码（8 位）').fill(number);
  await button('验票').click();
}
/** Refused: the reason, then the guard's tap. */
async function refused(reason: string): Promise<void> {
  await word('不能进').waitFor();
  await page.locator('.verdict').getByText(reason, { exact: true }).waitFor();
  await button('扫下一位').click();
  await cleared();
}
async function admitted(): Promise<void> {
  await word('请进').waitFor();
  await cleared();
}
async function offline(yes: boolean): Promise<void> {
  await context.setOffline(yes);
  await eventually('the page noticing its network', () => page.evaluate<boolean>(`navigator.onLine === ${!yes}`));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairwind-gate-'));
  const film = join(folder, 'ticket.y4m');
  ground = await Fairground.open(cameraFlags(film));
  ({ servers, world, browser } = ground);
  bureau = await world.bureau();
  opened = await world.openFair(bureau);
  gate = opened.gates[0]!;
  tickets = await bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'staff', count: 8 } });
  await filmScenes(film, [{ text: tickets[0]!.code, seconds: 4 }, { text: null, seconds: 5 }]);
  context = await newPhone(browser, { permissions: ['camera'] });
  page = await context.newPage();
  errors = scriptErrors(page);
}, 180_000);

afterAll(async () => {
  await ground?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('the gate’s scanner', () => {
  it('is bound to a gate by a code, which the desk’s QR fills in', async () => {
    await page.goto(`${servers.urls[0]}/gate/`);
    await page.getByRole('heading', { name: '这台手机守哪个门？' }).waitFor();
    await button('绑定这个门').click();
    await page.getByText('配对码是 8 位字母和数字').waitFor();
    await page.getByLabel('配对码（8 位）').fill('AAAA2222');
    await button('绑定这个门').click();
    await page.getByText('配对码不对或过期了，请向总值班要新的。').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const code = await pairingCode();
    await page.goto(`${servers.urls[0]}/gate/pair?code=${code}`);
    expect(await page.getByLabel('配对码（8 位）').inputValue()).toBe(code);
    await page.getByLabel('这台设备叫什么').fill('1 号门小李的手机');
    await button('绑定这个门').click();
    await page.getByRole('heading', { name: '开始验票' }).waitFor();
    await page.getByText('1 号门·进').waitFor();
    const [first] = await bureau.admin.call('GET /fairs/:fairId/gates', { params: params() });
    expect(first!.devices.map(({ name }) => name)).toEqual(['1 号门小李的手机']);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('reads the ticket through its camera: in once, however long it is held there; the second time not', async () => {
    await button('打开相机，开始').click();
    await word('请进').waitFor({ timeout: 30_000 });
    await cleared(); // by itself, nobody taps
    await word('不能进').waitFor({ timeout: 30_000 }); // the film is shown again
    await page.getByText('这张票已经进过场了').waitFor();
    expect(await scansOf(tickets[0]!.shortCode)).toEqual([true, false]);
    expect(await seriousFaults(page)).toEqual([]);
    await page.waitForTimeout(2_000);
    expect(await word('不能进').count()).toBe(1); // it waits for a tap
    await button('扫下一位').click();
    await cleared();
    await page.getByText('把入场码放进框里').waitFor();
    expect(await stickingOut(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('takes eight digits that are typed', async () => {
    await page.reload();
    await button('不用相机，开始').click();
    await typeNumber('123');
    await page.getByText('号码是 8 位数字').waitFor();
    await typeNumber('0000 0000');
    await refused('查不到这张票');
    await typeNumber(tickets[1]!.shortCode);
    await admitted();
    expect(await scansOf(tickets[1]!.shortCode)).toEqual([true]);
  });

  it.each(['without', 'with'])('takes a hand-held scanner at any moment, %s an input method before the keys', async (ime) => {
    const ticket = tickets[ime === 'with' ? 3 : 2]!;
    // Looked for from before the pull: the word goes by itself, and a busy machine would look too late.
    await Promise.all([admitted(), pull(page, ticket.code, ime === 'with')]);
    expect(await scansOf(ticket.shortCode)).toEqual([true]);
    // A refusal on the screen does not keep the next person waiting for a tap.
    await pull(page, ticket.code, ime === 'with');
    await word('不能进').waitFor();
    await pull(page, tickets[ime === 'with' ? 3 : 2]!.code, ime === 'with');
    await eventually('a third scan', async () => (await scansOf(ticket.shortCode)).length === 3);
    await refused('这张票已经进过场了');
    expect(await page.getByLabel('打号码（8 位）').inputValue()).toBe('');
  });

  it('shows a full stop and a lock at once, with the reason', async () => {
    await bureau.admin.call('POST /fairs/:fairId/stop', { params: params(), body: { stopped: true, reason: '消防检查' } });
    await page.getByText('全场停入').waitFor();
    await page.getByText('消防检查').waitFor();
    await typeNumber(tickets[4]!.shortCode);
    await refused('全场停入');
    await bureau.admin.call('POST /fairs/:fairId/stop', { params: params(), body: { stopped: false, reason: '查完了' } });
    await page.getByText('消防检查').waitFor({ state: 'detached' });
    const zone = { zoneId: opened.fair.venue.id };
    await bureau.admin.call('POST /zones/:zoneId/lock', { params: zone, body: { locked: true, reason: '通道要让出来' } });
    await page.getByText('通道要让出来').waitFor();
    await typeNumber(tickets[4]!.shortCode);
    await refused('暂停进入');
    await bureau.admin.call('POST /zones/:zoneId/lock', { params: zone, body: { locked: false, reason: '人少了' } });
    await page.getByText('通道要让出来').waitFor({ state: 'detached' });
  });

  it('asks again with the same id when an answer is lost, and counts one scan', async () => {
    const ids = new Set<string>();
    page.on('request', (request) => { if (request.url().endsWith('/api/scans')) ids.add((request.postDataJSON() as { id: string }).id); });
    let lost = 0;
    await page.route('**/api/scans', async (route) => {
      if (lost++ > 0) return route.fallback();
      await route.fetch(); // the server has it, the phone never hears
      await route.abort('connectionreset');
    });
    await typeNumber(tickets[4]!.shortCode);
    await admitted();
    await page.unroute('**/api/scans');
    expect(lost).toBeGreaterThan(1);
    expect(ids.size).toBe(1);
    expect(await scansOf(tickets[4]!.shortCode)).toEqual([false, false, true]); // refused by the full stop and by the lock
    // Without a network it goes on by itself (gate-offline.spec.ts), and the server hears of it afterwards.
    await offline(true);
    await page.getByText(/没有网，已 .*照常验票/).waitFor();
    await typeNumber(tickets[5]!.shortCode);
    await word('请进').waitFor();
    await page.getByText('离线验票').waitFor();
    await cleared();
    expect(await scansOf(tickets[5]!.shortCode)).toEqual([]);
    await offline(false);
    await page.getByText(/联网/).waitFor();
    await eventually('the upload', async () => (await scansOf(tickets[5]!.shortCode)).length === 1);
    expect(ids.size).toBe(1);
  });

  it('makes a paper ticket for somebody with no phone, prints it, and lets them in', async () => {
    await page.getByRole('link', { name: '没有手机，打一张票' }).click();
    await button('出票').click();
    await page.getByRole('img', { name: '二维码' }).waitFor();
    const number = (await page.locator('.paper .num').innerText()).replace(/\s/g, '');
    expect(await seriousFaults(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.acts').isVisible()).toBe(false);
    expect(await page.getByRole('img', { name: '二维码' }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await button('放他进来').click();
    await admitted();
    expect(await scansOf(number)).toEqual([true]);
  });

  it('says when the fair is moved', async () => {
    const { fair } = opened;
    const later = (instant: string) => new Date(Date.parse(instant) + 24 * 3_600_000).toISOString();
    const moved = await bureau.admin.call('POST /fairs/:fairId/reschedule', { params: params(), body: { startsAt: later(fair.startsAt), endsAt: later(fair.endsAt), venueName: '体育馆', reason: '台风' } });
    await page.getByText(/改时间了：.*体育馆/).waitFor();
    await button('知道了').click();
    await page.getByText(/改时间了/).waitFor({ state: 'detached' });
    expect(moved.venueName).toBe('体育馆');
  });

  it('opens without a network, and knows where it stands and what it has not told yet, whatever became of its tab', async () => {
    await eventually('the service worker', () => workerActive(page), 30_000);
    await offline(true);
    await page.reload();
    await button('不用相机，开始').click();
    await typeNumber(tickets[6]!.shortCode);
    await page.locator('.verdict .word').waitFor();
    await page.close();
    page = await context.newPage();
    errors.push(...scriptErrors(page));
    await page.goto(`${servers.urls[0]}/gate/`);
    await page.getByText(/1 号门·/).first().waitFor();
    await page.getByText('1 条等着上传').waitFor();
    await offline(false);
    await page.getByText(/联网/).waitFor();
    await eventually('the upload', async () => (await scansOf(tickets[6]!.shortCode)).length === 1);
  });

  it('is shut out as soon as the desk revokes it', async () => {
    const gates = await bureau.admin.call('GET /fairs/:fairId/gates', { params: params() });
    await bureau.admin.call('POST /devices/:deviceId/revoke', { params: { deviceId: gates.find(({ id }) => id === gate.id)!.devices[0]!.id }, body: { reason: '手机丢了' } });
    await page.getByText('这台设备停用了，请找总值班要新的配对码。').waitFor();
    expect(errors).toEqual([]);
  });
});

/**
 * Pulls the trigger of a hand-held scanner: real key presses, as fast as it types them, ended by Enter. With an input method
 * before the keys, the browser says `Process` for each character, and only where the key is. The presses carry their own
 * times, 10 ms apart, so that a busy machine does not make the scanner type like a person.
 */
async function pull(page: Page, text: string, ime: boolean): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const began = Date.now();
  const keys = [...text].map((character) => {
    const code = /\d/.test(character) ? `Digit${character}` : /[a-z]/i.test(character) ? `Key${character.toUpperCase()}` : { '-': 'Minus', _: 'Minus', '.': 'Period', ':': 'Semicolon', '/': 'Slash', '=': 'Equal', '+': 'Equal' }[character]!;
    return { code, key: ime ? 'Process' : character, shift: /[A-Z_:+]/.test(character) };
  });
  const presses = [...keys, { code: 'Enter', key: 'Enter', shift: false }].flatMap(({ code, key, shift }, place) => {
    const press = { code, key, timestamp: (began + place * 10) / 1_000, modifiers: shift ? 8 : 0, ...(key === 'Process' && { windowsVirtualKeyCode: 229 }) };
    return [session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press }), session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })];
  });
  await Promise.all(presses); // not one after the other: a scanner does not wait either
  await session.detach();
}
