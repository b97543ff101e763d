/** One fair through everybody's own pages: organiser -> employer -> candidate -> gate -> wall screen. Nothing is done by API but reading. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { cameraFlags, filmQrCode } from '../support/camera-film.js';
import { chinaDay } from '../support/china-time.js';
import { launchChromium, newPhone, scriptErrors, seriousFaults } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import type { Servers } from '../support/servers.js';
import { creditCode, eventually, onePixelPng, type World } from '../support/world.js';

const password = 'spring-wind-2026';
const name = '春风专场招聘会';
const employerName = '海峤精密制造有限公司';

let ground: Fairground;
let servers: Servers;
let world: World;
let browser: Browser;
let folder: string;
let organiser: Page;
let employer: Page;
let candidate: Page;
let wall: Page;
let fairId: string;
const errors: string[][] = [];

jest.setTimeout(120_000);

async function desk(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' });
  const page = await context.newPage();
  errors.push(scriptErrors(page));
  return page;
}
const at = (path: string) => servers.urls[0] + path;

beforeAll(async () => {
  ground = await Fairground.open();
  ({ servers, world, browser } = ground);
  folder = await mkdtemp(join(tmpdir(), 'fairwind-walk-'));
}, 120_000);

afterAll(async () => {
  await ground?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('a fair, page by page', () => {
  it('the organiser joins by a link, and makes and opens a fair', async () => {
    const bureau = await world.platform.call('POST /organisations/organisers', { body: { name: '福州市人社局', regionCode: '350100', department: '人社' } });
    const { url } = await world.platform.call('POST /organisations/:organisationId/invitations', { params: { organisationId: bureau.id }, body: { role: 'organiserAdmin' } });
    organiser = await desk();
    await organiser.goto(url);
    await organiser.getByLabel('怎么称呼你').fill('陈科长');
    await organiser.getByLabel('账号').fill('chen.ke');
    await organiser.getByLabel('密码', { exact: true }).fill(password);
    await organiser.getByRole('button', { name: '设好，进工作台' }).click();
    await organiser.getByRole('navigation').first().waitFor();

    await organiser.goto(at('/console/fairs/new'));
    await organiser.getByRole('button', { name: /从空白开始/ }).click();
    await organiser.getByLabel('名称').fill(name);
    const field = (label: string | RegExp) => organiser.getByLabel(label).first();
    // Until the end of tomorrow: whatever the time is now, nothing of this fair is over in a moment.
    await organiser.getByLabel('不止一天').check();
    await field('第一天').fill(chinaDay(Date.now()));
    await field('几点开始').fill('00:00');
    await field('最后一天').fill(chinaDay(Date.now() + 24 * 3_600_000));
    await field('几点结束').fill('23:55');
    for (const [level, code] of [['省', '350000'], ['市', '350100']] as const) await organiser.getByLabel(new RegExp(`^地区.*${level}`)).selectOption(code);
    await field('场馆').fill('澜江会展中心');
    await field('地址').fill('澜江路 1 号');
    await field('全场核定人数').fill('3600');
    await organiser.getByRole('button', { name: '建好，去分区' }).click();
    await organiser.waitForURL(/\/fairs\/[0-9a-f-]{36}\/zones/);
    fairId = /fairs\/([0-9a-f-]{36})/.exec(organiser.url())![1]!;

    await organiser.getByRole('button', { name: '加一个分区' }).click();
    await organiser.getByLabel('名称').last().fill('制造业');
    await organiser.getByLabel('核定人数').last().fill('1200');
    await organiser.getByRole('button', { name: '保存' }).click();
    await organiser.getByText('保存好了').first().waitFor();

    await organiser.goto(at(`/console/fairs/${fairId}/gates`));
    await organiser.getByRole('button', { name: /加(一个)?门/ }).first().click();
    await organiser.getByLabel('门叫什么').fill('1 号门');
    await organiser.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await organiser.getByText('1 号门').first().waitFor();

    await organiser.goto(at(`/console/fairs/${fairId}`));
    for (const step of ['发布', '开场']) {
      await organiser.getByRole('button', { name: step, exact: true }).first().click();
      await organiser.getByRole('dialog').getByRole('button', { name: step, exact: true }).click();
      await organiser.getByText(`${step}了`).first().waitFor();
    }
    expect((await world.anyone.call('GET /fairs/:fairId', { params: { fairId } })).status).toBe('open');
  });

  it('the employer registers, is checked by the organiser, and posts a job', async () => {
    employer = await desk();
    await employer.goto(at('/console/register'));
    await employer.getByLabel('单位名称').fill(employerName);
    await employer.getByLabel('统一社会信用代码').fill(creditCode());
    for (const [level, code] of [['省', '350000'], ['市', '350100']] as const) await employer.getByLabel(new RegExp(`^所在地区.*${level}`)).selectOption(code);
    await employer.getByLabel('你的姓名').fill('林人事');
    await employer.getByLabel('账号名').fill('haiqiao.lin');
    await employer.getByLabel('密码', { exact: true }).fill(password);
    await employer.getByRole('button', { name: '登记', exact: true }).click();
    await employer.waitForURL(/\/console\/overview/);

    await employer.goto(at('/console/organisation'));
    await writeFile(join(folder, 'licence.png'), onePixelPng);
    await employer.locator('input[type=file]').setInputFiles(join(folder, 'licence.png'));
    await employer.getByLabel('证照编号').fill('YZ20260307');
    await employer.getByLabel(/有效期|有效到/).first().fill('2099-12-31');
    await employer.getByRole('button', { name: '交上去核验' }).click();
    await employer.getByText('等人社局核验').first().waitFor();

    await organiser.goto(at('/console/reviews'));
    await organiser.getByRole('button', { name: /^审核/ }).first().click();
    await organiser.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click();
    await organiser.getByText(`${employerName}通过了`).waitFor();

    await employer.goto(at('/console/job'));
    await employer.getByLabel('岗位名称').fill('装配工（两班倒）');
    await employer.getByLabel('招多少人').fill('60');
    await employer.getByLabel('招聘条件').fill('限男性，能上夜班。');
    await employer.getByText('“限男性”不能写').waitFor(); // caught while typing, and quoted
    await employer.getByLabel('招聘条件').fill('能上夜班，不会可以教。');
    await employer.getByLabel('工作内容').fill('在产线上装配小型电机。');
    await employer.getByLabel('工作地点').fill('滨港区海峤路 18 号');
    for (const [level, code] of [['省', '350000'], ['市', '350100']] as const) await employer.getByLabel(new RegExp(`^工作地区.*${level}`)).selectOption(code);
    await employer.getByLabel('最低').fill('5500');
    await employer.getByLabel('最高').fill('7000');
    await employer.getByLabel('工资怎么算').fill('底薪 2,400 元 + 计件');
    await employer.getByLabel('招到哪天').fill('2099-01-01');
    await employer.getByRole('button', { name: '发布', exact: true }).click();
    await employer.getByText('发布了').first().waitFor();
  });

  it('the candidate finds the job, registers and has a ticket', async () => {
    const context = await newPhone(browser);
    candidate = await context.newPage();
    errors.push(scriptErrors(candidate));
    await candidate.goto(at('/jobs?q=装配'));
    await candidate.getByRole('link', { name: /装配工/ }).waitFor();
    await candidate.goto(at(`/fairs/${fairId}`));
    await candidate.getByRole('button', { name: '报名领码' }).click();
    await ground.people.signIn(candidate);
    await candidate.waitForURL(/\/tickets\//);
    await candidate.getByRole('img', { name: /入场二维码/ }).waitFor();
  });

  it('the gate is paired by the code on the organiser’s screen, reads the ticket with its camera, and the wall and the desk count', async () => {
    wall = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })).newPage();
    errors.push(scriptErrors(wall));
    await wall.goto(at(`/screen/${fairId}`));
    const inside = () => wall.locator('.big').innerText();
    await eventually('an empty hall on the wall', async () => (await inside()) === '0');
    await organiser.goto(at(`/console/fairs/${fairId}/desk`));
    await organiser.getByText('现场可进').waitFor();

    const pairing = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: await organiser.context().storageState() });
    const gates = await pairing.newPage();
    await gates.goto(at(`/console/fairs/${fairId}/gates`));
    await gates.getByRole('button', { name: '给配对码' }).first().click();
    const code = (await gates.locator('p.code').innerText()).replace(/\s/g, '');

    const ticketCode = await world.servers.query<{ code: string }>('SELECT "shortCode" AS code FROM "Ticket" WHERE "fairId" = $1', [fairId]);
    const film = join(folder, 'ticket.y4m');
    await filmQrCode(film, await qrOf(candidate));
    const gateBrowser = await launchChromium(cameraFlags(film));
    try {
      const gate = await (await newPhone(gateBrowser, { permissions: ['camera'] })).newPage();
      errors.push(scriptErrors(gate));
      await gate.goto(at('/gate/'));
      await gate.getByLabel('配对码（8 位）').fill(code);
      await gate.getByRole('button', { name: '绑定这个门' }).click();
      await gates.getByText('绑好了').waitFor();
      await gate.getByRole('button', { name: '打开相机，开始' }).click();
      await gate.getByText('请进', { exact: true }).waitFor({ timeout: 30_000 });
      await eventually('one person on the wall', async () => (await inside()) === '1');
      await organiser.getByText(/场内人数/).first().waitFor();
      // Typed by hand, the same ticket is refused, with the reason and the first entry.
      await gate.getByLabel('打号码（8 位）').fill(ticketCode[0]!.code);
      await gate.getByRole('button', { name: '验票' }).click();
      await gate.getByText('不能进', { exact: true }).waitFor();
      await gate.getByText('这张票已经进过场了').waitFor();
      expect(await gate.getByText(/·1 号门$/).first().isVisible()).toBe(true);
      expect(await seriousFaults(gate)).toEqual([]);
    } finally {
      await gateBrowser.close();
    }
    expect(await inside()).toBe('1');
    for (const page of [organiser, employer, candidate, wall]) expect(await seriousFaults(page)).toEqual([]);
    expect(errors.flat()).toEqual([]);
  });
});

/** What the ticket's QR on the phone holds, as the page drew it from its own answer. */
async function qrOf(page: Page): Promise<string> {
  const token = await page.evaluate<string>(`fetch('/api/auth/refresh', { method: 'POST' }).then((answer) => answer.json()).then(({ accessToken }) => accessToken)`);
  const [ticket] = await world.anyone.as(token).call('GET /me/tickets');
  return ticket!.code;
}
