/** A queue's people and their two browsers, made through the API as in life: from "call next" until both see each other. */
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { Browser, Page } from 'playwright-core';
import type { AnyEnvelope, FairSummary, FloorPlan, Interview, Page as PageOf, SignedIn } from '#libs/contracts';
import type { StartedServer } from '../server.js';
import { codeFor } from '../texts.js';

const EMPLOYER = 'haiqiao';

async function call<T>(url: string, method: string, path: string, token?: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${url}/api${path}`, { method, headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return (text ? JSON.parse(text) : null) as T;
}

/** apps/web/src/call as one script, as the tests have it: `window.fairwindCall`. */
export async function callScript(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fairwind-call-'));
  try {
    const file = join(folder, 'call.js');
    execFileSync(process.execPath, ['test/support/call-bundle.mjs', file], { stdio: ['ignore', 'inherit', 'inherit'] });
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Runs in the page. In the waiting room the devices are open already.
const prepare = `(async () => {
  const { Call } = window.fairwindCall;
  window.token = TOKEN;
  const call = window.call = new Call({ pass: async () => {
    const answer = await fetch('/api/interviews/' + window.interviewId + '/join', { method: 'POST', headers: { Authorization: 'Bearer ' + window.token } });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  } });
  const video = document.body.appendChild(Object.assign(document.createElement('video'), { autoplay: true, playsInline: true, muted: true, width: 320 }));
  call.on('changed', () => {
    const camera = call.people[0]?.camera;
    if (camera && video.srcObject?.getVideoTracks()[0] !== camera) video.srcObject = new MediaStream([camera]);
  });
  await Promise.all([call.microphone.begin(), call.camera.change({ height: 720 })]);
  window.go = (interviewId) => new Promise((done, fail) => {
    window.interviewId = interviewId;
    call.enter().catch(fail);
    const look = setInterval(() => { if (video.getVideoPlaybackQuality().totalVideoFrames > 0) { clearInterval(look); done(Date.now()); } }, 5);
    setTimeout(() => fail(new Error('no picture in 20 s')), 20000);
  });
})()`;

export class Meetings {
  private constructor(
    private readonly server: StartedServer, private readonly browser: Browser, private readonly script: string,
    private readonly token: string, private readonly boothId: string,
  ) {}

  static async open(server: StartedServer, browser: Browser, script: string, password: string): Promise<Meetings> {
    const { url } = server;
    for (const since = Date.now(); (await call<{ state: string }>(url, 'GET', '/media/readiness')).state !== 'ready';) {
      if (Date.now() - since > 60_000) throw new Error('Media was not ready in 60 s.');
      await new Promise((done) => setTimeout(done, 200));
    }
    const { accessToken: token, account } = await call<SignedIn>(url, 'POST', '/auth/sign-in', undefined, { loginName: EMPLOYER, password });
    const fair = (await call<PageOf<FairSummary>>(url, 'GET', '/fairs?limit=20')).items.find(({ status }) => status === 'open');
    if (!fair) throw new Error('The demo has no open fair.');
    const { booths } = await call<FloorPlan>(url, 'GET', `/fairs/${fair.id}/floor-plan`, token);
    const booth = booths.find(({ organisation }) => organisation?.id === account.organisation!.id);
    if (!booth) throw new Error('The demo’s employer has no booth.');
    await call(url, 'PUT', `/booths/${booth.id}/queue`, token, { status: 'open' });
    return new Meetings(server, browser, script, token, booth.id);
  }

  /** Milliseconds from the recruiter's tap on "call next" until both browsers have decoded a picture of the other. */
  async one(): Promise<number> {
    const { url } = this.server;
    const candidate = await this.candidate();
    const { id: placeId } = await call<{ id: string }>(url, 'POST', `/booths/${this.boothId}/queue/places`, candidate.accessToken, { mode: 'online', consent: true });
    const line = await this.listen(candidate);
    const pages = await Promise.all([this.page(this.token), this.page(candidate.accessToken)]);
    const [recruiter, phone] = pages as [Page, Page];
    try {
      const rung = new Promise<number>((done, fail) => line.on('event', (event: AnyEnvelope) => {
        if (event.type === 'interview.called') this.enter(phone, event.data.interviewId).then(done, fail);
      }));
      const from = Date.now();
      const interview = await call<Interview>(url, 'POST', `/booths/${this.boothId}/queue/call`, this.token, { placeId });
      const seen = await Promise.all([this.enter(recruiter, interview.id), rung]);
      await call(url, 'POST', `/interviews/${interview.id}/end`, this.token);
      return Math.max(...seen) - from;
    } finally {
      line.disconnect();
      await Promise.all(pages.map((page) => page.context().close()));
    }
  }

  private enter(page: Page, interviewId: string): Promise<number> {
    return page.evaluate<number>(`window.go(${JSON.stringify(interviewId)})`);
  }

  private async page(token: string): Promise<Page> {
    const page = await (await this.browser.newContext({ permissions: ['camera', 'microphone'], bypassCSP: true })).newPage();
    await page.goto(`${this.server.url}/healthz`);
    await page.addScriptTag({ content: this.script });
    await page.evaluate(prepare.replace('TOKEN', JSON.stringify(token)));
    return page;
  }

  private async candidate(): Promise<SignedIn> {
    const { url } = this.server;
    const phone = `13${randomInt(9)}${String(randomInt(1e8)).padStart(8, '0')}`;
    await call(url, 'POST', '/auth/phone-code', undefined, { phone });
    for (const since = Date.now(); Date.now() - since < 10_000;) {
      const code = codeFor(phone, this.server.output().split('\n'));
      if (code) return call<SignedIn>(url, 'POST', '/auth/sign-in-by-phone', undefined, { phone, code });
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error('The phone’s code was not in the log.');
  }

  private async listen({ accessToken: token, account }: SignedIn): Promise<Socket> {
    const socket = io(this.server.url, { auth: { token }, transports: ['websocket'], forceNew: true });
    await new Promise<void>((done, fail) => void socket.once('connect', done).once('connect_error', fail));
    await socket.timeout(5_000).emitWithAck('subscribe', { topic: { kind: 'account', id: account.accountId } });
    return socket;
  }
}
