/** 直播带岗 from the employer's side: studio, pre-check, rehearsal, on air, moderation, the end, in real Chromium with its fake camera. */
import { randomUUID } from 'node:crypto';
import type { Broadcast, Fair, MessageKind } from '#libs/contracts';
import type { Page } from 'playwright-core';
import { boothFor } from '../support/booth.js';
import type { Browsing, Colleague } from '../support/browsing.js';
import { anyAutoplay, fakeDevices, rememberInPage, seriousFaults, stickingOut } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { inLong, itInLong, long } from '../support/runs.js';
import { confirm, enterStudio, goLive } from '../support/studio-page.js';
import { frames, keepConnections, moving } from '../support/watching.js';
import { eventually, type Candidate, type Employer, type World } from '../support/world.js';

const title = '走进海峤车间，数控和装配招人';
const phones = [randomUUID(), randomUUID()] as const;

let ground: Fairground;
let world: World;
let employer: Employer;
let fair: Fair;
let jobIds: string[];
let host: Colleague;
let cohost: Colleague;
let organiser: Colleague;
let candidate: Candidate;
let other: Candidate;
let browsing: Browsing;
let studio: Page;
let second: Page;
let desk: Page;
let id: string;
/** The media line of the first host, as long as it is let through. */
const line = { down: false, sockets: new Set<{ close(): Promise<void> }>() };

const params = () => ({ broadcastId: id });
const broadcast = (): Promise<Broadcast> => employer.admin.call('GET /broadcasts/:broadcastId', { params: params() });
const post = (who: Candidate, text: string, kind: MessageKind = 'chat') => who.caller.call('POST /broadcasts/:broadcastId/messages', { params: params(), body: { kind, text, deviceId: randomUUID() } });
const raise = (who: Candidate) => who.caller.call('POST /broadcasts/:broadcastId/hand', { params: params(), body: { deviceId: who === candidate ? phones[0] : phones[1] } });
const shownTexts = async () => (await world.anyone.call('GET /broadcasts/:broadcastId/messages', { params: params(), query: { limit: 50 } })).map(({ text }) => text);
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

jest.setTimeout(240_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, anyAutoplay]);
  ({ world, people: browsing } = ground);
  await mediaReady(world);
  const at = await boothFor(world);
  ({ employer, fair } = at);
  jobIds = [];
  for (const called of ['数控操作工', '装配工']) {
    const job = await employer.admin.call('POST /jobs', { body: { ...world.job(), title: called } });
    await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
    jobIds.push(job.id);
  }
  host = await browsing.invite(employer, 'employerAdmin', '林主播');
  cohost = await browsing.invite(employer, 'recruiter', '陈厂长');
  organiser = await browsing.invite(at.bureau, 'organiserAdmin', '陈科长');
  [candidate, other] = [await world.candidate(), await world.candidate()];
}, 240_000);

afterAll(() => ground?.close());

