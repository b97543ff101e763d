/** An interview's pages on a line that loses packets: the phone steps down to sound by itself and back, and both sides say so. */
import type { Page } from 'playwright-core';
import { boothFor } from '../support/booth.js';
import type { Browsing } from '../support/browsing.js';
import { anyAutoplay, fakeDevices, picture } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { LossyLine, throughLine } from '../support/lossy-line.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { eventually, type World } from '../support/world.js';

let ground: Fairground;
let servers: Servers;
let world: World;
let browsing: Browsing;
let desk: Page;
let phone: Page;
let line: LossyLine | undefined;

const content = (page: Page) => page.locator('#content');
const ladder = () => desk.getByRole('region', { name: '通话和网络' });

jest.setTimeout(180_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, anyAutoplay]);
  ({ servers, world, people: browsing } = ground);
  await mediaReady(world);
}, 240_000);

afterAll(async () => {
  await ground?.close();
  line?.close();
});

inLong('an interview on a line that loses packets', () => {
  it('begins with picture and sound, and says how both networks are', async () => {
    const { employer, boothId } = await boothFor(world);
    const { loginName, caller: recruiter } = await browsing.invite(employer, 'recruiter', '周女士');
    await recruiter.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'open' } });
    phone = await browsing.phone('/me/interviews', {}, async (context) => {
      await context.exposeFunction('lineTo', async (target: number) => (line ??= await LossyLine.open(target)).port);
      await context.addInitScript(throughLine(false));
    });
    await content(phone).getByRole('button', { name: /登录/ }).first().click();
    const { caller } = await browsing.signIn(phone);
    await caller.call('PATCH /me/profile', { body: { name: '陈小明' } });
    await caller.call('POST /booths/:boothId/queue/places', { params: { boothId }, body: { mode: 'online', consent: true } });
    const { id } = await recruiter.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });
    desk = await browsing.console(loginName, `/interview-room/${id}`);
    await phone.goto(`${servers.urls[0]}/interviews/${id}`);
    await content(phone).getByRole('button', { name: '进入面试' }).click();
    await content(phone).getByText(/^我.*好/).first().waitFor();
    await content(phone).getByText(/^对方.*好/).first().waitFor();
    await ladder().getByText(/^我方.*好/).first().waitFor();
    await ladder().getByText(/视频，正在用/).waitFor();
    expect(line!.passed).toBeGreaterThan(100);
  });

  it('steps down to sound by itself, says why, and shows a weak network on both sides', async () => {
    line!.loss = 0.18;
    await content(phone).getByText('网络不好，已改为语音').waitFor({ timeout: 40_000 });
    await content(phone).getByText('通话没断。网络好了，画面自动回来。').waitFor();
    await content(phone).getByText(/^我.*(弱|一般)/).first().waitFor();
    await eventually('the desk shows that theirs is weak', async () => (await ladder().locator('.net').allInnerTexts()).slice(1).some((text) => /弱|一般/.test(text)), 20_000);
    await picture(phone, 'line-down-phone');
    await picture(desk, 'line-down-desk');
  });

  it('comes back up by itself when it is calm, says so, and has counted its data all the while', async () => {
    const used = async () => Number(/用了 ([\d.]+) MB/.exec(await content(phone).innerText())?.[1] ?? 0);
    line!.loss = 0;
    await content(phone).getByText('网络好了，画面回来了').waitFor({ timeout: 90_000 });
    await content(phone).getByText(/^我.*好/).first().waitFor();
    await picture(phone, 'line-up-phone');
    await ladder().getByText(/视频，正在用/).waitFor({ timeout: 60_000 });
    const before = await used();
    expect(before).toBeGreaterThan(0);
    await eventually('more data', async () => (await used()) > before, 20_000);
    await ladder().getByText(/[1-9].*[KM]B/).first().waitFor();
    await picture(desk, 'line-up-desk');
    expect(browsing.errors.flat()).toEqual([]);
  });
});
