import type { BroadcastSummary } from '#libs/contracts';
import { computed, onScopeDispose, type ComputedRef } from 'vue';
import { api } from '../../net/api';
import { useTopic } from './line';
import { useLoad, type Loading } from './load';

export interface FairBroadcasts { load: Loading<BroadcastSummary[]>; now: ComputedRef<BroadcastSummary[]>; next: ComputedRef<BroadcastSummary[]>; replays: ComputedRef<BroadcastSummary[]> }

/** Pure: what a fair's page shows, in its order: the most watched first, the next first, the newest replay first. */
export function sorted(all: readonly BroadcastSummary[]): { now: BroadcastSummary[]; next: BroadcastSummary[]; replays: BroadcastSummary[] } {
  const by = (at: (one: BroadcastSummary) => number) => (a: BroadcastSummary, b: BroadcastSummary) => at(a) - at(b);
  return {
    now: all.filter(one => one.status === 'live' || one.status === 'paused').sort(by(one => -one.viewers)),
    next: all.filter(one => one.status === 'scheduled' || one.status === 'rehearsing').sort(by(one => Date.parse(one.startsAt))),
    replays: all.filter(one => one.status === 'ended' && one.replay).sort(by(one => -Date.parse(one.startedAt ?? one.startsAt))),
  };
}

/** A fair's broadcasts: asked once, then again after an event says that one changed. */
export function useFairBroadcasts(fairId: string): FairBroadcasts {
  const load = useLoad(signal => api('GET /fairs/:fairId/broadcasts', { params: { fairId }, signal }));
  let soon: ReturnType<typeof setTimeout> | undefined;
  const reload = () => { clearTimeout(soon); soon = setTimeout(() => void load.reload(), 400 + Math.random() * 1500); };
  onScopeDispose(() => clearTimeout(soon));
  useTopic(() => ({ kind: 'fair', id: fairId }), {
    event(event) {
      const known = load.data.value;
      if (event.type === 'broadcast.statusChanged' && known) {
        const { broadcastId, to } = event.data; // at once; the rest follows
        load.data.value = known.map(one => (one.id === broadcastId ? { ...one, status: to } : one));
      }
      if (event.type.startsWith('broadcast.')) reload();
    },
    resync: reload,
  });
  const parts = computed(() => sorted(load.data.value ?? []));
  return { load, now: computed(() => parts.value.now), next: computed(() => parts.value.next), replays: computed(() => parts.value.replays) };
}
