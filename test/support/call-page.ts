/** Interviews in real Chromium with its fake camera and microphone, without the pages around them: what apps/web/src/call does on real networks. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interview, InterviewPass } from '#libs/contracts';
import type { Browser, Page } from 'playwright-core';
import type { Caller } from './caller.js';
import { anyAutoplay, fakeDevices, launchChromium } from './chromium.js';
import { boothWithQueue, calledTo, joinInterview, mediaReady, portsOf, type Booth } from './interviewing.js';
import { WeakNetwork } from './weak-network.js';
import { eventually, type Candidate, type World } from './world.js';

/** Video frames decoded and sound heard so far of the other people, and how the call stands. */
export interface CallView {
  step: string; reason: string; hint: string | null; way: string | null; closed: string | null;
  people: { peerId: string; cameraOff: boolean }[];
  frames: number; sound: number; dataUsed: number; lossIn: number; lossOut: number; steps: { at: number; step: string; reason: string }[];
  /** How often everything was made anew, and how often a lost line went on with the same seat. */
  entered: number; resumed: number;
}

const flags = [...fakeDevices, anyAutoplay, '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows', '--disable-background-timer-throttling'];

let script: string | undefined;
/** The built code; once a process. */
function callScript(): string {
  if (script) return script;
  script = join(mkdtempSync(join(tmpdir(), 'fairwind-call-')), 'call.js');
  execFileSync(process.execPath, ['test/support/call-bundle.mjs', script], { stdio: ['ignore', 'inherit', 'inherit'] });
  return script;
}

// What runs inside the page is written as text: the server's types know no browser, and should not.
const driver = `
  window.openCall = async ({ token, interviewId, nodeUrls }) => {
    const { Call } = window.fairwindCall;
    const pass = async () => {
      const answer = await fetch('/api/interviews/' + interviewId + '/join', { method: 'POST', headers: { Authorization: 'Bearer ' + token } });
      const body = await answer.json();
      if (!answer.ok) throw Object.assign(new Error(body.error.code), { code: body.error.code });
      return { ...body, nodeUrl: nodeUrls[body.nodeUrl] ?? body.nodeUrl };
    };
    const call = window.call = new Call({ pass });
    window.steps = []; window.videos = new Map(); window.ended = null; window.entered = window.resumed = 0;
    call.room.on('entered', () => window.entered++);
    call.room.on('resumed', () => window.resumed++);
    call.on('step', (step, reason) => window.steps.push({ at: Date.now(), step, reason }));
    call.on('closed', (reason) => { window.ended = reason; });
    call.on('changed', () => {
      for (const person of call.people) {
        const video = window.videos.get(person.peerId) ?? document.body.appendChild(Object.assign(document.createElement('video'), { autoplay: true, playsInline: true, width: 320 }));
        window.videos.set(person.peerId, video);
        const tracks = [person.camera, person.voice].filter(Boolean);
        if (tracks.map(({ id }) => id).join() === video.dataset.ids) continue;
        video.dataset.ids = tracks.map(({ id }) => id).join();
        video.srcObject = new MediaStream(tracks);
      }
    });
    await call.microphone.begin();
    await call.camera.change({ height: 360 });
    await call.enter();
  };
  window.callView = async () => {
    const call = window.call;
    let sound = 0, frames = 0;
    for (const report of await call.room.stats()) report.forEach((stat) => {
      if (stat.type === 'inbound-rtp' && stat.kind === 'audio') sound += stat.totalAudioEnergy ?? 0;
      if (stat.type === 'inbound-rtp' && stat.kind === 'video') frames += stat.framesDecoded ?? 0;
    });
    return {
      step: call.step, reason: call.stepReason, hint: call.hint, way: call.way, closed: window.ended, sound, frames,
      people: call.people.map(({ peerId, cameraOff }) => ({ peerId, cameraOff })),
      dataUsed: call.dataUsed, lossIn: call.flow?.lossIn ?? 0, lossOut: call.flow?.lossOut ?? 0, steps: window.steps, entered: window.entered, resumed: window.resumed,
    };
  };`;

/** One side of an interview. Resolves once it is in the room. */
async function openCall(browser: Browser, { origin, token, interviewId, network }: { origin: string; token: string; interviewId: string; network?: WeakNetwork }): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], bypassCSP: true, locale: 'zh-CN' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error('call page:', error.message));
  if (network) await page.addInitScript(network.inPage);
  await page.goto(`${network?.url(origin) ?? origin}/healthz`);
  await page.addScriptTag({ path: callScript() });
  await page.evaluate(driver);
  await page.evaluate<void>(`window.openCall(${JSON.stringify({ token, interviewId, nodeUrls: network?.urls ?? {} })})`);
  return page;
}

export const callView = (page: Page): Promise<CallView> => page.evaluate<CallView>('window.callView()');

/** Both frames and sound came within the last moment; a fake microphone beeps twice a second. */
async function flows(page: Page): Promise<boolean> {
  const before = await callView(page);
  await new Promise((done) => setTimeout(done, 1_200));
  const after = await callView(page);
  return after.frames > before.frames && after.sound > before.sound;
}

export const bothFlow = async (...pages: Page[]): Promise<boolean> => (await Promise.all(pages.map(flows))).every(Boolean);

/** A recruiter's page and a candidate's, in one interview, with picture and sound on both sides. */
export interface InCall { booth: Booth; origin: string; recruiter: Page; phone: Page; candidate: Candidate; interview: Interview }
export interface WeakCall extends InCall { network: WeakNetwork }

/**
 * @param through what the candidate's network is; a good one unless told
 * @param more Chromium's flags
 */
export async function inCall(world: World, tell: (call: InCall) => Promise<void>, through?: (pass: InterviewPass) => Promise<WeakNetwork>, more: string[] = []): Promise<void> {
  await mediaReady(world);
  const booth = await boothWithQueue(world);
  const { candidate, interview } = await calledTo(world, booth);
  const [origin] = world.servers.urls as [string];
  const network = await through?.(await joinInterview(booth.recruiter.caller, interview.id));
  const browser = await launchChromium([...flags, ...more]);
  try {
    const open = (caller: Caller, line?: WeakNetwork) => openCall(browser, { origin, token: caller.token!, interviewId: interview.id, network: line });
    const recruiter = await open(booth.recruiter.caller);
    const phone = await open(candidate.caller, network);
    await eventually('picture and sound on both sides', () => bothFlow(recruiter, phone), 40_000);
    await tell({ booth, origin, recruiter, phone, candidate, interview });
  } finally {
    await browser.close();
    network?.close();
  }
}

/**
 * The candidate's network may be made a weak one.
 * @param before what is wrong with it from the beginning
 * @param more Chromium's flags
 */
export async function onWeakNetwork(
  world: World, tell: (call: WeakCall) => Promise<void>, before: Partial<Pick<WeakNetwork, 'udpBlocked' | 'tcpBlocked' | 'relays'>> = {}, more: string[] = [],
): Promise<void> {
  let network!: WeakNetwork;
  await inCall(world, (call) => tell({ ...call, network }), async (pass) => {
    network = Object.assign(await WeakNetwork.open([...world.servers.urls, ...world.servers.mediaUrls], await portsOf(world, pass)), before);
    return network;
  }, more);
}
