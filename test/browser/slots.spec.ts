/** Booked times in real Chromium: published, booked, moved, late, cancelled, with the calendar's file and the reminder; and a station's one computer for two people. */
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import type { Slot } from '#libs/contracts';
import type { Browser, Page } from 'playwright-core';
import { textsTo } from '../../infra/bench/texts.js';
import { boothFor } from '../support/booth.js';
import type { Browsing } from '../support/browsing.js';
import type { Caller } from '../support/caller.js';
import { chinaClock, chinaDay, nextQuarter } from '../support/china-time.js';
import { anyAutoplay, expectClean, fakeDevices, newPhone, picture, scriptErrors } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { eventually, type Bureau, type Candidate, type Employer, type World } from '../support/world.js';

const MINUTE = 60_000;

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let employer: Employer;
let recruiter: Caller;
let clerkCaller: Caller;
let boothId: string;
let browser: Browser;
let browsing: Browsing;
let login: string;
let clerkLogin: string;
let desk: Page;
let phone: Page;
let clerk: Page;
let errors: string[];

const content = (page: Page) => page.locator('#content');
const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string | RegExp) => content(page).getByRole('button', { name }).first();
const slots = (): Promise<Slot[]> => recruiter.call('GET /slots/mine', {});
/** The texts that were sent to a phone so far: nobody sends them here, so they stand in the log. */
const texts = (number: string) => textsTo(number, servers.lines);

jest.setTimeout(120_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, anyAutoplay]);
  ({ servers, world, browser, people: browsing } = ground);
  await mediaReady(world);
  ({ bureau, employer, boothId } = await boothFor(world, '海峤精密制造有限公司'));
  ({ loginName: login, caller: recruiter } = await browsing.invite(employer, 'recruiter', '周女士'));
  await recruiter.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'open', minutes: 60 } });
  const station = await bureau.admin.call('POST /organisations/stations', { body: { name: '长桥镇就业驿站', regionCode: bureau.regionCode } });
  ({ loginName: clerkLogin, caller: clerkCaller } = await browsing.invite({ admin: bureau.admin, organisationId: station.id }, 'stationClerk', '吴站长'));
}, 240_000);

afterAll(() => ground?.close());

