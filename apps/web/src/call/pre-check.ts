/**
 * Before an interview: camera, microphone, loudspeaker and network, each with its own result, so that a page can say in plain words what
 * to do. Whatever fails, the person may go on: sound alone, or text alone, is an interview too. What was opened is handed on to the Call.
 */
import type { IceServer } from '#libs/contracts';
import { deviceProblem, listDevices, openCamera, openMicrophone, watchLevel, type DeviceProblem, type Devices } from '../media/devices';
import { Emitter } from '../media/emitter';
import type { CameraSettings, MicrophoneSettings } from './call';

export type CheckState = { state: 'waiting' | 'asking' } | { state: 'good' } | { state: 'failed'; problem: DeviceProblem };
/**
 * `good`: picture and sound; `fair`: a small picture, or sound; `poor`: text is safe, sound may break. `roundTrip` milliseconds, `down` bits a
 * second of a short download, `lossRatio` 0–1 of the requests that were sent; null: not known.
 */
export interface NetworkCheck { state: 'waiting' | 'asking' | 'good' | 'fair' | 'poor' | 'offline'; roundTrip: number | null; down: number | null; lossRatio: number | null; udp: boolean | null; relay: boolean | null }

/** Sound was heard once it was louder than a quiet room. */
const HEARD = 0.35;
const PROBES = 6;
const PROBE_LATE = 4_000;
/** How long a browser may take to find a way through TURN. */
const GATHER = 4_000;

export class PreCheck extends Emitter<{ changed: [] }> {
  camera: CheckState = { state: 'waiting' };
  microphone: CheckState = { state: 'waiting' };
  network: NetworkCheck = { state: 'waiting', roundTrip: null, down: null, lossRatio: null, udp: null, relay: null };
  /** 0–1, ten times a second; `heard` stays true once the person was. */
  level = 0;
  heard = false;
  devices: Devices = { cameras: [], microphones: [] };
  picture: MediaStreamTrack | undefined;
  voice: MediaStreamTrack | undefined;
  private unwatch: () => void = () => undefined;
  private over = false;

  /** Both at once asks the person once; when that fails, each alone, so that one that works is found. */
  async askDevices(settings: { camera?: CameraSettings; microphone?: MicrophoneSettings } = {}): Promise<void> {
    await Promise.all([this.askMicrophone(settings.microphone), this.askCamera(settings.camera)]);
  }

  async askCamera(settings: CameraSettings = { height: 540 }): Promise<void> {
    this.set({ camera: { state: 'asking' } });
    const before = this.picture;
    try {
      const track = await openCamera(settings);
      if (this.over) return track.stop();
      before?.stop();
      this.picture = track;
      this.set({ camera: { state: 'good' }, devices: await listDevices() });
    } catch (error) {
      this.set({ camera: { state: 'failed', problem: deviceProblem(error) } });
    }
  }

  async askMicrophone(settings: MicrophoneSettings = {}): Promise<void> {
    this.set({ microphone: { state: 'asking' } });
    const before = this.voice;
    try {
      const track = await openMicrophone(settings);
      if (this.over) return track.stop();
      this.unwatch();
      before?.stop();
      this.voice = track;
      this.unwatch = watchLevel(track, level => this.set({ level, heard: this.heard || level >= HEARD }));
      this.set({ microphone: { state: 'good' }, devices: await listDevices() });
    } catch (error) {
      this.set({ microphone: { state: 'failed', problem: deviceProblem(error) } });
    }
  }

  /** Three tones; resolves when they were played. The page asks whether they were heard. */
  async playTone(): Promise<void> {
    const Made = window.AudioContext ?? (window as unknown as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext;
    if (!Made) return;
    const context = new Made();
    await context.resume();
    [523, 659, 784].forEach((hertz, n) => {
      const [tone, gain, at] = [context.createOscillator(), context.createGain(), context.currentTime + n * 0.35];
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.exponentialRampToValueAtTime(0.2, at + 0.03);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.32);
    });
    await new Promise(done => setTimeout(done, 1_100));
    await context.close();
  }

