/** The bureau's preparation in the console, by keyboard wherever a person would type: from the invitation to a fair with its employers placed. */
import type { Booth, FloorPlan } from '#libs/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Caller } from '../support/caller.js';
import { chinaDay } from '../support/china-time.js';
import { holdsFocus, openWithLine, rememberInPage, scriptErrors, seriousFaults, stickingOut } from '../support/chromium.js';
import { itInLong, long } from '../support/runs.js';
import { Fairground } from '../support/fairground.js';
import type { Servers } from '../support/servers.js';
import { eventually, onePixelPng, type Candidate, type Employer, type World } from '../support/world.js';

const password = 'spring-wind-2026';
const name = '鼓楼区社区招聘会';
const DAY = 86_400_000;
const firstDay = chinaDay(Date.now() + 10 * DAY);
const laterDay = chinaDay(Date.now() + 17 * DAY);

let ground: Fairground;
let servers: Servers;
let world: World;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let errors: string[];
let organisationId: string;
let colleague: Caller;
let employer: Employer;
let candidate: Candidate;
let fairId: string;

jest.setTimeout(120_000);

const at = (path: string) => `${servers.urls[0]}/console${path}`;
const button = (text: string | RegExp) => page.getByRole('button', { name: text, exact: typeof text === 'string' });
const dialog = () => page.getByRole('dialog');
const field = (label: string) => page.getByLabel(label, { exact: true });
const tab = (text: string | RegExp) => page.getByRole('navigation', { name: '这场招聘会' }).getByRole('link', { name: text });
const read = () => world.anyone.call('GET /fairs/:fairId', { params: { fairId } });
const told = (text: string | RegExp) => page.locator('.el-message').getByText(text).first().waitFor();
const handIn = (number: string) => employer.admin.upload('POST /organisations/:organisationId/licences', { organisationId: employer.organisationId },
  { name: '营业执照.png', type: 'image/png', bytes: onePixelPng }, { number, expiresOn: '2099-12-31' });

beforeAll(async () => {
  ground = await Fairground.open();
  ({ servers, world, browser } = ground);
  employer = await world.employer('海峤精密制造有限公司');
  candidate = await world.candidate();
  // A browser far away: the fair's times are China's all the same.
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'America/New_York', reducedMotion: 'reduce' });
  page = await context.newPage();
  errors = scriptErrors(page);
}, 180_000);

afterAll(() => ground?.close());

