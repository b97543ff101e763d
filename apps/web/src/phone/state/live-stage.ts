/** A candidate's way to the stage and back: hand, invitation, microphone, speaking, leaving. */
import type { Hand } from '#libs/contracts';
import { onScopeDispose, reactive, readonly, watch } from 'vue';
import { deviceProblem, openCamera, openMicrophone, watchLevel, type DeviceProblem } from '../../media/devices';
import { api, ApiError } from '../../net/api';
import { deviceId } from '../../net/device-id';
import { t } from '../../words';
import type { Watcher } from './live-watching';
import { notice } from './notice';

export interface StageState {
  /** The microphone is open and being tried, or on the air. */
  microphone: boolean;
  level: number;
  deviceProblem: DeviceProblem | null;
  busy: boolean;
  problem: string;
  onAir: boolean;
  muted: boolean;
}
export interface MyStage {
  stage: Readonly<StageState>;
  raise(): Promise<void>;
  lower(): Promise<void>;
  /** Opens the microphone (and camera), so that the person hears of a problem before everybody does. */
  check(withCamera: boolean): Promise<void>;
  accept(): Promise<void>;
  decline(): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
}

export function useStage(broadcastId: string, hand: () => Hand | null, reloadMe: () => Promise<void>, watcher: Watcher): MyStage {
  const params = { broadcastId };
  const stage = reactive<StageState>({ microphone: false, level: 0, deviceProblem: null, busy: false, problem: '', onAir: false, muted: false });
  let tracks: MediaStreamTrack[] = [];
  let endLevel: (() => void) | undefined;
  /** The person steps off: what the room says of it is no news. */
  let leaving = false;

  function release(): void {
    endLevel?.();
    endLevel = undefined;
    tracks.forEach(track => track.stop());
    tracks = [];
    Object.assign(stage, { microphone: false, level: 0, onAir: false, muted: false });
  }
  onScopeDispose(release);

  async function trying(work: () => Promise<unknown>): Promise<void> {
    if (stage.busy) return;
    stage.busy = true;
    stage.problem = '';
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      stage.problem = error.message;
      if (!(error instanceof ApiError)) console.warn('Stage:', error);
    } finally {
      stage.busy = false;
      await reloadMe();
    }
  }

  async function check(withCamera: boolean): Promise<void> {
    release();
    stage.deviceProblem = null;
    try {
      tracks = [await openMicrophone()];
      if (withCamera) tracks.push(await openCamera({ height: 360 }));
      stage.microphone = true;
      endLevel = watchLevel(tracks[0], level => { stage.level = level; });
    } catch (error) {
      const problem = deviceProblem(error);
      console.warn('Microphone:', error);
      release();
      stage.deviceProblem = problem;
    }
  }

  /** The stage was taken back, or left: nothing of ours goes out any more. */
  async function off(): Promise<void> {
    const room = watcher.room.value;
    await Promise.all((['microphone', 'camera'] as const).map(source => room?.unpublish(source).catch((error: unknown) => console.warn(`Unpublishing ${source}:`, error))));
    release();
    await watcher.setGuest(false).catch((error: unknown) => console.warn('Back to watching:', error));
  }
  watch(() => hand()?.status, (is, was) => {
    if (was === 'onStage' && is !== 'onStage' && stage.onAir && !leaving) {
      void off();
      notice(t('live.stage.over'));
    }
  });
  // The room may say it before the hand does.
  watch(watcher.room, (room, _, cleanUp) => {
    if (room) cleanUp(room.on('sourcesTaken', (sources, reason) => {
      if (!stage.onAir || leaving || !sources.includes('microphone')) return;
      notice(t(reason === 'left the stage' ? 'live.stage.taken' : 'live.stage.over'));
      void off().then(reloadMe);
    }));
  }, { immediate: true });

  return {
    stage: readonly(stage) as Readonly<StageState>,
    raise: () => trying(() => api('POST /broadcasts/:broadcastId/hand', { params, body: { deviceId: deviceId() } })),
    lower: () => trying(async () => {
      const spoke = stage.onAir;
      leaving = true;
      try {
        await api('DELETE /broadcasts/:broadcastId/hand', { params });
        await off();
      } finally {
        leaving = false;
      }
      notice(t(spoke ? 'live.stage.left' : 'live.stage.lowered'));
    }),
    check,
    decline: () => trying(async () => { release(); await api('POST /broadcasts/:broadcastId/hand/answer', { params, body: { accept: false } }); }),
    accept: () => trying(async () => {
      if (!stage.microphone) await check(false);
      if (!stage.microphone) return;
      await api('POST /broadcasts/:broadcastId/hand/answer', { params, body: { accept: true } });
      await reloadMe();
      await watcher.setGuest(true);
      watcher.setMuted(false); // who speaks must hear
      for (const track of tracks) await watcher.room.value?.publish(track, track.kind === 'audio' ? 'microphone' : 'camera', track.kind === 'video' ? { maxBitrate: 400_000 } : {});
      stage.onAir = true;
    }),
    async setMuted(muted) {
      stage.muted = muted;
      await watcher.room.value?.setPaused('microphone', muted);
    },
  };
}
