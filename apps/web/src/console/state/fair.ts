import type { AnyEnvelope, Fair } from '#libs/contracts';
import { inject, onScopeDispose, provide, ref, type InjectionKey, type Ref } from 'vue';
import { api } from '../../net/api';
import { watch as watchLive } from '../../net/live';
import { atMostEvery } from './events';
import { fairsChanged } from '../waiting-counts';
import { useLoad, type Loading } from './load';

export interface FairAtHand {
  load: Loading<Fair>;
  /** Booth applications that wait for a decision; null while that is not known. */
  pending: Ref<number | null>;
  /** Takes the answer of a command: every page of the fair shows it at once. */
  set(fair: Fair): void;
  /** Calls back when something of this fair changed, by us or by somebody else. */
  onEvent(heard: (event: AnyEnvelope) => void): void;
}
const KEY: InjectionKey<FairAtHand> = Symbol('fair');
const ofTheFair = new Set(['fair.updated', 'fair.statusChanged', 'fair.rescheduled', 'zone.capacityChanged']);
/** These change how many have registered: in a burst they come by the hundred, and the fair is read once a second. */
const ofTheTickets = new Set(['ticket.registered', 'ticket.cancelled', 'ticket.revoked']);

/** Loads a fair for its pages below, and keeps it as others change it. */
export function provideFair(fairId: string): FairAtHand {
  const load = useLoad(signal => api('GET /fairs/:fairId', { params: { fairId }, signal }));
  const pending = ref<number | null>(null);
  const listeners = new Set<(event: AnyEnvelope) => void>();
  async function count() {
    const all = await api('GET /fairs/:fairId/booth-applications', { params: { fairId } }).catch(() => null); // the page itself says why
    if (all) pending.value = all.filter(one => one.status === 'pending').length;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const countAgain = atMostEvery(1_000, load.reload);
  function heard(event: AnyEnvelope) {
    listeners.forEach(listener => listener(event));
    if (event.type.startsWith('boothApplication.')) void count();
    if (event.type === 'fair.statusChanged') fairsChanged();
    if (ofTheTickets.has(event.type)) countAgain();
    if (!ofTheFair.has(event.type)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void load.reload(), 250);
  }
  const anew = () => { void load.reload(); void count(); };
  // An event of both topics comes to both watchers: the desk's brings all that the public one does.
  const stop = watchLive({ kind: 'desk', id: fairId }, { event: heard, resync: anew });
  void count();
  onScopeDispose(() => { stop(); clearTimeout(timer); });
  const atHand: FairAtHand = {
    load, pending,
    set: fair => { load.data.value = fair; },
    onEvent: listener => { listeners.add(listener); onScopeDispose(() => listeners.delete(listener)); },
  };
  provide(KEY, atHand);
  return atHand;
}

/** The fair whose page this is; it is loaded before any of its pages is shown. */
export function useFair(): { fair: Ref<Fair>; atHand: FairAtHand } {
  const atHand = inject(KEY);
  if (!atHand) throw new Error('useFair belongs below FairFrame.');
  return { fair: atHand.load.data as Ref<Fair>, atHand };
}
