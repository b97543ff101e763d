/** What the specs of the pages stand on: real servers in one process, the platform's administrator, and Chromium. */
import type { Browser } from 'playwright-core';
import { Browsing } from './browsing.js';
import { launchChromium } from './chromium.js';
import { Servers } from './servers.js';
import { World } from './world.js';

export class Fairground {
  readonly people: Browsing;

  private constructor(readonly servers: Servers, readonly world: World, readonly browser: Browser) {
    this.people = new Browsing(browser, servers, world);
  }

  /** @param flags Chromium's, for example a made-up camera's  @param settings the servers', beside what every test has */
  static async open(flags: string[] = [], settings: NodeJS.ProcessEnv = {}): Promise<Fairground> {
    const [served, launched] = await Promise.allSettled([Servers.start('one', { settings }), launchChromium(flags)]);
    try {
      if (served.status === 'rejected') throw served.reason;
      if (launched.status === 'rejected') throw launched.reason;
      return new Fairground(served.value, await World.open(served.value), launched.value);
    } catch (error) {
      // Nobody else knows of what did start.
      if (launched.status === 'fulfilled') await launched.value.close();
      if (served.status === 'fulfilled') await served.value.stop();
      throw error;
    }
  }

  /** Ends all of it, the pages first: none of them sees its server go. */
  async close(): Promise<void> {
    await this.browser.close();
    this.world.close();
    await this.servers.stop();
  }
}
