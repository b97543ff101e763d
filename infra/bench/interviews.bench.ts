import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { inOrder, type Benchmark } from './benchmark.js';
import { callScript, Meetings } from './interviews/meeting.js';
import { bareRooms, climb, fairwindRooms, type Climb, type Rooms } from './interviews/rooms.js';
import { startBare } from './join/bare.js';
import { watchFirstFrame } from './join/in-page.js';
import { startAndTime, type StartedServer } from './server.js';
import { compile, Load } from './sfu/load.js';
import { median } from './statistics.js';

/** What a 720p camera of an interview sends. */
const KBPS = 1_200;
const climbs: Record<'whole' | 'quick', Climb> = {
  whole: { step: 10, most: 300, warm: 200, length: 900, kbps: KBPS },
  quick: { step: 20, most: 100, warm: 100, length: 350, kbps: KBPS },
};
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
];
const p95 = (of: number[]) => [...of].sort((a, b) => a - b)[Math.ceil(of.length * 0.95) - 1]!;

/** Two bare pages that publish and then receive one another: milliseconds until both have a picture. */
async function bareMeeting(browser: Browser): Promise<number> {
  const bare = await startBare();
  const pages = await Promise.all([0, 1].map(async () => {
    const page = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
    await page.addInitScript(watchFirstFrame('#video'));
    await page.goto(bare.url);
    await page.waitForFunction('window.ready');
    return page;
  }));
  try {
    const from = Date.now();
    await Promise.all(pages.map((page) => page.evaluate('window.publish()')));
    await Promise.all(pages.map((page) => page.evaluate('(() => { const seen = window.frames1(performance.now()); void window.join(); return seen; })()')));
    return Date.now() - from;
  } finally {
    await Promise.all(pages.map((page) => page.context().close()));
    await bare.close();
  }
}

/** Rooms of two, and how long two people wait for each other. */
export const interviews: Benchmark = {
  name: 'interviews',
  about: `rooms of two at 720p (${KBPS} kbps each way, SRTP on) until over 1 % of the packets are lost; from “call next” to both sides seeing video, in Chromium`,
  floor: 'bare mediasoup: the same rooms on as many workers; two bare pages that publish and receive one another',
  metrics: [
    { name: 'rooms of two', unit: 'rooms', goal: { of: 'ratio', atLeast: 0.9 } },
    { name: 'CPU a room', unit: 'cores' },
    { name: 'call next, median', unit: 'ms' },
    { name: 'call next, p95', unit: 'ms', goal: { of: 'value', atMost: 1_500 } },
  ],
  pairs: { whole: 5, quick: 1 },
  async open({ quick }) {
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-interviews-'));
    let server: StartedServer | undefined;
    let browser: Browser | undefined;
    const close = async () => {
      await browser?.close();
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    };
    try {
      const program = await compile('load.c', folder, 'load');
      const script = await callScript();
      // The candidates' codes stand in the log as warnings.
      const env = { DATA_DIR: join(folder, 'data'), FAIRWIND_HOST: '127.0.0.1', FAIRWIND_MEDIA_PORT: '0', FAIRWIND_LOG_LEVEL: 'warn' };
      server = await startAndTime(join('dist', 'apps', 'all', 'src', 'main.js'), [], env);
      browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
      const password = /Password:\s+(\S+)/.exec(server.output())?.[1];
      if (!password) throw new Error(`The demo named no password:\n${server.output().slice(-500)}`);
      const meetings = await Meetings.open(server, browser, script, password);
      const chrome = browser;
      const size = quick ? climbs.quick : climbs.whole;
      const high = async (make: (load: Load, most: number) => Promise<Rooms>) => {
        const load = await Load.start(program);
        const rooms = await make(load, size.most);
        try {
          return await climb(load, rooms, size);
        } finally {
          rooms.close();
          await load.close();
        }
      };
      const repeated = async (count: number, work: () => Promise<number>) => {
        const all: number[] = [];
        for (let n = 0; n < count; n++) all.push(await work());
        return all;
      };
      return {
        async pair(oursFirst) {
          const rooms = await inOrder(oursFirst, () => high(fairwindRooms), () => high(bareRooms));
          const waits = await inOrder(oursFirst, () => repeated(quick ? 5 : 10, () => meetings.one()), () => repeated(quick ? 2 : 5, () => bareMeeting(chrome)));
          return {
            'rooms of two': { value: rooms.value.rooms, floor: rooms.floor.rooms },
            'CPU a room': { value: rooms.value.cpuARoom, floor: rooms.floor.cpuARoom },
            'call next, median': { value: median(waits.value), floor: median(waits.floor) },
            'call next, p95': { value: p95(waits.value), floor: p95(waits.floor) },
          };
        },
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};
