/** 举报 from the live page to the organiser's desk and back; the funnel where people read it; the live pages by keyboard. Real Chromium, no media. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { broadcasting, type Broadcasting } from '../support/broadcasting.js';
import type { Browsing } from '../support/browsing.js';
import { anyAutoplay, picture, rememberInPage, seriousFaults, settled, stickingOut } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { keyboardFaults } from '../support/keyboard.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { eventually, type World } from '../support/world.js';

let ground: Fairground;
let servers: Servers;
let world: World;
let people: Browsing;
let show: Broadcasting;
let desk: Page;
let employer: Page;
let phone: Page;

const params = () => ({ broadcastId: show.broadcast.id });
const content = (page = phone) => page.locator('#content');
const sheet = (page = phone) => page.getByRole('dialog');
const received = () => show.bureau.admin.call('GET /fairs/:fairId/complaints', { params: { fairId: show.fairId }, query: {} });
async function report(page: Page, kind: string, about?: { label: string | RegExp }, text = ''): Promise<void> {
  await content(page).getByRole('button', { name: '举报' }).click();
  if (about) {
    const option = sheet(page).locator('option').filter({ hasText: about.label });
    await sheet(page).getByLabel('举报什么').selectOption((await option.first().getAttribute('value'))!);
  }
  await sheet(page).getByRole('radio', { name: kind }).click();
  if (text) await sheet(page).getByLabel('说说经过').fill(text);
  await sheet(page).getByRole('button', { name: '举报', exact: true }).click();
}

jest.setTimeout(120_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([anyAutoplay]);
  ({ servers, world, people } = ground);
  show = await broadcasting(world);
  const { id } = show.broadcast;
  const [clerk, colleague] = [await people.invite(show.bureau, 'organiserAdmin', '陈科长'), await people.invite(show.employer, 'employerAdmin', '王人事')];
  desk = await people.console(clerk.loginName, `/fairs/${show.fairId}/broadcasts/${id}`);
  employer = await people.console(colleague.loginName, `/broadcasts/${id}`);
  phone = await people.phone(`/live/${id}`);
}, 240_000);

afterAll(() => ground?.close());

inLong('a complaint', () => {
  it('of a message is made without a sign-in; it names what is missing', async () => {
    const author = await world.candidate();
    await author.caller.call('POST /broadcasts/:broadcastId/messages', { params: params(), body: { kind: 'chat', text: '厂里的人都是骗子样', deviceId: randomUUID() } });
    await content().getByRole('log').getByText('厂里的人都是骗子样').first().waitFor({ state: 'attached' });
    await content().getByRole('button', { name: '举报' }).click();
    await sheet().getByRole('button', { name: '举报', exact: true }).click();
    await sheet().getByText('请选哪里不对').waitFor();
    await sheet().getByRole('radio', { name: '别的' }).click();
    await sheet().getByRole('button', { name: '举报', exact: true }).click();
    await sheet().getByText('请写一句出了什么事').waitFor();
    expect(await seriousFaults(phone)).toEqual([]);
    expect(await stickingOut(phone)).toEqual([]);
    await picture(phone, 'report-sheet');
    await phone.keyboard.press('Escape');
    await report(phone, '骂人、低俗', { label: /骗子样/ }, '他一直这样骂');
    await sheet().getByText('举报收到了').waitFor();
    await sheet().getByText('正在处理').waitFor();
    await picture(phone, 'report-sent');
    expect(await received()).toMatchObject([{ kind: 'abuse', text: '他一直这样骂', subject: { kind: 'message', text: '厂里的人都是骗子样' }, author: '求职者' }]);
  });

  it('stands beside what the organiser watches, is decided with a reason, and its author reads that', async () => {
    await desk.getByRole('tab', { name: /^举报/ }).click();
    await desk.getByText('他一直这样骂').waitFor();
    await picture(desk, 'complaint-desk');
    await desk.getByRole('button', { name: '删掉这句话' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '删掉这句话' }).click();
    await desk.getByText('这句话已经删掉').waitFor();
    await desk.getByRole('button', { name: /的举报属实$/ }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '属实', exact: true }).click();
    await desk.getByText('请写明原因').waitFor();
    await desk.getByRole('dialog').getByRole('button', { name: '核实了，消息已经删掉' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '属实', exact: true }).click();
    await desk.getByText('处理过的').waitFor();
    await sheet().getByText('主办方：核实了，消息已经删掉').waitFor();
    await picture(phone, 'report-decided');
    await phone.keyboard.press('Escape');
    const audit = await show.bureau.admin.call('GET /organisations/:organisationId/audit', { params: { organisationId: show.bureau.organisationId }, query: {} });
    expect(audit.items.map(({ action, reason }) => [action, reason])).toContainEqual(['complaint.upheld', '核实了，消息已经删掉']);
  });

  it('of who is signed in comes back to them at once, with the page as it is', async () => {
    const page = await people.phone(`/live/${show.broadcast.id}`);
    await content(page).getByRole('button', { name: '说点什么' }).click();
    await people.signIn(page);
    await content(page).getByLabel('要说的话').fill('有夜班吗');
    await page.keyboard.press('Enter');
    await content(page).getByRole('log').getByText('有夜班吗').first().waitFor({ state: 'attached' });
    await report(page, '工资和岗位卡不一样', { label: /^主播/ });
    await sheet(page).getByText('举报收到了').waitFor();
    await page.keyboard.press('Escape');
    await report(page, '工资和岗位卡不一样', { label: /^主播/ });
    await sheet(page).getByText('这件事你已经举报过').waitFor();
    await page.keyboard.press('Escape');
    await desk.getByRole('button', { name: /的举报不属实$/ }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '看过回放，没有这样的话' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '不属实', exact: true }).click();
    await page.getByText('你的举报有结果了').waitFor();
    await content(page).getByRole('button', { name: '举报' }).click();
    await sheet(page).getByText('主办方：看过回放，没有这样的话').waitFor();
    await page.context().close();
  });

  it('that waits is seen in the fair’s list of broadcasts; the employer sees none', async () => {
    await report(phone, '收钱、押金、扣证件');
    await sheet().getByText('举报收到了').waitFor();
    await phone.keyboard.press('Escape');
    const list = await desk.context().newPage();
    await list.goto(`${servers.urls[0]}/console/fairs/${show.fairId}/broadcasts`);
    await list.getByText('举报 1 件').waitFor();
    await picture(list, 'complaint-list');
    await list.close();
    await employer.reload();
    await employer.getByRole('heading', { name: show.broadcast.title }).first().waitFor();
    await employer.waitForLoadState('networkidle');
    expect(await employer.locator('body').innerText()).not.toContain('举报');
  });
});

inLong('what a broadcast brought', () => {
  it('is read by job: who saw the card, tapped it, applied', async () => {
    await show.employer.admin.call('PUT /broadcasts/:broadcastId/pin', { params: params(), body: { jobId: show.jobs[0]!.id } });
    await content().getByRole('heading', { name: '装配工' }).waitFor();
    await content().getByRole('button', { name: /一键投递/ }).click();
    const profile = phone.waitForResponse((answer) => answer.url().endsWith('/api/me/profile'));
    await people.signIn(phone);
    await profile; // it would write over what is typed before it
    await sheet().getByRole('textbox', { name: '名字' }).fill('李来福');
    await sheet().getByLabel(/同意把上面三项/).check();
    await sheet().getByRole('button', { name: '确认投递' }).click();
    await sheet().getByText('投出去了').waitFor();
    await phone.keyboard.press('Escape');
    await world.anyone.call('POST /broadcasts/:broadcastId/cards', { params: params(), body: { jobId: show.jobs[0]!.id, what: 'saw', deviceId: randomUUID() } });
    for (const page of [employer, desk]) {
      const row = page.getByRole('row').filter({ hasText: '装配工' });
      await eventually('the numbers', async () => {
        await page.getByRole('button', { name: '再看一次' }).click();
        await new Promise((done) => setTimeout(done, 500));
        return (await row.locator('td b').allInnerTexts()).join() === '2,1,1';
      });
    }
    await picture(employer, 'funnel-employer');
  });

  it('is passed on by its own link', async () => {
    await content().getByRole('button', { name: '分享' }).click();
    await eventually('the link', async () => (await sheet().getByLabel(/链接|网址/).inputValue()) === `${servers.urls[0]}/live/${show.broadcast.id}`);
    await phone.keyboard.press('Escape');
  });
});

inLong('the pages of live recruiting', () => {
  it('say that an expired licence keeps one from going live', async () => {
    await employer.route(/\/api\/organisations\/[^/]+\/licences$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: (await answer.json() as object[]).map((one) => ({ ...one, expiresOn: '2026-01-31', expired: true })) });
    });
    await employer.reload();
    await employer.getByText('证照到期了，换新的核验以后才能开播。').waitFor();
    await picture(employer, 'licence-expired');
    await employer.unrouteAll();
  });

  it('are reached by keyboard alone, and have nothing that axe calls serious or that sticks out, in both languages', async () => {
    const words = await desk.context().newPage();
    await words.goto(`${servers.urls[0]}/console/held-words`);
    await words.getByLabel('词或短语').waitFor();
    const found: unknown[] = [];
    for (const language of ['zh', 'en'] as const) {
      for (const [name, page] of Object.entries({ phone, desk, employer, words })) {
        await rememberInPage(page, 'fw-language', language);
        await page.reload();
        await page.getByRole('heading').first().waitFor();
        await settled(page);
        if (name === 'desk') await page.getByRole('tab', { name: /^(举报|Reports)/ }).click();
        found.push(...(await keyboardFaults(page)).map((line) => `${language} ${name} ${line}`));
        for (const [width, height] of name === 'phone' ? [[390, 844], [360, 740]] as const : [[1440, 900], [390, 844]] as const) {
          await page.setViewportSize({ width, height });
          found.push(...[...await seriousFaults(page), ...await stickingOut(page)].map((line) => `${language} ${name} ${width} ${line}`));
          await picture(page, `${name}-${language}-${width}`);
        }
        await page.setViewportSize(name === 'phone' ? { width: 390, height: 844 } : { width: 1440, height: 900 });
      }
    }
    expect(found).toEqual([]);
    expect(people.errors.flat()).toEqual([]);
  }, 240_000);
});
