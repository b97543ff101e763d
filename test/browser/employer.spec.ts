/** An employer from registering to its applicants, at a desk and with a phone at the booth, in real Chromium against a real server. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import excel from 'exceljs';
import type { Fair } from '#libs/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newPhone, rememberInPage, scriptErrors, seriousFaults, stickingOut } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { creditCode, eventually, onePixelPng, type Bureau, type Candidate, type World } from '../support/world.js';

const password = 'spring-wind-2026';
const name = '海峤精密制造有限公司';
const login = `haiqiao-${Date.now()}`;

let ground: Fairground;
let servers: Servers;
let world: World;
let bureau: Bureau;
let fair: Fair;
let candidate: Candidate;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let files: string;
let errors: string[];

const go = async (path: string) => { await page.goto(`${servers.urls[0]}/console${path}`); };
const content = () => page.locator('#content');
const heading = (text: string | RegExp) => content().getByRole('heading', { name: text });
/** Nothing may load the page anew while something is to appear by itself. */
const mark = () => page.evaluate<void>('window.stillHere = true');
const isStillHere = () => page.evaluate<boolean>('window.stillHere === true');

async function file(called: string, bytes: Uint8Array): Promise<string> {
  const path = join(files, called);
  await writeFile(path, bytes);
  return path;
}
async function apply(who: Candidate, title: string, note = ''): Promise<string> {
  const { items } = await world.anyone.call('GET /jobs', { query: { q: title } });
  const job = items.find((each) => each.title === title);
  return (await who.caller.call('POST /applications', { body: { jobId: job!.id, fairId: fair.id, source: 'boothQr', note, consent: true } })).id;
}

jest.setTimeout(120_000);

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'fairwind-employer-'));
  ground = await Fairground.open();
  ({ servers, world, browser } = ground);
  bureau = await world.bureau();
  fair = (await world.openFair(bureau)).fair;
  await bureau.admin.call('POST /fairs/:fairId/booths/lay-out', { params: { fairId: fair.id }, body: { zoneId: fair.zones[0]!.id, count: 12 } });
  candidate = await world.candidate();
  await candidate.caller.call('PATCH /me/profile', { body: { name: '陈秀英', education: '中专', experienceYears: 3, wish: '想找包住的' } });
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce', acceptDownloads: true });
  page = await context.newPage();
  errors = scriptErrors(page);
}, 180_000);

afterAll(async () => {
  await ground?.close();
  if (files) await rm(files, { recursive: true, force: true });
});

