/** A guard and the phone at a gate: the scanner in a browser of its own, which has all that it needs to go on without a network. */
import type { Gate } from '#libs/contracts';
import type { BrowserContext, Page } from 'playwright-core';
import { newPhone, scriptErrors } from './chromium.js';
import type { Fairground } from './fairground.js';
import { kept, worksAlone, type Kept } from './scanner-page.js';
import { eventually, type Bureau } from './world.js';

export class Guard {
  page!: Page;
  errors: string[] = [];
  private constructor(readonly context: BrowserContext, private readonly address: string) {}

  /** Bound, and with everything that it needs to go on alone. @param prepare before its page is opened */
  static async at({ browser, servers }: Pick<Fairground, 'browser' | 'servers'>, bureau: Bureau, gate: Gate, name: string, prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Guard> {
    const guard = new Guard(await newPhone(browser), servers.urls[0]!);
    await prepare?.(guard.context);
    const { code } = await bureau.admin.call('POST /gates/:gateId/pairing-codes', { params: { gateId: gate.id } });
    await guard.open(`/gate/pair?code=${code}`);
    await guard.page.getByLabel('这台设备叫什么').fill(name);
    await guard.button('绑定这个门').click();
    await guard.begin();
    await guard.page.getByText(/断网也能验·还能放 \d+ 人/).waitFor();
    await worksAlone(guard.page);
    return guard;
  }

  async open(path = '/gate/'): Promise<void> {
    this.page = await this.context.newPage();
    this.errors = scriptErrors(this.page);
    await this.page.goto(this.address + path);
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  begin(): Promise<void> {
    return this.button('不用相机，开始').click();
  }

  /** The network goes, or comes. */
  async offline(yes: boolean): Promise<void> {
    await this.context.setOffline(yes);
    if (yes) await this.page.getByText(/没有网，已 .*照常验票/).waitFor();
  }

  async way(way: '进' | '出'): Promise<void> {
    await this.page.locator('.way label', { hasText: new RegExp(`^${way}$`) }).click();
  }

  /** A hand-held scanner reads a number: whatever is on the screen, and as soon as the scan before is kept. */
  read(number: string): Promise<Kept> {
    return this.decided(() => this.type(number));
  }

  /** A group's number, and so many of it. `left`: how many the page says may still come in. */
  readGroup(number: string, count: number, left: number): Promise<Kept> {
    return this.decided(async () => {
      await this.type(number);
      await this.page.getByText(`还能进 ${left} 人`).waitFor();
      await this.page.getByLabel('人数').fill(String(count));
      await this.button(`放 ${count} 人进`).click();
    });
  }

  /** Somebody without a phone and `more` with them, let in without a network. */
  walkIn(more: number): Promise<Kept> {
    return this.decided(async () => {
      await this.page.getByRole('link', { name: '没有手机，打一张票' }).click();
      for (let n = 0; n < more; n += 1) await this.button('多一个').click();
      await this.button(`登记，放 ${1 + more} 人进`).click();
    });
  }

  async type(number: string): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    const began = Date.now();
    await Promise.all([...number, 'Enter'].flatMap((key, place) => {
      const press = { code: key === 'Enter' ? key : `Digit${key}`, key, timestamp: (began + place * 10) / 1_000 };
      return [session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press }), session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })];
    }));
    await session.detach();
  }

  /** Everything is with the server, and the next scan would be asked there. */
  async settled(): Promise<void> {
    await eventually('everything uploaded', async () => (await kept(this.page)).every(({ state }) => state !== 'waiting'), 45_000);
    await this.page.locator('.where').getByText(/^联网/).waitFor();
  }

  /** What is on the disk when the guard has done this. */
  private async decided(act: () => Promise<void>): Promise<Kept> {
    const before = (await kept(this.page)).length;
    await act();
    return eventually('the scan on the disk', async () => {
      const all = await kept(this.page);
      return all.length > before && all.at(-1)!.result ? all.at(-1) : null;
    });
  }
}
