/** Interviews by keyboard alone: the queue desk, the room, slots, and a candidate's way from the queue to a place and out of the room. No mouse is used here. */
import type { Browser, Page } from 'playwright-core';
import { boothFor } from '../support/booth.js';
import type { Browsing } from '../support/browsing.js';
import type { Caller } from '../support/caller.js';
import { chinaClock, chinaDay, nextQuarter } from '../support/china-time.js';
import { anyAutoplay, fakeDevices, holdsFocus, seriousFaults, settled } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { focused, goesOn, keyboardFaults, press, tabTo, toldAloud } from '../support/keyboard.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { eventually, type Candidate, type Employer, type World } from '../support/world.js';

const employerName = '海峤精密制造有限公司';

let ground: Fairground;
let servers: Servers;
let world: World;
let employer: Employer;
let boothId: string;
let recruiter: Caller;
let browser: Browser;
let browsing: Browsing;
let desk: Page;
let phone: Page;

const content = (page: Page) => page.locator('#content');
const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string | RegExp) => content(page).getByRole('button', { name }).first();
const inDialog = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name, exact: true }).first();
/** Nothing that Tab misses or that hides the focus, and nothing serious for a screen reader. */
const expectReachable = async (page: Page, where: string, within = 'body') => expect([where, await keyboardFaults(page, within), await seriousFaults(page)]).toEqual([where, [], []]);
/** Shift+Tab from the first stop, and Tab from the last, stay in the dialog. */
async function expectHeld(page: Page, selector = '[role=dialog]'): Promise<void> {
  await eventually(`the focus in ${selector}`, () => holdsFocus(page, selector));
  for (const key of ['Shift+Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab']) {
    await page.keyboard.press(key);
    expect([key, await focused(page), await holdsFocus(page, selector)]).toEqual([key, expect.any(String), true]);
  }
}

const join = (who: Candidate) => who.caller.call('POST /booths/:boothId/queue/places', { params: { boothId }, body: { mode: 'onSite', consent: true } });

jest.setTimeout(150_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, anyAutoplay]);
  ({ servers, world, browser, people: browsing } = ground);
  await mediaReady(world);
  ({ employer, boothId } = await boothFor(world, employerName));
  await browsing.invite(employer, 'recruiter', '陈工');
  const { loginName, caller } = await browsing.invite(employer, 'recruiter', '周女士');
  recruiter = caller;
  await recruiter.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'paused' } });
  desk = await browsing.console(loginName, '/queue');
}, 240_000);

afterAll(() => ground?.close());

