/**
 * The clocks of a page and of its service worker, which a test moves: hours pass in an instant, a phone sleeps, somebody sets the
 * time. Timers go on as they are, as on a phone that was busy.
 */
import type { BrowserContext, Page } from 'playwright-core';

// What runs inside the page and the worker is written as text: the server's types know no browser, and should not.
const movable = (ahead: number) => `{
  const [wall, running] = [Date.now.bind(Date), performance.now.bind(performance)];
  const more = { wall: ${ahead}, running: 0 };
  Date.now = () => wall() + more.wall;
  performance.now = () => running() + more.running;
  self.moveClock = (wall, running) => { more.wall += wall; more.running += running; };
}`;
const hearing = `self.addEventListener('message', ({ data }) => { if (data?.moveClock) self.moveClock(...data.moveClock); })`;

export class PageClock {
  private constructor(private readonly context: BrowserContext) {}

  /** For pages that are opened from now on. @param ahead of the true time, ms */
  static async of(context: BrowserContext, ahead: number): Promise<PageClock> {
    await context.addInitScript(movable(ahead));
    return new PageClock(context);
  }

  /** Takes the clock of the page's service worker along: call once, when it is there. */
  async takeWorker(): Promise<void> {
    const [worker, ...others] = this.context.serviceWorkers();
    if (!worker || others.length > 0) throw new Error('There should be one service worker.');
    await worker.evaluate(movable(0));
    await worker.evaluate(hearing);
  }

  /** Time passes while the phone is awake. @param ms from now */
  pass(page: Page, ms: number): Promise<void> {
    return this.move(page, ms, ms);
  }

  /** Time passes while the phone sleeps: its running time rests. @param ms from now */
  sleep(page: Page, ms: number): Promise<void> {
    return this.move(page, ms, 0);
  }

  /** Somebody sets the clock. @param ms forward, below 0: back */
  set(page: Page, ms: number): Promise<void> {
    return this.move(page, ms, 0);
  }

  /** Both at once: what the worker is asked before comes before, what it is asked afterwards comes afterwards. */
  private move(page: Page, wall: number, running: number): Promise<void> {
    return page.evaluate<void>(`navigator.serviceWorker.getRegistration('/gate/').then(({ active }) => {
      active.postMessage({ moveClock: [${wall}, ${running}] });
      self.moveClock(${wall}, ${running});
    })`);
  }
}
