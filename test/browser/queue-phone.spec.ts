/** The queue between a desk and a phone that came by the booth's QR; and a station whose computer has no camera, no microphone, and at first no node. */
import type { Page } from 'playwright-core';
import { boothFor } from '../support/booth.js';
import type { Browsing } from '../support/browsing.js';
import type { Caller } from '../support/caller.js';
import { expectClean, picture } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { emptyNodes, fullNodes, mediaReady } from '../support/interviewing.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { eventually, type Candidate, type Employer, type World } from '../support/world.js';

const employerName = '海峤精密制造有限公司';

let ground: Fairground;
let servers: Servers;
let world: World;
let employer: Employer;
let boothId: string;
let fairId: string;
let browsing: Browsing;
let login: string;
let clerkLogin: string;
let clerkCaller: Caller;

const content = (page: Page) => page.locator('#content');
const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string | RegExp) => content(page).getByRole('button', { name }).first();
const queue = () => world.anyone.call('GET /booths/:boothId/queue', { params: { boothId } });
const callNext = () => employer.admin.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });

jest.setTimeout(120_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open();
  ({ servers, world, people: browsing } = ground);
  await mediaReady(world);
  const at = await boothFor(world, employerName);
  ({ employer, boothId } = at);
  fairId = at.fair.id;
  await employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'open' } });
  ({ loginName: login } = await browsing.invite(employer, 'recruiter', '周女士'));
  const station = await at.bureau.admin.call('POST /organisations/stations', { body: { name: '长桥镇就业驿站', regionCode: at.bureau.regionCode } });
  ({ loginName: clerkLogin, caller: clerkCaller } = await browsing.invite({ admin: at.bureau.admin, organisationId: station.id }, 'stationClerk', '吴站长'));
}, 240_000);

afterAll(() => ground?.close());

inLong('a queue between a desk and a phone', () => {
  let desk: Page;
  let phone: Page;
  let person: Candidate;

  it('takes who scanned the booth’s QR, and is limited at the desk', async () => {
    const { leadCode } = await employer.admin.call('GET /booths/:boothId/code', { params: { boothId } });
    phone = await browsing.phone(`/b/${leadCode}`, { permissions: [] });
    await button(phone, '我在展位，排队').click();
    person = await browsing.signIn(phone);
    await dialog(phone).getByLabel('名字').fill('李来福');
    await dialog(phone).getByLabel(new RegExp(`同意${employerName}看我的资料`)).check();
    await dialog(phone).getByRole('button', { name: '排队', exact: true }).click();
    await content(phone).getByRole('link', { name: '看我的位置' }).click();
    await content(phone).getByText('下一位就是你').waitFor();
    desk = await browsing.console(login, '/queue', { permissions: [] });
    await content(desk).getByText('李来福').waitFor(); // one queue, whichever way one came

    await button(desk, '排队设置').click();
    await dialog(desk).getByLabel('限制人数').check({ force: true });
    await dialog(desk).getByRole('textbox', { name: '最多排多少人' }).fill('1');
    await dialog(desk).getByRole('button', { name: '保存' }).click();
    await dialog(desk).waitFor({ state: 'hidden' });
    await content(desk).getByText('最多 1 人').waitFor();
    const { caller } = await world.named('吴清根');
    expect(await caller.refusal('POST /booths/:boothId/queue/places', { params: { boothId }, body: { mode: 'onSite', consent: true } })).toBe('queueFull');
    await picture(desk, 'queue-limited');
  });

  it('is paused and opened again: the phone says so by itself, and nobody is called meanwhile', async () => {
    await button(desk, '暂停').click();
    await desk.getByText('暂停了，排着的人位置都在').first().waitFor();
    await content(phone).getByText(/停/).first().waitFor();
    expect([(await queue()).status, await button(desk, /叫下一位/).isDisabled()]).toEqual(['paused', true]);
    await picture(phone, 'queue-paused');
    await button(desk, '排队中').click();
    await eventually('an open queue', async () => (await queue()).status === 'open');
    await content(phone).getByText(/大约|马上/).first().waitFor();
  });

  it('keeps the place of who missed the call, and “我回来了” is the next', async () => {
    const { id } = await callNext();
    await employer.admin.call('POST /interviews/:interviewId/missed', { params: { interviewId: id } });
    await phone.goto(`${servers.urls[0]}/me/interviews`);
    await content(phone).getByText('刚才叫到你，你没来').waitFor();
    await expectClean(phone, 'a missed call');
    await picture(phone, 'queue-missed');
    await button(phone, '我回来了').click();
    await content(phone).getByText('下一位就是你').waitFor();
    expect((await person.caller.call('GET /me/queue-places', {}))[0]).toMatchObject({ status: 'waiting', position: 1 });
  });

  it('is closed: who waits is told, and asked for first', async () => {
    await button(desk, '关闭').click();
    await dialog(desk).getByText('正在等的 1 人').waitFor();
    await dialog(desk).getByRole('button', { name: '关闭排队' }).click();
    await content(desk).getByText('现在没有人排队').waitFor();
    await content(phone).getByText('下一位就是你').waitFor({ state: 'detached' });
    expect([(await queue()).status, (await person.caller.call('GET /me/queue-places', {})).filter(({ status }) => status === 'waiting')]).toEqual(['closed', []]);
    await button(desk, '排队中').click();
    await eventually('an open queue', async () => (await queue()).status === 'open');
    await employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { limit: null } });
    await Promise.all([phone, desk].map((page) => page.context().close()));
    expect(browsing.errors.flat()).toEqual([]);
  });
});

