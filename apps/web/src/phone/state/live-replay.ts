/** A replay in the page's video element, with what was said and shown at that moment. */
import type { Message, Replay } from '#libs/contracts';
import { computed, onScopeDispose, reactive, readonly, shallowRef, watch, type ComputedRef } from 'vue';
import { HlsLine } from '../../media/hls-line';
import { chosen, fitted, measured, startHls, type Ladder, type Wish } from '../../media/ladder';
import { api, ApiError } from '../../net/api';
import { StepCosts, type Costs } from './live-costs';
import { saidBy } from './live-messages';
import type { Said } from './live-watching';
import { keepWish, keptWish } from './live-wish';

const PAGE = 100;
/** So far ahead of the picture what was said is fetched. Milliseconds. */
const AHEAD = 120_000;

export interface ReplayState {
  /** `none`: there is none; `making`: not yet; `ready`: a tap begins it. */
  state: 'none' | 'making' | 'ready' | 'playing';
  playing: boolean; at: number; duration: number; failed: boolean;
  /** As of a live picture: the sound alone by itself and by hand, and what it costs. */
  ladder: Ladder; said: Said; bytes: number; unmeasured: boolean; costs: Costs;
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
  choose(wish: 'auto' | 'audio'): void;
}

export function useReplay(broadcastId: string, video: () => HTMLVideoElement | undefined, ended: () => boolean): Replaying {
  const params = { broadcastId };
  const facts = shallowRef<Replay>();
  const all = shallowRef<Message[]>([]);
  const state = reactive<ReplayState>({ state: 'none', playing: false, at: 0, duration: 0, failed: false, ladder: startHls(Date.now(), keptWish()), said: null, bytes: 0, unmeasured: false, costs: new StepCosts().minute(startHls(0, 'auto'), undefined) });
  const costs = new StepCosts();
  let wish: Wish = keptWish();
  let line: HlsLine | undefined;
  /** Bytes of lines that were left. */
  let earlier = 0;
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
      if (element.readyState === 0) return; // it begins anew at the same place
      state.at = element.currentTime * 1000;
      state.playing = !element.paused && !element.ended;
      if (Number.isFinite(element.duration) && element.duration > 0) state.duration = element.duration * 1000;
      void readAhead();
    };
    const names = ['timeupdate', 'play', 'pause', 'ended', 'seeked', 'durationchange'];
    names.forEach(name => element.addEventListener(name, told));
    return () => names.forEach(name => element.removeEventListener(name, told));
  }
  let end: (() => void) | undefined;

  async function show(startAt?: number): Promise<void> {
    const element = video();
    const held = element?.paused && startAt === undefined;
    await line?.show(state.ladder.step === 'audio' ? 'sound' : 'picture', startAt);
    if (!held) await element?.play().catch((error: unknown) => console.warn('Replay:', error)); // its own button plays it
  }
  function stand(next: Ladder): void {
    const before = state.ladder.step;
    state.ladder = next;
    if (next.step !== before) void show();
  }
  const timer = setInterval(() => {
    if (!line) return;
    const stalledFor = document.hidden ? null : line.stalledFor(Date.now());
    if (stalledFor !== null) {
      const next = measured(state.ladder, { at: Date.now(), lossRatio: 0, stalledFor }, wish);
      if (next.step !== state.ladder.step) state.said = { way: next.step === 'audio' ? 'down' : 'up', step: next.step };
      stand(next);
    }
    Object.assign(state, { bytes: earlier + line.bytes, unmeasured: state.unmeasured || line.unmeasured, costs: costs.minute(state.ladder, line.perMinute) });
  }, 1000);
  function leave(): void {
    earlier += line?.bytes ?? 0;
    line?.close();
    line = undefined;
  }
  onScopeDispose(() => { over = true; clearTimeout(later); clearInterval(timer); end?.(); leave(); });

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
      leave();
      const opened = line = new HlsLine(element, facts.value.hlsUrl, { live: false });
      opened.on('failed', why => {
        if (line !== opened) return;
        console.warn('Replay:', why);
        leave(); // nothing goes on by itself behind the cover
        state.failed = true;
        state.state = 'ready';
      });
      opened.on('soundless', () => { if (line === opened) stand(fitted(state.ladder, { small: false, sound: false }, wish, Date.now())); });
      void opened.ask();
      state.ladder = startHls(Date.now(), wish);
      element.muted = false; // begun by a tap
      await show(0);
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
    choose(wanted) {
      wish = wanted;
      keepWish(wanted);
      state.said = null;
      stand(chosen(state.ladder, wish, Date.now()));
    },
  };
}
