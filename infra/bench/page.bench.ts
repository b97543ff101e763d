import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inOrder, type Benchmark } from './benchmark.js';
import { startFairwind, type StartedServer } from './server.js';

/** Lighthouse's mobile throttling as Chromium applies it to requests: slow 4G, 4x slower CPU. */
const slow4G = { offline: false, latency: 562.5, downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8, uploadThroughput: (750 * 1024 * 0.9) / 8 };
const cpuSlowdown = 4;
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'zh-CN', serviceWorkers: 'block' as const };
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// In-page scripts are texts: the server's TypeScript knows no DOM, and should not.
const notePaint = `
  new PerformanceObserver((list) => { window.largestPaint = list.getEntries().at(-1).startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });`;
const asOneFile = `(() => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText);
  const body = document.body.cloneNode(true);
  for (const script of body.querySelectorAll('script')) script.remove();
  return '<!doctype html><html lang="zh-CN" data-surface="' + document.documentElement.dataset.surface + '"><meta charset="utf-8">'
    + '<meta name="viewport" content="width=device-width"><style>' + rules.filter((rule) => !rule.startsWith('@font-face')).join('\\n')
    + '</style>' + body.outerHTML;
})()`;

/** Largest paint, and the time until a tap on 岗位 is answered by its page, milliseconds since the navigation began. */
async function visit(browser: Browser, url: string): Promise<{ paint: number; tap: number }> {
  const context = await browser.newContext(phone);
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', slow4G);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
    await page.addInitScript(notePaint);
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForLoadState('networkidle');
    return { paint: await largestPaint(page), tap: await tapTime(page) };
  } finally {
    await context.close();
  }
}

/** On a busy machine Chromium reports a paint some time after the line has fallen silent. */
async function largestPaint(page: Page): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const paint = await page.evaluate<number | null>('window.largestPaint ?? null');
    if (paint !== null) return paint;
    await page.waitForTimeout(50);
  }
  throw new Error('Chromium has reported no paint');
}

/** From the tap on the tab of the jobs to the jobs page's own heading. */
async function tapTime(page: Page): Promise<number> {
  const since = performance.now();
  await page.locator('a[href="/jobs"]').first().tap();
  await page.locator('h1').filter({ hasText: '岗位' }).first().waitFor({ state: 'visible' });
  return performance.now() - since;
}

/** The home page as it stood, frozen: its own text and styles, no script. The least that shows the same. */
async function freeze(browser: Browser, url: string): Promise<Map<string, string>> {
  const context = await browser.newContext(phone);
  const pages = new Map<string, string>();
  for (const path of ['/', '/jobs']) {
    const page = await context.newPage();
    await page.goto(url + path, { waitUntil: 'networkidle' });
    pages.set(path, await page.evaluate<string>(asOneFile));
    await page.close();
  }
  await context.close();
  return pages;
}

function serveFrozen(pages: Map<string, string>): Promise<{ url: string; server: Server }> {
  const zipped = new Map([...pages].map(([path, html]) => [path, gzipSync(html)]));
  const server = createServer((request, response) => {
    const body = zipped.get(request.url ?? '');
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Encoding': 'gzip' }).end(body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` })));
}

/** The phone's first page on a cheap phone and a weak network. */
export const page: Benchmark = {
  name: 'page',
  about: 'the phone’s first page in Chromium, slow 4G and a 4x slower CPU: largest paint, first tap answered',
  floor: 'the same page frozen: its text and styles in one HTML file, no script, from a bare HTTP server',
  metrics: [
    { name: 'largest paint', unit: 'ms', goal: { of: 'value', atMost: 2_500 } },
    { name: 'first tap answered', unit: 'ms' },
  ],
  pairs: { whole: 9, quick: 3 },
  async open() {
    const dataDir = await mkdtemp(join(tmpdir(), 'fairwind-page-'));
    let ours: StartedServer | undefined;
    let browser: Browser | undefined;
    let frozen: Server | undefined;
    const close = async () => {
      await browser?.close();
      frozen?.close();
      await ours?.stop();
      await rm(dataDir, { recursive: true, force: true });
    };
    try {
      ours = await startFairwind(dataDir);
      browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
      const floor = await serveFrozen(await freeze(browser, ours.url));
      frozen = floor.server;
      const [{ url }, opened] = [ours, browser];
      return {
        async pair(oursFirst) {
          const { value, floor: below } = await inOrder(oursFirst, () => visit(opened, `${url}/`), () => visit(opened, `${floor.url}/`));
          return { 'largest paint': { value: value.paint, floor: below.paint }, 'first tap answered': { value: value.tap, floor: below.tap } };
        },
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};
