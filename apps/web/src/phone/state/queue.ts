/** A booth's queue as it moves: asked once, then pushed. */
import type { QueueState } from '#libs/contracts';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { api } from '../../net/api';
import { useNow } from '../../parts/now';
import { isStale } from '../../words/format';
import { lineStale, localAt, useTopic } from './line';

export interface WatchedQueue {
  state: ShallowRef<QueueState | undefined>;
  /** When the picture was made, this device's clock, epoch ms. */
  at: Ref<number | null>;
  stale: ComputedRef<boolean>;
  error: ShallowRef<unknown>;
  reload(): Promise<void>;
}

/** A picture comes when something changes, and again after this when nothing does. Milliseconds. */
const EVERY = 5000;

/** `boothId` may be null or change. `told`: something of the booth's slots was changed. */
export function useQueue(boothId: () => string | null | undefined, told?: () => void): WatchedQueue {
  const now = useNow();
  const state = shallowRef<QueueState>();
  const at = ref<number | null>(null);
  const error = shallowRef<unknown>();
  const pushed = ref(false);

  async function reload(): Promise<void> {
    const id = boothId();
    if (!id) return;
    error.value = undefined;
    try {
      const answer = await api('GET /booths/:boothId/queue', { params: { boothId: id } });
      if (boothId() !== id || pushed.value) return;
      state.value = answer;
      at.value = Date.now();
    } catch (problem) {
      if (boothId() === id) error.value = problem;
    }
  }
  watch(boothId, () => {
    state.value = undefined;
    at.value = null;
    pushed.value = false;
    void reload();
  }, { immediate: true });
  useTopic(() => { const id = boothId(); return id ? { kind: 'queue', id } : null; }, {
    snapshot(snapshot) {
      if (snapshot.topic.kind !== 'queue' || snapshot.topic.id !== boothId()) return;
      pushed.value = true;
      error.value = undefined;
      state.value = snapshot.data as QueueState;
      at.value = localAt(snapshot.madeAt);
    },
    event(event) { if (event.type === 'slots.published' || event.type === 'slot.changed') told?.(); },
    resync() { pushed.value = false; void reload(); },
  });
  return { state, at, error, reload, stale: computed(() => at.value !== null && ((pushed.value && lineStale()) || isStale(now.value - at.value, EVERY * 3))) };
}
