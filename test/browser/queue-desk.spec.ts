/** A recruiter's day at the queue desk, and a village station's clerk, in real Chromium against a real server: no media, so at the table. */
import type { QueuePlace } from '#libs/contracts';
import type { Page } from 'playwright-core';
import { boothFor } from '../support/booth.js';
import type { Browsing } from '../support/browsing.js';
import { chinaClock, chinaDay, nextQuarter } from '../support/china-time.js';
import { picture, seriousFaults, stickingOut } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { inLong, long } from '../support/runs.js';
import { eventually, type Bureau, type Candidate, type Employer, type World } from '../support/world.js';

let ground: Fairground;
let world: World;
let bureau: Bureau;
let employer: Employer;
let boothId: string;
let jobId: string;
let browsing: Browsing;
let login: string;
let clerkLogin: string;
let desk: Page;
let clerk: Page;

const content = (page = desk) => page.locator('#content');
const dialog = (page = desk) => page.getByRole('dialog');
const button = (name: string | RegExp, page = desk) => content(page).getByRole('button', { name }).first();
const join = (who: Candidate): Promise<QueuePlace> => who.caller.call('POST /booths/:boothId/queue/places', { params: { boothId }, body: { mode: 'onSite', jobId, consent: true } });

jest.setTimeout(120_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open();
  ({ world, people: browsing } = ground);
  ({ bureau, employer, boothId } = await boothFor(world, '海峤精密制造有限公司'));
  const job = await employer.admin.call('POST /jobs', { body: world.job() });
  jobId = job.id;
  await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId } });
  ({ loginName: login } = await browsing.invite(employer, 'recruiter', '周女士'));
  const station = await bureau.admin.call('POST /organisations/stations', { body: { name: '长桥镇就业驿站', regionCode: bureau.regionCode } });
  ({ loginName: clerkLogin } = await browsing.invite({ admin: bureau.admin, organisationId: station.id }, 'stationClerk', '吴站长'));
}, 240_000);

afterAll(() => ground?.close());

inLong('a recruiter at the queue desk', () => {
  it('opens the queue; who joins appears by themselves; one key calls the next', async () => {
    desk = await browsing.console(login, undefined, { permissions: [] });
    await desk.getByRole('link', { name: '候场' }).click();
    const open = button('排队中');
    await open.waitFor();
    if (await open.getAttribute('aria-pressed') !== 'true') await open.click();
    await content().getByText('现在没有人排队').waitFor();
    const one = await world.named('陈秀英');
    await join(one);
    await content().getByText('陈秀英').waitFor();
    await join(await world.named('王桂珍'));
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
    const who = await world.named('吴清根');
    await who.caller.call('POST /slots/:slotId/booking', { params: { slotId: slot!.id }, body: { consent: true } });
    await content().getByText('吴清根').waitFor();
    expect(await seriousFaults(desk)).toEqual([]);
    await button(/^取消 .*吴清根/).click();
    await dialog().getByLabel('原因').fill('面试的同事有事');
    await dialog().getByRole('button', { name: '取消这个时段' }).click();
    await content().getByText('面试的同事有事').waitFor();
    expect(browsing.errors.flat()).toEqual([]);
  });
});

inLong('a station’s clerk', () => {
  const calls = () => employer.admin.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });
  /** Calls, and nobody comes. */
  async function misses(): Promise<void> {
    const { id } = await calls();
    await content(clerk).getByRole('link', { name: '开始赖长妹的面试' }).waitFor();
    await employer.admin.call('POST /interviews/:interviewId/missed', { params: { interviewId: id } });
  }
  const back = () => content(clerk).getByRole('button', { name: /^人回来了：/ });

  /** A missed call is taken back on the person's page, in the list and by joining again; a paused queue says no minutes. */
  async function clerkComesBack(): Promise<void> {
    await misses();
    await content(clerk).getByText(/叫过没去，位置留到 \d\d:\d\d/).waitFor();
    expect([await seriousFaults(clerk), await stickingOut(clerk)]).toEqual([[], []]);
    await picture(clerk, 'station-missed');
    await back().focus();
    await clerk.keyboard.press('Enter');
    await clerk.getByText('好，下一个叫他').waitFor();
    await content(clerk).getByText(/第 1 位/).waitFor();
    expect(await clerk.evaluate<string>('document.activeElement.id')).toBe('places');

    await misses();
    await clerk.getByRole('link', { name: '今天来的人' }).first().click();
    await content(clerk).getByText(/快带他回来，位置留到 \d\d:\d\d/).waitFor();
    expect([await seriousFaults(clerk), await stickingOut(clerk)]).toEqual([[], []]);
    await picture(clerk, 'station-list-missed');
    await clerk.setViewportSize({ width: 390, height: 844 });
    await picture(clerk, 'station-list-missed-phone');
    expect(await stickingOut(clerk)).toEqual([]);
    await back().click();
    await content(clerk).getByText(/海峤精密制造有限公司：第 1 位/).waitFor();
    await employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'paused' } });
    await content(clerk).getByText('第 1 位，先停叫了').waitFor();
    await content(clerk).getByRole('link', { name: /赖长妹/ }).click();
    await content(clerk).getByText('第 1 位，对方先停叫，位置留着').waitFor();
    expect(await content(clerk).getByText('分钟').count()).toBe(0);
    await picture(clerk, 'station-paused-phone');
    expect(await stickingOut(clerk)).toEqual([]);
    await clerk.setViewportSize({ width: 1440, height: 900 });
    await employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'open' } });
    await content(clerk).getByText(/分钟轮到|马上/).first().waitFor();
  }

  async function clerkMoves(): Promise<void> {
    const startsAt = new Date(Date.now() + 5 * 3_600_000).toISOString();
    const [first, second] = await employer.admin.call('POST /slots', { body: { boothId, startsAt, minutes: 15, count: 2 } });
    await button('帮他约时间', clerk).click();
    await dialog(clerk).getByLabel('哪家单位').selectOption({ label: '海峤精密制造有限公司' });
    await dialog(clerk).getByRole('radio', { name: new RegExp(chinaClock(first!.startsAt)) }).check({ force: true });
    await dialog(clerk).getByLabel(/^他同意把名字/).check({ force: true });
    await dialog(clerk).getByRole('button', { name: '约好' }).click();
    await button(/^换时间/, clerk).click();
    await dialog(clerk).getByText(/现在约的是海峤精密制造有限公司/).waitFor();
    await dialog(clerk).getByRole('button', { name: '换到这个时间' }).click();
    await dialog(clerk).getByText('请选一个时间').waitFor();
    await dialog(clerk).getByRole('radio', { name: new RegExp(chinaClock(second!.startsAt)) }).check({ force: true });
    expect([await seriousFaults(clerk), await stickingOut(clerk)]).toEqual([[], []]);
    await picture(clerk, 'station-move');
    await dialog(clerk).getByRole('button', { name: '换到这个时间' }).click();
    await content(clerk).getByText(chinaClock(second!.startsAt)).waitFor();
    const slots = await employer.admin.call('GET /slots/mine', {});
    expect([first!, second!].map(({ id }) => slots.find((one) => one.id === id)?.status)).toEqual(['open', 'booked']);
  }

  it('registers somebody with their spoken consent, queues for them, hears the call, and sees nothing of them once they are home', async () => {
    clerk = await browsing.console(clerkLogin, undefined, { permissions: [] });
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
    await clerkComesBack();
    await clerkMoves();

    await calls();
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
