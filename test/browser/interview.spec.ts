/** An interview between two browsers, each with its fake camera: queue, call, pre-check, room, network cuts, reload, score, result. */
import type { Fair, MyInterview } from '#libs/contracts';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { boothFor } from '../support/booth.js';
import { expectClean, fakeDevices, launchChromium, newPhone, picture, rememberInPage, scriptErrors, tapForSound } from '../support/chromium.js';
import { Fairground } from '../support/fairground.js';
import { mediaReady } from '../support/interviewing.js';
import { inLong, long } from '../support/runs.js';
import type { Servers } from '../support/servers.js';
import { keepConnections } from '../support/watching.js';
import { eventually, onePixelPng, type Employer, type World } from '../support/world.js';

const password = 'spring-wind-2026';
const login = `recruiter-${Date.now()}`;
const employerName = '海峤精密制造有限公司';
const reason = '第一轮通过，我们会打电话约下一轮。';

let ground: Fairground;
let servers: Servers;
let world: World;
let employer: Employer;
let fair: Fair;
let boothId: string;
let theirs: Browser;
let mine: Browser;
let desk: Page;
let colleague: Page;
let colleagueId: string;
let phone: Page;
let network: CDPSession;
let interviewId: string;
let errors: string[];
let accessToken: string;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

interface Decoded { frames: number; samples: number; energy: number }
/** What this page has decoded so far, over all connections that are alive. */
const decoded = (page: Page): Promise<Decoded> => page.evaluate<Decoded>(`(async () => {
  const sum = { frames: 0, samples: 0, energy: 0 };
  for (const line of window.connections) {
    if (line.connectionState === 'closed') continue;
    (await line.getStats()).forEach((stat) => {
      if (stat.type !== 'inbound-rtp') return;
      if (stat.kind === 'video') sum.frames += stat.framesDecoded ?? 0;
      else { sum.samples += stat.totalSamplesReceived ?? 0; sum.energy += stat.totalAudioEnergy ?? 0; }
    });
  }
  return sum;
})()`);
/** Picture and sound come in, and the sound is no silence: a fake microphone beeps once a second. */
const flows = async (page: Page, what: string, within = 20_000) => {
  let last = '';
  await eventually(what, async () => {
    const before = await decoded(page);
    await pause(1500);
    const after = await decoded(page);
    last = `${JSON.stringify(before)} then ${JSON.stringify(after)}`;
    return after.frames > before.frames + 5 && after.samples > before.samples + 10_000 && after.energy > before.energy;
  }, within).catch((error: unknown) => { throw new Error(`${String(error)}: ${last}`); });
};
/** The recruiter's browser, new and signed in, at the queue. */
async function atQueue(): Promise<Page> {
  const context = await theirs.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce', permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  await page.addInitScript(keepConnections);
  await page.goto(`${servers.urls[0]}/console/sign-in?then=${encodeURIComponent('/queue')}`);
  await page.getByLabel('账号', { exact: true }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  return page;
}
/** Cuts the phone off: requests, sockets, and each media packet. */
const cut = (offline: boolean) => network.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1, packetLoss: offline ? 100 : 0 } as never);

const content = () => phone.locator('#content');
const sheet = () => phone.getByRole('dialog');
const standing = (): Promise<MyInterview> => world.anyone.as(accessToken).call('GET /me/interviews/:interviewId', { params: { interviewId } });

/** As Android does it for a phone call: the track ends, and nobody is given the microphone until `callOver`. */
const phoneCall = `(() => {
  const devices = navigator.mediaDevices;
  devices.getUserMedia = function (wanted) {
    return wanted.audio ? Promise.reject(new DOMException('Could not start audio source', 'NotReadableError')) : MediaDevices.prototype.getUserMedia.call(devices, wanted);
  };
  window.callOver = () => { delete devices.getUserMedia; };
  for (const line of window.connections) for (const { track } of line.getSenders()) {
    if (track?.kind === 'audio' && track.readyState === 'live') { track.stop(); track.dispatchEvent(new Event('ended')); }
  }
})()`;
/** So many people's pictures move on this page. */
const pictures = (page: Page) => page.evaluate<number>(`[...document.querySelectorAll('video')].filter((video) => video.srcObject && video.offsetParent && video.getVideoPlaybackQuality().totalVideoFrames > 5).length`);

