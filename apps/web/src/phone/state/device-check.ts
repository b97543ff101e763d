/** Trying camera, microphone, speaker and network before an interview. Tracks live as long as the check; nobody else gets them. */
import { onScopeDispose, reactive, readonly, shallowRef, watch, type DeepReadonly, type ShallowRef } from 'vue';
import { deviceProblem, listDevices, openCamera, openMicrophone, watchLevel, type DeviceProblem } from '../../media/devices';
import type { PartWith } from './check-done';
import { lineCheck, type LineQuality } from './line-check';

/** `idle`: not tried; `asking`: the phone asks the person. */
export interface Tried { state: 'idle' | 'asking' | 'ok' | 'failed'; problem: DeviceProblem | null }
interface Check {
  camera: Tried; microphone: Tried;
  /** 0–1, as loud as it is now. */
  level: number;
  /** It was heard once. */
  heard: boolean;
  speaker: 'idle' | 'asked' | 'ok' | 'failed';
  network: 'idle' | 'testing' | 'failed' | LineQuality;
  /** There is another camera to turn to. */
  turnable: boolean;
}
export interface DeviceCheck {
  check: DeepReadonly<Check>;
  picture: ShallowRef<MediaStream | null>;
  /** Asks for what this way needs, and tries the network. */
  start(): Promise<void>;
  turn(): Promise<void>;
  /** The person heard the chime, or not. */
  speaker(is: Check['speaker']): void;
  tryNetwork(): Promise<void>;
}

const LOUD = 0.35;

export function useDeviceCheck(wish: () => PartWith): DeviceCheck {
  const check = reactive<Check>({
    camera: { state: 'idle', problem: null }, microphone: { state: 'idle', problem: null }, level: 0, heard: false, speaker: 'idle', network: 'idle', turnable: false,
  });
  const picture = shallowRef<MediaStream | null>(null);
  let facing: 'user' | 'environment' = 'user';
  let camera: MediaStreamTrack | undefined;
  let microphone: MediaStreamTrack | undefined;
  let quiet: (() => void) | undefined;
  let over = false;

  function dropCamera(): void {
    camera?.stop();
    camera = undefined;
    picture.value = null;
  }
  function dropMicrophone(): void {
    quiet?.();
    quiet = undefined;
    microphone?.stop();
    microphone = undefined;
    check.level = 0;
  }

  async function tryCamera(): Promise<void> {
    if (camera?.readyState === 'live') return;
    dropCamera();
    check.camera = { state: 'asking', problem: null };
    try {
      const track = await openCamera({ facing, height: 480 });
      if (over || wish() !== 'video') return track.stop();
      camera = track;
      picture.value = new MediaStream([track]);
      check.camera = { state: 'ok', problem: null };
      track.addEventListener('ended', () => { check.camera = { state: 'failed', problem: 'busy' }; });
      check.turnable = (await listDevices()).cameras.length > 1;
    } catch (error) {
      console.warn('Camera:', error);
      check.camera = { state: 'failed', problem: deviceProblem(error) };
    }
  }

  async function tryMicrophone(): Promise<void> {
    if (microphone?.readyState === 'live') return;
    dropMicrophone();
    check.microphone = { state: 'asking', problem: null };
    try {
      const track = await openMicrophone();
      if (over || wish() === 'text') return track.stop();
      microphone = track;
      check.microphone = { state: 'ok', problem: null };
      track.addEventListener('ended', () => { check.microphone = { state: 'failed', problem: 'busy' }; });
      quiet = watchLevel(track, level => {
        check.level = level;
        if (level > LOUD) check.heard = true;
      });
    } catch (error) {
      console.warn('Microphone:', error);
      check.microphone = { state: 'failed', problem: deviceProblem(error) };
    }
  }

  async function tryNetwork(): Promise<void> {
    if (check.network === 'testing') return;
    check.network = 'testing';
    try {
      check.network = await lineCheck();
    } catch (error) {
      console.warn('Network:', error);
      check.network = 'failed';
    }
  }

  async function start(): Promise<void> {
    if (check.network === 'idle' || check.network === 'failed') void tryNetwork();
    // One question after the other: two at once hide each other in some browsers.
    if (wish() !== 'text') await tryMicrophone();
    if (wish() === 'video') await tryCamera();
  }
  watch(wish, is => {
    if (is !== 'video') { dropCamera(); check.camera = { state: 'idle', problem: null }; }
    if (is === 'text') { dropMicrophone(); check.microphone = { state: 'idle', problem: null }; }
    void start();
  });
  onScopeDispose(() => { over = true; dropCamera(); dropMicrophone(); });
  return {
    check: readonly(check), picture, start, tryNetwork,
    async turn() {
      facing = facing === 'user' ? 'environment' : 'user';
      dropCamera();
      await tryCamera();
    },
    speaker(is) { check.speaker = is; },
  };
}

/** Whether the browser has allowed both before: then trying begins by itself. False where it cannot be known. */
export async function allowedBefore(): Promise<boolean> {
  try {
    const states = await Promise.all(['camera', 'microphone'].map(name => navigator.permissions.query({ name: name as PermissionName })));
    return states.every(one => one.state === 'granted');
  } catch {
    return false; // Safari and WeChat do not say
  }
}
