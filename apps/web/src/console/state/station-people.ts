/** The people whom a station helps today: told when one of theirs is called, and asked again now and then. */
import type { StationPerson } from '#libs/contracts';
import { computed, onScopeDispose, ref, watch as whenever, type ComputedRef, type Ref } from 'vue';
import { api } from '../../net/api';
import { watch as follow } from '../../net/live';
import { useNow } from '../../parts/now';
import { atMostEvery, useOrganisationEvents } from './events';
import { useLoad, type Loading } from './load';
import { callsOf, type StationCall } from './station-calls';

const EVERY = 5000;
export interface StationAtHand {
  load: Loading<StationPerson[]>;
  calls: ComputedRef<StationCall[]>;
  /** When the list last came, this device's clock; `stale`: it does not come any more. */
  at: Ref<number | null>;
  stale: ComputedRef<boolean>;
}

export function useStationPeople(): StationAtHand {
  const at = ref<number | null>(null);
  const load = useLoad(signal => api('GET /station/people', { signal }));
  whenever(load.data, () => { at.value = Date.now(); });
  const again = atMostEvery(400, load.reload);
  useOrganisationEvents({ types: ['queuePlace.changed', 'slot.changed', 'slot.shifted', 'interview.called', 'interview.statusChanged', 'interview.updated', 'interview.decided'], heard: again, missed: again });
  const timer = setInterval(() => { if (!document.hidden) again(); }, EVERY);
  const shown = () => { if (!document.hidden) again(); };
  document.addEventListener('visibilitychange', shown);
  // The queues in which somebody stands are public, and tell at once when they move.
  const watched = new Map<string, () => void>();
  whenever(load.data, people => {
    const booths = new Set((people ?? []).flatMap(one => one.places.filter(place => ['waiting', 'called', 'missed'].includes(place.status)).map(place => place.boothId)));
    for (const [id, stop] of watched) if (!booths.has(id)) { stop(); watched.delete(id); }
    for (const id of booths) if (!watched.has(id)) watched.set(id, follow({ kind: 'queue', id }, { snapshot: again, event: again, resync: again }));
  });
  onScopeDispose(() => { clearInterval(timer); document.removeEventListener('visibilitychange', shown); watched.forEach(stop => stop()); });
  const now = useNow();
  const stale = computed(() => at.value !== null && (load.error.value !== undefined || now.value - at.value > 3 * EVERY));
  return { load, at, calls: computed(() => callsOf(load.data.value ?? [])), stale };
}
