/** A candidate with a phone, from the first look to taking everything back, in real Chromium against a real server. */
import { readFileSync } from 'node:fs';
import type { Applicant, Fair, Job, Page as PageOf, PersonExport } from '#libs/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chinaClock } from '../support/china-time.js';
import { holdsFocus, newPhone, openWithLine, rememberInPage, scriptErrors, seriousFaults, stickingOut, workerActive } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { eventually, scan, type Bureau, type Employer, type World } from '../support/world.js';

const digits = String(Date.now()).slice(-8);
const phone = `139${digits}`;
const secondPhone = `138${digits}`;
const HOUR = 3_600_000;
const later = (instant: string, hours: number) => new Date(Date.parse(instant) + hours * HOUR).toISOString();

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let employer: Employer;
let fair: Fair;
let gateId: string;
let boothId: string;
let leadCode: string;
let jobs: Job[];
let browser: Browser;
let context: BrowserContext;
let page: Page;
let errors: string[];

const content = () => page.locator('#content');
const sheet = () => page.getByRole('dialog');
const go = async (path: string) => { await page.goto(servers.urls[0] + path); };

async function post(title: string): Promise<Job> {
  const job = await employer.admin.call('POST /jobs', { body: {
    title, headCount: 60, conditions: '能上夜班，不会可以教。', content: '在自动化产线上装配小型电机，坐着干。', place: '澜江市滨港区海峤路 18 号', regionCode: '350102',
    payMin: 5500, payMax: 7000, payUnit: 'month', payTerms: '底薪 2,400 元 + 计件', validUntil: '2099-12-31', tags: ['urgent', 'housing'],
  } });
  return employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
}
const applicants = (): Promise<PageOf<Applicant>> => employer.admin.call('GET /applicants', {});

const signInBySheet = (number = phone) => ground.people.signIn(page, number);

async function offline(yes: boolean): Promise<void> {
  await context.setOffline(yes);
  await eventually('the page noticing its network', () => page.evaluate<boolean>(`navigator.onLine === ${!yes}`));
}

jest.setTimeout(120_000);

beforeAll(async () => {
  ground = await Fairground.open();
  ({ servers, world, browser } = ground);
  bureau = await world.bureau();
  employer = await world.employer('海峤精密制造有限公司');
  await world.verify(employer, bureau);
  const opened = await world.openFair(bureau, { quota: 500 });
  fair = opened.fair;
  gateId = opened.gates[0]!.id;
  const params = { fairId: fair.id };
  const booths = await bureau.admin.call('POST /fairs/:fairId/booths/lay-out', { params, body: { zoneId: fair.zones[0]!.id, count: 12 } });
  boothId = booths[4]!.id;
  const wished = await employer.admin.call('POST /fairs/:fairId/booth-applications', { params, body: { contactName: '林人事' } });
  await bureau.admin.call('POST /booth-applications/:boothApplicationId/decision', { params: { boothApplicationId: wished.id }, body: { approved: true, boothId } });
  jobs = [await post('装配工（两班倒）'), await post('质检员')];
  await employer.admin.call('PUT /fairs/:fairId/jobs', { params, body: { jobIds: jobs.map(({ id }) => id), listed: true } });
  leadCode = (await employer.admin.call('GET /booths/:boothId/code', { params: { boothId } })).leadCode;
  context = await newPhone(browser);
  page = await context.newPage();
  errors = scriptErrors(page);
}, 180_000);

afterAll(() => ground?.close());