describe('the bureau', () => {
  it('joins by its invitation, which works once', async () => {
    const organisation = await world.platform.call('POST /organisations/organisers', { body: { name: '福州市人社局', regionCode: '350100', department: '人社' } });
    organisationId = organisation.id;
    const invite = () => world.platform.call('POST /organisations/:organisationId/invitations', { params: { organisationId }, body: { role: 'organiserAdmin' } });
    colleague = await world.join((await invite()).url, '王主任');
    const { url } = await invite();
    await page.goto(url);
    await field('怎么称呼你').fill('陈科长');
    await field('账号').fill('chen.ke');
    await field('密码').fill('short');
    await page.keyboard.press('Enter');
    expect(await holdsFocus(page, 'input[name=password]')).toBe(true);
    await field('密码').fill(password);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: '工作台' }).waitFor();
    await page.goto(url);
    await page.getByText('这个链接不能用了').waitFor();
  });

  it('finds the way back to the page that it asked for, after a wrong password', async () => {
    await page.goto(at('/fairs'));
    await button('退出登录').click();
    await page.waitForURL('**/sign-in');
    await page.goto(at('/fairs/new'));
    await field('账号').fill('chen.ke');
    await field('密码').fill('not-this-one');
    await page.keyboard.press('Enter');
    await page.getByText('账号或密码不对').waitFor();
    await field('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/fairs/new');
  });

  it('makes a fair; what is typed outlives the page, and what is missing is said at its field', async () => {
    await page.getByText('社区乡村招聘会（模板）').waitFor();
    await button(/从空白开始/).click();
    await field('名称').fill(name);
    await page.getByLabel(/^报名名额/).fill('5００');
    await button('建好，去分区').click();
    await page.getByText('请填时间').first().waitFor();
    expect(await holdsFocus(page, 'input[type=date]')).toBe(true);
    await eventually('the draft in the browser', () => page.evaluate<boolean>(`Object.keys(localStorage).some((key) => key.startsWith('fw-draft') && localStorage[key].includes('${name}'))`));
    await page.reload();
    await page.getByText('上次没填完的还在').waitFor();
    expect(await field('名称').inputValue()).toBe(name);
    await field('日期').fill(firstDay);
    await field('几点开始').fill('09:00');
    await field('几点结束').fill('11:30');
    await page.getByLabel('地区 县（区）').selectOption({ label: '鼓楼区' });
    expect(await seriousFaults(page)).toEqual([]);
    await field('名称').press('Enter');
    await page.waitForURL('**/zones');
    fairId = new URL(page.url()).pathname.split('/').at(-2)!;
    const fair = await fairOfOrganiser();
    expect(fair).toMatchObject({ name, quota: 500, regionCode: '350102', status: 'draft', startsAt: `${firstDay}T01:00:00.000Z`, endsAt: `${firstDay}T03:30:00.000Z` });
  });

  it('gives the venue its approved number with a reason, and zones that it moves by keys', async () => {
    await button('调全场核定数').click();
    await dialog().getByLabel('全场核定人数').fill('300');
    await page.keyboard.press('Enter');
    await dialog().getByText('请写明原因').waitFor();
    await dialog().getByRole('button', { name: '按安全许可的核定人数' }).click();
    await dialog().getByRole('button', { name: '保存' }).click();
    await dialog().waitFor({ state: 'detached' });
    for (const [zone, approved] of [['招聘区', '400'], ['政策咨询', '100']] as const) {
      await button('加一个分区').click();
      const last = page.locator('fieldset.zone').last();
      await last.getByLabel('名称').fill(zone);
      await last.getByLabel('核定人数').fill(approved);
    }
    await field('宽（米）').first().fill('40');
    await page.getByText('比全场多 200 人').waitFor();
    await button('保存').click();
    await page.getByText('不能超过全场的 300 人').waitFor();
    await page.locator('fieldset.zone').first().getByLabel('核定人数').fill('200');
    await page.getByText('正好等于全场').waitFor();
    // The first one grew over the second: the second is moved along by keys.
    await page.locator('[data-booth]').nth(1).focus();
    for (const key of ['Enter', ...Array<string>(5).fill('Shift+ArrowRight'), 'Enter']) await page.keyboard.press(key);
    expect(await seriousFaults(page)).toEqual([]);
    await button('保存').click();
    await told('保存好了');
    // What was told a moment ago of the venue's number may still stand there.
    const { zones, venue } = await eventually('the zones', async () => { const now = await fairOfOrganiser(); return now.zones.length > 0 && now; });
    expect(venue.approvedNumber).toBe(300);
    expect(zones.map(({ letter, name: title, approvedNumber, width }) => [letter, title, approvedNumber, width])).toEqual([['A', '招聘区', 200, 400], ['B', '政策咨询', 100, 300]]);
    expect(zones[1]!.x).toBeGreaterThanOrEqual(zones[0]!.x + 400);
  });

  it('writes the agenda, and is asked before unsaved changes are lost', async () => {
    await tab('日程').click();
    await button('加一项').click();
    await field('内容').fill('企业推介');
    await tab('概况').click();
    await dialog().getByText('还没保存').waitFor();
    await dialog().getByRole('button', { name: '留在这一页' }).click();
    await dialog().waitFor({ state: 'detached' });
    await button('保存').click();
    // The words of success of an earlier save may still be there: the agenda is waited for.
    await eventually('the agenda', async () => (await fairOfOrganiser()).agenda.length > 0);
    expect((await fairOfOrganiser()).agenda).toMatchObject([{ title: '企业推介', startsAt: `${firstDay}T01:00:00.000Z`, endsAt: `${firstDay}T01:30:00.000Z` }]);
  });

  it('publishes it once nothing is missing; the refusal says what is', async () => {
    await tab('概况').click();
    await button('发布').click();
    await dialog().getByRole('button', { name: '发布', exact: true }).click();
    await dialog().getByText('还缺：场馆。').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /场馆.*发布前要定好/ }).click();
    await field('场馆').fill('温泉社区广场');
    await button('保存').click();
    await button('发布').click();
    await dialog().getByRole('button', { name: '发布', exact: true }).click();
    await told('发布了');
    expect(await read()).toMatchObject({ status: 'published', venueName: '温泉社区广场' });
  });

  it('moves it for the weather: shows what people will see, and the holder of a ticket sees it', async () => {
    await world.ticket(candidate, fairId);
    await page.getByRole('link', { name: '改期' }).click();
    await page.getByText('1 张票上马上显示新时间').waitFor();
    await field('日期').fill(laterDay);
    await button('改好并通知').click();
    await page.getByText('请写明原因').waitFor();
    await button('暴雨预警，改期举办').click();
    const preview = page.locator('.preview');
    await preview.getByText('暴雨预警，改期举办').waitFor();
    expect(await preview.locator('b').allInnerTexts()).toContainEqual(expect.stringContaining(`${Number(laterDay.slice(8))} 日`));
    expect(await seriousFaults(page)).toEqual([]);
    await button('改好并通知').click();
    await page.getByText('改期记录').waitFor();
    const [ticket] = await candidate.caller.call('GET /me/tickets', {});
    expect(ticket).toMatchObject({ fairId });
    expect((await read()).changes).toMatchObject([{ reason: '暴雨预警，改期举办', to: { startsAt: `${laterDay}T01:00:00.000Z` } }]);
    expect((await read()).agenda[0]).toMatchObject({ startsAt: `${laterDay}T01:00:00.000Z` });
  });
});

