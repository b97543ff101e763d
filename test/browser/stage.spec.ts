/** 连麦 through the pages alone: two hosts, candidates who raise a hand, wait, are asked and agree; what a third viewer decodes. In real Chromium. */
import type { Broadcast } from '#libs/contracts';
import type { Page } from 'playwright-core';
import { broadcasting } from '../support/broadcasting.js';
import type { Browsing } from '../support/browsing.js';
import { anyAutoplay, fakeDevices, seriousFaults } from '../support/chromium.js';
import { Encoder } from '../support/encoder.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { keyboardFaults } from '../support/keyboard.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { enterStudio, goLive } from '../support/studio-page.js';
import { heard, keepConnections, moving } from '../support/watching.js';
import { eventually, type World } from '../support/world.js';

let ground: Fairground;
let servers: Servers;
let world: World;
let people: Browsing;
let id: string;
let broadcast: () => Promise<Broadcast>;
/** Another of the same employer's, with the first host alone. */
let schedule: (title: string, hostIds: string[]) => Promise<string>;
let host: { loginName: string; accountId: string };
let studio: Page;
let second: Page;
let third: Page;
const guests: Page[] = [];

const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();
const content = (page: Page) => page.locator('#content');
const sheet = (page: Page) => page.getByRole('dialog');
/** A candidate comes and raises a hand; the sign-in is asked for on the way. */
async function raise(page: Page, signedIn = false): Promise<void> {
  await content(page).getByRole('button', { name: '举手' }).click();
  if (!signedIn) await people.signIn(page);
  await sheet(page).getByRole('button', { name: '举手排队' }).click();
}
const askNext = async () => {
  await studio.getByRole('tab', { name: /^连麦/ }).click();
  await studio.getByRole('button', { name: /^邀请 .* 上麦$/ }).first().click();
};
/** Raises a hand, is asked, and comes on stage. */
async function comesUp(page: Page): Promise<void> {
  await raise(page, true);
  await sheet(page).getByText('第 1 位').waitFor();
  await askNext();
  await sheet(page).getByRole('button', { name: '试麦克风' }).click();
  await sheet(page).getByRole('button', { name: '同意，上麦' }).click({ timeout: 30_000 });
  await content(page).getByText('你在麦上').waitFor({ timeout: 40_000 });
}

jest.setTimeout(120_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, anyAutoplay]);
  ({ servers, world, people } = ground);
  await mediaReady(world);
  const { employer, fairId, broadcast: { boothId }, jobs } = await broadcasting(world);
  host = await people.invite(employer, 'employerAdmin', '林主播');
  const colleague = await people.invite(employer, 'recruiter', '陈厂长');
  schedule = async (title, hostIds) => (await employer.admin.call('POST /fairs/:fairId/broadcasts', { params: { fairId }, body: {
    boothId, kind: 'talk', title, startsAt: minutes(5), endsAt: minutes(90), jobIds: jobs.map((job) => job.id), hostIds,
  } })).id;
  id = await schedule('两位主播', [host.accountId, colleague.accountId]);
  broadcast = () => employer.admin.call('GET /broadcasts/:broadcastId', { params: { broadcastId: id } });
  studio = await people.console(host.loginName, `/studio/${id}`);
  second = await people.console(colleague.loginName, `/studio/${id}`);
}, 240_000);

afterAll(() => ground?.close());

