/** Bad lines, in real Chromium: packets are lost, UDP is blocked, nothing comes at all; and what a page says where media cannot be had. */
import type { Broadcast, ErrorCode } from '#libs/contracts';
import type { Browser, Page } from 'playwright-core';
import { anyAutoplay, fakeDevices, newPhone, picture, seriousFaults, stickingOut } from '../support/chromium.js';
import { Encoder } from '../support/encoder.js';
import { Fairground } from '../support/fairground.js';
import { LossyLine, throughLine } from '../support/lossy-line.js';
import { onAir, recorded, setStatus, whipAt, type OnAir } from '../support/on-air.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { frames, keepConnections, moving as pictureMoves } from '../support/watching.js';
import { eventually, type World } from '../support/world.js';

const password = 'spring-wind-2026';

let ground: Fairground;
let servers: Servers;
let world: World;
let show: OnAir;
let encoder: Encoder;
let browser: Browser;
let line: LossyLine | undefined;

const content = (page: Page) => page.locator('#content');
const moving = (page: Page, within = 20_000) => pictureMoves(page, ':is(.screen, .player)', null, within);
/** Where packets come from: the pair that the browser chose. */
const protocolOf = (page: Page) => page.evaluate<string>(`(async () => {
  for (const pc of window.connections) for (const one of (await pc.getStats()).values()) if (one.type === 'remote-candidate' && one.protocol) {
    for (const pair of (await pc.getStats()).values()) if (pair.type === 'candidate-pair' && pair.nominated && pair.remoteCandidateId === one.id && pair.bytesReceived > 0) return one.protocol;
  }
  return '';
})()`);

/** Puts a page behind a line of ours. */
async function behindLine(page: Page, { withTcp = true, loss = 0 } = {}): Promise<void> {
  await page.exposeFunction('lineTo', async (target: number) => {
    if (!line) line = Object.assign(await LossyLine.open(target), { loss });
    return line.port;
  });
  await page.addInitScript(throughLine(withTcp));
  await page.addInitScript(keepConnections);
}
/** A candidate's phone before the broadcast. */
async function phone(how?: Parameters<typeof behindLine>[1]): Promise<Page> {
  const page = await (await newPhone(browser)).newPage();
  await behindLine(page, how);
  await page.goto(`${servers.urls[0]}/live/${show.broadcast.id}`);
  return page;
}
/** The organiser before the same, in the console. */
async function desk(how?: Parameters<typeof behindLine>[1]): Promise<Page> {
  const { fairId, id } = show.broadcast;
  const loginName = `bureau-${Date.now()}`;
  const { url } = await show.bureau.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: show.bureau.organisationId }, body: { role: 'organiserAdmin' } });
  await world.anyone.call('POST /auth/links/use', { body: { token: url.split('/').at(-1)!, password, loginName, displayName: '陈科长' } });
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' })).newPage();
  await behindLine(page, how);
  await page.goto(`${servers.urls[0]}/console/sign-in?then=${encodeURIComponent(`/fairs/${fairId}/broadcasts/${id}`)}`);
  await page.getByLabel('账号', { exact: true }).fill(loginName);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  return page;
}

jest.setTimeout(180_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, anyAutoplay]);
  ({ servers, world, browser } = ground);
  show = await onAir(world);
  encoder = await Encoder.start();
  await encoder.publish(whipAt(world, show), show.whip.key);
  await recorded(world, show, 2);
}, 240_000);
afterEach(() => {
  line?.close();
  line = undefined;
});
afterAll(async () => {
  await encoder?.stop();
  await ground?.close();
});

