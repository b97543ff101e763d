/** A candidate before a broadcast: it plays at once, the ladder, chat, the pinned job, the stage, HLS, replay, in real Chromium with its fake camera. */
import { randomUUID } from 'node:crypto';
import type { Applicant, Broadcast, Fair, Hand, MessageKind, Page as PageOf } from '#libs/contracts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { boothFor } from '../support/booth.js';
import { fakeDevices, newPhone, rememberInPage, scriptErrors, seriousFaults, stickingOut, tapForSound } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { frames, moving as pictureMoves } from '../support/watching.js';
import { eventually, type Bureau, type Candidate, type Employer, type World } from '../support/world.js';

const password = 'spring-wind-2026';
const login = `live-host-${Date.now()}`;
const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();
const withoutWebrtc = 'delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;';

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let employer: Employer;
let fair: Fair;
let boothId: string;
let jobIds: string[];
let hostId: string;
let other: Candidate;
let browser: Browser;
let studio: Page;
let viewer: Page;
let id: string;
let errors: string[];

const params = () => ({ broadcastId: id });
const content = (page = viewer) => page.locator('#content');
const sheet = (page = viewer) => page.getByRole('dialog');
/** A line of the chat, where it is seen: it stands over the picture or beside it. */
const line = (text: string | RegExp) => content().getByRole('log').getByText(text).filter({ visible: true }).first();
const broadcast = (): Promise<Broadcast> => employer.admin.call('GET /broadcasts/:broadcastId', { params: params() });
const setStatus = (status: 'live' | 'paused' | 'ended') => employer.admin.call('POST /broadcasts/:broadcastId/status', { params: params(), body: { status } });
const say = (who: Candidate, text: string, kind: MessageKind = 'chat') => who.caller.call('POST /broadcasts/:broadcastId/messages', { params: params(), body: { kind, text, deviceId: randomUUID() } });
const schedule = (title: string, startsAt: string) => employer.admin.call('POST /fairs/:fairId/broadcasts', { params: { fairId: fair.id }, body: {
  boothId, kind: 'talk', title, startsAt, endsAt: minutes(120), jobIds, hostIds: [hostId],
} });

const moving = (page: Page, within = 20_000) => pictureMoves(page, '.screen', null, within);

async function phone(path: string, options: BrowserContextOptions = {}, prepare?: string): Promise<Page> {
  const context = await newPhone(browser, { permissions: ['camera', 'microphone'], ...options });
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  await page.goto(servers.urls[0] + path);
  return page;
}

jest.setTimeout(120_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, tapForSound]);
  ({ servers, world, browser } = ground);
  await mediaReady(world);
  ({ bureau, employer, fair, boothId } = await boothFor(world, '海峤精密制造有限公司'));
  jobIds = [];
  for (const title of ['装配工', '质检员']) {
    const job = await employer.admin.call('POST /jobs', { body: { ...world.job(), title } });
    await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
    jobIds.push(job.id);
  }
  const { url } = await employer.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: employer.organisationId }, body: { role: 'employerAdmin' } });
  hostId = (await world.anyone.call('POST /auth/links/use', { body: { token: url.split('/').at(-1)!, password, loginName: login, displayName: '林主播' } })).account.accountId;
  other = await world.candidate();
  id = (await schedule('走进海峤车间', minutes(30))).id;
}, 240_000);

afterAll(() => ground?.close());

