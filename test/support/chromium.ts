/** Debian's Chromium for browser tests, and what every page is asked there. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/**
 * Chromium with a UTF-8 locale of its own: under another (a shell without LANG) it cannot open a file with a Chinese name.
 * @param more flags, for example a fake camera's
 */
export const launchChromium = (more: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...flags, ...more], env: { ...process.env, LC_ALL: 'C.UTF-8' } });

/** A camera and a microphone that Chromium makes up, and no question about them. */
export const fakeDevices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** Sound without a tap. */
export const anyAutoplay = '--autoplay-policy=no-user-gesture-required';
/** Sound needs a tap, as on phones. */
export const tapForSound = '--autoplay-policy=user-gesture-required';

/** A phone of its own: no cookies, nothing kept. Transitions are off, as for a person who asked for less motion. */
export const newPhone = (browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN', reducedMotion: 'reduce', ...options });

// What runs inside the page is written as text: the server's types know no browser, and should not.
interface Violation { id: string; impact: string | null; nodes: { html: string }[] }
let source: string | undefined;

/** What axe finds on the page that is serious or worse: a line each, with the element. */
export async function seriousFaults(page: Page): Promise<string[]> {
  source ??= readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  await page.evaluate(source);
  const violations = await page.evaluate<Violation[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** Elements that stick out of the page to the right: a line each. Empty: the page does not scroll sideways. */
export const stickingOut = (page: Page): Promise<string[]> => page.evaluate<string[]>(`
  document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map((element) => element.outerHTML.slice(0, 160))`);

/** Nothing serious for a screen reader, nothing that sticks out. @param where what a failure names */
export async function expectClean(page: Page, where: string): Promise<void> {
  expect([where, await seriousFaults(page), await stickingOut(page)]).toEqual([where, [], []]);
}

/** For a person who wants to look: SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true });
}

/** Waits until the page grows and shrinks no more: its first answers have come. */
export async function settled(page: Page): Promise<void> {
  const size = () => page.evaluate<number>('document.querySelectorAll("body *").length');
  for (let before = -1, still = 0; still < 4;) {
    const now = await size();
    still = now === before ? still + 1 : 0;
    before = now;
    await page.waitForTimeout(250);
  }
}

/** Whether a service worker serves the page, so that it opens without a network. */
export const workerActive = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`navigator.serviceWorker.getRegistration().then((one) => one?.active?.state === 'activated')`);

/** Opens an address and waits until the page's live line has been told its first topic: from then on nothing is missed. */
export async function openWithLine(page: Page, address: string): Promise<void> {
  const opened = page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await page.goto(address);
  // socket.io's acknowledgement of `subscribe`.
  await (await opened).waitForEvent('framereceived', ({ payload }) => /^43\d+\[\{"ok":true/.test(String(payload)));
}

/** Whether the focus lies on the element that `selector` finds, or inside it. */
export const holdsFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`document.activeElement?.closest(${JSON.stringify(selector)}) != null`);

/** A small choice that the page remembers (language, text size); it counts from the next page on. */
export const rememberInPage = (page: Page, key: string, value: string): Promise<void> =>
  page.evaluate<void>(`localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(value)})`);

/** Errors that the page's own scripts threw, as they come. */
export function scriptErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  return errors;
}