inLong('the stage', () => {
  it('has two hosts, who see and hear each other, and whom a viewer sees and hears', async () => {
    await enterStudio(studio);
    await goLive(studio);
    await enterStudio(second);
    await moving(studio, '.stage', 2);
    await moving(second, '.stage', 2);
    third = await people.phone(`/live/${id}`, {}, (context) => context.addInitScript(keepConnections));
    await content(third).getByRole('button', { name: '点一下开声音' }).click();
    await moving(third, '.screen', 2);
    await heard(third, 2);
  });

  it('is waited for in the order of hands, on the phone and in the studio', async () => {
    for (const nth of [1, 2]) {
      const page = await people.phone(`/live/${id}`);
      guests.push(page);
      await raise(page);
      await sheet(page).getByText(`第 ${nth} 位`).waitFor();
    }
    await studio.getByRole('tab', { name: /^连麦/ }).click();
    await eventually('two in order', async () => (await studio.getByRole('button', { name: /^邀请 .* 上麦$/ }).count()) === 2);
    expect(await studio.locator('li .place').allInnerTexts()).toEqual(['1', '2']);
  });

  it('lets who was asked and agreed be seen and heard by everybody, until they leave', async () => {
    const [first, next] = guests as [Page, Page];
    await askNext();
    await sheet(first).getByText('主播请你说话').waitFor();
    await sheet(next).getByText('第 1 位').waitFor();
    await heard(third, 2); // asked is not on air
    expect((await broadcast()).state.stage).toEqual([]);
    await sheet(first).getByText('同时打开摄像头').click();
    await sheet(first).getByRole('button', { name: '试麦克风' }).click();
    await sheet(first).getByRole('button', { name: '同意，上麦' }).click({ timeout: 30_000 });
    await content(first).getByText('你在麦上').waitFor({ timeout: 40_000 });
    await moving(third, '.screen', 3);
    await heard(third, 3);
    await moving(studio, '.stage', 3);
    await moving(second, '.stage', 3);
    await content(first).getByRole('button', { name: '关麦' }).click();
    await heard(third, 2);
    await content(first).getByRole('button', { name: '开麦' }).click();
    await heard(third, 3);
    await content(first).getByRole('button', { name: '下麦' }).click();
    await first.getByText('你下麦了', { exact: true }).first().waitFor(); // one’s own doing, and told as such
    await moving(third, '.screen', 2);
    await eventually('nobody on stage', async () => (await broadcast()).state.stage.length === 0);
  });

  it('can be turned down; and a host ends a turn, which the guest reads', async () => {
    const [, next] = guests as [Page, Page];
    await askNext();
    await sheet(next).getByRole('button', { name: '这次不了' }).click();
    await studio.getByText('没有人举手').waitFor();
    await comesUp(next);
    await heard(third, 3);
    await moving(third, '.screen', 2); // sound alone
    await studio.getByRole('button', { name: /^请下麦：/ }).click();
    await next.getByText('主播请你下麦了', { exact: true }).first().waitFor();
    await heard(third, 2);
  });

  it('is taken with everything else from who is banned there without ever having written', async () => {
    const [, next] = guests as [Page, Page];
    await comesUp(next);
    await heard(third, 3);
    await studio.getByRole('button', { name: /^处理 .*：禁言或请出$/ }).click();
    const dialog = studio.getByRole('dialog', { name: '处理这位观众' });
    await dialog.getByRole('radio', { name: /请出这场直播/ }).check();
    await dialog.getByRole('button', { name: '骂人' }).click();
    await dialog.getByRole('button', { name: '就这样办' }).click();
    await content(next).getByText('你被请出了这场直播', { exact: true }).waitFor();
    await heard(third, 2);
    await next.reload();
    await content(next).getByText('你被请出了这场直播', { exact: true }).waitFor();
    await content(next).getByRole('button', { name: '你被请出了这场直播，不能发言' }).waitFor();
    expect(await content(next).getByRole('button', { name: '举手' }).count()).toBe(0);
  });

  it('and its pages are reached by keyboard alone, and have nothing that axe calls serious', async () => {
    for (const [name, page] of Object.entries({ studio, second, third })) {
      expect([name, await seriousFaults(page), await keyboardFaults(page)]).toEqual([name, [], []]);
    }
    // The host's own keys: nothing of a person's typing is taken for one.
    await studio.getByRole('tab', { name: /^聊天/ }).click();
    await studio.getByLabel('以主播身份说话').fill('');
    await studio.getByLabel('以主播身份说话').pressSequentially('m');
    expect(await studio.getByLabel('以主播身份说话').inputValue()).toBe('m');
    // Outside of a field the same key mutes: had the first been taken for it, this one would unmute.
    await studio.getByRole('log').click();
    await studio.keyboard.press('m');
    await studio.getByText('麦关着，观众听不到你').waitFor();
    await studio.getByRole('button', { name: '开麦' }).click();
    expect(people.errors.flat()).toEqual([]);
  });
});

inLong('a host with OBS alone', () => {
  it('finds each step and the key on the studio’s page, rehearses and goes live with what the encoder sends', async () => {
    for (const page of [second, third, ...guests]) await page.context().close();
    await studio.getByRole('button', { name: '下播' }).click();
    await studio.getByRole('dialog').getByRole('button', { name: '下播', exact: true }).click();
    await studio.getByRole('heading', { name: '这一场播完了' }).waitFor();
    id = await schedule('用编码器播', [host.accountId]);
    await studio.goto(`${servers.urls[0]}/console/studio/${id}`);
    await studio.getByRole('button', { name: '用 OBS 推流，这里不开摄像头' }).click();
    await studio.getByText('服务选 WHIP', { exact: false }).waitFor();
    await studio.getByRole('button', { name: '生成推流密钥' }).click();
    const url = new URL(await studio.getByLabel('服务器地址').inputValue());
    const key = await studio.getByLabel('密钥（Bearer Token）').inputValue();
    expect(await seriousFaults(studio)).toEqual([]);
    await studio.getByRole('button', { name: '进去排练' }).click();
    await studio.getByRole('toolbar', { name: '直播间' }).waitFor();
    const encoder = await Encoder.start();
    try {
      await encoder.publish(new URL(url.pathname, servers.mediaUrls[0]).href, key);
      await moving(studio, '.stage', 1);
      await goLive(studio);
      const page = await people.phone(`/live/${id}`, {}, (context) => context.addInitScript(keepConnections));
      await content(page).getByRole('button', { name: '点一下开声音' }).click();
      await moving(page, '.screen', 1);
      await heard(page, 1);
    } finally {
      await encoder.stop();
    }
  });
});