inLong('a booked time', () => {
  let who: Candidate;
  let mine: Slot[];

  it('is published at the desk and booked on a phone, with one’s own yes', async () => {
    desk = await browsing.console(login, undefined, { permissions: [] });
    await desk.getByRole('link', { name: '预约时段' }).click();
    await button(desk, '开放时段').click();
    const from = nextQuarter();
    await dialog(desk).getByLabel('日期').fill(chinaDay(from));
    await dialog(desk).getByLabel('几点开始').fill(chinaClock(from));
    await dialog(desk).getByLabel('几场').fill('3');
    await dialog(desk).getByRole('button', { name: '开放预约' }).click();
    await content(desk).getByText('可预约').first().waitFor();
    mine = await slots();
    expect(mine).toHaveLength(3);

    const context = await newPhone(browser, { acceptDownloads: true });
    phone = await context.newPage();
    errors = scriptErrors(phone);
    await phone.goto(`${servers.urls[0]}/booths/${boothId}`);
    await content(phone).getByRole('radio', { name: new RegExp(chinaClock(mine[0]!.startsAt)) }).click();
    who = await browsing.signIn(phone);
    await dialog(phone).getByRole('heading', { name: '约海峤精密制造有限公司面试' }).waitFor();
    await dialog(phone).getByRole('button', { name: '约这个时间' }).click({ force: true });
    await dialog(phone).getByText('才能约').first().waitFor(); // nothing goes out without a yes
    expect((await slots())[0]!.status).toBe('open');
    await dialog(phone).getByLabel('名字').fill('吴清根');
    await dialog(phone).getByLabel(/同意海峤精密制造有限公司看我的资料/).check();
    await expectClean(phone, 'book');
    await dialog(phone).getByRole('button', { name: '约这个时间' }).click();
    await content(desk).getByText('吴清根').waitFor(); // the desk hears of it by itself
    await expectClean(desk, 'slots');
  });

  it('moves, and its calendar file moves along in the right zone', async () => {
    await phone.goto(`${servers.urls[0]}/me/interviews`);
    const card = phone.getByRole('article', { name: '海峤精密制造有限公司' });
    await card.getByText(chinaClock(mine[0]!.startsAt)).first().waitFor();
    await picture(phone, 'slots-mine');
    await expectClean(phone, 'my bookings');
    await card.getByRole('button', { name: '换时间' }).click();
    await dialog(phone).getByRole('radio', { name: new RegExp(chinaClock(mine[1]!.startsAt)) }).click();
    await expectClean(phone, 'move');
    await dialog(phone).getByRole('button', { name: /^换到/ }).click();
    await card.getByText(chinaClock(mine[1]!.startsAt)).first().waitFor();
    expect((await slots()).map(({ status }) => status)).toEqual(['open', 'booked', 'open']);

    const saved = phone.waitForEvent('download');
    await card.getByRole('button', { name: '加到日历' }).click();
    const file = readFileSync(await (await saved).path(), 'utf8');
    const entry = new ICAL.Component(ICAL.parse(file) as unknown[]).getFirstSubcomponent('vevent')!;
    const { startDate, endDate, sequence } = new ICAL.Event(entry);
    expect([startDate, endDate].map((at) => at.toUnixTime() * 1_000)).toEqual([mine[1]!.startsAt, mine[1]!.endsAt].map(Date.parse));
    expect([startDate.zone.tzid, sequence, entry.getFirstPropertyValue('status')]).toEqual(['Asia/Shanghai', 2, 'CONFIRMED']);
    expect(file).toContain('TRIGGER:-PT30M');
    expect(String(entry.getFirstPropertyValue('url'))).toMatch(/\/me\/interviews$/);
  });

  it('says that it is late while the recruiter’s meeting before it goes on, and on time again when that ends', async () => {
    const walker = await world.named('陈秀英');
    await walker.caller.call('POST /booths/:boothId/queue/places', { params: { boothId }, body: { mode: 'onSite', consent: true } });
    const meeting = await recruiter.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });
    await recruiter.call('POST /interviews/:interviewId/begin', { params: { interviewId: meeting.id } });
    await content(phone).getByText(/前一位还没结束，预计 \d\d:\d\d 开始/).waitFor();
    await expectClean(phone, 'late');
    await picture(phone, 'slots-late');
    await desk.goto(`${servers.urls[0]}/console/slots?day=${chinaDay(mine[1]!.startsAt)}`);
    await content(desk).getByText(/晚|预计/).first().waitFor();
    const late = (await slots())[1]!;
    expect(Date.parse(late.expectedAt) - Date.parse(late.startsAt)).toBeGreaterThan(20 * MINUTE);
    await eventually('the text that says so', () => texts(who.phone).some((line) => line.includes('要晚一些') && line.includes(chinaClock(late.expectedAt))));
    await recruiter.call('POST /interviews/:interviewId/end', { params: { interviewId: meeting.id } });
    await content(phone).getByText(/前一位还没结束/).waitFor({ state: 'detached' });
    await eventually('the text that it is on time', () => texts(who.phone).some((line) => line.includes('准时开始')));
  });

  it('is cancelled, and open for others at once', async () => {
    await phone.getByRole('article', { name: '海峤精密制造有限公司' }).getByRole('button', { name: '不去了' }).click();
    await dialog(phone).getByRole('button', { name: '取消面试' }).click();
    await content(phone).getByText('还没有面试').or(content(phone).getByText('取消了')).first().waitFor();
    await eventually('the slot is open', async () => (await slots())[1]!.status === 'open');
    expect(errors).toEqual([]);
  });

  it('is reminded of half an hour before, with the address of the page where one acts', async () => {
    const startsAt = new Date(Date.now() + 30 * MINUTE + 5_000).toISOString();
    const [slot] = await employer.admin.call('POST /slots', { body: { boothId, startsAt, minutes: 15, count: 1 } });
    await who.caller.call('POST /slots/:slotId/booking', { params: { slotId: slot!.id }, body: { consent: true } });
    await eventually('the reminder', () => texts(who.phone).some((line) => line.includes('请提前几分钟打开') && line.includes('/me/interviews')), 30_000);
    await phone.goto(servers.urls[0]!);
    await content(phone).getByText(chinaClock(startsAt)).first().waitFor();
    await picture(phone, 'slots-home');
  });
});