inLong('a recruiter without a mouse', () => {
  it('opens the queue, in the order that one reads', async () => {
    await button(desk, '排队中').waitFor();
    await press(desk, button(desk, '排队中'));
    await toldAloud(desk, '开始排队了');
    expect(await button(desk, '排队中').getAttribute('aria-pressed')).toBe('true');
    await join(await world.named('陈秀英'));
    await join(await world.named('王桂珍'));
    await content(desk).getByText('王桂珍').waitFor();
    await expectReachable(desk, 'the queue desk');
    await tabTo(desk, button(desk, '排队设置'));
    const way = await tabTo(desk, button(desk, '跳过王桂珍'));
    expect(way).toEqual(['排队中', '暂停', '关闭', expect.stringMatching(/^叫下一位/), '叫这位，陈秀英', '跳过陈秀英', '叫这位，王桂珍']);
  });

  it('changes the settings and skips somebody: dialogs hold the focus and give it back', async () => {
    await press(desk, button(desk, '排队设置'));
    await dialog(desk).getByLabel('每人计划几分钟').waitFor();
    await expectHeld(desk);
    await desk.keyboard.press('Escape');
    await dialog(desk).waitFor({ state: 'hidden' });
    await eventually('the focus where it was', async () => (await focused(desk)) === '排队设置');
    await press(desk, button(desk, '跳过王桂珍'));
    await dialog(desk).getByRole('button', { name: '这个岗位招满了' }).waitFor();
    await expectHeld(desk);
    await press(desk, inDialog(desk, '这个岗位招满了'));
    await press(desk, inDialog(desk, '跳过'));
    await toldAloud(desk, '跳过了，已经告诉他');
    await content(desk).getByText('王桂珍').waitFor({ state: 'detached' });
    await settled(desk);
    await goesOn(desk);
  });

  it('calls the next with one key, begins at the table, and invites a colleague', async () => {
    await desk.keyboard.press('n');
    await desk.waitForURL(/interview-room/);
    await press(desk, button(desk, '人到了，开始'));
    await content(desk).getByText('正在和陈秀英面谈').waitFor();
    await goesOn(desk);
    await press(desk, button(desk, '面试的人'));
    await expectReachable(desk, 'the room with its people', '#content');
    await tabTo(desk, content(desk).getByLabel('请同事一起'));
    await desk.keyboard.press('ArrowDown');
    await press(desk, button(desk, '邀请'));
    await toldAloud(desk, '邀请了');
    // Handing over is asked first; here it is thought better of, since this recruiter goes on.
    await press(desk, content(desk).getByRole('button', { name: /^交给他 / }));
    await dialog(desk).getByText('以后由他主持').waitFor();
    await expectHeld(desk);
    await desk.keyboard.press('Escape');
    await eventually('the focus where it was', async () => /^交给他 /.test(await focused(desk)));
  });

  it('hands over to the colleague, and is given it back', async () => {
    const [running] = (await recruiter.call('GET /interviews', { query: { status: 'running' } })).items;
    const leader = async () => (await recruiter.call('GET /interviews/:interviewId', { params: { interviewId: running!.id } })).interviewers[0]!;
    const mine = await leader();
    await press(desk, content(desk).getByRole('button', { name: /^交给他 / }));
    await press(desk, inDialog(desk, '交给他'));
    await toldAloud(desk, '交给林人事了');
    expect((await leader()).name).toBe('林人事');
    await employer.admin.call('POST /interviews/:interviewId/hand-over', { params: { interviewId: running!.id }, body: { accountId: mine.accountId } });
    await content(desk).getByRole('button', { name: /^交给他 / }).waitFor(); // the page hears of it by itself
    expect((await leader()).accountId).toBe(mine.accountId);
  });

  it('adds time in the last two minutes, and the focus stays with the button', async () => {
    const [running] = (await recruiter.call('GET /interviews', { query: { status: 'running' } })).items;
    await servers.query('UPDATE "Interview" SET "endsAt" = now() + interval \'100 seconds\' WHERE id = $1', [running!.id]);
    await desk.reload();
    await content(desk).getByText('正在和陈秀英面谈').waitFor();
    await press(desk, button(desk, '加时间'));
    await press(desk, button(desk, '加 5 分钟'));
    await toldAloud(desk, '加了 5 分钟');
    await eventually('the focus on the button', async () => /^加时间/.test(await focused(desk)));
    await eventually('five minutes more', async () => (await recruiter.call('GET /interviews/:interviewId', { params: { interviewId: running!.id } })).extended === 5);
  });

  it('ends it, scores it, and gives the result', async () => {
    await press(desk, button(desk, '结束面试'));
    await dialog(desk).getByText('打分和结果可以接着写').waitFor();
    await expectHeld(desk);
    await press(desk, inDialog(desk, '结束面试'));
    await content(desk).getByRole('heading', { name: '给陈秀英的结果' }).waitFor();
    await settled(desk);
    await goesOn(desk);
    await expectReachable(desk, 'after', '#content');
    await press(desk, content(desk).getByRole('radio', { name: '下一轮' }).first(), 'Space');
    await tabTo(desk, content(desk).getByLabel('告诉求职者'));
    await desk.keyboard.type('第一轮通过，我们会打电话约下一轮。');
    await press(desk, button(desk, '给结果，通知求职者'));
    await toldAloud(desk, '结果发给求职者了');
    await content(desk).getByText('求职者在手机上能看到。').waitFor();
  });

  it('opens times for booking, and cancels one', async () => {
    await desk.goto(`${servers.urls[0]}/console/slots`);
    await press(desk, desk.getByRole('button', { name: '开放时段' }).first());
    const from = nextQuarter();
    await dialog(desk).getByLabel('日期').waitFor();
    await expectHeld(desk);
    // The browser's own fields of a date and a time are Chromium's: they take what is typed in its order, which is not ours to test.
    await dialog(desk).getByLabel('日期').fill(chinaDay(from));
    await dialog(desk).getByLabel('几点开始').fill(chinaClock(from));
    await tabTo(desk, dialog(desk).getByLabel('几场'));
    await desk.keyboard.press('Control+a');
    await desk.keyboard.type('3');
    await toldAloud(desk, '会有 3 场');
    await press(desk, inDialog(desk, '开放预约'));
    await toldAloud(desk, '开放了 3 场');
    await content(desk).getByText('可预约').first().waitFor();
    await expectReachable(desk, 'slots', '#content');
    await press(desk, content(desk).getByRole('button', { name: /^取消 / }).last());
    await press(desk, dialog(desk).getByLabel('原因'), 'x');
    await press(desk, inDialog(desk, '取消这个时段'));
    await toldAloud(desk, '取消了');
  });
});

