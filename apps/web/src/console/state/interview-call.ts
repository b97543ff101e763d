/** An interview's call for a page: the Call of apps/web/src/call with its devices, as refs. It is loaded when it is first opened, and left with the page. */
import type { PeerQuality, RoomPass, RoomRole } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Call, CallHint } from '../../call/call';
import type { CallStep, CallWish, StepReason } from '../../call/call-ladder';
import type { Person } from '../../call/people';
import { deviceProblem, listDevices, noiseReduced, setNoiseReduced, watchLevel, whenDevicesChange, type DeviceProblem, type Devices } from '../../media/devices';
import { remember, remembered } from '../../net/remember';
import { NONE } from './live-devices';
import { barsOf, type Bars } from './live-network';

export type { CallStep } from '../../call/call-ladder';
/** `lossRatio` 0–1, `roundTrip` milliseconds; null: not known of this side. */
export interface Net { bars: Bars; lossRatio: number | null; roundTrip: number | null }
export type Standing = 'out' | 'entering' | 'in' | 'lost';
export interface InterviewCall {
  standing: ComputedRef<Standing>;
  /** Since when the line has been gone, epoch ms. */
  lostAt: Ref<number | null>;
  /** A second or two without anything, or the way is made anew. */
  hint: Ref<CallHint | null>;
  /** Why it was left for good. */
  closed: ShallowRef<{ reason: string; error: unknown } | null>;
  people: ShallowRef<readonly Person[]>;
  muted: Ref<boolean>; cameraOff: Ref<boolean>;
  screen: ShallowRef<MediaStreamTrack | null>;
  step: Ref<CallStep>; reason: Ref<StepReason>; wish: Ref<CallWish>;
  mine: ComputedRef<Net | null>;
  netOf(role: RoomRole): Net | null;
  /** Bytes since one came in. */
  used: Ref<number>;
  camera: ShallowRef<MediaStreamTrack | null>; microphone: ShallowRef<MediaStreamTrack | null>;
  /** A phone call or another program has the microphone; it comes back by itself. */
  taken: Ref<boolean>;
  /** 0–1, ten times a second. */
  level: Ref<number>;
  list: ShallowRef<Devices>;
  cameraId: Ref<string>; microphoneId: Ref<string>;
  opening: Ref<boolean>;
  problem: Ref<DeviceProblem | null>;
  /** Camera and microphone, as far as they can be had. */
  open(): Promise<void>;
  /** False when it was refused (`closed` says why). @param withDevices asks for camera and microphone first, where neither is open */
  enter(withDevices?: boolean): Promise<boolean>;
  leave(): void;
  mute(on: boolean): void;
  hide(on: boolean): void;
  share(on: boolean): Promise<void>;
  choose(wish: CallWish): void;
  use(what: 'camera' | 'microphone', deviceId: string): Promise<void>;
  /** 降噪; remembered on this computer. */
  noise: Ref<boolean>;
  reduceNoise(on: boolean): Promise<void>;
}

const kept = (key: string): string => { const id = remembered(key) ?? ''; return id === NONE ? '' : id; };

