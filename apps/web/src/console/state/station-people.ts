/** The people whom a station helps today: told when one of theirs is called, and asked again now and then. */
import type { StationPerson } from '#libs/contracts';
import { computed, onScopeDispose, watch as whenever, type ComputedRef, type Ref } from 'vue';
import { api } from '../../net/api';
import { watch as follow } from '../../net/live';
import { useAskedAgain } from './asking-again';
import { atMostEvery, useOrganisationEvents } from './events';
import { useLoad, type Loading } from './load';
import { callsOf, type StationCall } from './station-calls';

export interface StationAtHand {
  load: Loading<StationPerson[]>;
  calls: ComputedRef<StationCall[]>;
  /** When the list last came, this device's clock; `stale`: it does not come any more. */
  at: Ref<number | null>;
  stale: ComputedRef<boolean>;
}

export function useStationPeople(): StationAtHand {
  const load = useLoad(signal => api('GET /station/people', { signal }));
  const again = atMostEvery(400, load.reload);
  useOrganisationEvents({ types: ['queuePlace.changed', 'slot.changed', 'slot.shifted', 'interview.called', 'interview.statusChanged', 'interview.updated', 'interview.decided'], heard: again, missed: again });
  const { at, stale } = useAskedAgain(load, again, 5_000);
  // The queues in which somebody stands are public, and tell at once when they move.
  const watched = new Map<string, () => void>();
  whenever(load.data, people => {
    const booths = new Set((people ?? []).flatMap(one => one.places.filter(place => ['waiting', 'called', 'missed'].includes(place.status)).map(place => place.boothId)));
    for (const [id, stop] of watched) if (!booths.has(id)) { stop(); watched.delete(id); }
    for (const id of booths) if (!watched.has(id)) watched.set(id, follow({ kind: 'queue', id }, { snapshot: again, event: again, resync: again }));
  });
  onScopeDispose(() => watched.forEach(stop => stop()));
  const failed = computed(() => at.value !== null && load.error.value !== undefined);
  return { load, at, calls: computed(() => callsOf(load.data.value ?? [])), stale: computed(() => stale.value || failed.value) };
}
