/** One broadcast for the page that shows it and the parts below: its facts, its live picture, chat, what waits for a moderator, hands. Pushed. */
import type { Broadcast, BroadcastState, Hand, Message, Moderation, PublisherEnd } from '#libs/contracts';
import { computed, inject, onScopeDispose, provide, ref, shallowRef, watch, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import { ApiError, api } from '../../net/api';
import { watch as follow } from '../../net/live';
import { useLoad, type Loading } from './load';
import { mergeMessages, missingAfter } from './live-messages';
import { atMostEvery } from './events';
import { useActing } from './acting';

export interface LiveAtHand {
  id: string;
  load: Loading<Broadcast>;
  broadcast: ComputedRef<Broadcast | undefined>;
  /** The newest picture; the broadcast's own until one comes. */
  picture: ComputedRef<BroadcastState | undefined>;
  /** When the newest picture came, this device's clock; null: none came yet. */
  at: Ref<number | null>;
  messages: ShallowRef<Message[]>;
  /** Older ones are there to read. */
  hasOlder: Ref<boolean>;
  older(): Promise<void>;
  moderation: Loading<Moderation>;
  hands: Loading<Hand[]>;
  /** Why somebody's media were ended, for a minute. */
  publisherEnded: ShallowRef<PublisherEnd | null>;
  /** What is being done now (`pin:…`), empty: nothing. */
  doing: Ref<string>;
  /** Why the last command was refused. */
  problem: ShallowRef<ApiError | null>;
  /** Does one command at a time; true when it was done. */
  act(what: string, work: () => Promise<unknown>): Promise<boolean>;
  /** Takes the answer of a command, so that it shows at once. */
  take(answer: { broadcast?: Broadcast; picture?: BroadcastState; message?: Message }): void;
}
const KEY: InjectionKey<LiveAtHand> = Symbol('live');
const PAGE = 50;
/** An encoder tries again and again: what is said of it stands from one time to the next. Milliseconds. */
const SAID = 60_000;
const reloading = new Set(['broadcast.updated', 'broadcast.statusChanged', 'tourPlace.shown', 'tourPlace.located']);

/** Call in the setup of the page of one broadcast. Its viewer is a host or a moderator. */
export function provideLive(id: string): LiveAtHand {
  const params = { broadcastId: id };
  const newest = shallowRef<BroadcastState | null>(null);
  const at = ref<number | null>(null);
  const messages = shallowRef<Message[]>([]);
  const hasOlder = ref(false);
  const load = useLoad(signal => api('GET /broadcasts/:broadcastId', { params, signal }));
  const moderation = useLoad(signal => api('GET /broadcasts/:broadcastId/moderation', { params, signal }));
  const hands = useLoad(signal => api('GET /broadcasts/:broadcastId/hands', { params, signal }));
  const again = { broadcast: atMostEvery(400, load.reload), moderation: atMostEvery(700, moderation.reload), hands: atMostEvery(400, hands.reload) };
  const picture = computed(() => newest.value ?? load.data.value?.state);

  let round = 0;
  async function read(after: number | undefined) {
    const mine = ++round;
    try {
      const came = await api('GET /broadcasts/:broadcastId/messages', { params, query: { after, limit: PAGE } });
      if (mine !== round) return;
      messages.value = mergeMessages(messages.value, came);
      if (after === undefined) hasOlder.value = came.length >= PAGE;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('The chat was not read:', error.code); // the next picture brings the newest
    }
  }
  function show(next: BroadcastState) {
    const before = picture.value;
    const after = missingAfter(messages.value, next);
    newest.value = next;
    messages.value = mergeMessages(messages.value, next.recent, next.removed);
    if (after !== null && messages.value.length) void read(after || undefined);
    if (before?.heldMessages !== next.heldMessages || before.waitingQuestions !== next.waitingQuestions || before.waitingSeq !== next.waitingSeq) again.moderation();
    if (before?.raisedHands !== next.raisedHands || before.stage.map(one => one.handId).join() !== next.stage.map(one => one.handId).join()) again.hands();
    if (load.data.value && load.data.value.status !== next.status) again.broadcast();
  }
  const publisherEnded = shallowRef<PublisherEnd | null>(null);
  let said: ReturnType<typeof setTimeout> | undefined;
  function tellEnd({ code, sent, most, rest }: PublisherEnd) {
    publisherEnded.value = { code, sent, most, rest };
    clearTimeout(said);
    said = setTimeout(() => { publisherEnded.value = null; }, SAID + rest * 1000);
  }
  onScopeDispose(() => clearTimeout(said));
  const anew = () => { again.broadcast(); again.moderation(); again.hands(); void read(undefined); };
  const stop = follow({ kind: 'broadcast', id }, {
    event(event) {
      if (reloading.has(event.type)) again.broadcast();
      if (event.type === 'hand.changed') again.hands();
      if (event.type === 'room.publisherEnded') tellEnd(event.data);
    },
    snapshot(snapshot) {
      if (snapshot.topic.kind !== 'broadcast' || snapshot.topic.id !== id) return;
      at.value = Date.now();
      show(snapshot.data as BroadcastState);
    },
    resync: anew,
  });
  onScopeDispose(stop);
  void read(undefined);
  // A later answer of the facts is newer than an old picture.
  watch(load.data, one => {
    if (!one || !newest.value) return;
    if (one.status !== newest.value.status) newest.value = { ...newest.value, ...one.state, recent: newest.value.recent };
  });

  const { doing, problem, act } = useActing();
  const live: LiveAtHand = {
    id, load, broadcast: computed(() => load.data.value), picture, at, messages, hasOlder, moderation, hands, publisherEnded, doing, problem, act,
    async older() {
      const first = messages.value[0];
      if (!first) return;
      const came = await api('GET /broadcasts/:broadcastId/messages', { params, query: { before: first.seq, limit: PAGE } });
      hasOlder.value = came.length >= PAGE;
      messages.value = mergeMessages(came, messages.value);
    },
    take({ broadcast, picture: next, message }) {
      if (broadcast) load.data.value = broadcast;
      if (next) show(next);
      if (message) messages.value = mergeMessages(messages.value, [message]);
    },
  };
  provide(KEY, live);
  return live;
}

/** The broadcast whose page this is. */
export function useLive(): LiveAtHand {
  const live = inject(KEY);
  if (!live) throw new Error('useLive belongs below the page of a broadcast.');
  return live;
}
