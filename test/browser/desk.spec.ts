/** The live desk, the gates and tickets behind it, and the wall: pushed as people pass the gates, in real Chromium. */
import { randomUUID } from 'node:crypto';
import type { Ticket } from '#libs/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Caller } from '../support/caller.js';
import { holdsFocus, newPhone, scriptErrors, seriousFaults, stickingOut } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import type { Servers } from '../support/servers.js';
import { eventually, scan, type Bureau, type OpenFair, type World } from '../support/world.js';

const password = 'spring-wind-2026';
const loginName = 'duty.officer';

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let opened: OpenFair;
let device: Caller;
let zoneGate: Caller;
let tickets: Ticket[];
let browser: Browser;
let context: BrowserContext;
let desk: Page;
let wall: Page;
let errors: string[][];
/** Gates that are heard every few seconds, as those of real phones are. */
let voices: NodeJS.Timeout;
let broken: unknown[];

jest.setTimeout(120_000);

const at = (path: string) => servers.urls[0] + path;
const params = () => ({ fairId: opened.fair.id });
const button = (name: string | RegExp) => desk.getByRole('button', { name });
const dialog = () => desk.getByRole('dialog');
const panel = (title: string) => desk.locator('section.panel', { has: desk.getByRole('heading', { name: title }) });
const inside = () => desk.locator('.strip .wide b').innerText();
const onWall = () => wall.locator('.big').innerText();
const bothShow = (n: string) => eventually(`${n} inside on desk and wall`, async () => (await inside()) === n && (await onWall()) === n);
const enter = async (ticket: Ticket, through = device) => expect(await scan(through, ticket.code)).toMatchObject({ admitted: true });
/** Gives a command's reason by one of the sentences that are ready, and says yes. */
async function because(sentence: string, action: string): Promise<void> {
  await dialog().getByRole('button', { name: sentence }).click();
  await dialog().getByRole('button', { name: action, exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
}
async function newPage(viewport: { width: number; height: number }, from = context): Promise<Page> {
  const page = await from.newPage();
  await page.setViewportSize(viewport);
  errors.push(scriptErrors(page));
  return page;
}

beforeAll(async () => {
  ground = await Fairground.open();
  ({ servers, world, browser } = ground);
  bureau = await world.bureau();
  opened = await world.openFair(bureau, { approved: 100, zoneA: 60, zoneB: 2 });
  const link = await bureau.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: bureau.organisationId }, body: { role: 'organiserStaff' } });
  await world.anyone.call('POST /auth/links/use', { body: { token: link.url.split('/').at(-1)!, password, loginName, displayName: '李值班' } });
  device = await world.device(bureau, opened.gates[0]!);
  zoneGate = await world.device(bureau, opened.gates[2]!);
  broken = [];
  voices = setInterval(() => {
    for (const gate of [device, zoneGate]) gate.call('GET /devices/me').catch((error: unknown) => broken.push(error));
  }, 2_000);
  tickets = await bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'staff', count: 12 } });
  errors = [];
  context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' });
  desk = await newPage({ width: 1440, height: 900 });
  wall = await newPage({ width: 1920, height: 1080 }, await browser.newContext({ locale: 'zh-CN' }));
}, 180_000);

afterAll(async () => {
  clearInterval(voices);
  await ground?.close();
});

