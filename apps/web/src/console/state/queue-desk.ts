/** A booth's queue for its recruiters: who waits, who is called, what runs; pushed, and commanded. */
import type { Interview, QueueDesk, QueueState, SetQueue } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, watch as whenever, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { api, type ApiError } from '../../net/api';
import { watch as follow } from '../../net/live';
import { atMostEvery, useOrganisationEvents } from './events';
import { useActing } from './acting';
import { useLoad, type Loading } from './load';

export interface QueueAtHand {
  load: Loading<QueueDesk>;
  /** The newest picture of the queue. */
  picture: ComputedRef<QueueState | undefined>;
  /** When something last came, this device's clock. */
  at: Ref<number | null>;
  /** What is being done now (`call`, `call:…`, `skip:…`, `set`); empty: nothing. */
  doing: Ref<string>;
  problem: ShallowRef<ApiError | null>;
  set(change: SetQueue): Promise<boolean>;
  /** The first who is free, or the one that is named. Null when refused: `problem` says why. */
  call(placeId?: string): Promise<Interview | null>;
  skip(placeId: string, reason: string): Promise<void>;
}

const types = ['queue.changed', 'queuePlace.changed', 'interview.called', 'interview.statusChanged', 'interview.updated', 'interview.decided', 'consent.withdrawn'] as const;

/** @param boothId stays the same while the component lives */
export function useQueueDesk(boothId: string): QueueAtHand {
  const params = { boothId };
  const at = ref<number | null>(null);
  const newest = shallowRef<QueueState | null>(null);
  const load = useLoad(signal => api('GET /booths/:boothId/queue/desk', { params, signal }));
  whenever(load.data, desk => {
    if (!desk) return;
    at.value = Date.now();
    newest.value = desk.state;
  });
  const again = atMostEvery(400, load.reload);
  useOrganisationEvents({
    types, missed: again,
    heard: event => { if (!('boothId' in event.data) || event.data.boothId === boothId) again(); },
  });
  onScopeDispose(follow({ kind: 'queue', id: boothId }, {
    snapshot(snapshot) {
      if (snapshot.topic.kind !== 'queue' || snapshot.topic.id !== boothId) return;
      const state = snapshot.data as QueueState;
      const known = new Set(load.data.value?.places.map(one => one.id));
      at.value = Date.now();
      newest.value = state;
      if (state.waiting.some(turn => !known.has(turn.placeId))) again(); // its event may have gone by
    },
    resync: again,
  }));

  const { doing, problem, act } = useActing(again);
  const take = (desk: QueueDesk) => { load.data.value = desk; };
  return {
    load, at, doing, problem, picture: computed(() => newest.value ?? load.data.value?.state),
    set: change => act('set', async () => take(await api('PUT /booths/:boothId/queue', { params, body: change }))),
    async call(placeId) {
      let called: Interview | null = null;
      await act(placeId ? `call:${placeId}` : 'call', async () => { called = await api('POST /booths/:boothId/queue/call', { params, body: placeId ? { placeId } : {} }); });
      return called;
    },
    // A refusal is the dialog's to show.
    skip: async (placeId, reason) => take(await api('POST /queue-places/:placeId/skip', { params: { placeId }, body: { reason } })),
  };
}
