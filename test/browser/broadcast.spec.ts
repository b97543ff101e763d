/** What else happens to a broadcast: the organiser stops it and keeps its words, a tour (直播探岗) is shown with a phone, a browser gives no camera. In real Chromium. */
import type { Broadcast, Job } from '#libs/contracts';
import type { Page } from 'playwright-core';
import { broadcasting, type Broadcasting } from '../support/broadcasting.js';
import type { Browsing, Colleague } from '../support/browsing.js';
import { anyAutoplay, fakeDevices, rememberInPage, seriousFaults, stickingOut } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { keyboardFaults } from '../support/keyboard.js';
import { inLong, itInLong, long } from '../support/runs.js';
import { confirm, enterStudio, goLive } from '../support/studio-page.js';

const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();

let ground: Fairground;
let people: Browsing;
let show: Broadcasting;
let host: Colleague;
let id: string;

const broadcast = (): Promise<Broadcast> => show.employer.admin.call('GET /broadcasts/:broadcastId', { params: { broadcastId: id } });
/** Another of the host's. @returns its id */
const schedule = async (kind: 'talk' | 'tour', title: string) => (await show.employer.admin.call('POST /fairs/:fairId/broadcasts', { params: { fairId: show.fairId }, body: {
  boothId: show.broadcast.boothId, kind, title, startsAt: minutes(5), endsAt: minutes(90), jobIds: show.jobs.map((job: Job) => job.id), hostIds: [host.accountId],
} })).id;

jest.setTimeout(240_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, anyAutoplay]);
  people = ground.people;
  await mediaReady(ground.world);
  show = await broadcasting(ground.world);
  host = await people.invite(show.employer, 'employerAdmin', '林主播');
}, 240_000);

afterAll(() => ground?.close());

inLong('an organiser', () => {
  let desk: Page;

  it('stops a broadcast with a reason, which its host reads', async () => {
    id = await schedule('talk', '第二场');
    const studio = await people.console(host.loginName, `/studio/${id}`);
    await enterStudio(studio);
    await goLive(studio);
    const { loginName } = await people.invite(show.bureau, 'organiserAdmin', '陈科长');
    desk = await people.console(loginName, `/fairs/${show.fairId}/broadcasts/${id}`);
    await desk.getByRole('button', { name: '停播' }).click();
    await confirm(desk, '停播');
    await desk.getByText('请写明原因').waitFor();
    await desk.getByRole('dialog').getByRole('button', { name: '向求职者收费' }).click();
    await confirm(desk, '停播');
    await studio.getByRole('heading', { name: '主办方停了这一场' }).waitFor();
    await studio.getByText('向求职者收费').waitFor();
    expect((await broadcast()).stopped).toMatchObject({ reason: '向求职者收费' });
    await studio.context().close();
  });

  it('keeps the words that are held, and sees online viewers as a number of their own on the desk', async () => {
    await desk.goto(`${ground.servers.urls[0]}/console/held-words`);
    await desk.getByLabel('词或短语').fill('包你上岗');
    await desk.getByRole('radio', { name: /诈骗/ }).check();
    await desk.getByRole('button', { name: '加上' }).click();
    await desk.getByText('还没保存').waitFor();
    await desk.getByRole('button', { name: '保存' }).click();
    await desk.getByText('保存好了，正在播的也马上用新的').waitFor();
    expect(await show.bureau.admin.call('GET /held-words')).toEqual(expect.arrayContaining([{ text: '包你上岗', kind: 'fraud' }]));
    expect(await seriousFaults(desk)).toEqual([]);
    await desk.goto(`${ground.servers.urls[0]}/console/fairs/${show.fairId}/desk`);
    await desk.getByRole('heading', { name: '线上直播' }).waitFor();
    await desk.getByText('不算场内').waitFor();
  });
});

inLong('a tour with a phone', () => {
  it('stamps time and place on what is shown; without a place the time alone, and says so', async () => {
    id = await schedule('tour', '海峤探岗');
    const phone = await people.console(host.loginName, `/studio/${id}`, { phone: true, permissions: ['camera', 'microphone', 'geolocation'], geolocation: { latitude: 26.07, longitude: 119.3, accuracy: 20 } });
    await enterStudio(phone);
    await goLive(phone);
    await phone.getByRole('button', { name: '车间拍到了，盖上时间地点' }).click();
    await phone.getByText(/已盖时间地点/).waitFor();
    await phone.context().clearPermissions();
    await phone.context().grantPermissions(['camera', 'microphone']);
    await phone.getByRole('button', { name: '食堂拍到了，盖上时间地点' }).click();
    await phone.getByText('没有位置，只盖了时间').waitFor();
    const stops = new Map((await broadcast()).tour.map((stop) => [stop.place, stop]));
    expect(stops.get('workshop')).toMatchObject({ latitude: 26.07, longitude: 119.3 });
    expect(stops.get('canteen')).toMatchObject({ latitude: null });
    expect(stops.get('canteen')!.shownAt).not.toBeNull();
    const add = phone.getByRole('button', { name: '食堂补上位置' });
    await add.click();
    await phone.getByText('手机没给位置，没补上').waitFor();
    await phone.context().grantPermissions(['camera', 'microphone', 'geolocation']);
    await add.click();
    await add.waitFor({ state: 'detached' });
    const canteen = (await broadcast()).tour.find((stop) => stop.place === 'canteen')!;
    expect(canteen).toMatchObject({ shownAt: stops.get('canteen')!.shownAt, latitude: 26.07, longitude: 119.3 });
    expect(Date.parse(canteen.locatedAt!)).toBeGreaterThan(Date.parse(canteen.shownAt!));
    expect([await stickingOut(phone), await seriousFaults(phone), await keyboardFaults(phone)]).toEqual([[], [], []]);
    await phone.context().close();
  });
});

itInLong('says what to do when the browser gives no camera', async () => {
  id = await schedule('talk', '第三场');
  const page = await people.console(host.loginName, `/studio/${id}`, {}, (context) => context.addInitScript(`navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))`));
  await page.getByRole('button', { name: '打开摄像头和麦克风' }).click();
  await page.getByText('浏览器不让用摄像头或麦克风').waitFor();
  await page.getByRole('button', { name: '再试一次' }).waitFor();
  await rememberInPage(page, 'fw-language', 'en');
  await page.reload();
  await page.getByRole('button', { name: 'Open camera and microphone' }).click();
  await page.getByText('The browser does not allow camera or microphone').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.context().close();
});

itInLong('threw no error in any page’s script', () => {
  expect(people.errors.flat()).toEqual([]);
});