inLong('a station’s computer', () => {
  const [one, two] = ['赖长妹', '雷春生'];
  let clerk: Page;
  const running = async () => (await employer.admin.call('GET /interviews', { query: { status: 'running' } })).items[0];
  /** Typed on the page, and read by the employer. */
  async function type(text: string): Promise<void> {
    await content(clerk).getByRole('textbox', { name: '写给对方' }).fill(text);
    await clerk.keyboard.press('Enter');
    await content(clerk).getByRole('log').getByText(text).waitFor();
    const meeting = await running();
    const messages = await employer.admin.call('GET /interviews/:interviewId/messages', { params: { interviewId: meeting!.id } });
    expect(messages.map((each) => each.text)).toContain(text);
  }

  it('holds the tickets of several people', async () => {
    for (const [n, name] of [one, two].entries()) await clerkCaller.call('POST /station/people', { body: { name: name!, phone: `139${String(Date.now() + n).slice(-8)}`, consent: true } });
    clerk = await browsing.console(clerkLogin, undefined, { permissions: [] });
    for (const name of [two, one]) {
      await content(clerk).getByRole('link', { name: new RegExp(name!) }).first().click();
      await content(clerk).getByRole('heading', { name: name! }).waitFor();
      await button(clerk, '领票').click();
      await dialog(clerk).getByLabel('哪一场招聘会').selectOption({ value: fairId });
      await dialog(clerk).getByRole('button', { name: '领票' }).click();
      await content(clerk).getByRole('button', { name: /^打印.*的票/ }).waitFor();
      if (name === two) await clerk.goto(`${servers.urls[0]}/console/station`);
    }
    const [tickets] = await servers.query<{ count: string }>('SELECT count(*) FROM "Ticket" WHERE "fairId" = $1', [fairId]);
    expect(Number(tickets!.count)).toBe(2);
    const people = await clerkCaller.call('GET /station/people', {});
    expect(people.map(({ name }) => name).sort()).toEqual([one, two].sort());
    await picture(clerk, 'station-tickets');
  });

  it('without camera and microphone goes in by text, with and without a node', async () => {
    const person = (await clerkCaller.call('GET /station/people', {})).find(({ name }) => name === one)!;
    await clerkCaller.call('POST /station/people/:personId/queue-places', { params: { personId: person.id }, body: { boothId, mode: 'online', consent: true } });
    await callNext();
    await content(clerk).getByRole('link', { name: `开始${one}的面试` }).click();
    await content(clerk).getByRole('heading', { name: `请${one}坐到电脑前` }).waitFor();
    expect(await content(clerk).getByRole('button', { name: '进去，只打字' }).count()).toBe(0); // not offered to who has not tried
    await button(clerk, '打开摄像头和麦克风').click();
    await content(clerk).getByRole('alert').first().waitFor();
    await button(clerk, '进去，只打字').waitFor();
    await expectClean(clerk, 'refused devices');
    await picture(clerk, 'station-refused');
    await fullNodes(world);
    try {
      await button(clerk, '进去，只打字').click();
      await content(clerk).getByText('现在没有画面和声音').waitFor();
      await type('我听不见，先打字');
      await expectClean(clerk, 'by text alone');
      await picture(clerk, 'station-by-text');
    } finally {
      await emptyNodes(world);
    }
    // It has gone on asking: now the other side would be seen and heard.
    await content(clerk).getByRole('region', { name: '通话和网络' }).waitFor();
    await content(clerk).getByText('现在没有画面和声音').waitFor({ state: 'detached' });
    await type('还是没有摄像头');
    await expectClean(clerk, 'without devices');
    await picture(clerk, 'station-no-devices');
    await employer.admin.call('POST /interviews/:interviewId/end', { params: { interviewId: (await running())!.id } });
    await button(clerk, '清干净，回到工作人员').click();
    await content(clerk).getByRole('heading', { name: one! }).waitFor();
    expect(await content(clerk).getByText('我听不见').count()).toBe(0);
  });
});
