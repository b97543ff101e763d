/** A recruiter's day at the queue desk, and a village station's clerk, in real Chromium against a real server: no media, so at the table. */
import type { Fair, QueuePlace } from '#libs/contracts';
import type { Browser, Page } from 'playwright-core';
import { chinaClock, chinaDay, nextQuarter } from '../support/china-time.js';
import { launchChromium, scriptErrors, seriousFaults, stickingOut } from '../support/chromium.js';
import { inLong, long } from '../support/runs.js';
import { Servers } from '../support/servers.js';
import { eventually, World, type Bureau, type Candidate, type Employer } from '../support/world.js';

const password = 'spring-wind-2026';
const login = `queue-${Date.now()}`;
const clerkLogin = `clerk-${Date.now()}`;

let servers: Servers;
let world: World;
let bureau: Bureau;
let employer: Employer;
let fair: Fair;
let boothId: string;
let jobId: string;
let browser: Browser;
let desk: Page;
let clerk: Page;
let errors: string[];

const content = (page = desk) => page.locator('#content');
const dialog = (page = desk) => page.getByRole('dialog');
const button = (name: string | RegExp, page = desk) => content(page).getByRole('button', { name }).first();
const join = (who: Candidate): Promise<QueuePlace> => who.caller.call('POST /booths/:boothId/queue/places', { params: { boothId }, body: { mode: 'onSite', jobId, consent: true } });

async function candidate(name: string): Promise<Candidate> {
  const one = await world.candidate();
  await one.caller.call('PATCH /me/profile', { body: { name, education: '中专', experienceYears: 3 } });
  return one;
}
async function signIn(loginName: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' })).newPage();
  await page.goto(`${servers.urls[0]}/console/sign-in`);
  await page.getByLabel('账号', { exact: true }).fill(loginName);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: '工作台' }).waitFor();
  return page;
}

jest.setTimeout(120_000);

beforeAll(async () => {
  if (!long) return;
  servers = await Servers.start('one');
  world = await World.open(servers);
  bureau = await world.bureau();
  employer = await world.employer('海峤精密制造有限公司');
  await world.verify(employer, bureau);
  fair = (await world.openFair(bureau)).fair;
  const params = { fairId: fair.id };
  const [booth] = await bureau.admin.call('POST /fairs/:fairId/booths/lay-out', { params, body: { zoneId: fair.zones[0]!.id, count: 1 } });
  boothId = booth!.id;
  const application = await employer.admin.call('POST /fairs/:fairId/booth-applications', { params, body: { contactName: '林人事' } });
  await bureau.admin.call('POST /booth-applications/:boothApplicationId/decision', { params: { boothApplicationId: application.id }, body: { approved: true, boothId } });
  const job = await employer.admin.call('POST /jobs', { body: world.job() });
  jobId = job.id;
  await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId } });
  const invited = await employer.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: employer.organisationId }, body: { role: 'recruiter' } });
  await world.anyone.call('POST /auth/links/use', { body: { token: invited.url.split('/').at(-1)!, password, loginName: login, displayName: '周女士' } });
  const station = await bureau.admin.call('POST /organisations/stations', { body: { name: '长桥镇就业驿站', regionCode: bureau.regionCode } });
  const clerkLink = await bureau.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: station.id }, body: { role: 'stationClerk' } });
  await world.anyone.call('POST /auth/links/use', { body: { token: clerkLink.url.split('/').at(-1)!, password, loginName: clerkLogin, displayName: '吴站长' } });
  browser = await launchChromium();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  world?.close();
  await servers?.stop();
});

