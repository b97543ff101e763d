/** The newest picture of a coalesced topic, and how old it is: what the wall and the desk are drawn from. */
import type { CrowdSnapshot, DeskSnapshot, Topic } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, watch as whenever, type ComputedRef, type ShallowRef } from 'vue';
import { useNow } from '../parts/now';
import { clockKnown, liveState, localTime, watch, type Watcher } from './live';

interface Pictures { crowd: CrowdSnapshot; desk: DeskSnapshot }
export interface Newest<K extends keyof Pictures> {
  data: Readonly<ShallowRef<Pictures[K] | null>>;
  /** When the newest picture was made, this device's clock, epoch ms; null before the first. */
  at: ComputedRef<number | null>;
  stale: ComputedRef<boolean>;
  /** The server's sentence when it does not show us this topic. */
  refused: Readonly<ShallowRef<string>>;
}

/** The server sends a picture when it changes, and again after 5 s when it does not: two missed and a little; no line, 10 s; no network, at once. */
const MISSED = 12_000;
const NO_LINE = 10_000;

/** Watches a topic while the component lives. `also`: what the page does with the topic's events. */
export function useSnapshot<K extends keyof Pictures>(kind: K, id: () => string, also: Pick<Watcher, 'event' | 'resync'> = {}): Newest<K> {
  const now = useNow();
  const data = shallowRef(null) as ShallowRef<Pictures[K] | null>;
  const refused = ref('');
  const came = shallowRef<{ madeAt: string; received: number } | null>(null);
  let stop: (() => void) | undefined;
  whenever(id, wanted => {
    stop?.();
    data.value = null;
    came.value = null;
    refused.value = '';
    stop = watch({ kind, id: wanted } as Topic, {
      ...also,
      snapshot(snapshot) {
        if (snapshot.topic.kind !== kind || snapshot.topic.id !== id()) return;
        data.value = snapshot.data as Pictures[K];
        came.value = { madeAt: snapshot.madeAt, received: Date.now() };
        refused.value = '';
      },
      refused(problem) { refused.value = problem.message; },
    });
  }, { immediate: true });
  onScopeDispose(() => stop?.());
  const at = computed(() => {
    if (!came.value || !now.value) return null;
    const { madeAt, received } = came.value;
    return clockKnown() ? Math.min(received, localTime(madeAt)) : received;
  });
  const stale = computed(() => at.value !== null && (liveState.offline || now.value - at.value > (liveState.connected ? MISSED : NO_LINE)));
  return { data, at, stale, refused };
}
