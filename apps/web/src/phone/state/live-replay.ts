/** A replay in the page's video element, with what was said and shown at that moment. */
import type { Message, Replay } from '#libs/contracts';
import { computed, onScopeDispose, reactive, readonly, shallowRef, watch, type ComputedRef } from 'vue';
import { HlsPlayer } from '../../media/hls-player';
import { api, ApiError } from '../../net/api';
import { saidBy } from './live-messages';

const PAGE = 100;
/** So far ahead of the picture what was said is fetched. Milliseconds. */
const AHEAD = 120_000;

export interface ReplayState {
  /** `none`: there is none; `making`: not yet; `ready`: a tap begins it. */
  state: 'none' | 'making' | 'ready' | 'playing';
  playing: boolean; at: number; duration: number; failed: boolean; bytes: number;
}
export interface Replaying {
  replay: Readonly<ReplayState>;
  messages: ComputedRef<Message[]>;
  /** The job that was being talked about at this moment. */
  pinnedJobId: ComputedRef<string | null>;
  open(): Promise<void>;
  toggle(): void;
  /** Milliseconds from the start. */
  seek(at: number): void;
}

export function useReplay(broadcastId: string, video: () => HTMLVideoElement | undefined, ended: () => boolean): Replaying {
  const params = { broadcastId };
  const facts = shallowRef<Replay>();
  const all = shallowRef<Message[]>([]);
  const state = reactive<ReplayState>({ state: 'none', playing: false, at: 0, duration: 0, failed: false, bytes: 0 });
  let player: HlsPlayer | undefined;
  let reading = false;
  let whole = false;
  let over = false;
  let later: ReturnType<typeof setTimeout> | undefined;

  async function ask(tries = 0): Promise<void> {
    try {
      facts.value = await api('GET /broadcasts/:broadcastId/replay', { params });
      if (state.state !== 'playing') state.state = 'ready';
      state.duration = facts.value.duration;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // It is finished a little after the broadcast is.
      state.state = error.code === 'replayMissing' && tries < 6 && !over ? 'making' : 'none';
      if (state.state === 'making') later = setTimeout(() => void ask(tries + 1), 3000 * (tries + 1));
    }
  }
  watch(ended, yes => { if (yes) void ask(); }, { immediate: true });

  async function readAhead(): Promise<void> {
    const last = all.value[all.value.length - 1];
    if (reading || whole || over || (last && last.offset > state.at + AHEAD)) return;
    reading = true;
    try {
      const list = await api('GET /broadcasts/:broadcastId/messages', { params, query: { after: last?.seq ?? 0, limit: PAGE } });
      all.value = [...all.value, ...list];
      whole = list.length < PAGE;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('Chat of the replay:', error.message);
      whole = true;
    } finally { reading = false; }
    if (!whole) void readAhead();
  }

  function hear(element: HTMLVideoElement): () => void {
    const told = () => {
      state.at = element.currentTime * 1000;
      state.playing = !element.paused && !element.ended;
      if (Number.isFinite(element.duration) && element.duration > 0) state.duration = element.duration * 1000;
      state.bytes = player?.bytes ?? 0;
      void readAhead();
    };
    const names = ['timeupdate', 'play', 'pause', 'ended', 'seeked', 'durationchange'];
    names.forEach(name => element.addEventListener(name, told));
    return () => names.forEach(name => element.removeEventListener(name, told));
  }
  let end: (() => void) | undefined;
  onScopeDispose(() => { over = true; clearTimeout(later); end?.(); player?.close(); });

  const opened = computed(() => state.state === 'playing');
  return {
    replay: readonly(state) as Readonly<ReplayState>,
    messages: computed(() => (opened.value ? saidBy(all.value, state.at, 200) : [])),
    pinnedJobId: computed(() => {
      if (!opened.value) return null;
      const shown = (facts.value?.cards ?? []).filter(card => card.from <= state.at && (card.to === null || state.at < card.to));
      return shown[shown.length - 1]?.jobId ?? null;
    }),
    async open() {
      const element = video();
      if (!element || !facts.value) return;
      state.failed = false;
      state.state = 'playing';
      end?.();
      end = hear(element);
      player?.close();
      player = new HlsPlayer(element, facts.value.hlsUrl, { live: false });
      player.on('failed', why => { console.warn('Replay:', why); state.failed = true; state.state = 'ready'; });
      element.muted = false; // begun by a tap
      await player.open();
      await element.play().catch((error: unknown) => console.warn('Replay:', error)); // its own button plays it
      void readAhead();
    },
    toggle() {
      const element = video();
      if (!element) return;
      if (element.paused) void element.play().catch((error: unknown) => console.warn('Replay:', error));
      else element.pause();
    },
    seek(at) {
      const element = video();
      if (!element) return;
      state.at = Math.max(0, Math.min(at, state.duration));
      element.currentTime = state.at / 1000;
    },
  };
}