jest.setTimeout(150_000);

beforeAll(async () => {
  if (!long) return;
  ground = await Fairground.open([...fakeDevices, tapForSound]);
  ({ servers, world, browser: mine } = ground);
  theirs = await launchChromium([...fakeDevices, tapForSound]);
  await mediaReady(world);
  ({ employer, fair, boothId } = await boothFor(world, employerName));
  const at = { fairId: fair.id };
  const job = await employer.admin.call('POST /jobs', { body: world.job() });
  await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
  await employer.admin.call('PUT /fairs/:fairId/jobs', { params: at, body: { jobIds: [job.id], listed: true } });
  await employer.admin.call('PUT /jobs/:jobId/criteria', { params: { jobId: job.id }, body: { criteria: [{ name: '动手能力', weight: 6 }, { name: '沟通', weight: 4 }] } });
  await employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'open', minutes: 8 } });
  const { url } = await employer.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: employer.organisationId }, body: { role: 'recruiter' } });
  await world.anyone.call('POST /auth/links/use', { body: { token: url.split('/').at(-1)!, password, loginName: login, displayName: '周女士' } });
  const second = await employer.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: employer.organisationId }, body: { role: 'recruiter' } });
  colleagueId = (await world.anyone.call('POST /auth/links/use', { body: { token: second.url.split('/').at(-1)!, password, loginName: `${login}-2`, displayName: '陈工' } })).account.accountId;
}, 240_000);

afterAll(async () => {
  await theirs?.close();
  await ground?.close();
});