inLong('a station’s one computer', () => {
  const [first, second, secret] = ['赖长妹', '雷春生', '我膝盖不好，能坐着做吗'];

  async function comes(name: string, n: number): Promise<void> {
    const person = await clerkCaller.call('POST /station/people', { body: { name, phone: `139${String(Date.now() + n).slice(-8)}`, consent: true } });
    await clerkCaller.call('POST /station/people/:personId/queue-places', { params: { personId: person.id }, body: { boothId, mode: 'online', consent: true } });
  }
  async function sits(name: string): Promise<void> {
    await recruiter.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });
    await content(clerk).getByRole('link', { name: `开始${name}的面试` }).click();
    await content(clerk).getByRole('heading', { name: `请${name}坐到电脑前` }).waitFor();
    await expectClean(clerk, `the check of ${name}`);
    await button(clerk, '打开摄像头和麦克风').click();
    await button(clerk, '准备好了，进去').click();
    await content(clerk).getByRole('toolbar').waitFor();
  }
  /** What this browser holds of the page that is open and of those before it. */
  const held = (page: Page): Promise<string> => page.evaluate<string>(`document.documentElement.outerHTML + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.title + JSON.stringify(history.state)`);
  const cameras = (page: Page): Promise<number> => page.evaluate<number>(`[...document.querySelectorAll('video')].filter((one) => one.srcObject?.getTracks().some((track) => track.readyState === 'live')).length`);

  it('is for one person, and then for the next, with nothing of the first left', async () => {
    await comes(first!, 1);
    await comes(second!, 2);
    clerk = await browsing.console(clerkLogin);
    await content(clerk).getByText(second!).first().waitFor();
    await sits(first!);
    await button(clerk, /打字/).click();
    await content(clerk).getByRole('textbox').fill(secret!);
    await clerk.keyboard.press('Enter');
    await content(clerk).getByText(secret!).waitFor();
    await picture(clerk, 'station-first');
    const [meeting] = (await recruiter.call('GET /interviews', { query: { status: 'running' } })).items;
    await recruiter.call('POST /interviews/:interviewId/end', { params: { interviewId: meeting!.id } });
    await button(clerk, '清干净，回到工作人员').click();
    await content(clerk).getByRole('heading', { name: first! }).waitFor();
    expect(await cameras(clerk)).toBe(0);
    expect(await held(clerk)).not.toContain(secret);
    await button(clerk, '他回家了').click();
    await dialog(clerk).getByRole('button', { name: '他回家了' }).click();
    await content(clerk).getByText(second!).first().waitFor();

    await sits(second!);
    await button(clerk, /打字/).click();
    for (const theirs of [first, secret]) expect(await held(clerk)).not.toContain(theirs);
    await picture(clerk, 'station-second');
    // Back is not a way into somebody else's room.
    const [running] = (await recruiter.call('GET /interviews', { query: { status: 'running' } })).items;
    await recruiter.call('POST /interviews/:interviewId/end', { params: { interviewId: running!.id } });
    await button(clerk, '清干净，回到工作人员').click();
    await content(clerk).getByRole('heading', { name: second! }).waitFor();
    let steps = 0;
    for (; steps < 4; steps++) {
      await clerk.goBack().catch(() => null); // there may be no page before
      if (!clerk.url().startsWith('http')) break; // before the first page
      await clerk.locator('#content').waitFor();
      await clerk.waitForLoadState('networkidle');
      const left = await held(clerk);
      expect([clerk.url(), left.includes(first!), left.includes(secret!), await cameras(clerk)]).toEqual([clerk.url(), false, false, 0]);
    }
    expect(steps).toBeGreaterThan(1);
  });
});
