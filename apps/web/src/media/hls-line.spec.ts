import { HlsLine } from './hls-line';

interface Player { url: string; startAt?: number; bytes: number | null; span: number; starved: boolean; closed: boolean; fail(why: string): void }
const mockPlayers: Player[] = [];
/** A player that counts what the test says. */
jest.mock('./hls-player', () => ({
  soundOf: jest.requireActual<{ soundOf(url: string): string }>('./hls-player').soundOf,
  HlsPlayer: class {
    bytes: number | null = 0;
    span = 0;
    starved = true;
    closed = false;
    private failed: ((why: string) => void) | undefined;
    constructor(_video: unknown, readonly url: string, private readonly options: { startAt?: number }) { mockPlayers.push(this as unknown as Player); }
    get startAt() { return this.options.startAt; }
    on(name: string, act: (why: string) => void) { if (name === 'failed') this.failed = act; }
    fail(why: string) { this.failed?.(why); }
    open() { return Promise.resolve(); }
    close() { this.closed = true; }
  },
}));

const video = { currentTime: 0, paused: false, ended: false };
const element = video as HTMLVideoElement;
const last = () => mockPlayers[mockPlayers.length - 1];
const answers = (status: number, body: object = {}) => { globalThis.fetch = () => Promise.resolve({ ok: status < 400, json: () => Promise.resolve(body) } as Response); };
const line = (live: boolean) => new HlsLine(element, '/media/hls/r/replay.m3u8?token=a.b', { live });

describe('HLS in two renditions', () => {
  const { fetch } = globalThis;
  beforeEach(() => {
    mockPlayers.length = 0;
    Object.assign(video, { currentTime: 0, paused: false, ended: false });
  });
  afterEach(() => { globalThis.fetch = fetch; });

  it('changes to the sound at the same moment of a replay, and adds up what both took', async () => {
    const hls = line(false);
    await hls.show('picture', 0);
    Object.assign(last(), { bytes: 1_000_000, span: 10_000 });
    video.currentTime = 7;
    await hls.show('sound');
    expect(mockPlayers.map(({ url, startAt, closed }) => [url, startAt, closed])).toEqual([['/media/hls/r/replay.m3u8?token=a.b', 0, true], ['/media/hls/r/replay-sound.m3u8?token=a.b', 7, false]]);
    Object.assign(last(), { bytes: 24_000, span: 2_000 });
    expect([hls.bytes, hls.perMinute, hls.unmeasured]).toEqual([1_024_000, { picture: 6e6, sound: null }, false]);
    Object.assign(last(), { bytes: 60_000, span: 5_000 });
    expect(hls.perMinute.sound).toBe(720_000);
    hls.close();
    expect([hls.bytes, last().closed]).toEqual([1_060_000, true]);
  });

  it('of a live picture begins at its end again, and says that a phone which tells no bytes cannot be measured', async () => {
    const hls = line(true);
    video.currentTime = 90;
    await hls.show('picture');
    const open = hls.show('sound');
    last().bytes = null;
    await open;
    expect([last().startAt, hls.unmeasured, hls.bytes]).toEqual([undefined, true, 0]);
  });

  it('stalls when the clock stands though there is more to come; not when it is paused, or nobody sends', async () => {
    const hls = line(true);
    await hls.show('picture');
    const began = Date.now();
    video.currentTime = 1;
    expect(hls.stalledFor(began + 1000)).toBe(0);
    expect([2000, 3000, 4000].map(ms => hls.stalledFor(began + ms))).toEqual([1000, 2000, 3000]);
    last().starved = false;
    expect(hls.stalledFor(began + 5000)).toBeNull();
    last().starved = true;
    expect(hls.stalledFor(began + 6000)).toBe(1000);
    video.paused = true;
    expect(hls.stalledFor(began + 9000)).toBeNull();
  });

  it('tells a recording that has no sound from a network that fails', async () => {
    const told: string[] = [];
    const hls = line(true);
    hls.on('soundless', () => told.push('soundless'));
    hls.on('failed', why => told.push(why));
    await hls.show('sound');
    answers(404, { error: { code: 'soundMissing' } });
    last().fail('manifestLoadError');
    await new Promise(done => setTimeout(done, 0));
    expect(told).toEqual(['soundless']);
    answers(200);
    last().fail('fragLoadError');
    await new Promise(done => setTimeout(done, 0));
    await hls.show('picture');
    last().fail('levelLoadError');
    expect(told).toEqual(['soundless', 'fragLoadError', 'levelLoadError']);
  });
});