describe('the live desk and the wall', () => {
  it('open for the duty officer by keyboard alone, from the menu to the one fair', async () => {
    await desk.goto(at('/console/desk'));
    await desk.getByLabel('账号').fill(loginName);
    await desk.getByLabel('密码', { exact: true }).fill(password);
    await desk.keyboard.press('Enter');
    await desk.waitForURL(`**/console/fairs/${opened.fair.id}/desk`);
    await desk.getByText('现场可进').waitFor();
    await wall.goto(at('/screen/'));
    await wall.getByRole('link', { name: new RegExp(opened.fair.name) }).click();
    await bothShow('0');
    await panel('等你处理').getByText('现在没有要处理的').waitFor();
    expect([...await seriousFaults(desk), ...await seriousFaults(wall)]).toEqual([]);
  });

  it('follow the scans without being asked', async () => {
    const asked: string[] = [];
    for (const page of [desk, wall]) page.on('request', (request) => { if (/\/(desk|crowd)$/.test(request.url())) asked.push(request.url()); });
    for (const ticket of tickets.slice(0, 3)) await enter(ticket);
    await bothShow('3');
    expect(await scan(device, tickets[0]!.code)).toMatchObject({ admitted: false, reason: 'alreadyInside' });
    await enter(tickets[3]!, zoneGate);
    await bothShow('4');
    await panel('分区人数').getByText('0 + 1 + 分区以外 3 = 4 人。').waitFor();
    const row = panel('闸门').locator('tr', { hasText: '1 号门' });
    await eventually('the gate’s line', async () => /1 号门\s*3\s*\d+\s*1/.test(await row.innerText()));
    await panel('为什么没放进').getByText('这张票已经进过场了').waitFor();
    await panel('现场动态').getByText('1 号门 没放进：这张票已经进过场了').waitFor();
    await panel('场内人数变化').getByRole('img', { name: /现在 4 人/ }).waitFor();
    await scan(device, tickets[0]!.code, 'exit');
    await bothShow('3');
    expect(asked).toEqual([]);
  });

  it('show a zone that fills up, and let one person in by hand with the refusal in words', async () => {
    await enter(tickets[4]!, zoneGate);
    await panel('等你处理').getByText('B 社区服务满 2 人，已锁闸').waitFor();
    await wall.getByText('社区服务已满，请先逛 A 区').waitFor();
    expect(await scan(zoneGate, tickets[5]!.code)).toMatchObject({ admitted: false, reason: 'zoneFull' });
    await panel('分区人数').getByRole('button', { name: '人工放行：B 社区服务' }).click();
    await dialog().getByRole('button', { name: '放行', exact: true }).click();
    await dialog().getByText('请填票号或入场码').waitFor();
    await dialog().getByLabel(/票号/).fill('0000 0000');
    await dialog().getByRole('button', { name: '会务人员' }).click();
    await dialog().getByRole('button', { name: '放行', exact: true }).click();
    await dialog().getByText('没有放行：查不到这张票').waitFor();
    expect(await seriousFaults(desk)).toEqual([]);
    await dialog().getByLabel(/票号/).fill(tickets[5]!.shortCode);
    await dialog().getByRole('button', { name: '放行', exact: true }).click();
    await dialog().getByText('放行了，社区服务现在 3 人').waitFor();
    await dialog().getByRole('button', { name: '关闭' }).first().click();
    await bothShow('5');
    await panel('现场动态').getByText('B 区门 人工放行').first().waitFor();
  });

  it('change an approved number, and say why the server does not', async () => {
    await panel('分区人数').getByRole('button', { name: 'B 社区服务：别的办法' }).click();
    await desk.getByRole('menuitem', { name: '调核定数' }).click();
    await dialog().getByLabel('新的核定数').fill('101');
    await dialog().getByRole('button', { name: '消防重新核定' }).click();
    await dialog().getByRole('button', { name: '改核定数' }).click();
    await dialog().getByText('分区核定数不能超过全场 100。').waitFor();
    await dialog().getByLabel('新的核定数').fill('20');
    await dialog().getByRole('button', { name: '改核定数' }).click();
    await dialog().waitFor({ state: 'detached' });
    await panel('分区人数').getByText('/ 20').waitFor();
    await eventually('no more alert of zone B', async () => !(await panel('等你处理').innerText()).includes('社区服务'));
  });

  it('say in time when a zone will be full at this rate, with the lock at hand, and no more when it empties', async () => {
    const zoneId = opened.fair.zones.find(({ letter }) => letter === 'B')!.id;
    await bureau.admin.call('POST /zones/:zoneId/capacity', { params: { zoneId }, body: { approvedNumber: 12, reason: '消防重新核定' } });
    const come = await bureau.admin.call('POST /fairs/:fairId/passes', { params: params(), body: { kind: 'staff', count: 2 } });
    const row = panel('分区人数').getByRole('listitem').filter({ hasText: '社区服务' });
    // Three came: that is no alarm, and is told all the same.
    await row.getByText('照现在的速度，约 25 分钟后满').waitFor();
    for (const ticket of come) await enter(ticket, zoneGate);
    // Five came within minutes, and seven places are left.
    const line = panel('等你处理').getByRole('listitem').filter({ hasText: /社区服务约 11 分钟后满/ });
    await line.getByText(/每分钟多 0\.7 人，\d\d:\d\d 前后到核定数/).waitFor();
    await line.getByRole('button', { name: '提前锁闸' }).waitFor();
    await row.getByText('照现在的速度，约 11 分钟后满').waitFor();
    expect(await seriousFaults(desk)).toEqual([]);
    for (const { code } of come) expect(await scan(device, code, 'exit')).toMatchObject({ admitted: true });
    await line.waitFor({ state: 'detached' });
    // It still fills, but there is time.
    await row.getByText('照现在的速度，约 25 分钟后满').waitFor();
    await bothShow('5');
  });

  it('lock a zone early and unlock it, with a reason', async () => {
    await panel('分区人数').getByRole('button', { name: 'A 制造业：别的办法' }).click();
    await desk.getByRole('menuitem', { name: '提前锁闸' }).click();
    await dialog().getByRole('button', { name: '锁闸', exact: true }).click();
    await dialog().getByText('请写明原因').waitFor();
    await because('搬设备', '锁闸');
    await panel('等你处理').getByText('A 制造业提前锁闸中').waitFor();
    await wall.getByText('制造业暂停进入：搬设备').waitFor();
    await panel('分区人数').getByRole('button', { name: '解锁：A 制造业' }).click();
    await because('处理完了', '解锁');
    await panel('等你处理').getByText('A 制造业提前锁闸中').waitFor({ state: 'detached' });
  });

  it('stop all entry and resume it: gates, desk and wall at once, by keyboard', async () => {
    await button('全场停入').focus();
    await desk.keyboard.press('Enter');
    await eventually('the focus in the dialog', () => holdsFocus(desk, '[role=dialog]'));
    expect(await seriousFaults(desk)).toEqual([]);
    await because('消防检查', '全场停入');
    await desk.getByText('全场停入中：消防检查').waitFor();
    await wall.getByText('全场停入：消防检查').waitFor();
    expect(await scan(device, tickets[6]!.code)).toMatchObject({ admitted: false, reason: 'fairStopped' });
    await panel('现场动态').getByText('消防检查·李值班').waitFor();
    await button('恢复入场').first().click();
    await because('处理完了', '恢复入场');
    await desk.getByText('现场可进').waitFor();
    await enter(tickets[6]!);
    await bothShow('6');
  });

  it('say in words when a gate falls silent, hatch what holds its number, and know it when it speaks again', async () => {
    clearInterval(voices);
    await panel('等你处理').getByText('1 号门没有声音').waitFor({ timeout: 30_000 });
    await panel('闸门').locator('tr.silent', { hasText: '1 号门' }).getByText(/停在 \d\d:\d\d/).waitFor();
    await wall.getByText(/1 号门的数停在 \d\d:\d\d|\d 个门的数停了/).first().waitFor();
    await device.call('GET /devices/me');
    await panel('等你处理').getByText('1 号门没有声音').waitFor({ state: 'detached' });
    expect(broken).toEqual([]);
  });

  it('say that they are stale when the line is cut, and catch up without a reload when it is back', async () => {
    const contexts = [desk.context(), wall.context()];
    await desk.evaluate('window.before = true');
    for (const each of contexts) await each.setOffline(true);
    await enter(tickets[7]!);
    await desk.getByText('连不上服务器').waitFor({ timeout: 30_000 });
    await panel('分区人数').getByText(/停在 \d\d:\d\d/).waitFor();
    await wall.getByText('请听现场工作人员引导').waitFor({ timeout: 30_000 });
    expect([await inside(), await onWall()]).toEqual(['6', '6']); // kept, and said to be old
    expect([...await seriousFaults(desk), ...await seriousFaults(wall)]).toEqual([]);
    await enter(tickets[8]!);
    for (const each of contexts) await each.setOffline(false);
    await bothShow('8');
    await desk.getByText('连不上服务器').waitFor({ state: 'detached' });
    expect(await desk.evaluate('window.before')).toBe(true);
    // The server itself goes and comes: the same.
    await servers.crash(0);
    await enter(tickets[9]!);
    await bothShow('9');
  });
});

