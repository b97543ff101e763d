/** Ten people who come within a second, one of them in Chromium; and the age of the picture that is seen. */
import type { Browser, Page } from 'playwright-core';
import type { Load } from '../sfu/load.js';
import type { Arrive, Way } from './crowd.js';
import { clickAndWait, readClock, watchSteps } from './in-page.js';
import type { Steps } from './steps.js';

/** People who arrive within a second. */
const CROWD = 10;
/** So long the clock is read, milliseconds. */
const CLOCK = 1_600;
/** A page that is there has done what it does, and the encoder has found its rate. */
const SETTLE = 1_800;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN', serviceWorkers: 'block' as const };

/** One of the two: where its pages are, and what is clicked in them. */
export interface Side {
  /** The page that publishes. */
  host: Page;
  loaded: string;
  click: string;
  cold: string;
  video: string;
  /** What is there once a loaded page may be clicked. */
  ready: string;
  arrive: Arrive;
}
export interface Figures { click: Steps[]; cold: Steps[]; glass: number[] }
export interface Plan {
  /** Bursts of ten in which the measured one clicks, and in which they come by a link. */
  clicks: number;
  colds: number;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function phonePage(browser: Browser, side: Side): Promise<Page> {
  const page = await (await browser.newContext(phone)).newPage();
  await page.addInitScript(watchSteps(side.video));
  return page;
}

/** Pages that are there, ready to be clicked. */
async function loaded(browser: Browser, side: Side, count: number): Promise<Page[]> {
  const pages = await Promise.all(Array.from({ length: count }, () => phonePage(browser, side)));
  await Promise.all(pages.map(async (page) => {
    await page.goto(side.loaded, { waitUntil: 'commit' });
    await page.locator(side.ready).first().waitFor({ state: 'attached' });
  }));
  await pause(SETTLE);
  return pages;
}

async function cold(page: Page, side: Side): Promise<Steps> {
  await page.goto(side.cold, { waitUntil: 'commit' });
  return page.evaluate<Steps>('window.firstFrame()');
}

/** Ten, evenly over a second; the measured one comes `place`-th. All others have their media when this ends. */
async function burst(side: Side, load: Load, way: Way, place: number, measured: () => Promise<Steps>): Promise<Steps> {
  const { first } = await load.addPeers(CROWD - 1);
  let steps: Steps | undefined;
  const leaves = await Promise.all(Array.from({ length: CROWD }, async (_, n) => {
    await pause((n * 1_000) / CROWD);
    if (n !== place) return side.arrive(load, first + n - (n > place ? 1 : 0), way);
    steps = await measured();
    return () => undefined;
  }));
  await load.ready(first, CROWD - 1);
  for (const leave of leaves) leave();
  return steps!;
}

/** Bursts of those who click and of those who come by a link, then the age of what the last one sees. */
export async function visit(browser: Browser, side: Side, other: Side, load: Load, { clicks, colds }: Plan): Promise<Figures> {
  await Promise.all([other.host.evaluate('window.resting = true'), side.host.evaluate('window.resting = false')]);
  const figures: Figures = { click: [], cold: [], glass: [] };
  const pages = await loaded(browser, side, clicks);
  for (const [n, page] of pages.entries()) {
    figures.click.push(await burst(side, load, 'click', placeOf(n), () => page.evaluate<Steps>(clickAndWait(side.click))));
    await page.context().close();
  }
  for (let n = 0; n < colds; n++) {
    const page = await phonePage(browser, side);
    figures.cold.push(await burst(side, load, 'link', placeOf(n), () => cold(page, side)));
    if (n === colds - 1) {
      await pause(1_000);
      figures.glass = await page.evaluate<number[]>(readClock(side.video, CLOCK));
    }
    await page.context().close();
  }
  return figures;
}

/** Each place among the ten in its turn, first ones and last ones mixed. */
const placeOf = (n: number): number => (n * 3 + 4) % CROWD;

/** The same ten in Chromium, each with a decoder: on a small machine this measures its processors. @returns milliseconds */
export async function tenPages(browser: Browser, side: Side, other: Side): Promise<number[]> {
  await Promise.all([other.host.evaluate('window.resting = true'), side.host.evaluate('window.resting = false')]);
  const pages = await loaded(browser, side, CROWD);
  const all = await Promise.all(pages.map(async (page, n) => {
    await pause((n * 1_000) / CROWD);
    return page.evaluate<Steps>(clickAndWait(side.click));
  }));
  await Promise.all(pages.map((page) => page.context().close()));
  return all.map(({ click, frame }) => frame - click!);
}
