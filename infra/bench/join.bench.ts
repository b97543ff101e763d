import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inOrder, type Benchmark } from './benchmark.js';
import { startBare } from './join/bare.js';
import { clickAndWait, clockCamera, readClock, watchFirstFrame } from './join/in-page.js';
import { goOnAir, HOST } from './join/show.js';
import { startFairwind, type StartedServer } from './server.js';
import { median } from './statistics.js';

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
  '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
];
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN', serviceWorkers: 'block' as const };
/** People who arrive within a second. */
const CROWD = 10;
/** So long the clock is read. */
const CLOCK = 1_600;

/** One of the two: where its pages are, and what is clicked in them. */
interface Side {
  /** The page that publishes. */
  host: Page;
  loaded: string;
  click: string;
  cold: string;
  video: string;
  /** What is there once a loaded page may be clicked. */
  ready: string;
}
interface Figures { loaded: number[]; cold: number[]; glass: number[] }

const p95 = (of: number[]) => [...of].sort((a, b) => a - b)[Math.ceil(of.length * 0.95) - 1]!;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function open(browser: Browser, url: string, video: string): Promise<Page> {
  const page = await (await browser.newContext(phone)).newPage();
  await page.addInitScript(watchFirstFrame(video));
  await page.addInitScript('window.firstFrame = window.frames1(0);');
  await page.goto(url, { waitUntil: 'commit' });
  return page;
}

/** Ten who click within a second in pages that are there, then some who come by a link, then the age of what the last sees. */
async function visit(browser: Browser, side: Side, other: Side, colds: number): Promise<Figures> {
  await Promise.all([other.host.evaluate('window.resting = true'), side.host.evaluate('window.resting = false')]);
  const pages = await Promise.all(Array.from({ length: CROWD }, () => open(browser, side.loaded, side.video)));
  await Promise.all(pages.map((page) => page.locator(side.ready).first().waitFor({ state: 'attached' })));
  await pause(1_800); // what a page does after it is there is done, and the encoder has found its rate
  const loaded = await Promise.all(pages.map(async (page, n) => {
    await pause((n * 1000) / CROWD);
    return page.evaluate<number>(clickAndWait(side.click));
  }));
  await Promise.all(pages.map((page) => page.context().close()));
  const cold: number[] = [];
  let glass: number[] = [];
  for (let n = 0; n < colds; n++) {
    const page = await open(browser, side.cold, side.video);
    cold.push(await page.evaluate<number>('window.firstFrame'));
    if (n === colds - 1) {
      await pause(1_500);
      glass = await page.evaluate<number[]>(readClock(side.video, CLOCK));
    }
    await page.context().close();
  }
  return { loaded, cold, glass };
}

/** The studio as its host opens it, with the clock for a camera. */
async function host(browser: Browser, url: string, id: string, password: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 }, permissions: ['camera', 'microphone'] })).newPage();
  await page.addInitScript(clockCamera);
  await page.goto(`${url}/console/sign-in?then=${encodeURIComponent(`/studio/${id}`)}`);
  await page.getByLabel('账号', { exact: true }).fill(HOST);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '打开摄像头和麦克风' }).click();
  await page.getByRole('button', { name: /^(进直播间|进去排练)$/ }).click({ timeout: 30_000 });
  await page.getByRole('toolbar', { name: '直播间' }).waitFor();
  return page;
}

async function bareHost(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
  await page.addInitScript(clockCamera);
  await page.goto(url);
  await page.waitForFunction('window.ready');
  await page.evaluate('window.publish()');
  return page;
}

const metric = (name: string, atMost?: number) => ({ name, unit: 'ms', ...(atMost === undefined ? {} : { goal: { of: 'value' as const, atMost } }) });

/** How long a viewer waits for the first picture, and how old a picture is when it is seen. */
export const join: Benchmark = {
  name: 'join',
  about: 'a candidate’s page in Chromium, from the click (ten within a second) and from a cold navigation to the first decoded frame; glass to glass by a clock in the picture',
  floor: 'a bare mediasoup page: mediasoup and mediasoup-client, one room, no application around them',
  metrics: [
    metric('click, median'), metric('click, p95', 400), metric('cold navigation, median'), metric('cold navigation, p95', 900),
    metric('glass to glass, median'), metric('glass to glass, p95', 100),
  ],
  pairs: { whole: 9, quick: 1 },
  async open({ quick }) {
    const dataDir = await mkdtemp(path(tmpdir(), 'fairwind-join-'));
    let ours: StartedServer | undefined;
    let bare: Awaited<ReturnType<typeof startBare>> | undefined;
    let studios: Browser | undefined;
    let phones: Browser | undefined;
    const close = async () => {
      await phones?.close();
      await studios?.close();
      await bare?.close();
      await ours?.stop();
      await rm(dataDir, { recursive: true, force: true });
    };
    try {
      // Two browsers, since those who show and those who watch share nothing in life.
      const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
      [ours, bare, studios, phones] = await Promise.all([startFairwind(dataDir), startBare(), launch(), launch()]);
      const password = /Password:\s+(\S+)/.exec(ours.output())?.[1];
      if (!password) throw new Error(`The demo named no password:\n${ours.output().slice(-500)}`);
      const show = await goOnAir(ours.url, password);
      const [ourHost, itsHost] = await Promise.all([host(studios, ours.url, show.id, password), bareHost(studios, bare.url)]);
      const [chrome, colds] = [phones, quick ? 3 : 10];
      const link = `a[href="/live/${show.id}"]`;
      const fairwind: Side = { host: ourHost, loaded: `${ours.url}/fairs/${show.fairId}`, click: link, cold: `${ours.url}/live/${show.id}`, video: '.screen video', ready: link };
      const floor: Side = { host: itsHost, loaded: `${bare.url}/`, click: '#join', cold: `${bare.url}/#join`, video: '#video', ready: '#join[data-ready]' };
      return {
        async pair(oursFirst) {
          const { value, floor: below } = await inOrder(oursFirst, () => visit(chrome, fairwind, floor, colds), () => visit(chrome, floor, fairwind, colds));
          const both = (of: (figures: Figures) => number) => ({ value: of(value), floor: of(below) });
          return {
            'click, median': both(({ loaded }) => median(loaded)), 'click, p95': both(({ loaded }) => p95(loaded)),
            'cold navigation, median': both(({ cold }) => median(cold)), 'cold navigation, p95': both(({ cold }) => p95(cold)),
            'glass to glass, median': both(({ glass }) => median(glass)), 'glass to glass, p95': both(({ glass }) => p95(glass)),
          };
        },
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};