describe('employers', () => {
  it('hand in licences that appear without asking; a refusal has a reason', async () => {
    await openWithLine(page, at('/reviews'));
    await page.getByText('没有等审核的证照').waitFor();
    await handIn('YZ-0001');
    await page.getByRole('cell', { name: 'YZ-0001' }).waitFor();
    await page.getByLabel('1 件等处理').first().waitFor();
    await page.getByRole('button', { name: /^审核 海峤/ }).press('Enter');
    const scan = dialog().getByRole('img', { name: '海峤精密制造有限公司的证照' });
    await eventually('the scan', () => scan.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0));
    expect(await seriousFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: '不通过…' }).click();
    await dialog().getByRole('button', { name: '不通过', exact: true }).click();
    await dialog().getByText('请写明原因').waitFor();
    await dialog().getByRole('button', { name: '照片看不清，请重新拍' }).click();
    await dialog().getByRole('button', { name: '不通过', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    const [licence] = await employer.admin.call('GET /organisations/:organisationId/licences', { params: { organisationId: employer.organisationId } });
    expect(licence).toMatchObject({ status: 'rejected', reason: '照片看不清，请重新拍' });
  });

  it('are admitted only when they are verified, and placed at once', async () => {
    await page.goto(at(`/fairs/${fairId}/plan`));
    await field('再摆几个').fill('6');
    await page.keyboard.press('Enter');
    await told('摆好了 6 个');
    await employer.admin.call('POST /fairs/:fairId/booth-applications', { params: { fairId }, body: { contactName: '林人事', wish: '靠近入口' } });
    await page.getByRole('navigation', { name: '工作台' }).getByRole('link', { name: /招聘会.*1/ }).waitFor(); // the badge came by itself
    await tab(/展位申请.*1/).click();
    await page.getByText('上传证照并核验后才能同意').waitFor();
    expect(await button('同意').isDisabled()).toBe(true);
    await handIn('YZ-0002');
    await page.reload();
    await page.getByRole('link', { name: '去审核' }).click();
    await page.getByRole('button', { name: /^审核 海峤/ }).click();
    await dialog().getByRole('button', { name: '通过', exact: true }).click();
    await told('海峤精密制造有限公司通过了');
    await page.goto(at(`/fairs/${fairId}/applications`));
    await button('同意').click();
    await dialog().getByText('企业的要求：靠近入口').waitFor();
    await dialog().getByLabel('排到哪个展位').selectOption({ label: 'A-02' });
    await dialog().getByRole('button', { name: '同意并排位' }).click();
    await told('同意了海峤精密制造有限公司');
    expect((await plan()).booths.find(({ number }) => number === 'A-02')?.organisation).toMatchObject({ id: employer.organisationId });
  });

  it('are moved on the plan by keys; a place on another booth is refused in words', async () => {
    await tab('展位图').click();
    const booth = page.getByRole('button', { name: /展位 A-02 海峤/ });
    const { booths } = await plan();
    const [first, before] = ['A-01', 'A-02'].map((each) => booths.find(({ number }) => number === each)!) as [Booth, Booth];
    const ontoIt = Math.floor((before.x - first.x - first.width) / 5) + 1; // in steps of half a metre
    await eventually('the page’s own focus', () => holdsFocus(page, '#content')); // a new page takes it, once
    await booth.press('Enter');
    for (const key of [...Array<string>(ontoIt).fill('ArrowLeft'), 'Enter']) await page.keyboard.press(key);
    await page.locator('p.bad', { hasText: '压着 A-01' }).waitFor();
    for (const key of [...Array<string>(ontoIt).fill('ArrowRight'), ...Array<string>(4).fill('ArrowDown'), 'Enter']) await page.keyboard.press(key);
    await eventually('the booth where it was put', async () => {
      const now = (await plan()).booths.find(({ number }) => number === 'A-02')!;
      return now.y >= before.y + 15 && Math.abs(now.x - before.x) < 5;
    });
    expect(await seriousFaults(page)).toEqual([]);
    await button('空出来').click();
    await dialog().getByRole('button', { name: '空出来' }).click();
    await page.getByLabel('给哪家企业').selectOption({ label: '海峤精密制造有限公司' });
    await button('排到这里').click();
    await told('排到 A-02 了');
  });

  it('are dragged on the plan by the mouse', async () => {
    const placed = async (): Promise<Booth> => (await plan()).booths.find(({ number }) => number === 'A-02')!;
    const before = await placed();
    const box = (await page.getByRole('button', { name: /展位 A-02 海峤/ }).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - box.height / 2, { steps: 4 }); // back to where it stood before the keys
    await page.mouse.up();
    await eventually('the booth where it was dropped', async () => {
      const now = await placed();
      return now.y < before.y - before.height / 4 && Math.abs(now.x - before.x) < 5;
    });
  });

  it('can be suspended, with a reason that is kept', async () => {
    await page.goto(at('/employers'));
    await page.getByRole('link', { name: '海峤精密制造有限公司' }).click();
    await button('暂停…').click();
    await dialog().getByRole('button', { name: '向求职者收费' }).click();
    await dialog().getByRole('button', { name: '暂停', exact: true }).click();
    await page.getByText('这家单位暂停了').waitFor();
    await button('恢复…').click();
    await dialog().getByLabel('原因').fill('已退费');
    await dialog().getByRole('button', { name: '恢复', exact: true }).click();
    await button('暂停…').waitFor();
  });
});