export function useInterviewCall(pass: () => Promise<RoomPass>): InterviewCall {
  const call = shallowRef<Call | null>(null);
  const state = ref<Call['state'] | null>(null);
  const lostAt = ref<number | null>(null);
  const hint = ref<CallHint | null>(null);
  const closed = shallowRef<{ reason: string; error: unknown } | null>(null);
  const people = shallowRef<readonly Person[]>([]);
  const [muted, cameraOff] = [ref(false), ref(false)];
  const screen = shallowRef<MediaStreamTrack | null>(null);
  const step = ref<CallStep>('video');
  const reason = ref<StepReason>('start');
  const wish = ref<CallWish>('auto');
  const quality = ref<PeerQuality['score'] | null>(null);
  const flow = shallowRef<Call['flow']>(null);
  const used = ref(0);
  const [camera, microphone] = [shallowRef<MediaStreamTrack | null>(null), shallowRef<MediaStreamTrack | null>(null)];
  const taken = ref(false);
  const level = ref(0);
  const list = shallowRef<Devices>({ cameras: [], microphones: [] });
  const [cameraId, microphoneId] = [ref(kept('fw-camera')), ref(kept('fw-microphone'))];
  const noise = ref(noiseReduced());
  const opening = ref(false);
  const problem = ref<DeviceProblem | null>(null);
  let over = false;
  let entered = false;
  let before = 0;
  let stopLevel: (() => void) | undefined;

  function look(one: Call) {
    if (one !== call.value) return;
    state.value = one.state;
    hint.value = entered ? one.hint : null;
    lostAt.value = entered && one.state !== 'open' ? lostAt.value ?? Date.now() : null;
    people.value = one.people;
    [muted.value, cameraOff.value] = [one.muted, one.cameraOff];
    screen.value = one.sharing ? one.room.publications.find(published => published.source === 'screen')?.track ?? null : null;
    [step.value, reason.value, wish.value] = [one.step, one.stepReason, one.wish];
    [quality.value, flow.value, used.value] = [one.quality, one.flow, before + one.dataUsed];
    taken.value = one.microphone.state === 'taken';
    camera.value = one.camera.state === 'live' ? one.camera.track ?? null : null;
    hear(one.microphone.state === 'closed' ? null : one.microphone.track ?? null);
  }
  function hear(track: MediaStreamTrack | null) {
    if (track === microphone.value) return;
    stopLevel?.();
    level.value = 0;
    microphone.value = track;
    stopLevel = track ? watchLevel(track, now => { level.value = now; }) : undefined;
  }
  async function made(): Promise<Call> {
    if (call.value && !call.value.closed) return call.value;
    const { Call: Made } = await import('../../call/call');
    const one = new Made({ pass });
    if (over) { one.close(); return one; }
    before = used.value;
    call.value = one;
    one.muted = muted.value;
    one.cameraOff = cameraOff.value;
    one.on('changed', () => look(one));
    one.on('step', () => look(one));
    one.on('closed', (why, error) => { closed.value = { reason: why, error }; entered = false; look(one); });
    return one;
  }
  /** One that is remembered may be gone: then the system chooses. */
  async function begin(device: Call['camera'] | Call['microphone'], id: string): Promise<void> {
    if (device.track && device.track.readyState === 'live') return;
    try {
      if (id) return void await device.change({ deviceId: id });
    } catch (error) {
      console.warn('Another device is taken:', error);
    }
    try {
      await device.begin();
    } catch (error) {
      console.warn('Device:', error);
      problem.value ??= deviceProblem(error);
    }
  }
  const refresh = async () => { list.value = await listDevices().catch((error: unknown) => { console.warn('Devices were not listed:', error); return list.value; }); };
  const unwatch = whenDevicesChange(() => void refresh());

  async function open(): Promise<void> {
    if (opening.value) return;
    opening.value = true;
    problem.value = null;
    const one = await made();
    if (!over && !one.closed) {
      await begin(one.microphone, microphoneId.value);
      await begin(one.camera, cameraId.value);
      look(one);
      await refresh();
    }
    opening.value = false;
  }
  async function enter(withDevices = true): Promise<boolean> {
    const one = await made();
    if (over || one.closed) return false;
    closed.value = null;
    if (withDevices && !one.microphone.track && !one.camera.track) await open();
    try {
      await one.enter();
      entered = true;
      look(one);
      return true;
    } catch (error) {
      if (!one.closed) one.close();
      closed.value ??= { reason: 'refused', error };
      return false;
    }
  }
  function leave() {
    entered = false;
    call.value?.close();
    call.value = null;
    state.value = null;
    people.value = [];
    screen.value = camera.value = null;
    lostAt.value = null;
    hint.value = null;
    hear(null);
  }
  onScopeDispose(() => { over = true; unwatch(); leave(); });

  const net = (score: PeerQuality['score'] | null, lossRatio: number | null, roundTrip: number | null): Net | null => (score === null ? null : { bars: barsOf(score, lossRatio ?? 0), lossRatio, roundTrip });
  return {
    lostAt, hint, closed, people, muted, cameraOff, screen, step, reason, wish, used, camera, microphone, taken, level, list, cameraId, microphoneId, opening, problem, noise, open, enter, leave,
    standing: computed(() => (!state.value || state.value === 'closed' ? 'out' : state.value === 'open' ? 'in' : lostAt.value !== null ? 'lost' : entering(state.value))),
    mine: computed(() => net(state.value === 'open' || lostAt.value !== null ? quality.value : null, flow.value ? Math.max(flow.value.lossIn, flow.value.lossOut) : null, flow.value?.roundTrip ?? null)),
    netOf: role => net(people.value.find(one => one.role === role)?.quality ?? null, null, null),
    mute(on) { muted.value = on; call.value?.setMuted(on); },
    hide(on) { cameraOff.value = on; call.value?.setCameraOff(on); },
    choose(now) { wish.value = now; call.value?.choose(now); },
    async share(on) {
      if (!on) return void await call.value?.stopSharing();
      try {
        await call.value?.share();
      } catch (error) {
        console.warn('Screen:', error); // the person chose none
        if (call.value) await call.value.stopSharing();
      }
    },
    async reduceNoise(on) {
      setNoiseReduced(noise.value = on);
      try {
        await call.value?.reduceNoise(on);
      } catch (error) {
        problem.value = deviceProblem(error);
      }
    },
    async use(what, deviceId) {
      (what === 'camera' ? cameraId : microphoneId).value = deviceId;
      remember(what === 'camera' ? 'fw-camera' : 'fw-microphone', deviceId);
      problem.value = null;
      try {
        await call.value?.[what].change({ deviceId: deviceId || undefined });
        if (call.value) look(call.value);
      } catch (error) {
        problem.value = deviceProblem(error);
      }
    },
  };
}

/** Before the first entry there is nothing to lose; devices may be open while one is not in yet. */
const entering = (state: string): Standing => (state === 'entering' || state === 'waiting' ? 'entering' : 'out');