inLong('a broadcast on a phone', () => {
  it('counts down before it begins, and stands on the fair’s page with a reminder', async () => {
    viewer = await phone(`/fairs/${fair.id}`);
    errors = scriptErrors(viewer);
    await content().getByRole('link', { name: /走进海峤车间/ }).waitFor();
    await content().getByRole('button', { name: '提醒我' }).click();
    await ground.people.signIn(viewer);
    await content().getByRole('button', { name: '已约提醒' }).waitFor();
    const [row] = await servers.query<{ count: string }>('SELECT count(*) FROM "BroadcastReminder" WHERE "broadcastId" = $1', [id]);
    expect(row!.count).toBe('1');
    await content().getByRole('link', { name: /走进海峤车间/ }).click();
    await content().getByText('还没开播').waitFor();
    await content().getByText(/还有 \d+ 分钟|还有 29 分/).waitFor();
    const saved = viewer.waitForEvent('download');
    await content().getByRole('button', { name: '加到手机日历' }).click();
    expect((await saved).suggestedFilename()).toBe('走进海峤车间.ics');
  });

  it('comes on by itself when the host does, muted until a tap', async () => {
    studio = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', reducedMotion: 'reduce', permissions: ['camera', 'microphone'] })).newPage();
    await studio.goto(`${servers.urls[0]}/console/sign-in?then=${encodeURIComponent(`/studio/${id}`)}`);
    await studio.getByLabel('账号', { exact: true }).fill(login);
    await studio.getByLabel('密码', { exact: true }).fill(password);
    await studio.keyboard.press('Enter');
    await studio.getByRole('button', { name: '打开摄像头和麦克风' }).click();
    await studio.getByRole('button', { name: /^(进直播间|进去排练)$/ }).click({ timeout: 30_000 });
    await studio.getByRole('toolbar', { name: '直播间' }).waitFor();
    await schedule('早一点的一场', minutes(10));
    const hall = await phone(`/fairs/${fair.id}`);
    const rows = content(hall).getByRole('region', { name: '直播', exact: true }).getByRole('link');
    await eventually('two to come, the sooner first', async () => /早一点的一场/.test(await rows.first().innerText()) && /走进海峤车间/.test(await rows.nth(1).innerText()));
    expect((await rows.allInnerTexts()).filter((text) => /^直播\s/.test(text))).toEqual([]);
    const stayed = await hall.evaluate<number>('performance.timeOrigin');
    await setStatus('live');
    await moving(viewer, 30_000);
    // A fair's page that was open already says it by itself, before all others, with who watches.
    await eventually('live now, and first', async () => /^直播\s+走进海峤车间[\s\S]*\d 人看/.test(await rows.first().innerText()));
    expect(await rows.nth(1).innerText()).toContain('早一点的一场');
    expect(await hall.evaluate<number>('performance.timeOrigin')).toBe(stayed);
    expect([await seriousFaults(hall), await stickingOut(hall)]).toEqual([[], []]);
    await hall.context().close();
    const sound = (page: Page) => page.evaluate<boolean>('!document.querySelector(".screen video").muted && !document.querySelector(".screen video").paused');
    expect(await sound(viewer)).toBe(true); // who came by a tap is heard at once
    // Nobody has tapped: what the test asks of the page would count as a gesture.
    const byLink = await phone(`/live/${id}`, {}, 'Object.defineProperty(navigator, "userActivation", { value: { hasBeenActive: false, isActive: false } })');
    await moving(byLink);
    expect(await sound(byLink)).toBe(false);
    await content(byLink).getByRole('button', { name: '点一下开声音' }).click();
    await eventually('sound', () => sound(byLink));
    await content(byLink).getByText('2', { exact: true }).first().waitFor(); // two people watch
    await byLink.context().close();
  });

  it('steps to sound alone and back by hand, and says what it cost', async () => {
    await content().getByRole('button', { name: /换清晰度$/ }).click();
    await sheet().getByText(/这次用了 \d+\.\d MB/).waitFor();
    await sheet().getByRole('radio', { name: /只听声音/ }).click();
    await viewer.keyboard.press('Escape');
    await content().getByText('只听声音').first().waitFor();
    await eventually('no more pictures', async () => {
      const before = await frames(viewer, '.screen');
      await new Promise((done) => setTimeout(done, 800));
      return (await frames(viewer, '.screen')).join() === before.join();
    });
    await content().getByRole('button', { name: /换清晰度$/ }).click();
    await sheet().getByRole('radio', { name: /自动/ }).click();
    await viewer.keyboard.press('Escape');
    await moving(viewer);
  });

  it('shows what people write as text, holds what speaks of deposits, and tells its author', async () => {
    await say(other, '<script>document.title="caught"</script><img src=x onerror="document.title=\'caught\'">');
    await line('<script>document.title="caught"</script>').waitFor();
    expect(await viewer.title()).not.toContain('caught');
    expect(await content().locator('[role=log] script, [role=log] img').count()).toBe(0);
    await content().getByRole('button', { name: '说点什么' }).click();
    await content().getByLabel('要说的话').fill('要交押金吗，先交 500 元保证金');
    await viewer.keyboard.press('Enter');
    await line('等主播看过再显示').waitFor();
    const shown = await world.anyone.call('GET /broadcasts/:broadcastId/messages', { params: params(), query: { limit: 50 } });
    expect(shown.some(({ text }) => text.includes('押金'))).toBe(false);
    await content().getByRole('button', { name: '说点什么' }).click();
    await content().getByLabel('要说的话').fill('夜班几点下班');
    await content().getByText('作为问题').click();
    await content().getByRole('button', { name: '发', exact: true }).click();
    await eventually('the question', async () => (await employer.admin.call('GET /broadcasts/:broadcastId/moderation', { params: params() })).questions.some(({ text }) => text === '夜班几点下班'));
  });

  it('sends taps on the heart together', async () => {
    const sent: string[] = [];
    viewer.on('request', (request) => { if (request.url().endsWith('/likes')) sent.push(request.postData() ?? ''); });
    for (let n = 0; n < 12; n++) await content().getByRole('button', { name: /点赞/ }).click();
    await eventually('the likes', async () => (await broadcast()).state.likes >= 12);
    expect(sent.length).toBeLessThan(6);
  });

  it('turns the pinned card into an application', async () => {
    await employer.admin.call('PUT /broadcasts/:broadcastId/pin', { params: params(), body: { jobId: jobIds[1]! } });
    await content().getByRole('heading', { name: '质检员' }).waitFor();
    const profile = viewer.waitForResponse((answer) => answer.url().endsWith('/api/me/profile'));
    await content().getByRole('button', { name: /一键投递/ }).click();
    await profile; // it would write over what is typed before it
    await sheet().getByRole('textbox', { name: '名字' }).fill('李来福');
    await sheet().getByLabel(/同意把上面三项/).check();
    await sheet().getByRole('button', { name: '确认投递' }).click();
    await sheet().getByText('投出去了').waitFor();
    await sheet().getByRole('button', { name: '接着看岗位' }).click();
    await content().getByRole('link', { name: '投过了' }).waitFor();
    const [applicant] = ((await employer.admin.call('GET /applicants', {})) as PageOf<Applicant>).items;
    expect(applicant).toMatchObject({ jobId: jobIds[1], fairId: fair.id, source: 'broadcast', candidate: { name: '李来福' } });
    const [row] = await servers.query<{ broadcastId: string }>('SELECT "broadcastId" FROM "Application" WHERE id = $1', [applicant!.id]);
    expect(row!.broadcastId).toBe(id);
    const funnel = await employer.admin.call('GET /broadcasts/:broadcastId/funnel', { params: params() });
    expect(funnel.jobs.find(({ jobId }) => jobId === jobIds[1])).toMatchObject({ saw: 1, tapped: 1, applied: 1 });
    await moving(viewer); // the picture went on behind the sheet
  });

  it('brings a candidate to the stage, heard and seen by others, and down again', async () => {
    await content().getByRole('button', { name: '举手' }).click();
    await sheet().getByRole('button', { name: '举手排队' }).click();
    await sheet().getByText('第 1 位').waitFor();
    const [hand] = (await employer.admin.call('GET /broadcasts/:broadcastId/hands', { params: params() })) as Hand[];
    await employer.admin.call('POST /broadcasts/:broadcastId/hands/:handId/invite', { params: { ...params(), handId: hand!.id } });
    await sheet().getByText('主播请你说话').waitFor();
    await sheet().getByText('同时打开摄像头').click();
    await sheet().getByRole('button', { name: '试麦克风' }).click();
    await eventually('a level', () => viewer.evaluate<boolean>(`Number(document.querySelector('[role=meter]')?.getAttribute('aria-valuenow')) > 5`));
    await sheet().getByRole('button', { name: '同意，上麦' }).click();
    await content().getByText('你在麦上').waitFor();
    const watcher = await phone(`/live/${id}`);
    await content(watcher).locator('.tiles video').waitFor();
    await eventually('the guest’s picture', () => watcher.evaluate<boolean>(`document.querySelector('.tiles video')?.getVideoPlaybackQuality().totalVideoFrames > 5`), 20_000);
    await content().getByRole('button', { name: '下麦' }).click();
    await content(watcher).locator('.tiles video').waitFor({ state: 'detached' });
    await watcher.context().close();
  });

  it('plays HLS where there is no WebRTC', async () => {
    const old = await phone(`/live/${id}`, {}, withoutWebrtc);
    await content(old).getByText('普通播放', { exact: false }).first().waitFor({ timeout: 30_000 });
    await moving(old, 40_000);
    await content(old).getByRole('button', { name: /^普通播放.*换清晰度/ }).click();
    await eventually('its data counted', async () => /这次用了 (?!0\.0)/.test(await sheet(old).innerText()));
    await old.context().close();
  });

  it('has nothing that axe calls serious and nothing that sticks out, in both languages and in large text at 360 px', async () => {
    const found: string[] = [];
    const page = await phone(`/live/${id}`, { viewport: { width: 360, height: 740 } });
    for (const [language, text] of [['zh', 'normal'], ['en', 'large']] as const) {
      await rememberInPage(page, 'fw-language', language);
      await rememberInPage(page, 'fw-text', text);
      await rememberInPage(page, 'fw-live-quality', 'audio'); // the pictures were looked at above
      for (const open of ['', '?open=quality', '?open=jobs', '?open=talk', '?open=stage', '?open=report', '?open=share']) {
        await page.goto(`${servers.urls[0]}/live/${id}${open}`, { waitUntil: 'commit' });
        await content(page).locator('.pinned').waitFor();
        if (open) await sheet(page).waitFor();
        found.push(...(await seriousFaults(page)).map((line) => `${language} ${open} ${line}`));
        found.push(...(await stickingOut(page)).map((line) => `${language} ${text} ${open} sticks out: ${line}`));
      }
    }
    await page.context().close();
    expect(found).toEqual([]);
  }, 240_000);

  it('says when the host pauses, is gone, and is back', async () => {
    await setStatus('paused');
    await content().getByText('主播暂停一下').waitFor();
    await setStatus('live');
    await moving(viewer);
    await studio.context().setOffline(true);
    await studio.close();
    await content().getByText('主播掉线了，马上回来').waitFor({ timeout: 30_000 });
  });

  it('ends as a replay with its chat and its card in time', async () => {
    await setStatus('ended');
    await content().getByText('这场播完了').waitFor();
    await content().getByRole('button', { name: '看回放' }).click({ timeout: 60_000 });
    await eventually('the replay plays', async () => (await viewer.evaluate<number>('document.querySelector(".screen video").currentTime')) > 1, 20_000);
    const slider = content().getByRole('slider', { name: '进度' });
    const length = Number(await slider.getAttribute('max'));
    expect(length).toBeGreaterThan(10_000);
    await slider.fill(String(Math.floor(length / 1000) * 1000 - 3000));
    await content().getByRole('heading', { name: '质检员' }).waitFor();
    await line('夜班几点下班').waitFor();
    // Its data is told, and its sound is heard alone, from the same moment on.
    const replayBar = content().getByRole('group', { name: '回放' });
    await eventually('its data counted', async () => /这次用了 (?!0\.0)[\d.]+ MB/.test(await replayBar.innerText()));
    await slider.fill('1000');
    await moving(viewer);
    const at = await viewer.evaluate<number>('document.querySelector(".screen video").currentTime');
    const sound = viewer.waitForResponse((answer) => /-sound\.m4s$/.test(answer.url()));
    await replayBar.getByRole('button', { name: '只听声音' }).click();
    expect((await sound).status()).toBe(200);
    await content().getByText(/省流量，约 [\d.]+ MB\/分钟/).waitFor();
    const clock = () => viewer.evaluate<[number, number]>('[document.querySelector(".screen video").currentTime, document.querySelector(".screen video").videoWidth]');
    await eventually('it goes on from there', async () => {
      const [now, width] = await clock();
      return now > at + 1 && now < at + 12 && width === 0;
    });
    await replayBar.getByRole('button', { name: '看画面' }).click();
    await moving(viewer);
    expect((await clock())[0]).toBeGreaterThan(at + 1);
  });

  it('is stopped by the bureau with a reason that everybody reads', async () => {
    id = (await schedule('第二场', minutes(1))).id;
    await setStatus('live');
    const page = await phone(`/live/${id}`);
    await content(page).getByText('主播掉线了').waitFor();
    await bureau.admin.call('POST /broadcasts/:broadcastId/stop', { params: params(), body: { reason: '讲的工资和岗位卡不一致' } });
    await content(page).getByText('主办方停了这场直播').waitFor();
    await content(page).getByText('讲的工资和岗位卡不一致').waitFor();
    expect(errors).toEqual([]);
  });

  it('is served with its title and data for sharing', async () => {
    const html = await (await fetch(`${servers.urls[0]}/live/${id}`)).text();
    expect(html).toMatch(/<title>第二场·海峤精密制造有限公司<\/title>/);
    const [, data] = /<script type="application\/ld\+json">(.+?)<\/script>/.exec(html)!;
    expect(JSON.parse(data!)).toMatchObject({ '@type': 'BroadcastEvent', isLiveBroadcast: false, name: '第二场', workPerformed: { '@type': 'VideoObject' } });
    expect((await fetch(`${servers.urls[0]}/live/${randomUUID()}`)).status).toBe(404);
  });
});
