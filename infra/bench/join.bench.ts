import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inOrder, type Benchmark, type Pair } from './benchmark.js';
import { startBare } from './join/bare.js';
import { atBare, atFairwind } from './join/crowd.js';
import { clockCamera } from './join/in-page.js';
import { goOnAir, HOST } from './join/show.js';
import { stepTable, type Steps } from './join/steps.js';
import { tenPages, visit, type Figures, type Side } from './join/visit.js';
import { goFirst } from './priority.js';
import { startFairwind, type StartedServer } from './server.js';
import { compile, Load } from './sfu/load.js';
import { needCompiler } from './sfu/packages.js';
import { median } from './statistics.js';

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
  '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
];
/** What a pair is: bursts of ten, and whether ten decoding pages are tried too. */
const plans = { whole: { clicks: 4, colds: 4 }, quick: { clicks: 3, colds: 3 } };
/** The run with ten decoding pages is dear: in this many pairs. */
const TEN_PAGES = 3;

const percentile = (of: readonly number[]) => [...of].sort((a, b) => a - b)[Math.ceil(of.length * 0.95) - 1]!;
const waits = (steps: readonly Steps[]) => steps.map(({ frame, click = 0 }) => frame - click);

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
const parts = { click: ({ click }: Figures) => waits(click), 'cold navigation': ({ cold }: Figures) => waits(cold), 'glass to glass': ({ glass }: Figures) => glass };
const tenDecoding = 'click, ten decoding pages, p95';

/** Medians and 95th percentiles of all that was measured on both sides. */
function figuresOf(ours: Figures, floor: Figures): Pair {
  const both = (of: (figures: Figures) => number) => ({ value: of(ours), floor: of(floor) });
  return Object.fromEntries(Object.entries(parts).flatMap(([name, of]) => [
    [`${name}, median`, both((figures) => median(of(figures)))], [`${name}, p95`, both((figures) => percentile(of(figures)))],
  ]));
}

/** How long a viewer waits for the first picture, and how old a picture is when it is seen. */
export const join: Benchmark = {
  name: 'join',
  about: 'a candidate’s page in Chromium, one of ten who come within a second, from the click and from a cold navigation to the first decoded frame; glass to glass by a clock in the picture. '
    + 'The other nine do all but decode (the load generator of bench sfu), so that the server is measured and not this machine’s lack of nine phones; `ten decoding pages`, not in --quick, is that machine',
  floor: 'a bare mediasoup page: mediasoup and mediasoup-client, one room, no application around them; ten come in the same way',
  metrics: [
    metric('click, median'), metric('click, p95', 400), metric('cold navigation, median'), metric('cold navigation, p95', 900),
    metric('glass to glass, median'), metric('glass to glass, p95', 100), metric(tenDecoding),
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
      await needCompiler();
      goFirst();
      const program = await compile('load.c', dataDir, 'load');
      [ours, bare, studios, phones] = await Promise.all([startFairwind(path(dataDir, 'data')), startBare(), launch(), launch()]);
      const password = /Password:\s+(\S+)/.exec(ours.output())?.[1];
      if (!password) throw new Error(`The demo named no password:\n${ours.output().slice(-500)}`);
      const show = await goOnAir(ours.url, password);
      const [ourHost, itsHost] = await Promise.all([host(studios, ours.url, show.id, password), bareHost(studios, bare.url)]);
      const [chrome, plan] = [phones, quick ? plans.quick : plans.whole];
      const link = `a[href="/live/${show.id}"]`;
      const fairwind: Side = { host: ourHost, loaded: `${ours.url}/fairs/${show.fairId}`, click: link, cold: `${ours.url}/live/${show.id}`, video: '.screen video', ready: link, arrive: atFairwind(ours.url, show.id) };
      const floor: Side = { host: itsHost, loaded: `${bare.url}/`, click: '#join', cold: `${bare.url}/#join`, video: '#video', ready: '#join[data-ready]', arrive: atBare(bare.url) };
      const total = { ours: nothing(), floor: nothing() };
      let pairs = 0;
      return {
        async pair(oursFirst) {
          const load = await Load.start(program);
          const { value, floor: below } = await inOrder(oursFirst, () => visit(chrome, fairwind, floor, load, plan), () => visit(chrome, floor, fairwind, load, plan)).finally(() => load.close());
          add(total.ours, value);
          add(total.floor, below);
          const pair = figuresOf(value, below);
          if (quick || pairs++ >= TEN_PAGES) return pair;
          const ten = await inOrder(oursFirst, () => tenPages(chrome, fairwind, floor), () => tenPages(chrome, floor, fairwind));
          return { ...pair, [tenDecoding]: { value: percentile(ten.value), floor: percentile(ten.floor) } };
        },
        whole: () => figuresOf(total.ours, total.floor),
        notes: () => [
          ...stepTable('from the click, medians, ms', total.ours.click, total.floor.click, ['html', 'code']),
          ...stepTable('from the navigation, medians, ms', total.ours.cold, total.floor.cold),
        ],
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

const nothing = (): Figures => ({ click: [], cold: [], glass: [] });
function add(all: Figures, more: Figures): void {
  for (const part of ['click', 'cold'] as const) all[part].push(...more[part]);
  all.glass.push(...more.glass);
}
