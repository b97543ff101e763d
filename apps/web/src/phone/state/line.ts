import type { AnyEnvelope, CrowdLevel, CrowdSnapshot, FirstView, Topic, ZoneStatus } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, watch as whenever, type ComputedRef, type Ref } from 'vue';
import { api } from '../../net/api';
import type { Watcher } from '../../net/live';
import { onServer } from '../../net/on-server';
import { useNow } from '../../parts/now';
import { isStale } from '../../words/format';
import { idle } from './idle';

type Live = typeof import('../../net/live');
let loading: Promise<Live> | undefined;
const opened = shallowRef<Live>();

/** The socket's code comes after the first view: a page is read before it moves. */
function open(): Promise<Live> {
  loading ??= idle().then(() => import('../../net/live')).then(live => (opened.value = live));
  loading.catch(() => { loading = undefined; }); // offline: the next page tries again
  return loading;
}

/** Watches a topic while the component lives; `topic` may be null or change. */
export function useTopic(topic: () => Topic | null, watcher: Watcher): void {
  if (onServer) return;
  let end: (() => void) | undefined;
  let current = 0;
  whenever(() => JSON.stringify(topic()), async () => {
    end?.();
    end = undefined;
    const mine = ++current;
    const wanted = topic();
    if (!wanted) return;
    const live = await open().catch(() => null);
    if (live && mine === current) end = live.watch(wanted, watcher);
  }, { immediate: true });
  onScopeDispose(() => { current++; end?.(); });
}

/** The line is read anew after signing in or out. */
export const reopenLine = (): void => opened.value?.reopenLive();

/** A server's instant in this device's clock, epoch ms, as well as it is known. */
export const localAt = (at: string): number => opened.value?.localTime(at) ?? Date.parse(at);
/** The line is silent or gone: what came over it is old. */
export const lineStale = (): boolean => !!opened.value?.liveState.stale;

export interface Crowd {
  snapshot: Ref<CrowdSnapshot | undefined>;
  /** When it was made, this device's clock, epoch ms. */
  at: Ref<number | null>;
  stale: ComputedRef<boolean>;
  /** The gate whose silence makes the number old. */
  source: ComputedRef<string | undefined>;
  /** How full the venue is; `lock` also when the gate was locked or all entry was stopped by hand. */
  level: ComputedRef<CrowdLevel | undefined>;
  stopped: ComputedRef<boolean>;
  /** A lock or a full stop, as its event says: shown before the next picture of the whole comes. */
  told(event: AnyEnvelope): void;
}

/** A picture comes when something changes, and again after this when nothing does. Milliseconds. */
const EVERY = 5000;

/** How full a fair's hall is: as the page came with it (`first`), asked once, then pushed. */
export function useCrowd(fairId: () => string | null, first?: FirstView['crowd']): Crowd {
  const now = useNow();
  const snapshot = shallowRef<CrowdSnapshot>();
  const at = ref<number | null>(null);
  const pushed = ref(false);
  whenever(fairId, async id => {
    const known = first && first.snapshot.fairId === id ? first : undefined;
    snapshot.value = known?.snapshot;
    at.value = known ? Date.parse(known.madeAt) : null;
    pushed.value = false;
    if (!id || onServer) return;
    try {
      const answer = await api('GET /fairs/:fairId/crowd', { params: { fairId: id } });
      if (pushed.value || fairId() !== id) return;
      snapshot.value = answer;
      at.value = Date.now();
    } catch (error) {
      console.warn('No crowd yet:', error); // the card says that there is no number; the socket brings one
    }
  }, { immediate: true });
  useTopic(() => { const id = fairId(); return id ? { kind: 'crowd', id } : null; }, {
    snapshot(newest) {
      if (newest.topic.kind !== 'crowd' || newest.topic.id !== fairId()) return;
      pushed.value = true;
      snapshot.value = newest.data as CrowdSnapshot;
      at.value = opened.value?.localTime(newest.madeAt) ?? Date.parse(newest.madeAt);
    },
  });
  const silent = computed(() => snapshot.value?.silentGates[0]);
  const venue = computed(() => snapshot.value?.venue);
  return {
    snapshot,
    at: computed(() => (silent.value ? (opened.value?.localTime(silent.value.since) ?? Date.parse(silent.value.since)) : at.value)),
    stale: computed(() => !!silent.value || (pushed.value && !!opened.value?.liveState.stale) || (at.value !== null && isStale(now.value - at.value, EVERY))),
    source: computed(() => silent.value?.name),
    level: computed(() => (venue.value && (venue.value.stopped || venue.value.earlyLocked) ? 'lock' : venue.value?.level)),
    stopped: computed(() => !!venue.value?.stopped),
    told(event) {
      const known = snapshot.value;
      if (!known) return;
      const change = (zone: ZoneStatus): ZoneStatus => {
        if (event.type === 'zone.lockChanged' && event.data.zoneId === zone.zoneId) return { ...zone, earlyLocked: event.data.locked, reason: event.data.reason };
        if (event.type === 'fair.stopChanged' && zone.parentId === null) return { ...zone, stopped: event.data.stopped, reason: event.data.reason };
        return zone;
      };
      snapshot.value = { ...known, venue: change(known.venue), zones: known.zones.map(change) };
    },
  };
}
