/** The pre-check of the call client, for a page: what was tried, how it went, and the tracks that the room goes on with. */
import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch, type ComputedRef, type Ref } from 'vue';
import { PreCheck, type CheckState } from '../../call/pre-check';
import type { DeviceProblem } from '../../media/devices';
import type { PartWith } from './check-done';

/** `idle`: not tried; `asking`: the phone asks the person. */
export interface Tried { state: 'idle' | 'asking' | 'ok' | 'failed'; problem: DeviceProblem | null }
export interface CheckView {
  camera: Tried; microphone: Tried;
  /** 0–1, as loud as it is now; `heard`: it was loud once. */
  level: number; heard: boolean;
  network: 'idle' | 'testing' | 'failed' | 'good' | 'fair' | 'weak';
  /** There is another camera to turn to. */
  turnable: boolean;
  picture: MediaStream | null;
}
export interface OpenTracks { picture: MediaStreamTrack | undefined; voice: MediaStreamTrack | undefined }
export interface DeviceCheck {
  check: ComputedRef<CheckView>;
  speaker: Ref<'idle' | 'asked' | 'ok' | 'failed'>;
  /** Asks for what this way needs, and tries the network. */
  start(): Promise<void>;
  turn(): Promise<void>;
  play(): Promise<void>;
  tryNetwork(): Promise<void>;
  /** The open tracks are the caller's from now on. */
  handOn(): OpenTracks;
}

const network = { waiting: 'idle', asking: 'testing', good: 'good', fair: 'fair', poor: 'weak', offline: 'failed' } as const;
const tried = (is: CheckState): Tried => ({
  state: is.state === 'waiting' ? 'idle' : is.state === 'good' ? 'ok' : is.state, problem: is.state === 'failed' ? is.problem : null,
});

export function useDeviceCheck(wish: () => PartWith): DeviceCheck {
  const own = shallowRef(new PreCheck());
  const redraw = () => triggerRef(own);
  own.value.on('changed', redraw);
  const speaker = ref<'idle' | 'asked' | 'ok' | 'failed'>('idle');
  let facing: 'user' | 'environment' = 'user';
  let stream: MediaStream | null = null;
  let shown: MediaStreamTrack | undefined;
  onScopeDispose(() => own.value.close());

  async function start(): Promise<void> {
    const check = own.value;
    if (check.network.state === 'waiting' || check.network.state === 'offline') void tryNetwork();
    // One question after the other: two at once hide each other in some browsers.
    if (wish() !== 'text' && check.voice?.readyState !== 'live') await check.askMicrophone();
    if (wish() === 'video' && check.picture?.readyState !== 'live') await check.askCamera({ facing, height: 540 });
    redraw();
  }
  const tryNetwork = () => own.value.askNetwork().catch((error: unknown) => console.warn('Network:', error));
  watch(wish, is => {
    const { picture, voice } = own.value;
    // What is not wanted is let go: its lamp goes out.
    if (is !== 'video') picture?.stop();
    if (is === 'text') voice?.stop();
    redraw();
  });
  return {
    speaker, start, tryNetwork,
    check: computed(() => {
      const is = own.value;
      const track = is.picture?.readyState === 'live' ? is.picture : undefined;
      if (track !== shown) {
        shown = track;
        stream = track ? new MediaStream([track]) : null;
      }
      return {
        camera: tried(is.camera), microphone: tried(is.microphone), level: is.voice?.readyState === 'live' ? is.level : 0, heard: is.heard,
        network: network[is.network.state], turnable: is.devices.cameras.length > 1, picture: stream,
      };
    }),
    async turn() {
      facing = facing === 'user' ? 'environment' : 'user';
      own.value.picture?.stop(); // a phone has one camera open at a time
      await own.value.askCamera({ facing, height: 540 });
    },
    play() {
      speaker.value = 'asked';
      return own.value.playTone();
    },
    handOn() {
      const { picture, voice } = own.value.handOn();
      const live = (track: MediaStreamTrack | undefined) => (track?.readyState === 'live' ? track : undefined);
      return { picture: live(picture), voice: live(voice) };
    },
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