inLong('a candidate without a mouse', () => {
  it('queues, with a sign-in and one’s own yes on the way', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', reducedMotion: 'reduce', permissions: ['camera', 'microphone'] });
    phone = await context.newPage();
    await phone.goto(`${servers.urls[0]}/booths/${boothId}`);
    await press(phone, button(phone, '排队面试'));
    await browsing.signIn(phone);
    await dialog(phone).getByRole('heading', { name: `排${employerName}的队` }).waitFor();
    await expectHeld(phone);
    await press(phone, dialog(phone).getByLabel('名字'), 'End');
    await phone.keyboard.type('陈小明');
    await press(phone, dialog(phone).getByLabel(/同意海峤精密制造有限公司看我的资料/), 'Space');
    await press(phone, inDialog(phone, '排队'));
    await dialog(phone).waitFor({ state: 'hidden' });
    await press(phone, content(phone).getByRole('link', { name: '看我的位置' }));
    await toldAloud(phone, '下一位就是你');
    await expectReachable(phone, 'my interviews');
  });

  it('answers the call, which takes the focus and keeps it, and goes in', async () => {
    const { id } = await recruiter.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });
    await toldAloud(phone, '到你了');
    await expectHeld(phone, '[role=alertdialog]');
    await phone.keyboard.press('Escape'); // out of the way; the page has it still
    await phone.getByRole('alertdialog').waitFor({ state: 'hidden' });
    await press(phone, content(phone).getByRole('link', { name: '进入面试' }));
    await phone.waitForURL(new RegExp(id));
    await button(phone, '进入面试').waitFor();
    await expectReachable(phone, 'the pre-check');
    await press(phone, button(phone, '进入面试'));
    await content(phone).getByRole('toolbar', { name: '面试房间' }).waitFor();
    await eventually('a running interview', async () => (await recruiter.call('GET /interviews/:interviewId', { params: { interviewId: id } })).status === 'running');
    await expectReachable(phone, 'the room');
  });

  it('mutes, writes, chooses sound alone, and leaves; each sheet gives the focus back', async () => {
    await press(phone, button(phone, '静音'), 'Space');
    await eventually('the same button still has it', async () => (await focused(phone)) === '开麦');
    await press(phone, button(phone, '打字'));
    await expectHeld(phone);
    await tabTo(phone, dialog(phone).getByLabel('写给对方'));
    await phone.keyboard.type('我听得很清楚');
    await phone.keyboard.press('Enter');
    await toldAloud(phone, '我听得很清楚');
    await phone.keyboard.press('Escape');
    await eventually('back at the button', async () => /^打字/.test(await focused(phone)));
    await press(phone, button(phone, '更多'));
    await press(phone, dialog(phone).getByRole('radio', { name: /只用声音/ }));
    await eventually('back at the other button', async () => (await focused(phone)) === '更多');
    await press(phone, button(phone, '离开'));
    await expectHeld(phone);
    await press(phone, inDialog(phone, '离开'));
    await button(phone, '回到房间').waitFor();
    await goesOn(phone);
    await expectReachable(phone, 'left');
    const [running] = (await recruiter.call('GET /interviews', { query: { status: 'running' } })).items;
    await recruiter.call('POST /interviews/:interviewId/end', { params: { interviewId: running!.id } });
  });

  it('books a time, moves it, and gives it back', async () => {
    await phone.goto(`${servers.urls[0]}/booths/${boothId}`);
    const times = content(phone).getByRole('radio');
    await press(phone, times.first());
    await dialog(phone).getByRole('heading', { name: `约${employerName}面试` }).waitFor();
    const yes = dialog(phone).getByLabel(/同意海峤精密制造有限公司看我的资料/);
    if (!(await yes.isChecked())) await press(phone, yes, 'Space');
    await press(phone, inDialog(phone, '约这个时间'));
    await toldAloud(phone, /约好/);
    await phone.goto(`${servers.urls[0]}/me/interviews`);
    await press(phone, button(phone, '换时间'));
    await press(phone, dialog(phone).getByRole('radio').first());
    await press(phone, dialog(phone).getByRole('button', { name: /^换到/ }));
    await toldAloud(phone, '换好了');
    await settled(phone); // the card is another one now
    await goesOn(phone);
    await press(phone, button(phone, '不去了'));
    await expectHeld(phone);
    await press(phone, inDialog(phone, '取消面试'));
    await toldAloud(phone, '取消了');
  });
});