describe('an employer', () => {
  it('registers: the code is looked at while it is typed, its check character by the server', async () => {
    await go('/sign-in');
    await page.getByRole('link', { name: '用人单位第一次来？登记单位' }).click();
    const code = creditCode();
    const field = page.getByLabel('统一社会信用代码');
    await field.pressSequentially('9135 01');
    await content().getByText('还差 12 位').waitFor();
    await field.pressSequentially('i');
    await content().getByText(/代码里不会有“I”/).waitFor();
    await page.getByRole('button', { name: '登记' }).click();
    await content().getByText('请填单位全称').waitFor();
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByLabel('单位名称').fill(name);
    await field.fill(code.slice(0, 17) + (code.endsWith('0') ? '1' : '0'));
    await page.getByLabel('所在地区 省').selectOption({ label: '福建省' });
    await page.getByLabel('所在地区 市').selectOption({ label: '福州市' });
    await page.getByLabel('你的姓名').fill('林人事');
    await page.getByLabel('账号名').fill(login);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登记' }).click();
    await content().getByText('统一社会信用代码不对，请核对 18 位。').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(code.toLowerCase());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/overview$/);
    await heading('还有 3 件事要办').waitFor();
    await content().getByText('还没有证照', { exact: true }).waitFor();
  });

  it('hands in its licence, and sees the bureau’s answer without asking', async () => {
    await page.getByRole('link', { name: '上传证照' }).click();
    await heading('单位与证照').waitFor();
    const picker = page.getByLabel('证照照片或扫描件');
    await picker.setInputFiles(await file('执照.txt', Buffer.from('not a picture')));
    await content().getByText('只收 PDF、JPEG 或 PNG，换一个文件').waitFor();
    await picker.setInputFiles(await file('没有字.png', Buffer.alloc(0)));
    await content().getByText('这个文件是空的，换一个').waitFor();
    await picker.setInputFiles(await file('大.png', Buffer.alloc(10 * 2 ** 20 + 1)));
    await content().getByText(/最大 10 MB。拍照/).waitFor();
    await picker.setInputFiles(await file('营业执照.png', onePixelPng));
    await page.getByRole('button', { name: '交上去核验' }).click();
    await content().getByText('请填证照编号').waitFor();
    await page.getByLabel('证照编号').fill('350105100012345');
    await page.getByLabel('有效到').fill('2020-01-01');
    await page.getByRole('button', { name: '交上去核验' }).click();
    await content().getByText('这一天已经过了').waitFor();
    await page.getByLabel('有效到').fill('2099-12-31');
    await page.getByRole('button', { name: '交上去核验' }).click();
    await content().getByText('等人社局核验', { exact: true }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);

    await mark();
    const waiting = async () => (await bureau.admin.call('GET /licences', { query: { status: 'pending' } })).items.find((one) => one.organisationName === name)!.id;
    await bureau.admin.call('POST /licences/:licenceId/review', { params: { licenceId: await waiting() }, body: { approved: false, reason: '照片模糊，请重拍。' } });
    await content().getByText('没有通过', { exact: true }).waitFor();
    await content().getByText('照片模糊，请重拍。').first().waitFor();
    await page.getByLabel('证照照片或扫描件').setInputFiles(await file('营业执照.png', onePixelPng));
    await page.getByLabel('证照编号').fill('350105100012345');
    await page.getByLabel('长期有效').check();
    await page.getByRole('button', { name: '交上去核验' }).click();
    await content().getByText('等人社局核验', { exact: true }).waitFor();
    await bureau.admin.call('POST /licences/:licenceId/review', { params: { licenceId: await waiting() }, body: { approved: true } });
    await content().getByText(/福州市人社局.*核验，长期有效/).waitFor();
    expect(await isStillHere()).toBe(true);
  });

  it('writes a job: kept as it is typed, refused with the sentence and the reason, mended, published', async () => {
    await page.getByRole('link', { name: '我的岗位' }).click();
    await page.getByRole('link', { name: '写新岗位' }).click();
    await page.getByLabel('岗位名称').fill('装配工（两班倒）');
    await page.getByLabel('招聘条件').pressSequentially('限男性，35 岁以下，能吃苦');
    await content().getByText('“限男性”不能写。').waitFor(); // while one types: nothing was sent yet
    await content().getByText('“35 岁以下”不能写。').waitFor();
    await content().getByText(/就业促进法第二十七条/).waitFor();
    await eventually('the draft in the browser', () => page.evaluate<boolean>(`Object.keys(localStorage).some((key) => key.includes('job:new') && localStorage.getItem(key).includes('能吃苦'))`));
    await page.reload();
    await content().getByText('上次没填完的还在。').waitFor();
    expect(await page.getByLabel('招聘条件').inputValue()).toBe('限男性，35 岁以下，能吃苦');

    await page.getByRole('button', { name: '发布', exact: true }).click();
    await content().getByText('发布前要填').first().waitFor(); // the server says what is missing; the draft is kept there
    await page.waitForURL(/\/job\/[\w-]{36}$/);
    await page.getByLabel('招多少人').fill('60');
    await page.getByLabel('工作内容').fill('在产线上装配小型电机。');
    await page.getByLabel('工作地点').fill('滨港区海峤路 6 号');
    await page.getByLabel('最低').fill('9000');
    await page.getByLabel('最高').fill('5500');
    await content().getByText('高的写后面：5,500–9,000').waitFor();
    await page.getByLabel('最低').fill('5,500');
    await page.getByLabel('最高').fill('7000');
    await page.getByLabel('工资怎么算').fill('底薪 2,400 元 + 计件，入职交服装押金 200 元');
    await content().getByText(/“押金”不能写。/).waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await content().getByRole('alert').getByText(/这句话不能发/).waitFor();
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByLabel('招聘条件').fill('男女不限，能两班倒');
    await page.getByLabel('工资怎么算').fill('底薪 2,400 元 + 计件，包住');
    await eventually('no problem of wording left', async () => (await content().getByText('不能写。').count()) === 0);
    await page.getByRole('checkbox', { name: '包吃住' }).check();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.waitForURL(/\/jobs$/);
    const row = content().getByRole('row', { name: /装配工（两班倒）/ });
    await row.getByText('在招').waitFor();
    expect(await row.innerText()).toMatch(/5,500–7,000/);
    expect((await world.anyone.call('GET /jobs', { query: { q: '装配工' } })).items).toMatchObject([{ title: '装配工（两班倒）', headCount: 60, tags: ['housing'] }]);
  });

  it('asks for a booth, is placed, shows its job there, and prints the poster', async () => {
    await page.getByRole('link', { name: '招聘会', exact: true }).click();
    await page.getByRole('button', { name: '申请展位' }).click();
    expect(await page.getByLabel('联系人').inputValue()).toBe('林人事');
    await page.getByLabel('对位置的要求').fill('靠近电源');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // 发出申请
    await content().getByText('主办方还没答复', { exact: false }).waitFor();
    await mark();
    const [asked] = await bureau.admin.call('GET /fairs/:fairId/booth-applications', { params: { fairId: fair.id } });
    expect(asked).toMatchObject({ organisationName: name, wish: '靠近电源', licence: 'approved' });
    const plan = await world.anyone.call('GET /fairs/:fairId/floor-plan', { params: { fairId: fair.id } });
    const booth = plan.booths[4]!;
    await bureau.admin.call('POST /booth-applications/:boothApplicationId/decision', { params: { boothApplicationId: asked!.id }, body: { approved: true, boothId: booth.id } });
    await content().getByText(`展位 ${booth.number}`).waitFor();
    expect(await isStillHere()).toBe(true);

    await page.getByRole('link', { name: '看展位' }).click();
    await heading(`展位 ${booth.number}`).waitFor();
    await content().getByRole('button', { name: `展位 ${booth.number} ${name}` }).waitFor();
    await page.getByRole('checkbox', { name: /装配工（两班倒）/ }).check();
    await heading('在这场展示的岗位：1 个').waitFor();
    expect((await world.anyone.call('GET /booths/:boothId', { params: { boothId: booth.id } })).jobIds).toHaveLength(1);

    await page.getByRole('link', { name: '展位海报' }).click();
    await content().getByRole('img', { name: `展位 ${booth.number} 的二维码` }).waitFor();
    await content().getByText(/\/b\/\w+$/).waitFor();
    const sheets = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(sheets.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  it('sees who applies as they do, marks, calls and exports; a consent taken back takes the person away', async () => {
    await page.getByRole('link', { name: '投递', exact: false }).first().click();
    await content().getByText('还没有人投递').waitFor();
    await mark();
    await apply(candidate, '装配工（两班倒）', '夫妻两个人，有没有夫妻房？');
    await content().getByText('刚收到 1 份新投递：装配工（两班倒）').waitFor();
    const row = content().getByRole('button', { name: /陈秀英/ });
    await row.getByText('新投递').waitFor();
    expect(await isStillHere()).toBe(true);
    await page.getByRole('navigation').getByLabel('1 件等处理').waitFor();

    await row.focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('article', { name: '陈秀英' });
    await card.getByText('已看').waitFor();
    for (const fact of ['中专', '3 年', '想找包住的', '夫妻两个人，有没有夫妻房？', '展位扫码投递']) await card.getByText(fact, { exact: false }).waitFor();
    expect(await card.innerText()).not.toContain(candidate.phone);
    await card.getByRole('button', { name: '看完整号码' }).click();
    await card.getByRole('link', { name: candidate.phone.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3') }).waitFor();
    await card.getByText('这次查看已记录').waitFor();
    await card.getByRole('button', { name: '有意向' }).click();
    await row.getByText('有意向').waitFor();
    expect(await candidate.caller.call('GET /me/applications')).toMatchObject([{ status: 'shortlisted' }]);
    await page.getByRole('navigation').getByLabel(/件等处理/).waitFor({ state: 'detached' });

    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出表格' }).click()]);
    expect(saved.suggestedFilename()).toBe('投递名单.xlsx');
    const book = new excel.Workbook();
    await book.xlsx.load(await readFile(await saved.path()) as never);
    const cells = book.worksheets[0]!.getRow(2).values as unknown[];
    expect(cells).toEqual(expect.arrayContaining(['陈秀英', candidate.phone, '装配工（两班倒）', '有意向', '中专']));

    await page.getByLabel('岗位', { exact: true }).selectOption({ label: '装配工（两班倒）' });
    await page.getByRole('button', { name: '不合适', exact: true }).first().click();
    await content().getByText('没有符合的投递').waitFor();
    await page.getByRole('button', { name: '看全部投递' }).click();
    await row.waitFor();

    const [consent] = await candidate.caller.call('GET /me/consents');
    await candidate.caller.call('DELETE /me/consents/:consentId', { params: { consentId: consent!.id } });
    await content().getByRole('button', { name: /已收回同意.*装配工/ }).waitFor();
    expect(await content().innerText()).not.toContain('陈秀英');
  });

  it('collects numbers at the booth, on a phone', async () => {
    const phone = await newPhone(browser);
    const at = await phone.newPage();
    const faults = scriptErrors(at);
    await at.goto(`${servers.urls[0]}/console/leads`);
    await at.getByLabel('账号', { exact: true }).fill(login);
    await at.getByLabel('密码', { exact: true }).fill(password);
    await at.keyboard.press('Enter');
    await at.getByText('还没有人留电话').waitFor();
    const plan = await world.anyone.call('GET /fairs/:fairId/floor-plan', { params: { fairId: fair.id } });
    const booth = plan.booths.find((one) => one.organisation)!;
    const other = await world.candidate();
    await other.caller.call('PATCH /me/profile', { body: { name: '吴建国' } });
    await other.caller.call('POST /booths/:boothId/leads', { params: { boothId: booth.id }, body: { note: '想了解夜班补贴', consent: true } });
    await at.getByText('刚有 1 个人留了电话').waitFor();
    await at.getByText('想了解夜班补贴').waitFor();
    expect(await at.getByRole('link', { name: /打电话给吴建国/ }).getAttribute('href')).toBe(`tel:+86${other.phone}`);
    await apply(other, '装配工（两班倒）');
    await at.getByRole('button', { name: /打开菜单.*1 件等处理/ }).click();
    await at.getByRole('dialog').getByRole('link', { name: /投递/ }).click();
    // A slow line: opening marks as seen, and what is tapped meanwhile is not lost.
    await at.route('**/api/applicants/*/mark', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await at.locator('#content').getByRole('button', { name: /吴建国/ }).click();
    await at.getByRole('article', { name: '吴建国' }).getByRole('button', { name: '录用' }).click();
    await at.getByRole('article', { name: '吴建国' }).getByText('已录用').waitFor();
    await at.getByRole('button', { name: '返回' }).click();
    await at.locator('#content').getByRole('button', { name: /吴建国.*已录用/ }).waitFor();
    expect(faults).toEqual([]);
    await phone.close();
  });

  it('throws a draft away; a published job has no such button', async () => {
    await go('/job');
    await page.getByLabel('岗位名称').fill('写错了的岗位');
    await page.getByRole('button', { name: '先存着' }).click();
    await page.waitForURL(/\/jobs$/);
    await content().getByRole('button', { name: '删掉 写错了的岗位' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删掉' }).click();
    await content().getByText('写错了的岗位').waitFor({ state: 'detached' });
    expect(await content().getByRole('button', { name: /^删掉/ }).count()).toBe(0);
  });

  it('takes a job down, and withdraws from the fair', async () => {
    await go('/jobs');
    await content().getByRole('button', { name: '下架 装配工（两班倒）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '下架' }).click();
    await content().getByRole('row', { name: /装配工/ }).getByText('已下架').waitFor();
    await go('/open-fairs');
    await content().getByRole('button', { name: /撤回申请/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤回申请' }).click();
    await content().getByText('已撤回', { exact: true }).waitFor();
    await content().getByRole('button', { name: '再申请一次' }).waitFor();
  });

  // A page of either is the same page: the other language waits for the long run.
  it.each(long ? ['zh', 'en'] : ['zh'])('has no serious fault of access and nothing that sticks out on any page, %s', async (language) => {
    await rememberInPage(page, 'fw-language', language);
    await go('/jobs');
    const job = await content().getByRole('link', { name: /装配工/ }).first().getAttribute('href');
    await go('/applicants');
    const open = await content().getByRole('button', { name: /吴建国/ }).getAttribute('data-id');
    // Names are people's own; what the page says itself is in one language.
    expect(/\p{Script=Han}/u.test(await page.getByRole('navigation').innerText())).toBe(language === 'zh');
    const paths = [
      '/overview', '/organisation', '/open-fairs', '/booth', `/booth/${fair.id}/poster`, '/jobs', '/job', job!.replace('/console', ''), '/applicants', `/applicants?open=${open}`, '/leads', '/staff', '/audit', '/account',
    ];
    for (const [width, height] of [[1440, 900], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      for (const path of paths) {
        await go(path);
        await page.locator('#content h1').waitFor();
        await page.waitForLoadState('networkidle');
        expect([path, width, await seriousFaults(page), await stickingOut(page)]).toEqual([path, width, [], []]);
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('threw no error in any page’s script', () => {
    expect(errors).toEqual([]);
  });
});