inLong('a recruiter at the queue desk', () => {
  it('opens the queue; who joins appears by themselves; one key calls the next', async () => {
    desk = await signIn(login);
    errors = scriptErrors(desk);
    await desk.getByRole('link', { name: '候场' }).click();
    const open = button('排队中');
    await open.waitFor();
    if (await open.getAttribute('aria-pressed') !== 'true') await open.click();
    await content().getByText('现在没有人排队').waitFor();
    const one = await candidate('陈秀英');
    await join(one);
    await content().getByText('陈秀英').waitFor();
    await join(await candidate('王桂珍'));
    await content().getByText('王桂珍').waitFor();
    expect(await seriousFaults(desk)).toEqual([]);
    expect(await stickingOut(desk)).toEqual([]);
    await desk.keyboard.press('n');
    await desk.waitForURL(/interview-room/);
    await content().getByText('请陈秀英到桌前来').waitFor();
    await button('人到了，开始').click();
    await content().getByText('正在和陈秀英面谈').waitFor();
    expect(await seriousFaults(desk)).toEqual([]);
  });

  it('is back in the same room after a reload, ends it, and tells the candidate the outcome', async () => {
    await desk.reload();
    await content().getByText('正在和陈秀英面谈').waitFor();
    await button('结束面试').click();
    await dialog().getByRole('button', { name: '结束面试' }).click();
    await content().getByRole('heading', { name: '给陈秀英的结果' }).waitFor();
    await button('给结果，通知求职者').click();
    await content().getByText('请选一个结果').waitFor();
    await content().getByLabel('下一轮').first().check({ force: true });
    await content().getByLabel('告诉求职者').fill('第一轮通过，我们会打电话约下一轮。');
    await button('给结果，通知求职者').click();
    await content().getByText('求职者在手机上能看到。').waitFor();
    const { items } = await employer.admin.call('GET /interviews', { query: { status: 'ended' } });
    expect(items[0]!.decision).toMatchObject({ outcome: 'nextRound', reason: '第一轮通过，我们会打电话约下一轮。' });
  });

  it('skips somebody with a reason, and the place is gone', async () => {
    await desk.getByRole('link', { name: '看候场' }).click();
    await button('跳过王桂珍').click();
    await dialog().getByRole('button', { name: '跳过', exact: true }).click();
    await dialog().getByText('请写明原因').waitFor();
    await dialog().getByRole('button', { name: '这个岗位招满了' }).click();
    await dialog().getByRole('button', { name: '跳过', exact: true }).click();
    await content().getByText('现在没有人排队').waitFor();
  });

  it('publishes slots, sees who booked, and cancels one with a reason', async () => {
    await desk.getByRole('link', { name: '预约时段' }).click();
    await button('开放时段').click();
    const from = nextQuarter();
    await dialog().getByLabel('日期').fill(chinaDay(from));
    await dialog().getByLabel('几点开始').fill(chinaClock(from));
    await dialog().getByLabel('几场').fill('2');
    await dialog().getByText('会有 2 场').waitFor();
    await dialog().getByRole('button', { name: '开放预约' }).click();
    await content().getByText('可预约').first().waitFor();
    const [slot] = await world.anyone.call('GET /slots', { query: { boothId } });
    const who = await candidate('吴清根');
    await who.caller.call('POST /slots/:slotId/booking', { params: { slotId: slot!.id }, body: { consent: true } });
    await content().getByText('吴清根').waitFor();
    expect(await seriousFaults(desk)).toEqual([]);
    await button(/^取消 .*吴清根/).click();
    await dialog().getByLabel('原因').fill('面试的同事有事');
    await dialog().getByRole('button', { name: '取消这个时段' }).click();
    await content().getByText('面试的同事有事').waitFor();
    expect(errors).toEqual([]);
  });
});

inLong('a station’s clerk', () => {
  it('registers somebody with their spoken consent, queues for them, hears the call, and sees nothing of them once they are home', async () => {
    clerk = await signIn(clerkLogin);
    await content(clerk).getByText('今天还没有人来登记').waitFor();
    await clerk.getByRole('link', { name: '登记一位群众' }).first().click();
    await clerk.getByLabel('姓名').fill('赖长妹');
    await clerk.getByLabel('手机').fill(`138${String(Date.now()).slice(-8)}`);
    await button('登记', clerk).click();
    await content(clerk).getByText('要他当面说同意').waitFor();
    await clerk.getByLabel('他当面说了“同意”').check({ force: true });
    expect(await seriousFaults(clerk)).toEqual([]);
    await button('登记', clerk).click();
    await content(clerk).getByRole('heading', { name: '赖长妹' }).waitFor();

    await button('帮他排队', clerk).click();
    await dialog(clerk).getByLabel('哪家单位').selectOption({ value: boothId });
    await dialog(clerk).getByLabel(/^他同意把名字/).check({ force: true });
    await dialog(clerk).getByRole('button', { name: '排上' }).click();
    await content(clerk).getByText(/第 1 位/).waitFor();
    await employer.admin.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });
    await content(clerk).getByRole('link', { name: '开始赖长妹的面试' }).waitFor();
    expect(await seriousFaults(clerk)).toEqual([]);
    await content(clerk).getByRole('link', { name: '开始赖长妹的面试' }).click();
    await content(clerk).getByRole('heading', { name: '请赖长妹坐到电脑前' }).waitFor();
    expect(await clerk.getByRole('navigation', { name: '工作台' }).count()).toBe(0);

    await button('回到工作人员', clerk).click();
    await button('他回家了', clerk).click();
    await dialog(clerk).getByRole('button', { name: '他回家了' }).click();
    await content(clerk).getByText('今天还没有人来登记').waitFor();
    await eventually('no name is left on the page', async () => !(await clerk.content()).includes('赖长妹'));
  });
});