inLong('a bad line', () => {
  it('that lets no UDP through plays over TCP', async () => {
    const page = await phone({ loss: 1 });
    await moving(page, 30_000);
    expect(line!.passed).toBe(0);
    expect(await protocolOf(page)).toBe('tcp');
    await page.context().close();
  });

  it('that loses packets steps down to sound alone by itself, and back up when it is calm', async () => {
    const page = await phone({ withTcp: false });
    await moving(page);
    expect(await protocolOf(page)).toBe('udp');
    line!.loss = 0.45;
    await content(page).getByText('只听声音').first().waitFor({ timeout: 60_000 });
    line!.loss = 0;
    await moving(page, 90_000);
    await page.context().close();
  });

  it('that is cut for good while one watches turns to HLS by itself, and back to WebRTC when there is one again', async () => {
    const page = await phone({ withTcp: false });
    await moving(page);
    line!.loss = 1;
    await content(page).getByRole('button', { name: /^普通播放/ }).waitFor({ timeout: 60_000 });
    await moving(page, 30_000);
    expect(await page.evaluate<boolean>('document.querySelector(".screen video").srcObject === null')).toBe(true);
    await picture(page, 'cut-phone');
    line!.loss = 0;
    await content(page).getByText('换回实时播放了', { exact: false }).waitFor({ timeout: 100_000 });
    await moving(page);
    expect(await protocolOf(page)).toBe('udp');
    await page.context().close();
  });

  it('that is cut for good before the organiser, too, turns to HLS and back', async () => {
    const page = await desk({ withTcp: false });
    await moving(page, 30_000);
    line!.loss = 1;
    await page.getByText('普通播放，慢几秒').waitFor({ timeout: 60_000 });
    await moving(page, 30_000);
    await picture(page, 'cut-desk');
    line!.loss = 0;
    await page.getByText('普通播放，慢几秒').waitFor({ state: 'detached', timeout: 100_000 });
    await moving(page);
    await page.context().close();
  });
});

/** What a page fetches of a recording's media, as it comes. */
interface Fetched { at: number; sound: boolean; bytes: number }
function fetchedBy(page: Page): Fetched[] {
  const list: Fetched[] = [];
  page.on('response', (response) => {
    if (!/\.m4s$/.test(new URL(response.url()).pathname) || !response.ok()) return;
    void response.body().then(({ length }) => list.push({ at: Date.now(), sound: /-sound\.m4s$/.test(response.url()), bytes: length }), () => undefined); // it was left with its player
  });
  return list;
}

/** An old browser, or a network that lets no media through; and an encoder, which sends one picture. */
inLong('a viewer by HLS', () => {
  const withoutWebrtc = 'delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;';
  let page: Page;
  let fetched: Fetched[];
  const sheet = () => page.getByRole('dialog');
  const quality = () => content(page).getByRole('button', { name: /换清晰度$/ }).click();
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const clock = () => page.evaluate<number>('document.querySelector(".screen video").currentTime');
  const heardBytes = () => page.evaluate<number>('document.querySelector(".screen video").webkitAudioDecodedByteCount');
  /** What comes in so many milliseconds, bytes a second. */
  async function rate(ms: number): Promise<{ perSecond: number; pictures: number; sounds: number }> {
    const from = Date.now();
    await pause(ms);
    const came = fetched.filter(({ at }) => at >= from);
    return { perSecond: came.reduce((sum, { bytes }) => sum + bytes, 0) / (ms / 1_000), pictures: came.filter(({ sound }) => !sound).length, sounds: came.filter(({ sound }) => sound).length };
  }
  async function heardAlone(): Promise<void> {
    await content(page).getByText('只听声音', { exact: true }).first().waitFor();
    await eventually('the clock goes on, with sound and without pictures', async () => {
      const [at, bytes, seen] = [await clock(), await heardBytes(), await frames(page, '.screen')];
      await pause(800);
      return (await clock()) > at && (await heardBytes()) > bytes && (await frames(page, '.screen')).join() === seen.join();
    }, 20_000);
  }

  beforeAll(async () => {
    if (!long) return;
    page = await (await newPhone(browser)).newPage();
    await page.addInitScript(withoutWebrtc);
    fetched = fetchedBy(page);
    await page.goto(`${servers.urls[0]}/live/${show.broadcast.id}`);
    await moving(page, 40_000);
  }, 60_000);
  afterAll(async () => page?.context().close());

  it('is offered what there is at what it costs, hears the sound alone for a part of the data, and comes back', async () => {
    const before = await rate(6_000);
    expect([before.pictures > 2, before.sounds]).toEqual([true, 0]);
    await quality();
    await eventually('what a minute costs', async () => /有画面时约 [\d.]+ MB\/分钟/.test(await sheet().innerText()));
    const costs = Number(/有画面时约 ([\d.]+)/.exec(await sheet().innerText())![1]);
    expect(Math.abs(costs / ((before.perSecond * 60) / 1e6) - 1)).toBeLessThan(0.5);
    expect(await sheet().getByRole('radio').count()).toBe(2);
    await sheet().getByText('普通播放只有一种画面。').waitFor();
    await picture(page, 'hls-quality');
    expect([await seriousFaults(page), await stickingOut(page)]).toEqual([[], []]);
    await sheet().getByRole('radio', { name: /只听声音/ }).click();
    await page.keyboard.press('Escape');
    await heardAlone();
    await picture(page, 'hls-sound');
    const alone = await rate(6_000);
    expect([alone.pictures, alone.sounds > 2]).toEqual([0, true]);
    console.info(`By HLS: ${Math.round(before.perSecond / 125)} kbit/s with the picture, ${Math.round(alone.perSecond / 125)} of sound alone.`);
    expect(alone.perSecond).toBeLessThan(before.perSecond * 0.6);
    await quality();
    await sheet().getByRole('radio', { name: /自动/ }).click();
    await page.keyboard.press('Escape');
    await moving(page);
  });

  it('steps to the sound alone by itself where the picture comes too slowly, and back when it is calm', async () => {
    let free = (): void => undefined;
    const opened = new Promise<void>((resolve) => { free = resolve; });
    await page.route(/-\d+\.m4s$/, async (route) => { // not the sound's
      await opened;
      await route.abort().catch(() => undefined);
    });
    await content(page).getByText('先只听声音', { exact: false }).waitFor({ timeout: 40_000 });
    await heardAlone();
    await page.unroute(/-\d+\.m4s$/);
    free();
    await content(page).getByText('网络好了，画面回来了', { exact: false }).waitFor({ timeout: 40_000 });
    await moving(page);
  });

  it('of an encoder’s single picture over WebRTC is not promised a smaller one either', async () => {
    const direct = await phone({ withTcp: false });
    await moving(direct);
    await content(direct).getByRole('button', { name: /换清晰度$/ }).click();
    const offered = direct.getByRole('dialog');
    await eventually('what a minute costs', async () => /有画面时约 [\d.]+ MB\/分钟/.test(await offered.innerText()), 20_000);
    await offered.getByText('主播只发一种画面').waitFor();
    expect(await offered.getByRole('radio').allInnerTexts()).toEqual([expect.stringContaining('自动'), expect.stringContaining('只听声音')]);
    await picture(direct, 'single-quality');
    await direct.context().close();
  });
});

