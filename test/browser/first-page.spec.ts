/** The phone's first page as the server writes it, and as the application takes it over, in real Chromium against a real server. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newPhone, rememberInPage, scriptErrors, seriousFaults } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import type { Servers } from '../support/servers.js';
import { eventually, type Bureau, type World } from '../support/world.js';

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let fairName: string;
let fairId: string;
let browser: Browser;
const contexts: BrowserContext[] = [];

/** A phone whose scripts wait, so that the page is seen as it was served. */
async function heldPhone(address = '/', before?: (page: Page) => Promise<void>): Promise<{ page: Page; letGo(): Promise<void>; errors: string[] }> {
  const context = await newPhone(browser, { serviceWorkers: 'block' });
  contexts.push(context);
  const page = await context.newPage();
  await before?.(page);
  const errors = scriptErrors(page);
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  let open: () => void = () => undefined;
  const held = new Promise<void>((done) => { open = done; });
  await page.route('**/assets/phone/phone-*.js', async (route) => { await held; await route.continue(); });
  await page.goto(servers.urls[0] + address, { waitUntil: 'commit' });
  await page.locator('.tabbar').waitFor();
  return {
    page, errors,
    async letGo() {
      open();
      await eventually('the application in the page', () => page.evaluate<boolean>(`'__vue_app__' in document.getElementById('app')`));
      await page.waitForLoadState('networkidle');
    },
  };
}
const text = (page: Page) => page.evaluate<string>(`document.getElementById('content').innerText.replace(/\\d+ (秒|分钟)前|刚刚/g, '')`);
/** What is inside of an icon is one markup, and set as one. */
const elements = '[...document.querySelectorAll(\'#app *\')].filter((element) => !element.parentElement.matches(\'svg.i\'))';
const mark = (page: Page) => page.evaluate<void>(`void ${elements}.forEach((element) => { element.served = true; })`);
const keptShare = (page: Page) => page.evaluate<number>(`((all) => all.filter((element) => element.served).length / all.length)(${elements})`);

jest.setTimeout(120_000);

beforeAll(async () => {
  ground = await Fairground.open();
  ({ servers, world, browser } = ground);
  bureau = await world.bureau();
  const employer = await world.employer('海峤精密制造有限公司');
  await world.verify(employer, bureau);
  const { fair } = await world.openFair(bureau, { quota: 500 });
  [fairName, fairId] = [fair.name, fair.id];
  const job = await employer.admin.call('POST /jobs', { body: {
    title: '装配工（两班倒）', headCount: 60, conditions: '能上夜班。', content: '装配小型电机。', place: '澜江市滨港区海峤路 18 号', regionCode: fair.regionCode,
    payMin: 5500, payMax: 7000, payUnit: 'month', payTerms: '底薪 2,400 元 + 计件', validUntil: '2099-12-31', tags: ['urgent'],
  } });
  await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
}, 180_000);

afterAll(() => ground?.close());
afterEach(async () => { for (const context of contexts.splice(0)) await context.close(); });

describe('the first page', () => {
  it('can be read before any script, with its links, and axe finds nothing serious in it', async () => {
    const { page, letGo } = await heldPhone();
    const served = await text(page);
    for (const words of ['今天的招聘会正在进行', fairName, '能进', '装配工（两班倒）', '5,500–7,000', '报名领入场码']) expect(served).toContain(words);
    expect(await page.locator('.tabbar a').nth(1).getAttribute('href')).toBe('/jobs');
    expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('header.top')).backgroundColor`)).toBe('rgb(6, 58, 49)');
    expect(await seriousFaults(page)).toEqual([]);
    await letGo();
  });

  it('is taken over element by element: nothing is drawn anew, nothing moves, nothing is asked twice', async () => {
    const { page, letGo, errors } = await heldPhone();
    const asked: string[] = [];
    page.on('request', (request) => { if (request.url().includes('/api/')) asked.push(new URL(request.url()).pathname); });
    const served = await text(page);
    const heights = () => page.evaluate<number[]>(`[...document.querySelectorAll('#content *')].map((element) => Math.round(element.getBoundingClientRect().top))`);
    await page.evaluate<unknown>('document.fonts.ready');
    const before = await heights();
    await mark(page);
    await page.evaluate<void>(`document.querySelector('a.name').focus()`);
    await letGo();
    expect(await keptShare(page)).toBe(1);
    expect(await text(page)).toBe(served);
    expect(await heights()).toEqual(before);
    expect(await page.evaluate<string>('document.activeElement.className')).toBe('name');
    // What came with the page is not asked for again; the crowd has gone on, and live broadcasts come later.
    expect(asked.sort()).toEqual([`/api/fairs/${fairId}/broadcasts`, `/api/fairs/${fairId}/crowd`]);
    expect(errors).toEqual([]);
    await page.locator('.tabbar').getByText('岗位').tap();
    await page.locator('h1', { hasText: '岗位' }).waitFor();
  });

  it('comes in the language and size that were chosen, and is taken over so', async () => {
    const { page, letGo, errors } = await heldPhone('/', async (first) => {
      await first.goto(servers.urls[0]!);
      await first.getByRole('button', { name: 'English' }).click();
      await first.getByRole('button', { name: /larger/i }).click();
    });
    expect(await page.evaluate<unknown>('[document.documentElement.lang, document.documentElement.dataset.text]')).toEqual(['en', 'large']);
    expect(await text(page)).toContain('Register');
    await mark(page);
    await letGo();
    expect(await keptShare(page)).toBe(1);
    expect(errors).toEqual([]);
  });

  it('stands until the reader’s own language takes its place, where the server could not know of it', async () => {
    const { page, letGo, errors } = await heldPhone('/', async (first) => {
      // A page of our origin with nothing in it, not even an icon for the browser to look for.
      await first.route('**/nothing', (route) => route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' }));
      await first.goto(`${servers.urls[0]}/nothing`);
      await rememberInPage(first, 'fw-language', 'en');
    });
    expect(await text(page)).toContain('报名领入场码');
    // From the first sight of the page on it is never empty.
    await page.evaluate<void>(`window.emptied = 0; (function look() { if (!document.querySelector('.tabbar') || document.body.innerText.length < 100) window.emptied++; requestAnimationFrame(look); })()`);
    await letGo();
    expect(await text(page)).toContain('Register');
    expect(await page.evaluate<number>('window.emptied')).toBe(0);
    expect(errors).toEqual([]);
  });

  it('opens a sheet that its address names', async () => {
    const { page, letGo, errors } = await heldPhone('/?open=region');
    await letGo();
    await page.getByRole('dialog').waitFor();
    expect(errors).toEqual([]);
  });

  it('says what there is to say when no fair is to come', async () => {
    await bureau.admin.call('POST /fairs/:fairId/status', { params: { fairId }, body: { to: 'closed' } });
    await eventually('a page without the fair', async () => !(await (await fetch(servers.urls[0]!)).text()).includes(`${fairName}<`));
    const { page, letGo, errors } = await heldPhone();
    const served = await text(page);
    await mark(page);
    await letGo();
    expect(await keptShare(page)).toBe(1);
    expect(served).not.toContain('今天的招聘会正在进行');
    await page.locator('.fair').getByRole('link').waitFor();
    expect(errors).toEqual([]);
  });
});
