import { Capture, type CaptureState } from './capture';

/** As much of a track as a device that comes and goes needs. */
class Track extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  muted = false;
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;
  stop(): void { this.readyState = 'ended'; }
}

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const media = new EventTarget();
let opened: Track[];
let refuse: string | null;
let wanted: ({ deviceId?: string })[];
let microphone: Capture<{ deviceId?: string }>;
let states: CaptureState[];

const open = async (settings: { deviceId?: string }): Promise<MediaStreamTrack> => {
  wanted.push(settings);
  if (refuse) throw Object.assign(new Error(refuse), { name: refuse });
  const track = new Track();
  opened.push(track);
  return track as unknown as MediaStreamTrack;
};

beforeEach(() => {
  jest.useFakeTimers();
  Object.assign(globalThis, { document: page, window: { isSecureContext: true } });
  Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices: Object.assign(media, { getUserMedia: () => undefined }) }, configurable: true });
  [opened, refuse, wanted, states] = [[], null, [], []];
  microphone = new Capture<{ deviceId?: string }>({ deviceId: 'own' }, open);
  microphone.on('state', state => void states.push(state));
});
afterEach(() => {
  microphone.close();
  jest.useRealTimers();
});

it('comes back after a phone call took it: the track that was muted goes on, or another is opened', async () => {
  await microphone.begin();
  const [first] = opened;
  first.muted = true;
  first.onmute!();
  await jest.advanceTimersByTimeAsync(1_000);
  first.muted = false;
  first.onunmute!();
  expect([states, opened.length]).toEqual([['live', 'taken', 'live'], 1]);
  first.muted = true;
  first.onmute!();
  refuse = 'NotReadableError'; // the call goes on
  await jest.advanceTimersByTimeAsync(9_000);
  refuse = null;
  await jest.advanceTimersByTimeAsync(2_500);
  expect([microphone.state, opened.length, first.readyState]).toEqual(['live', 2, 'ended']);
});

it('is asked for again when its track ended, when the page is looked at, and when a device comes', async () => {
  await microphone.begin();
  refuse = 'NotReadableError';
  opened[0].stop();
  opened[0].onended!();
  await jest.advanceTimersByTimeAsync(100);
  expect(microphone.state).toBe('taken');
  refuse = null;
  page.dispatchEvent(new Event('visibilitychange'));
  await jest.advanceTimersByTimeAsync(0);
  expect([microphone.state, opened.length]).toEqual(['live', 2]);
  opened[1].stop();
  media.dispatchEvent(new Event('devicechange'));
  await jest.advanceTimersByTimeAsync(0);
  expect([microphone.state, opened.length]).toEqual(['live', 3]);
});

it('takes any other device when the one that was chosen is gone', async () => {
  await microphone.begin();
  refuse = 'NotFoundError';
  opened[0].stop();
  opened[0].onended!();
  await jest.advanceTimersByTimeAsync(0);
  expect([wanted.map(({ deviceId }) => deviceId), microphone.state]).toEqual([['own', 'own', undefined], 'missing']);
});

it('asks nobody again after a no, nor after it was closed', async () => {
  refuse = 'NotAllowedError';
  await expect(microphone.begin()).rejects.toThrow('NotAllowedError');
  await jest.advanceTimersByTimeAsync(10_000);
  expect([microphone.state, wanted.length]).toEqual(['denied', 1]);
  refuse = null;
  await microphone.change({});
  microphone.close();
  opened[0].onended?.();
  await jest.advanceTimersByTimeAsync(10_000);
  expect([microphone.state, wanted.length, opened[0].readyState]).toEqual(['closed', 2, 'ended']);
});