/** A host's own page, in a broadcast of its own: what it sends is made anew by itself, as an encoder's is not. */
inLong('a host’s page and a viewer’s', () => {
  let planned: Broadcast;
  let studio: Page;
  let page: Page;
  const net = () => studio.locator('[aria-labelledby=net]').first().innerText();
  /** By hand, as a person does it. */
  async function choose(wish: RegExp): Promise<void> {
    await content(page).getByRole('button', { name: /换清晰度$/ }).click();
    await page.getByRole('dialog').getByRole('radio', { name: wish }).click();
    await page.keyboard.press('Escape');
  }
  /** Pictures decoded over each connection of the viewer's page, in the order in which they were made. */
  const connections = () => page.evaluate<number[]>(`Promise.all(window.connections.map(async (line) =>
    [...(await line.getStats()).values()].filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video').reduce((sum, { framesDecoded }) => sum + (framesDecoded ?? 0), 0)))`);

  beforeAll(async () => {
    if (!long) return;
    const { people } = ground;
    const host = await people.invite(show.host, 'employerAdmin', '林主播');
    const { fairId, boothId, jobs, startsAt, endsAt } = show.broadcast;
    planned = await show.host.admin.call('POST /fairs/:fairId/broadcasts', { params: { fairId }, body: {
      boothId, kind: 'talk', title: '车间里看一看', startsAt, endsAt, jobIds: jobs.map(({ id }) => id), hostIds: [host.accountId],
    } });
    studio = await people.console(host.loginName, `/studio/${planned.id}`);
    await studio.getByRole('button', { name: '打开摄像头和麦克风' }).click();
    await studio.getByRole('button', { name: '进去排练' }).click({ timeout: 60_000 });
    await studio.getByRole('toolbar', { name: '直播间' }).waitFor();
    await setStatus({ host: show.host, broadcast: planned }, 'live');
    page = await people.phone(`/live/${planned.id}`, {}, (context) => context.addInitScript(keepConnections));
    await moving(page, 40_000);
  }, 150_000);
  afterAll(async () => {
    if (!long) return;
    await setStatus({ host: show.host, broadcast: planned }, 'ended');
    await Promise.all([page, studio].map((one) => one.context().close()));
    await encoder.publish(whipAt(world, show), show.whip.key); // it does not come back by itself after a worker's death
  });

  it('tells the host which picture is received: the whole, a smaller one, sound alone', async () => {
    await eventually('three sizes go up', async () => /3 档清晰度/.test(await net()), 30_000);
    await eventually('the whole picture', async () => /高清 1 人/.test(await net()), 40_000);
    await picture(studio, 'net-desk');
    // The same on a host's phone, where it lies behind a tab.
    await studio.setViewportSize({ width: 390, height: 844 });
    await studio.getByRole('tab', { name: '效果' }).click();
    await eventually('there, too', async () => /高清 1 人/.test(await net()));
    await picture(studio, 'net-phone');
    expect(await stickingOut(studio)).toEqual([]);
    await studio.setViewportSize({ width: 1440, height: 900 });
    await choose(/省流量/);
    await eventually('a smaller one', async () => /(标清|流畅) 1 人/.test(await net()), 20_000);
    await choose(/只听声音/);
    await eventually('sound alone', async () => /只听声音 1 人/.test(await net()), 20_000);
    expect(await net()).not.toMatch(/(高清|标清|流畅) \d/);
    await choose(/自动/);
    await moving(page);
  });

  it('go on by themselves when the media worker is killed', async () => {
    const lines = await connections();
    const workers = await servers.mediaWorkers();
    expect(workers.length).toBeGreaterThan(0);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    const killed = Date.now();
    // What is decoded over a connection that was made after it came through a worker that was started after it.
    await eventually('frames over a new line', async () => (await connections()).slice(lines.length).some((decoded) => decoded > 0), 30_000);
    console.info(`A media worker was killed: a viewer's picture was back ${((Date.now() - killed) / 1_000).toFixed(1)} s later.`);
    expect((await servers.mediaWorkers()).filter((pid) => workers.includes(pid))).toEqual([]);
    await moving(page);
    expect(await studio.getByRole('toolbar', { name: '直播间' }).isVisible()).toBe(true);
    expect(await page.evaluate<boolean>('document.querySelector(".screen video").srcObject !== null')).toBe(true); // WebRTC, not HLS
  });
});

