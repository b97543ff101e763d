/** The camera and microphone of one's own page, from the pre-check to the end: which there are, which are open, how loud it is, what went wrong. */
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { deviceProblem, listDevices, openCamera, openMicrophone, watchLevel, whenDevicesChange, type DeviceProblem, type Devices } from '../../media/devices';
import { remember, remembered } from '../../net/remember';

/** A choice that says: none of these. */
export const NONE = 'none';

export interface OwnDevices {
  list: ShallowRef<Devices>;
  /** Device ids; empty: the system's own choice; NONE: without. */
  cameraId: Ref<string>;
  microphoneId: Ref<string>;
  /** Phones: which way the camera looks. */
  facing: Ref<'user' | 'environment'>;
  camera: ShallowRef<MediaStreamTrack | null>;
  microphone: ShallowRef<MediaStreamTrack | null>;
  /** 0–1, ten times a second. */
  level: Ref<number>;
  opening: Ref<boolean>;
  problem: Ref<DeviceProblem | null>;
  /** Opens what is chosen; with a camera that cannot be had, the microphone alone is tried too. */
  open(): Promise<void>;
  turn(): Promise<void>;
  close(): void;
}

/** @param rear a tour begins with the camera that looks away */
export function useDevices(rear: () => boolean): OwnDevices {
  const list = shallowRef<Devices>({ cameras: [], microphones: [] });
  const cameraId = ref(remembered('fw-camera') ?? '');
  const microphoneId = ref(remembered('fw-microphone') ?? '');
  const facing = ref<'user' | 'environment'>('user');
  const camera = shallowRef<MediaStreamTrack | null>(null);
  const microphone = shallowRef<MediaStreamTrack | null>(null);
  const level = ref(0);
  const opening = ref(false);
  const problem = ref<DeviceProblem | null>(null);
  let round = 0;
  let stopLevel: (() => void) | undefined;
  watch(rear, yes => { if (yes) facing.value = 'environment'; }, { immediate: true });
  function measure(track: MediaStreamTrack | null) {
    stopLevel?.();
    level.value = 0;
    stopLevel = track ? watchLevel(track, now => { level.value = now; }) : undefined;
  }
  watch(microphone, measure);

  const refresh = async () => { list.value = await listDevices().catch((error: unknown) => { console.warn('Devices were not listed:', error); return list.value; }); };
  onScopeDispose(whenDevicesChange(() => void refresh()));

  function put(place: ShallowRef<MediaStreamTrack | null>, track: MediaStreamTrack | null) {
    const before = place.value;
    place.value = track;
    if (before && before !== track) before.stop();
  }
  /** A device that is remembered may be gone: then the system chooses. */
  async function orAny(id: string, make: (id: string | undefined) => Promise<MediaStreamTrack>): Promise<MediaStreamTrack> {
    try {
      return await make(id || undefined);
    } catch (error) {
      if (id && deviceProblem(error) === 'missing') return make(undefined);
      throw error;
    }
  }
  async function open(): Promise<void> {
    const mine = ++round;
    opening.value = true;
    problem.value = null;
    if (!window.isSecureContext) { opening.value = false; return void (problem.value = 'insecure'); }
    try {
      // Cheap phones lend their camera to one page at a time: the one before is given back first.
      if (cameraId.value === NONE) put(camera, null);
      const wanted = cameraId.value === NONE ? null : await orAny(cameraId.value, id => openCamera({ deviceId: id, facing: facing.value }));
      if (mine !== round) return void wanted?.stop();
      put(camera, wanted);
    } catch (error) {
      console.warn('Camera:', error);
      if (mine !== round) return;
      put(camera, null);
      problem.value = deviceProblem(error);
    }
    try {
      const wanted = microphoneId.value === NONE ? null : await orAny(microphoneId.value, id => openMicrophone({ deviceId: id }));
      if (mine !== round) return void wanted?.stop();
      put(microphone, wanted);
    } catch (error) {
      console.warn('Microphone:', error);
      if (mine !== round) return;
      put(microphone, null);
      problem.value ??= deviceProblem(error);
    }
    opening.value = false;
    await refresh();
  }
  watch([cameraId, microphoneId], ([cameraNow, microphoneNow]) => {
    remember('fw-camera', cameraNow);
    remember('fw-microphone', microphoneNow);
    if (camera.value || microphone.value) void open();
  });
  function close() {
    round++;
    put(camera, null);
    put(microphone, null);
  }
  onScopeDispose(() => { close(); measure(null); });
  return {
    list, cameraId, microphoneId, facing, camera, microphone, level, opening, problem, open, close,
    async turn() {
      facing.value = facing.value === 'user' ? 'environment' : 'user';
      cameraId.value = '';
      const before = camera.value;
      camera.value = null;
      before?.stop(); // one lens at a time
      await open();
    },
  };
}