describe('colleagues', () => {
  it('are invited by a link, get a new password by another, and leave', async () => {
    await page.goto(at('/staff'));
    await button('邀请同事').click();
    await button('生成链接').click();
    const url = await dialog().getByLabel('链接', { exact: true }).inputValue();
    await dialog().getByRole('img', { name: '一次性链接的二维码' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await world.join(url, '小王');
    await button('好了').click();
    await button('重设密码 小王').click();
    await button('生成链接').click();
    expect(await dialog().getByLabel('链接', { exact: true }).inputValue()).toContain('/console/link/');
    await button('好了').click();
    await button('停用 小王').click();
    await dialog().getByRole('button', { name: '停用', exact: true }).click();
    await button('恢复 小王').click();
    await dialog().getByRole('button', { name: '恢复', exact: true }).click();
    await button('停用 小王').waitFor();
    await button('移出 小王').click();
    await dialog().getByRole('button', { name: '移出', exact: true }).click();
    await told('小王移出了');
    await page.goto(at('/audit'));
    for (const text of ['停用了同事的账号', '移出了同事', '发了重设密码的链接', '调了核定数']) await page.getByText(text).first().waitFor();
  });
});

describe('every page', () => {
  const paths = () => ['/fairs', '/fairs/new', ...['', '/edit', '/move', '/zones', '/agenda', '/plan', '/applications', '/share'].map((each) => `/fairs/${fairId}${each}`),
    '/reviews', '/employers', `/employers/${employer.organisationId}`, '/staff', '/audit', '/account'];
  const settled = async (path: string) => {
    await page.goto(at(path));
    await page.locator('#content h1').waitFor();
    await page.locator('.loading').waitFor({ state: 'detached' });
  };

  it.each([['on the desk', 1440, 900], ['on a phone', 390, 844]])('%s has nothing that axe calls serious and fits its width', async (_, width, height) => {
    await page.setViewportSize({ width, height });
    for (const path of paths()) {
      await settled(path);
      expect([path, await seriousFaults(page), await stickingOut(page)]).toEqual([path, [], []]);
    }
  });

  it.each([['zh', 1440] as const, ...(long ? [['en', 390] as const] : [])])('of the platform’s administrator is no worse, %s', async (language, width) => {
    const other = await browser.newContext({ viewport: { width, height: 844 }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', reducedMotion: 'reduce' });
    const desk = await other.newPage();
    await desk.goto(at('/sign-in'));
    await desk.locator('input[autocomplete=username]').fill('platform');
    await desk.locator('input[type=password]').fill(password);
    await desk.keyboard.press('Enter');
    await desk.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    for (const path of ['/organisers', `/organisers/${organisationId}`, '/reviews', '/employers', '/account']) {
      await desk.goto(at(path));
      await desk.locator('#content h1').waitFor();
      await desk.locator('.loading').waitFor({ state: 'detached' });
      expect([path, await seriousFaults(desk), await stickingOut(desk)]).toEqual([path, [], []]);
    }
    await other.close();
  });

  it('threw no error in its script', () => {
    expect(errors).toEqual([]);
  });

  itInLong('is complete in English', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await rememberInPage(page, 'fw-language', 'en');
    for (const path of paths()) {
      await settled(path);
      expect([path, await seriousFaults(page), await stickingOut(page)]).toEqual([path, [], []]);
    }
    await page.goto(at('/fairs'));
    await button('Open the menu').click();
    await page.getByRole('link', { name: 'Licence review' }).click();
    await page.waitForURL('**/reviews');
    expect(errors).toEqual([]);
  });
});

/** The fair as the bureau has it: a draft is nobody else's to see. */
const fairOfOrganiser = () => colleague.call('GET /fairs/:fairId', { params: { fairId } });
const plan = (): Promise<FloorPlan> => world.anyone.call('GET /fairs/:fairId/floor-plan', { params: { fairId } });