inLong('where media cannot be had', () => {
  const refusals: [name: string, code: ErrorCode, details: object, said: string | RegExp][] = [
    ['is being prepared', 'mediaPreparing', { percent: 42 }, /42\s*%/],
    ['cannot be had at all', 'mediaUnavailable', {}, '现在看不了直播画面'],
  ];
  it.each(refusals)('the page says that it %s, and comes on by itself', async (_name, code, details, said) => {
    const page = await (await newPhone(browser)).newPage();
    let refusing = true;
    await page.route(/\/api\/broadcasts\/[^/]+\/join$/, (route) => (refusing
      ? route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code, message: '现在不能直播。', details, requestId: 'r' } }) })
      : route.continue()));
    await page.goto(`${servers.urls[0]}/live/${show.broadcast.id}`);
    await content(page).getByText(said).first().waitFor();
    await picture(page, code);
    expect(await seriousFaults(page)).toEqual([]);
    // Nothing is lost of the rest: the chat is there, and the jobs.
    await content(page).getByRole('button', { name: '说点什么' }).waitFor();
    refusing = false;
    await moving(page, 40_000);
    await page.context().close();
  });

  it('the page of a full node plays HLS at once, with no pass', async () => {
    const page = await (await newPhone(browser)).newPage();
    await page.route(/\/api\/broadcasts\/[^/]+\/join$/, (route) => route.fulfill({
      status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'mediaFull', message: '满了。', details: { hlsUrl: `/media/hls/${show.broadcast.roomId}/live.m3u8` }, requestId: 'r' } }),
    }));
    await page.goto(`${servers.urls[0]}/live/${show.broadcast.id}`);
    await content(page).getByText('普通播放', { exact: false }).first().waitFor();
    await moving(page, 30_000);
    await picture(page, 'mediaFull');
    await page.context().close();
  });
});
