/** People at their browsers: colleagues in the console, candidates on a phone. Each has a browser context of their own. */
import { randomInt } from 'node:crypto';
import type { SignedIn } from '#libs/contracts';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { codeFor } from '../../infra/bench/texts.js';
import type { Caller } from './caller.js';
import { newPhone, scriptErrors } from './chromium.js';
import type { Servers } from './servers.js';
import { eventually, type Candidate, type Employer, type World } from './world.js';

const password = 'spring-wind-2026';
export interface Colleague { loginName: string; accountId: string; caller: Caller }
type Prepare = (context: BrowserContext) => Promise<unknown>;

export class Browsing {
  /** What any page's own scripts threw. */
  readonly errors: string[][] = [];

  constructor(private readonly browser: Browser, private readonly servers: Servers, private readonly world: World) {}

  /** A new colleague who can sign in. */
  async invite(by: Pick<Employer, 'admin' | 'organisationId'>, role: 'employerAdmin' | 'recruiter' | 'organiserAdmin' | 'stationClerk', displayName: string): Promise<Colleague> {
    const loginName = `p-${randomInt(1e12).toString(36)}`;
    const { url } = await by.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: by.organisationId }, body: { role } });
    const { account, accessToken } = await this.world.anyone.call('POST /auth/links/use', { body: { token: url.split('/').at(-1)!, password, loginName, displayName } });
    return { loginName, accountId: account.accountId, caller: this.world.anyone.as(accessToken) };
  }

  /** Signs in to the console, and stands at `path` below it; without one, where the sign-in leads. `phone`: on a phone, with no permission but those given. */
  async console(loginName: string, path?: string, { phone = false, ...options }: BrowserContextOptions & { phone?: boolean } = {}, prepare?: Prepare): Promise<Page> {
    const context = phone
      ? await newPhone(this.browser, options)
      : await this.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce', permissions: ['camera', 'microphone'], ...options });
    const page = await this.open(context, prepare);
    await page.goto(`${this.servers.urls[0]}/console/sign-in${path === undefined ? '' : `?then=${encodeURIComponent(path)}`}`);
    await page.getByLabel('账号', { exact: true }).fill(loginName);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    if (path === undefined) await page.getByRole('navigation', { name: '工作台' }).waitFor();
    else await page.waitForURL((url) => url.pathname === `/console${path}`);
    return page;
  }

  /** A candidate's phone, not signed in. */
  async phone(path: string, options: BrowserContextOptions = {}, prepare?: Prepare): Promise<Page> {
    const page = await this.open(await newPhone(this.browser, { permissions: ['camera', 'microphone'], ...options }), prepare);
    await page.goto(this.servers.urls[0] + path);
    return page;
  }

  /** Through the sheet that asks for a sign-in; the code stands in the server's log. @returns the person that the page is now */
  async signIn(page: Page, number = `137${String(randomInt(1e8)).padStart(8, '0')}`): Promise<Candidate> {
    const sheet = page.getByRole('dialog');
    const before = this.servers.lines.length;
    await sheet.getByLabel('手机号').fill(number);
    await page.keyboard.press('Enter');
    await sheet.getByText('验证码写在服务器的日志里').waitFor();
    const code = await eventually('the code in the log', () => codeFor(number, this.servers.lines, before));
    const answer = page.waitForResponse((each) => each.url().endsWith('/api/auth/sign-in-by-phone') && each.ok());
    await sheet.getByLabel('验证码').fill(code);
    const { accessToken, account } = (await (await answer).json()) as SignedIn;
    return { caller: this.world.anyone.as(accessToken), phone: number, accountId: account.accountId };
  }

  private async open(context: BrowserContext, prepare?: Prepare): Promise<Page> {
    await prepare?.(context);
    const page = await context.newPage();
    this.errors.push(scriptErrors(page));
    return page;
  }
}