describe('a candidate’s phone', () => {
  it('shows today’s fair, and how full it is as somebody walks in', async () => {
    await openWithLine(page, `${servers.urls[0]}/`);
    await content().getByRole('heading', { name: '今天的招聘会正在进行' }).waitFor();
    await content().getByText('能进', { exact: true }).waitFor();
    const inside = () => content().getByText(/场内/).first().innerText();
    expect(await inside()).toMatch(/场内\s*0/);
    const device = await world.device(bureau, { id: gateId } as never);
    const [ticket] = await world.walkIns(device, fair.id, 1);
    expect((await scan(device, ticket!.code)).admitted).toBe(true);
    await eventually('one person inside, pushed', async () => /场内\s*1/.test(await inside()));
  });

  it('finds jobs by words and filters, and says what the law wants said', async () => {
    await page.getByRole('link', { name: '找岗位' }).click();
    await page.getByRole('searchbox').fill('质检');
    await eventually('the search in the address', () => decodeURIComponent(page.url()).includes('q=质检'));
    await content().getByRole('link', { name: /质检员/ }).waitFor();
    await eventually('the other job is gone', async () => (await content().getByRole('link', { name: /装配工/ }).count()) === 0);
    await page.getByRole('button', { name: '种类' }).click();
    await sheet().getByRole('radio', { name: '零工' }).click();
    await content().getByText('没有找到这样的岗位').waitFor();
    await page.goBack();
    await go(`/jobs/${jobs[0]!.id}?fair=${fair.id}`);
    for (const fact of ['60 人', '澜江市滨港区海峤路 18 号', '底薪 2,400 元 + 计件', '能上夜班，不会可以教。']) await content().getByText(fact).first().waitFor();
    await content().getByText(/已核验/).waitFor();
  });

  it('signs in where it is needed, registers, and comes to the ticket', async () => {
    await go(`/fairs/${fair.id}`);
    await content().getByText('还有 500 个名额').waitFor();
    await page.getByRole('button', { name: '报名领码' }).click();
    await signInBySheet();
    await page.waitForURL(/\/tickets\//);
    await content().getByRole('img', { name: /入场二维码/ }).waitFor();
    await content().getByText('1 号门', { exact: false }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: '我的入场码' }).waitFor(); // back is the fair, with the sheet closed
    expect(new URL(page.url()).search).toBe('');
  });

  it('opens the ticket without a network, and brings it up to date afterwards', async () => {
    await page.getByRole('link', { name: '我的入场码' }).click();
    await page.waitForURL(/\/tickets\//);
    const short = (await content().locator('.number .num').innerText()).trim();
    await eventually('the service worker at work', () => workerActive(page), 30_000);
    await offline(true);
    await page.reload();
    await content().getByRole('img', { name: /入场二维码/ }).waitFor();
    expect(await content().locator('svg.qr path').getAttribute('d')).toMatch(/^M\d/);
    expect((await content().locator('.number .num').innerText()).trim()).toBe(short);
    await content().getByText('没网也能进场').waitFor();
    await page.getByText('连不上服务器').waitFor();
    // Meanwhile the fair ends later.
    const moved = await bureau.admin.call('POST /fairs/:fairId/reschedule', { params: { fairId: fair.id }, body: { startsAt: fair.startsAt, endsAt: later(fair.endsAt, 1), reason: '人多，延长一小时' } });
    await offline(false);
    const until = chinaClock(moved.endsAt);
    await content().getByText(new RegExp(`–\\s?${until}|${until}$`)).first().waitFor();
    fair = moved;
  });

  it('shows a change of the fair at once, struck through and with its reason', async () => {
    await openWithLine(page, `${servers.urls[0]}/fairs/${fair.id}`);
    await content().getByText('人多，延长一小时').waitFor();
    await bureau.admin.call('POST /fairs/:fairId/reschedule', { params: { fairId: fair.id }, body: { startsAt: fair.startsAt, endsAt: fair.endsAt, venueName: '澜江体育馆', reason: '会展中心停电' } });
    await content().getByText('会展中心停电').first().waitFor();
    await content().locator('s', { hasText: '澜江会展中心' }).waitFor();
  });

  it('applies with one consent and one tap, and not without the consent', async () => {
    await go(`/jobs/${jobs[0]!.id}?fair=${fair.id}`);
    await page.getByRole('button', { name: '一键投递' }).click();
    await sheet().getByRole('textbox', { name: '名字' }).fill('李来福'); // once the profile has said that there is none
    await sheet().getByRole('button', { name: '确认投递' }).click({ force: true }); // it says that it is not ready yet
    await sheet().getByText('才能投').first().waitFor();
    expect((await applicants()).items).toHaveLength(0);
    await sheet().getByLabel(/同意把上面三项/).check();
    await sheet().getByRole('button', { name: '确认投递' }).click();
    await sheet().getByText('投出去了').waitFor();
    const [applicant] = (await applicants()).items;
    expect(applicant).toMatchObject({ jobId: jobs[0]!.id, fairId: fair.id, source: 'page', status: 'submitted', candidate: { name: '李来福' } });
    await sheet().getByRole('link', { name: '看我投过的' }).click();
    await content().getByText('装配工（两班倒）').waitFor();
  });

  it('keeps an application without a network and sends it once, by itself', async () => {
    await go(`/jobs/${jobs[1]!.id}`);
    await page.getByRole('button', { name: '一键投递' }).waitFor();
    await offline(true);
    await page.getByRole('button', { name: '一键投递' }).click();
    await sheet().getByText('李来福').waitFor(); // what is given is shown, without a network too
    await sheet().getByLabel(/同意把上面三项/).check();
    await sheet().getByRole('button', { name: '确认投递' }).click();
    await sheet().getByText('没有网，先存着').waitFor();
    await page.reload();
    await content().getByText('有网后会自动再发').waitFor();
    expect((await applicants()).items).toHaveLength(1);
    await offline(false);
    await eventually('the second application', async () => (await applicants()).items.length === 2, 20_000);
    await page.getByText('有网了，“质检员”已经发出去').waitFor();
    await content().getByText(/投过/).waitFor();
  });

  it('leaves a contact at a booth by its code, and takes consent back', async () => {
    await go(`/b/${leadCode}`);
    await content().getByRole('heading', { name: employer.name }).waitFor();
    await page.getByRole('button', { name: '留下我的电话' }).click();
    await sheet().getByLabel(/同意把名字和电话/).check();
    await sheet().getByRole('button', { name: '留下电话' }).click();
    await sheet().getByText('留好了').waitFor();
    expect((await employer.admin.call('GET /leads', {})).items[0]).toMatchObject({ candidate: { name: '李来福' } });
    await go('/me/consents');
    const application = content().getByRole('listitem').filter({ hasText: '用来招工' });
    await application.getByRole('button', { name: /收回/ }).click();
    await sheet().getByText('马上看不到').waitFor();
    await sheet().getByRole('button', { name: '收回' }).click();
    await application.getByText(/收回了/).waitFor();
    expect((await applicants()).items.every(({ candidate }) => candidate === null)).toBe(true);
    await go('/me/applications');
    await eventually('both applications taken back', async () => (await content().getByText('收回了', { exact: true }).count()) === 2);
  });

  it('queues at a booth with one’s own yes, sees the place, and leaves it', async () => {
    await employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'open' } });
    await go(`/b/${leadCode}`);
    await content().getByRole('button', { name: '我在展位，排队' }).click();
    await sheet().getByLabel(/看我的资料，给我面试/).check();
    await sheet().getByRole('button', { name: '排队' }).click();
    await content().getByRole('link', { name: '看我的位置' }).click();
    await content().getByText('下一位就是你').waitFor();
    await content().getByRole('button', { name: '不排了' }).click();
    await sheet().getByRole('button', { name: '不排了' }).click();
    await content().getByText('还没有面试').waitFor();
  });

  it('checks a CV before it is sent, uploads it, and removes it', async () => {
    await go('/me/profile');
    const picker = content().locator('input[type=file]');
    await picker.setInputFiles({ name: '简历.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
    await content().getByText('只收 PDF').waitFor();
    await picker.setInputFiles({ name: '我的简历.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') });
    await content().getByText('我的简历.pdf').waitFor();
    await content().getByRole('button', { name: '删除' }).click();
    await content().getByText('没有简历也能投。').waitFor();
  });

  it('is used by keyboard alone', async () => {
    await go(`/jobs/${jobs[0]!.id}`);
    const button = page.getByRole('button', { name: '一键投递' });
    await button.waitFor();
    for (let n = 0; n < 12 && !await holdsFocus(page, '.thumb .btn'); n++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await sheet().waitFor();
    for (let n = 0; n < 15; n++) {
      await page.keyboard.press('Tab');
      expect(await holdsFocus(page, '[role=dialog]')).toBe(true);
    }
    await page.keyboard.press('Escape');
    await sheet().waitFor({ state: 'detached' });
    expect(await holdsFocus(page, '.thumb .btn')).toBe(true);
  });

  it(`has nothing that axe calls serious and nothing that sticks out, ${long ? 'in both languages and in large text ' : ''}at 360 px`, async () => {
    const ticketPath = await page.goto(`${servers.urls[0]}/tickets`).then(() => content().getByRole('link').first().getAttribute('href'));
    const paths = [
      '/', '/?open=way', '/?open=region', '/fairs', `/fairs/${fair.id}`, `/fairs/${fair.id}/plan?booth=${boothId}`, `/booths/${boothId}`, `/b/${leadCode}?open=contact`, '/jobs', '/jobs?open=tag', '/jobs?q=zzzz',
      `/jobs/${jobs[0]!.id}`, `/jobs/${jobs[0]!.id}?open=apply`, `/jobs/${jobs[0]!.id}?open=share`, '/tickets', ticketPath!, '/me', '/me?open=sign-in', '/me?open=erase', '/me/profile', '/me/applications', '/me/consents', '/me/interviews', '/me/interviews/check', '/nowhere',
    ];
    const found: string[] = [];
    await page.setViewportSize({ width: 360, height: 740 });
    // Minutes of axe: English and large text wait for the long run.
    for (const [language, text] of long ? [['zh', 'normal'], ['en', 'large']] as const : [['zh', 'normal']] as const) {
      await rememberInPage(page, 'fw-language', language);
      await rememberInPage(page, 'fw-text', text);
      for (const path of paths) {
        await go(path);
        await page.waitForLoadState('networkidle');
        if (path.includes('open=')) await sheet().waitFor();
        found.push(...(await seriousFaults(page)).map((line) => `${language} ${path} ${line}`));
        found.push(...(await stickingOut(page)).map((line) => `${language} ${text} ${path} sticks out: ${line}`));
      }
    }
    expect(found).toEqual([]);
  }, 240_000);

  it('forgets the person who signs out, and threw no script error on the way', async () => {
    await rememberInPage(page, 'fw-language', 'zh');
    await rememberInPage(page, 'fw-text', 'normal');
    await go('/me');
    await page.getByRole('button', { name: '退出登录' }).click();
    await sheet().getByRole('button', { name: '退出登录' }).click();
    await content().getByText('还没登录').waitFor();
    await go('/tickets');
    await content().getByText('登录后看入场码').waitFor();
    expect(errors).toEqual([]);
  });

  it('hands over a copy of everything, asks once, and deletes the person', async () => {
    await go('/me');
    await page.getByRole('button', { name: '登录' }).click();
    await signInBySheet(secondPhone);
    await page.getByRole('button', { name: '退出登录' }).waitFor();
    await go('/me/profile');
    await content().getByLabel('名字').fill('王秀英');
    await content().getByLabel('名字').blur();
    await content().getByText('已保存').waitFor();
    await go('/me');
    await content().getByText('王秀英').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /下载我的资料/ }).click();
    const copy = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as PersonExport;
    expect(copy.profile).toMatchObject({ name: '王秀英', phone: expect.stringContaining(secondPhone) });
    await page.getByRole('button', { name: /删除我的账号/ }).click();
    await sheet().getByText('法律要招聘会留台账').waitFor();
    await sheet().getByRole('button', { name: '删除' }).click();
    await page.getByText('都删掉了').waitFor();
    await content().getByText('还没登录').waitFor();
    const [row] = await servers.query<{ left: string }>('SELECT count(*) AS left FROM "PersonalData" WHERE "keySealed" IS NOT NULL AND "erasedAt" IS NOT NULL');
    const [erased] = await servers.query<{ erased: string }>('SELECT count(*) AS erased FROM "PersonalData" WHERE "keySealed" IS NULL AND "erasedAt" IS NOT NULL');
    expect([row!.left, erased!.erased]).toEqual(['0', '1']);
    expect(errors).toEqual([]);
  });
});