  /**
   * A few small requests for round trip and losses, one larger for the rate, and whether this network lets UDP out at all.
   * @param iceServers of a pass, where there is one: whether a relay can be reached
   */
  async askNetwork(iceServers: readonly IceServer[] = []): Promise<void> {
    this.set({ network: { ...this.network, state: 'asking' } });
    const [trips, ways] = await Promise.all([this.probe(), gather(iceServers)]);
    const answered = trips.filter((trip): trip is number => trip !== null).sort((a, b) => a - b);
    if (answered.length === 0) return this.set({ network: { state: 'offline', roundTrip: null, down: null, lossRatio: 1, ...ways } });
    const [roundTrip, lossRatio, down] = [answered[Math.floor(answered.length / 2)], 1 - answered.length / trips.length, await download()];
    this.set({ network: { state: judged(roundTrip, lossRatio, down), roundTrip, down, lossRatio, ...ways } });
  }

  /** Lets everything go but what the call goes on with. @returns the open tracks */
  handOn(): { picture: MediaStreamTrack | undefined; voice: MediaStreamTrack | undefined } {
    const { picture, voice } = this;
    this.picture = this.voice = undefined;
    this.close();
    return { picture, voice };
  }

  close(): void {
    this.over = true;
    this.unwatch();
    this.picture?.stop();
    this.voice?.stop();
  }

  private async probe(): Promise<(number | null)[]> {
    const trips: (number | null)[] = [];
    for (let n = 0; n < PROBES && !this.over; n++) trips.push(await roundTrip());
    return trips;
  }

  private set(change: Partial<Pick<this, 'camera' | 'microphone' | 'network' | 'level' | 'heard' | 'devices'>>): void {
    if (this.over) return;
    Object.assign(this, change);
    this.tell('changed');
  }
}

/** What can be promised of such a line. */
export function judged(roundTrip: number, lossRatio: number, down: number | null): 'good' | 'fair' | 'poor' {
  if (lossRatio > 0.4 || roundTrip > 1_500 || (down !== null && down < 80_000)) return 'poor';
  return lossRatio > 0 || roundTrip > 400 || (down !== null && down < 700_000) ? 'fair' : 'good';
}

const late = (ms: number): AbortSignal => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), ms);
  return stop.signal;
};

async function roundTrip(): Promise<number | null> {
  const at = performance.now();
  // Not reached within the time is what is asked here.
  return fetch('/healthz', { cache: 'no-store', signal: late(PROBE_LATE) }).then(() => performance.now() - at, () => null);
}

/** Bits a second of this page's own documents, which every installation has; null: not to be had. */
async function download(): Promise<number | null> {
  const at = performance.now();
  const bytes = await fetch('/api/openapi.json', { cache: 'no-store', signal: late(8_000) }).then(async answer => (answer.ok ? (await answer.arrayBuffer()).byteLength : null), () => null);
  return bytes === null ? null : (bytes * 8) / ((performance.now() - at) / 1000);
}

/** Whether the browser finds a way of its own over UDP, and one through TURN; null: cannot be known here. */
async function gather(iceServers: readonly IceServer[]): Promise<{ udp: boolean | null; relay: boolean | null }> {
  if (typeof RTCPeerConnection === 'undefined') return { udp: null, relay: null };
  const line = new RTCPeerConnection({ iceServers: iceServers as RTCIceServer[] });
  const found = new Set<string>();
  try {
    const done = new Promise<void>(finish => {
      line.onicecandidate = ({ candidate }) => {
        if (!candidate) return finish();
        found.add(/ typ relay/.test(candidate.candidate) ? 'relay' : / udp /i.test(candidate.candidate) ? 'udp' : 'tcp');
      };
      setTimeout(finish, GATHER);
    });
    line.createDataChannel('probe');
    await line.setLocalDescription(await line.createOffer());
    await done;
    return { udp: found.has('udp'), relay: iceServers.length === 0 ? null : found.has('relay') };
  } finally {
    line.close();
  }
}