inLong('an interview on a phone', () => {
  it('begins in the queue of a booth, with one’s own yes', async () => {
    const context = await newPhone(mine, { permissions: ['camera', 'microphone'] });
    phone = await context.newPage();
    await phone.addInitScript(keepConnections);
    network = await context.newCDPSession(phone);
    errors = scriptErrors(phone);
    await phone.goto(`${servers.urls[0]}/booths/${boothId}`);
    await content().getByText('没人在等').or(content().getByText('人在等')).waitFor();
    await picture(phone, '01-booth');
    await content().getByRole('button', { name: '排队面试' }).click();
    accessToken = (await ground.people.signIn(phone)).caller.token!;
    await world.anyone.as(accessToken).upload('PUT /me/cv', {}, { name: '简历.png', type: 'image/png', bytes: onePixelPng });
    await sheet().getByRole('heading', { name: `排${employerName}的队` }).waitFor();
    await sheet().getByRole('button', { name: '排队' }).click({ force: true });
    await sheet().getByText('请写名字').waitFor();
    await sheet().getByText('要先同意给').waitFor(); // nothing goes out without a yes
    await sheet().getByLabel('名字').fill('陈小明');
    await expectClean(phone, 'join');
    await sheet().getByLabel(/同意海峤精密制造有限公司看我的资料/).check();
    await sheet().getByRole('button', { name: '排队' }).click();
    await content().getByRole('link', { name: '看我的位置' }).click();
    await content().getByText('下一位就是你').waitFor();
    await expectClean(phone, 'my interviews');
    await picture(phone, '02-place');
  });

  it('tries the phone while one waits', async () => {
    await content().getByRole('link', { name: '先试试手机' }).click();
    await content().getByText('看得到你').waitFor();
    await content().getByText('听得到你').waitFor();
    await content().getByText('视频没问题').waitFor();
    await expectClean(phone, 'pre-check');
    await picture(phone, '03-check');
    await content().getByRole('button', { name: '试好了' }).click();
    await content().getByText('手机试过了').waitFor();
  });

  it('is called on whatever page, and both hear and see each other', async () => {
    desk = await atQueue();
    await phone.goto(`${servers.urls[0]}/jobs`);
    await desk.getByRole('button', { name: /叫下一位/ }).click();
    const call = phone.getByRole('alertdialog', { name: '到你了' });
    await call.getByText(`${employerName} 请你面试`).waitFor();
    await expectClean(phone, 'call');
    await picture(phone, '04-call');
    await call.getByRole('link', { name: '进入面试' }).click();
    await phone.waitForURL(/\/interviews\//);
    interviewId = /interviews\/([\w-]{36})/.exec(phone.url())![1]!;
    await content().getByRole('button', { name: '进入面试' }).click();
    await Promise.all([flows(phone, 'picture and sound on the phone', 30_000), flows(desk, 'picture and sound at the desk', 30_000)]);
    expect((await standing()).status).toBe('running');
    await content().getByRole('timer').waitFor();
    await expectClean(phone, 'room');
    await picture(phone, '05-room');
    await picture(desk, '05-desk');
  });

  it('says how both networks are and what data it took, on both sides, with the CV beside the picture', async () => {
    for (const who of ['我', '对方']) await content().getByText(new RegExp(`^${who}.*(弱|一般|好)`)).first().waitFor();
    const ladder = desk.getByRole('region', { name: '通话和网络' });
    for (const who of ['我方', '陈小明|对方']) await ladder.getByText(new RegExp(`^(${who}).*(弱|一般|好)`)).first().waitFor();
    // Never less than what the pages' own connections counted.
    const taken = async (page: Page) => page.evaluate<number>(`(async () => {
      let bytes = 0;
      for (const line of window.connections) (await line.getStats()).forEach((stat) => { if (stat.type === 'transport') bytes += stat.bytesReceived + stat.bytesSent; });
      return bytes;
    })()`);
    const before = await taken(phone);
    expect(before).toBeGreaterThan(10_000);
    await eventually('what the phone took', async () => Number(/用了 ([\d.]+) MB/.exec(await content().innerText())?.[1] ?? 0) * 1e6 >= before - 100_000);
    await ladder.getByText(/\d.*[KM]B/).waitFor();
    await desk.getByRole('button', { name: /简历/ }).first().click();
    const cv = desk.getByRole('img', { name: '陈小明的简历' });
    await cv.waitFor();
    await eventually('the CV beside both pictures', async () => await desk.evaluate<boolean>('[...document.images].some((image) => image.alt.includes("简历") && image.naturalWidth === 1)') && (await pictures(desk)) === 2);
    await picture(desk, '05-desk-cv');
    await desk.getByRole('button', { name: /简历/ }).first().click();
  });

  it('is written beside, muted and turned to sound by hand', async () => {
    await content().getByRole('button', { name: '打字' }).click();
    await sheet().getByLabel('写给对方').fill('我听得很清楚');
    await phone.keyboard.press('Enter');
    await sheet().getByRole('log').getByText('我听得很清楚').waitFor();
    await picture(phone, '06-chat');
    await phone.keyboard.press('Escape');
    await content().getByRole('button', { name: '静音' }).click();
    await content().getByRole('button', { name: '开麦' }).click();
    await content().getByRole('button', { name: '更多' }).click();
    await sheet().getByRole('radio', { name: /只用声音/ }).click();
    const before = await decoded(phone);
    await eventually('sound alone', async () => {
      const at = await decoded(phone);
      await pause(1000);
      const later = await decoded(phone);
      return later.frames === at.frames && later.samples > at.samples && later.samples > before.samples;
    });
    await picture(phone, '07-audio');
    await content().getByRole('button', { name: '更多' }).click();
    await sheet().getByRole('radio', { name: /视频/ }).click();
    await flows(phone, 'the picture again');
  });

  it('hardly says a word about two seconds without network', async () => {
    await cut(true);
    await pause(2000);
    expect(await content().getByText('正在恢复').count()).toBe(0);
    await cut(false);
    await Promise.all([flows(phone, 'all as before on the phone'), flows(desk, 'all as before at the desk')]);
  });

  it('keeps the seat for thirty seconds, and goes on by itself', async () => {
    await cut(true);
    await content().getByText('正在恢复').waitFor();
    await picture(phone, '08-restoring');
    await pause(24_000);
    expect((await standing()).status).toBe('running');
    await cut(false);
    await Promise.all([flows(phone, 'back on the phone', 45_000), flows(desk, 'back at the desk', 45_000)]);
  });

  it('is back in the same room after a reload', async () => {
    await phone.reload();
    await content().getByRole('toolbar', { name: '面试房间' }).waitFor();
    await Promise.all([flows(phone, 'picture and sound after the reload', 30_000), flows(desk, 'the phone’s at the desk', 30_000)]);
  });

  it('is the same room for a recruiter whose browser was gone at once', async () => {
    await desk.context().close();
    await eventually('nothing of theirs moves', async () => {
      const { frames } = await decoded(phone);
      await pause(1000);
      return (await decoded(phone)).frames === frames;
    });
    expect((await standing()).status).toBe('running');
    desk = await atQueue();
    await desk.getByRole('link', { name: '进面试间，陈小明' }).first().click();
    await desk.waitForURL(new RegExp(`interview-room/${interviewId}`));
    await Promise.all([flows(desk, 'the phone’s at the new desk', 30_000), flows(phone, 'the new desk’s on the phone', 30_000)]);
    await eventually('one recruiter, and not the picture of before beside', async () => (await pictures(phone)) === 2);
  });

  it('asks before it is recorded, and takes a no', async () => {
    const recruiter = (await world.anyone.call('POST /auth/sign-in', { body: { loginName: login, password } })).accessToken;
    await world.anyone.as(recruiter).call('PUT /interviews/:interviewId/recording', { params: { interviewId }, body: { on: true } });
    await content().getByText('对方想录下这次面试').waitFor();
    await expectClean(phone, 'recording asked');
    await picture(phone, '09-asked');
    await content().getByRole('button', { name: '不同意' }).click();
    await content().getByText('你没有同意，不会录').waitFor();
    expect((await standing()).recording.running).toBe(false);
  });

  it('is recorded after a yes, shown on both sides all the time, and stopped by one tap', async () => {
    await content().getByRole('button', { name: '同意录制' }).click();
    await Promise.all([content().getByText('正在录制').waitFor(), desk.getByText('正在录制').first().waitFor()]);
    await content().getByRole('button', { name: '打字' }).click();
    await phone.keyboard.press('Escape');
    expect(await content().getByText('正在录制').isVisible()).toBe(true);
    await expectClean(phone, 'recording');
    await picture(phone, '09-recording');
    await picture(desk, '09-desk-recording');
    await content().getByRole('button', { name: '不让录了' }).click();
    await desk.getByText('有人不同意，没有录').first().waitFor();
    expect((await standing()).recording.running).toBe(false);
  });

  it('notices a phone call that takes the microphone, and is heard again after it', async () => {
    await phone.evaluate(phoneCall);
    await content().getByText('麦克风被电话占了').waitFor();
    await picture(phone, '09-phone-call');
    await pause(2500); // it has asked again, and was refused
    expect(await content().getByText('麦克风被电话占了').isVisible()).toBe(true);
    await phone.evaluate('window.callOver()');
    await content().getByText('麦克风被电话占了').waitFor({ state: 'detached' });
    await flows(desk, 'the phone is heard again');
  });

  it('takes in a colleague, and shows everybody a shared screen', async () => {
    const recruiter = world.anyone.as((await world.anyone.call('POST /auth/sign-in', { body: { loginName: login, password } })).accessToken);
    await recruiter.call('POST /interviews/:interviewId/interviewers', { params: { interviewId }, body: { accountId: colleagueId } });
    colleague = await (await theirs.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', reducedMotion: 'reduce', permissions: ['camera', 'microphone'] })).newPage();
    await colleague.addInitScript(keepConnections);
    await colleague.goto(`${servers.urls[0]}/console/sign-in?then=${encodeURIComponent(`/interview-room/${interviewId}`)}`);
    await colleague.getByLabel('账号', { exact: true }).fill(`${login}-2`);
    await colleague.getByLabel('密码', { exact: true }).fill(password);
    await colleague.keyboard.press('Enter');
    await flows(colleague, 'both others at the colleague’s', 30_000);
    await eventually('three pictures on each page', async () => (await Promise.all([phone, desk, colleague].map(pictures))).every((count) => count >= 3), 20_000);
    await desk.getByRole('button', { name: '共享屏幕' }).click();
    await desk.getByRole('button', { name: '停止共享' }).waitFor();
    await eventually('the screen beside the pictures', async () => (await pictures(colleague)) >= 4 && (await pictures(phone)) >= 4, 20_000);
    await picture(phone, '09-screen');
    await picture(colleague, '09-colleague');
    await expectClean(phone, 'a shared screen');
    await desk.getByRole('button', { name: '停止共享' }).click();
    await eventually('the screen is gone', async () => (await pictures(colleague)) === 3, 10_000);
    // Goes by the page's own way: the seat of a browser that dies is kept for a while.
    await colleague.getByRole('button', { name: '回候场' }).click();
    await eventually('and the colleague', async () => (await pictures(desk)) === 2, 10_000);
    await colleague.context().close();
  });

  it('ends with a score and a decision that the candidate reads', async () => {
    await desk.getByRole('button', { name: '结束面试' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '结束面试' }).click();
    await content().getByRole('heading', { name: '面试结束了' }).waitFor();
    await picture(phone, '10-end');
    for (const name of ['动手能力', '沟通']) await desk.getByRole('radiogroup', { name: new RegExp(name) }).getByRole('radio').nth(3).check({ force: true });
    const second = world.anyone.as((await world.anyone.call('POST /auth/sign-in', { body: { loginName: `${login}-2`, password } })).accessToken);
    const { criteria } = await second.call('GET /interviews/:interviewId', { params: { interviewId } });
    await second.call('PUT /interviews/:interviewId/sheet', { params: { interviewId }, body: { scores: Object.fromEntries(criteria.map(({ key }) => [key, 1])), note: '说得少', recommends: 'unsuited' } });
    await desk.getByRole('button', { name: '保存评分' }).click();
    await desk.getByText('评分保存了').waitFor();
    await desk.getByRole('radio', { name: '下一轮' }).first().check({ force: true });
    await desk.getByLabel('告诉求职者').fill(reason);
    await desk.getByRole('button', { name: '给结果，通知求职者' }).click();
    await content().getByText(reason).waitFor();
    await content().getByText('进下一轮', { exact: true }).waitFor();
    await expectClean(phone, 'result');
    await picture(phone, '11-result');
    await content().getByRole('link', { name: '看我的面试' }).click();
    await content().getByText(reason).waitFor();
    // Two sheets beside each other, and where they lie apart.
    await desk.goto(`${servers.urls[0]}/console/interviews/${interviewId}`);
    const compared = desk.getByRole('table').filter({ hasText: '说得少' });
    await compared.waitFor();
    expect((await compared.getByRole('columnheader').allInnerTexts()).join()).toMatch(/(周女士.*陈工|陈工.*周女士)/s);
    expect((await compared.getByRole('row').filter({ hasText: '动手能力' }).getByRole('cell').allInnerTexts()).sort()).toEqual(['1', '4']);
    await compared.getByText('分歧大').first().waitFor();
    await expectClean(desk, 'sheets compared');
    await picture(desk, '10-compare');
    await rememberInPage(phone, 'fw-language', 'en');
    await phone.reload();
    await content().getByText('Next round', { exact: true }).waitFor();
    await expectClean(phone, 'my interviews in English');
    expect(errors).toEqual([]);
  });
});
