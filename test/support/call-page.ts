/** Interviews in real Chromium with its fake camera and microphone, without the pages around them: what apps/web/src/call does on real networks. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interview } from '#libs/contracts';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { boothWithQueue, calledTo, joinInterview, mediaReady, portsOf } from './interviewing.js';
import { WeakNetwork } from './weak-network.js';
import { eventually, type Candidate, type World } from './world.js';

/** Video frames decoded and sound heard so far of the other people, and how the call stands. */
export interface CallView {
  state: string; step: string; reason: string; hint: string | null; quality: number | null; way: string | null; closed: string | null;
  people: { name: string; peerId: string; cameraOff: boolean; muted: boolean; quality: number | null; playing: boolean; frames: number }[];
  frames: number; sound: number; dataUsed: number; lossIn: number; lossOut: number; bitsIn: number; steps: { at: number; step: string; reason: string }[]; microphone: string; errors: string[];
  width: number;
  /** How often everything was made anew, and how often a lost line went on with the same seat. */
  entered: number; resumed: number;
}

const flags = [
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required', '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows', '--disable-background-timer-throttling',
];

let script: string | undefined;
/** The built code; once a process. */
export function callScript(): string {
  if (script) return script;
  script = join(mkdtempSync(join(tmpdir(), 'fairwind-call-')), 'call.js');
  execFileSync(process.execPath, ['test/support/call-bundle.mjs', script], { stdio: ['ignore', 'inherit', 'inherit'] });
  return script;
}

export const launchCalls = (): Promise<Browser> => launchChromium(flags);

// What runs inside the page is written as text: the server's types know no browser, and should not.
const driver = `
  window.openCall = async ({ token, interviewId, nodeUrls, forceTcp, height }) => {
    const { Call } = window.fairwindCall;
    const pass = async () => {
      const answer = await fetch('/api/interviews/' + interviewId + '/join', { method: 'POST', headers: { Authorization: 'Bearer ' + token } });
      const body = await answer.json();
      if (!answer.ok) throw Object.assign(new Error(body.error.code), { code: body.error.code });
      window.passes = (window.passes ?? 0) + 1;
      return { ...body, nodeUrl: nodeUrls[body.nodeUrl] ?? body.nodeUrl };
    };
    const call = window.call = new Call({ pass, forceTcp });
    window.steps = []; window.videos = new Map(); window.errors = []; window.ended = null; window.entered = window.resumed = 0;
    call.room.on('entered', () => window.entered++);
    call.room.on('resumed', () => window.resumed++);
    call.on('step', (step, reason) => window.steps.push({ at: Date.now(), step, reason }));
    call.on('closed', (reason, error) => { window.ended = reason; if (error) window.errors.push(String(error)); });
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
    await call.camera.change({ height: height ?? 360 });
    await call.enter();
  };
  window.callView = async () => {
    const call = window.call;
    let sound = 0, frames = 0, width = 0;
    for (const report of await call.room.stats()) report.forEach((stat) => {
      if (stat.type === 'inbound-rtp' && stat.kind === 'audio') sound += stat.totalAudioEnergy ?? 0;
      if (stat.type === 'inbound-rtp' && stat.kind === 'video') { frames += stat.framesDecoded ?? 0; width = Math.max(width, stat.frameWidth ?? 0); }
    });
    return {
      state: call.state, step: call.step, reason: call.stepReason, hint: call.hint, quality: call.quality, way: call.way, closed: window.ended, sound, frames, width,
      people: call.people.map(({ name, peerId, cameraOff, muted, quality, camera }) => ({ name, peerId, cameraOff, muted, quality, playing: !!camera, frames: window.videos.get(peerId)?.getVideoPlaybackQuality().totalVideoFrames ?? 0 })),
      dataUsed: call.dataUsed, lossIn: call.flow?.lossIn ?? 0, lossOut: call.flow?.lossOut ?? 0, bitsIn: call.flow?.bitsIn ?? 0, steps: window.steps, microphone: call.microphone.state, errors: window.errors, entered: window.entered, resumed: window.resumed,
    };
  };`;

export interface OpenCall { origin: string; token: string; interviewId: string; network?: WeakNetwork; forceTcp?: boolean; height?: number }

/** One side of an interview. Resolves once it is in the room. */
export async function openCall(browser: Browser, { origin, token, interviewId, network, forceTcp, height }: OpenCall): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], bypassCSP: true, locale: 'zh-CN' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error('call page:', error.message));
  if (network) await page.addInitScript(network.inPage);
  await page.goto(`${network?.url(origin) ?? origin}/healthz`);
  await page.addScriptTag({ path: callScript() });
  await page.evaluate(driver);
  await page.evaluate<void>(`window.openCall(${JSON.stringify({ token, interviewId, forceTcp, height, nodeUrls: network?.urls ?? {} })})`);
  return page;
}

export const callView = (page: Page): Promise<CallView> => page.evaluate<CallView>('window.callView()');

/** Both frames and sound came within the last moment. */
export async function flows(page: Page, within = 600): Promise<boolean> {
  const before = await callView(page);
  await new Promise((done) => setTimeout(done, within));
  const after = await callView(page);
  return after.frames > before.frames && after.sound > before.sound;
}

export const bothFlow = async (...pages: Page[]): Promise<boolean> => (await Promise.all(pages.map((page) => flows(page)))).every(Boolean);

/** A recruiter on a good line and a candidate on a weak one, in one interview, with picture and sound on both sides. */
export interface WeakCall { recruiter: Page; phone: Page; network: WeakNetwork; candidate: Candidate; interview: Interview }

/** @param before what is wrong with the candidate's network from the beginning */
export async function onWeakNetwork(world: World, tell: (call: WeakCall) => Promise<void>, before: Partial<Pick<WeakNetwork, 'udpBlocked' | 'tcpBlocked' | 'relays'>> = {}): Promise<void> {
  await mediaReady(world);
  const booth = await boothWithQueue(world);
  const { candidate, interview } = await calledTo(world, booth);
  const [origin] = world.servers.urls as [string];
  const pass = await joinInterview(booth.recruiter.caller, interview.id);
  const network = await WeakNetwork.open([...world.servers.urls, ...world.servers.mediaUrls], await portsOf(world, pass));
  Object.assign(network, before);
  const browser = await launchCalls();
  try {
    const recruiter = await openCall(browser, { origin, token: booth.recruiter.caller.token!, interviewId: interview.id });
    const phone = await openCall(browser, { origin, token: candidate.caller.token!, interviewId: interview.id, network });
    await eventually('picture and sound on both sides', () => bothFlow(recruiter, phone), 40_000);
    await tell({ recruiter, phone, network, candidate, interview });
  } finally {
    await browser.close();
    network.close();
  }
}