describe('gates and tickets', () => {
  it('a gate is made, a phone is bound by its code, and is revoked', async () => {
    await desk.goto(at(`/console/fairs/${opened.fair.id}/gates`));
    await button('加一个门').click();
    await dialog().getByRole('button', { name: '保存' }).click();
    await dialog().getByText('请给门起个名字').waitFor();
    await dialog().getByLabel('门叫什么').fill('1 号门');
    await dialog().getByRole('button', { name: '保存' }).click();
    await dialog().getByText('“1 号门”已经有了，换一个。').waitFor();
    await dialog().getByLabel('门叫什么').fill('西门');
    await dialog().getByRole('button', { name: '保存' }).click();
    const card = desk.locator('li.gate', { hasText: '西门' });
    await card.getByRole('button', { name: '给配对码' }).click();
    const code = (await dialog().locator('.code').innerText()).replace(/\s/g, '');
    await dialog().getByText(/\d+:\d\d 内有效/).waitFor();
    await dialog().getByText(`/gate/pair?code=${code}`).waitFor();
    expect(await seriousFaults(desk)).toEqual([]);
    const { deviceToken } = await world.anyone.call('POST /devices/pair', { body: { code, name: '小王的手机' } });
    await dialog().getByText('绑好了，西门可以验票了').waitFor();
    await dialog().getByRole('button', { name: '关闭' }).last().click();
    await card.getByText('小王的手机').waitFor();
    await card.getByRole('button', { name: '停用小王的手机' }).click();
    await because('手机丢了', '停用');
    await card.getByText('还没有设备守这个门').waitFor();
    expect(await world.anyone.as(deviceToken).refusal('GET /devices/me')).toBe('deviceRevoked');
    await desk.locator('li.gate', { hasText: '1 号门' }).getByRole('button', { name: '删除：1 号门' }).click();
    await dialog().getByRole('button', { name: '删除' }).click();
    await dialog().getByText('这个门有记录，不能删。').waitFor();
    await dialog().getByRole('button', { name: '不做了' }).click();
  });

  it('a ticket is found by its number and revoked; passes and a walk-in are printed', async () => {
    await desk.goto(at(`/console/fairs/${opened.fair.id}/tickets`));
    const number = tickets[11]!.shortCode;
    await desk.getByRole('searchbox').fill(number);
    await eventually('one row', async () => (await desk.locator('tbody tr').count()) === 1);
    await button(/^作废 /).click();
    await because('本人挂失', '作废');
    await eventually('the row says so', async () => (await desk.locator('tbody tr').innerText()).includes('作废'));
    expect(await scan(device, tickets[11]!.code)).toMatchObject({ admitted: false, reason: 'revoked' });
    expect(await seriousFaults(desk)).toEqual([]);
    await button('发证、发团体码').click();
    await dialog().getByLabel('几张').fill('0');
    await dialog().getByRole('button', { name: '发证' }).click();
    await dialog().getByText('填 1 到 200 的整数').waitFor();
    await dialog().getByLabel('几张').fill('3');
    await dialog().getByRole('button', { name: '发证' }).click();
    await eventually('three passes', async () => (await desk.getByRole('img', { name: /的二维码$/ }).count()) === 3);
    await desk.emulateMedia({ media: 'print' });
    expect(await button('打好了，关上').count()).toBe(0);
    await desk.emulateMedia({ media: 'screen' });
    await button('打好了，关上').click();
    await button('打一张现场票').click();
    const printed = (await desk.locator('.facts .num').innerText()).replace(/\s/g, '');
    expect(await device.call('POST /scans', { body: { id: randomUUID(), code: printed, direction: 'entry', happenedAt: new Date().toISOString() } })).toMatchObject({ admitted: true, ticket: { kind: 'walkIn' } });
  });

  it('fits a phone, and English is complete', async () => {
    const phone = await newPhone(browser, { storageState: await context.storageState() });
    await desk.close(); // the refresh token is for one page
    const page = await newPage({ width: 390, height: 844 }, phone);
    for (const [place, sign] of [['desk', 'Waiting for you'], ['gates', 'Gates and devices'], ['tickets', 'Tickets']] as const) {
      await page.goto(at(`/console/fairs/${opened.fair.id}/${place}?lang=en`));
      await page.getByRole('heading', { name: sign }).first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await stickingOut(page)).toEqual([]);
      expect(await seriousFaults(page)).toEqual([]);
    }
    expect(errors.flat()).toEqual([]);
  });
});