inLong('a broadcast', () => {
  it('is scheduled: jobs in their order, two hosts, a title', async () => {
    studio = await browsing.console(host.loginName, '/broadcasts', {}, async (context) => {
      await context.addInitScript(keepConnections);
      await context.routeWebSocket(/\/media\/socket\.io/, (socket) => {
        if (line.down) return void socket.close();
        const server = socket.connectToServer();
        const both = { close: async () => { await server.close(); await socket.close(); } };
        line.sockets.add(both);
      });
    });
    await studio.getByRole('link', { name: '安排直播' }).click();
    await studio.getByRole('button', { name: '排好' }).click();
    await studio.getByText('请写标题').waitFor();
    await studio.getByText('至少选一个岗位').waitFor();
    await studio.getByLabel('直播标题').fill(title);
    for (const job of ['数控操作工', '装配工']) await studio.getByRole('button', { name: job, exact: true }).click();
    await studio.getByRole('button', { name: '装配工 往前' }).click();
    await studio.getByRole('checkbox', { name: /陈厂长/ }).check();
    expect(await seriousFaults(studio)).toEqual([]);
    await studio.getByRole('button', { name: '排好' }).click();
    await studio.waitForURL(/\/broadcasts\/[\w-]{36}$/);
    id = studio.url().split('/').at(-1)!;
    const made = await broadcast();
    expect(made).toMatchObject({ status: 'scheduled', title, fairId: fair.id });
    expect(made.jobs.map((job) => job.title)).toEqual(['装配工', '数控操作工']);
    expect(made.hosts.map((host) => host.name).sort()).toEqual(['林主播', '陈厂长'].sort());
  });

  it('is tried first: the camera is seen, the microphone heard, the line measured; a rehearsal is nobody else’s', async () => {
    await studio.getByRole('link', { name: '进直播间' }).first().click();
    await studio.getByRole('button', { name: '打开摄像头和麦克风' }).click();
    await moving(studio, '.check', 1);
    await eventually('a level', () => studio.evaluate<boolean>(`Number(document.querySelector('[role=meter]').ariaValueNow ?? document.querySelector('[role=meter]').getAttribute('aria-valuenow')) > 5`));
    await studio.getByText(/bps，/).waitFor();
    expect(await seriousFaults(studio)).toEqual([]);
    await studio.getByRole('button', { name: '进去排练' }).click();
    await studio.getByText('排练中，观众看不到').waitFor();
    expect((await broadcast()).status).toBe('rehearsing');
    await expect(world.anyone.call('POST /broadcasts/:broadcastId/join', { params: params(), body: { deviceId: randomUUID(), as: 'viewer' } })).rejects.toThrow(/broadcastStateRefused/);
  });

  it('goes live after one question, and the organiser watches it inside the console', async () => {
    await goLive(studio);
    await studio.getByRole('timer').waitFor();
    expect((await broadcast()).status).toBe('live');
    desk = await browsing.console(organiser.loginName, `/fairs/${fair.id}/broadcasts`);
    await desk.getByRole('link', { name: `进去看 ${title}` }).click();
    await moving(desk, '.player', 1);
    await desk.getByText('正在看 1 人，不算场内').waitFor(); // its own number
    await eventually('the studio’s own number of viewers', async () => /^1\s*人在看$/.test(await studio.locator('.stage .pill').first().innerText()));
    expect(await seriousFaults(desk)).toEqual([]);
  });

  it('sends its picture in three sizes, and says at how many bits each comes to the server and to a viewer', async () => {
    expect(await studio.evaluate<object[]>(`window.connections.flatMap((line) => line.getSenders()).filter((one) => one.track?.kind === 'video')
      .map((one) => one.getParameters().encodings.map(({ rid, active, scaleResolutionDownBy }) => [rid, active, scaleResolutionDownBy]))`)).toEqual([[['r0', true, 4], ['r1', true, 2], ['r2', true, 1]]]);
    const [number, rate] = ['[1-9][\\d.]*(?: [kM]bps)?', '[1-9][\\d.]* [kM]bps'];
    const text = () => studio.locator('[aria-labelledby=net]').innerText();
    await eventually('three layers, counted by the server', async () => new RegExp(`摄像头\\s+${rate}[\\s\\S]*?3 档清晰度\\D${number} / ${number} / ${rate}`).test(await text()), 60_000);
    await eventually('what a viewer gets', async () => new RegExp(`观众网络\\s+${rate}`).test(await text()));
  });

  it('pins its jobs one after the other', async () => {
    await studio.getByRole('button', { name: '置顶 装配工' }).click();
    await eventually('the first pinned', async () => (await broadcast()).state.pinnedJobId === jobIds[1]);
    await studio.getByText('正在讲，观众看得到这张卡').waitFor();
    await studio.getByRole('button', { name: '讲完了，换下一个' }).click();
    await eventually('the next pinned', async () => (await broadcast()).state.pinnedJobId === jobIds[0]);
    await studio.getByRole('button', { name: '收起卡片' }).click();
    await eventually('none pinned', async () => (await broadcast()).state.pinnedJobId === null);
  });

  it('answers a question, lets an honest message through, and shows a script as the text that it is', async () => {
    await post(candidate, '夫妻房有没有？', 'question');
    await post(other, '<script>document.title = "gone"</script>');
    await studio.getByRole('log').getByText('<script>document.title = "gone"</script>').waitFor();
    expect(await studio.title()).toMatch(/直播间/);
    await tab(studio, '提问');
    await studio.getByRole('tabpanel').getByText('夫妻房有没有？').waitFor();
    await studio.getByRole('button', { name: /的提问答过了/ }).click();
    await studio.getByText('没有等回答的提问').waitFor();

    const held = await post(candidate, '我有亲戚想贷款买房，厂里离学校近吗');
    expect(held.status).toBe('held');
    await tab(studio, '待审');
    await studio.getByText(/因为有：“贷款”/).waitFor();
    expect(await shownTexts()).not.toContain(held.text);
    await studio.getByRole('button', { name: /^误拦，放出/ }).click();
    await studio.getByText('没有拦下的消息').waitFor();
    expect(await shownTexts()).toContain(held.text);
  });

  it('removes and mutes who asks for money, with a reason; slow mode is one choice', async () => {
    await post(other, '先转账 200 元，包进厂');
    await studio.getByRole('button', { name: '删除并禁言' }).click();
    const dialog = studio.getByRole('dialog');
    await dialog.getByRole('button', { name: '就这样办' }).click();
    await dialog.getByText('请写明原因').waitFor();
    await dialog.getByRole('button', { name: '向求职者收费' }).click();
    await dialog.getByRole('button', { name: '就这样办' }).click();
    await studio.getByText(/禁言到/).waitFor();
    await expect(post(other, '再说一句')).rejects.toThrow(/muted/);
    await studio.getByRole('button', { name: /^解除/ }).click();
    await studio.getByText('没有人被禁言').waitFor();
    await studio.getByLabel('每位观众多久能说一句').selectOption('5');
    await eventually('slow mode', async () => (await broadcast()).state.slowModeSeconds === 5);
    await studio.getByLabel('每位观众多久能说一句').selectOption('0');
  });

  it('mutes, shares a screen, and stops sharing', async () => {
    await tab(studio, '聊天');
    await studio.getByRole('log').click();
    await studio.keyboard.press('m');
    await studio.getByText('麦关着，观众听不到你').waitFor();
    await studio.getByRole('button', { name: '开麦' }).click();
    await studio.getByRole('button', { name: '共享屏幕' }).click();
    await studio.getByText('正在共享屏幕，观众看到的是它').waitFor();
    await moving(desk, '.player', 2);
    await studio.getByRole('button', { name: '停止共享' }).click();
    await eventually('the screen gone', async () => (await frames(desk, '.player')).length === 1);
  });

  it('asks people on stage in the order of their hands; nobody is put there unasked', async () => {
    await raise(candidate);
    await raise(other);
    await tab(studio, '连麦');
    await eventually('two in order', async () => (await studio.getByRole('button', { name: /^邀请 .* 上麦$/ }).count()) === 2);
    await studio.getByRole('button', { name: /^邀请 .* 上麦$/ }).first().click();
    await studio.getByText('已邀请，等他同意').waitFor();
    expect((await broadcast()).state.stage).toEqual([]);
    await candidate.caller.call('POST /broadcasts/:broadcastId/hand/answer', { params: params(), body: { accept: true } });
    await studio.getByText('正在连麦', { exact: true }).waitFor();
    await studio.getByRole('button', { name: /^请下麦：/ }).click();
    await eventually('nobody on stage', async () => (await broadcast()).state.stage.length === 0);
  });

  it('bans and mutes who never wrote a word, from the row of their hand and of their place on stage, by keyboard', async () => {
    const deal = studio.getByRole('button', { name: /^处理 .*：禁言或请出$/ });
    const dialog = studio.getByRole('dialog', { name: '处理这位观众' });
    await deal.focus();
    await studio.keyboard.press('Enter');
    await dialog.getByText(/举了手$/).waitFor();
    expect(await dialog.getByRole('radio').count()).toBe(2); // there is no message to remove
    await dialog.getByRole('radio', { name: /请出这场直播/ }).check();
    await dialog.getByRole('button', { name: '就这样办' }).click();
    await dialog.getByText('请写明原因').waitFor();
    await dialog.getByRole('button', { name: '骂人' }).click();
    expect(await seriousFaults(studio)).toEqual([]);
    await dialog.getByRole('button', { name: '就这样办' }).click();
    await studio.getByText('没有人举手').waitFor();
    await expect(raise(other)).rejects.toThrow(/banned/);
    await expect(post(other, '我又来了')).rejects.toThrow(/banned/);

    await raise(candidate);
    await studio.getByRole('button', { name: /^邀请 .* 上麦$/ }).click();
    await studio.getByText('已邀请，等他同意').waitFor();
    await candidate.caller.call('POST /broadcasts/:broadcastId/hand/answer', { params: params(), body: { accept: true } });
    await studio.getByText('正在连麦', { exact: true }).waitFor();
    await deal.click();
    await dialog.getByText(/在麦上$/).waitFor();
    await dialog.getByRole('button', { name: '骂人' }).click();
    await dialog.getByRole('button', { name: '就这样办' }).click();
    await eventually('nobody on stage', async () => (await broadcast()).state.stage.length === 0);
    await expect(raise(candidate)).rejects.toThrow(/muted/);
    await tab(studio, '待审');
    await studio.getByText(/禁言到/).waitFor();
    await studio.getByText('请出了').waitFor();
    for (let n = 2; n > 0; n -= 1) {
      await studio.getByRole('button', { name: /^解除/ }).first().click();
      await eventually('one less', async () => (await studio.getByRole('button', { name: /^解除/ }).count()) === n - 1);
    }
    await raise(candidate);
  });

  it('has a second host: both see and hear each other', async () => {
    second = await browsing.console(cohost.loginName, `/studio/${id}`);
    await enterStudio(second);
    await moving(second, '.stage', 2);
    await moving(studio, '.stage', 2);
    await studio.locator('.stage').getByText('陈厂长').waitFor();
    const heard = (page: Page) => page.evaluate<number>(`document.querySelector('.stage audio').srcObject?.getAudioTracks().filter((one) => one.readyState === 'live' && !one.muted).length ?? 0`);
    await eventually('both heard', async () => (await heard(studio)) === 1 && (await heard(second)) === 1);
    await moving(desk, '.player', 2);
  });

  it('says that the line is lost, and goes on as the same broadcast when it is back', async () => {
    await second.getByRole('button', { name: '出直播间' }).click();
    await confirm(second, '离开'); // leaving while live asks first
    await second.waitForURL(/\/broadcasts\//);
    const before = await broadcast();
    line.down = true;
    const polling = /\/media\/socket\.io.*transport=polling/;
    await studio.route(polling, (route) => route.abort());
    for (const socket of line.sockets) await socket.close();
    await studio.getByText(/断线 .*正在重连/).waitFor();
    await new Promise((done) => setTimeout(done, 3000));
    line.down = false;
    await studio.unroute(polling);
    await studio.getByText('重新连上了').waitFor({ timeout: 60_000 });
    await moving(desk, '.player', 1);
    expect(await broadcast()).toMatchObject({ status: 'live', startedAt: before.startedAt });
  });

  it('pauses and goes on', async () => {
    await studio.getByRole('button', { name: '暂停' }).click();
    await confirm(studio, '暂停');
    await desk.getByText('主播暂停了，马上回来').waitFor();
    await studio.getByRole('button', { name: '继续播' }).click();
    await moving(desk, '.player', 1);
  });

  it('has no serious fault of access and nothing that sticks out, in Chinese and in English', async () => {
    const english = await browsing.console(cohost.loginName, `/studio/${id}`);
    await rememberInPage(english, 'fw-language', 'en');
    await english.reload();
    await english.getByRole('button', { name: 'Open camera and microphone' }).click();
    await english.getByRole('button', { name: 'Enter the studio' }).click({ timeout: 60_000 });
    await english.getByRole('toolbar', { name: 'Studio' }).waitFor();
    for (const [name, page] of Object.entries({ studio, desk, english })) {
      for (const [width, height] of [[1440, 900], [390, 844]] as const) {
        await page.setViewportSize({ width, height });
        expect([name, width, await seriousFaults(page), await stickingOut(page)]).toEqual([name, width, [], []]);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await english.context().close();
  });

  it('ends after one question, with what it brought', async () => {
    await studio.getByRole('button', { name: '下播' }).click();
    await confirm(studio, '下播');
    await studio.getByRole('heading', { name: '这一场播完了' }).waitFor();
    expect((await broadcast()).status).toBe('ended');
    await desk.getByText('播完了', { exact: true }).first().waitFor();
    await studio.getByRole('link', { name: '看详情' }).click();
    await studio.getByRole('heading', { name: '这一场的效果' }).waitFor();
    await studio.getByRole('heading', { name: '回放' }).waitFor();
  });
});

itInLong('threw no error in any page’s script', () => {
  expect(browsing.errors.flat()).toEqual([]);
});
