import type { Broadcast, BroadcastState, Hand, Message, MessageKind, MyPlace } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { account } from '../../net/account';
import { api, ApiError } from '../../net/api';
import { deviceId } from '../../net/device-id';
import { useTopic } from './line';
import { earlier, emptyChat, listed, pictured, posted, type ChatState } from './live-messages';
import { useLoad, type Loading } from './load';

/** A page of the list, as the server cuts it. */
const PAGE = 50;

export interface WatchedBroadcast {
  load: Loading<Broadcast>;
  broadcast: ComputedRef<Broadcast | undefined>;
  /** The newest picture that is known. */
  state: ComputedRef<BroadcastState | undefined>;
  chat: ShallowRef<ChatState>;
  /** What we are here; undefined until it has been asked. */
  me: ShallowRef<MyPlace | undefined>;
  hand: ComputedRef<Hand | null>;
  /** Seconds until the next message may be sent. */
  waitUntil: Ref<number>;
  reloadMe(): Promise<void>;
  /** Rejects with ApiError. */
  post(kind: MessageKind, text: string): Promise<Message>;
  /** Older ones; false when there are none. */
  readEarlier(): Promise<boolean>;
}

/** One broadcast, kept up to date by its topic: facts, picture, chat, what we are in it. Nothing is asked again and again. */
export function useBroadcast(broadcastId: string): WatchedBroadcast {
  const params = { broadcastId };
  const load = useLoad(signal => api('GET /broadcasts/:broadcastId', { params, signal }));
  const broadcast = computed(() => load.data.value);
  const newest = shallowRef<BroadcastState>();
  const state = computed(() => newest.value ?? broadcast.value?.state);
  const chat = shallowRef<ChatState>(emptyChat);
  const me = shallowRef<MyPlace>();
  const waitUntil = ref(0);
  let reading = false;
  let over = false;
  onScopeDispose(() => { over = true; });

  async function take(picture: BroadcastState): Promise<void> {
    newest.value = picture;
    const next = pictured(chat.value, picture.recent, picture.removed, picture.lastSeq);
    chat.value = next.chat;
    if (next.ask === null || reading) return;
    reading = true;
    try {
      for (let after = next.ask, whole = false; !whole && !over;) {
        const list = await api('GET /broadcasts/:broadcastId/messages', { params, query: { after, limit: PAGE } });
        whole = list.length < PAGE;
        after = list[list.length - 1]?.seq ?? after;
        chat.value = listed(chat.value, list, whole);
      }
    } catch (error) {
      console.warn('Messages between:', error); // the next picture asks again
    } finally { reading = false; }
  }
  watch(broadcast, is => { if (is && !newest.value) void take(is.state); else if (is) chat.value = pictured(chat.value, is.state.recent, is.state.removed, is.state.lastSeq).chat; });

  let soon: ReturnType<typeof setTimeout> | undefined;
  /** A little later for each phone, so that 300 viewers do not ask in one breath. */
  const reloadIn = (least: number) => { clearTimeout(soon); soon = setTimeout(() => void load.reload(), least + Math.random() * 1200); };
  const reloadSoon = () => reloadIn(100);
  onScopeDispose(() => clearTimeout(soon));
  useTopic(() => ({ kind: 'broadcast', id: broadcastId }), {
    snapshot(snapshot) { if (snapshot.topic.kind === 'broadcast' && snapshot.topic.id === broadcastId) void take(snapshot.data as BroadcastState); },
    event(event) {
      const known = load.data.value;
      if (event.type === 'broadcast.statusChanged') {
        const { to } = event.data;
        // Whether somebody stopped it, or the clock did, is read with the whole broadcast a moment later.
        if (known) load.data.value = { ...known, status: to };
        if (newest.value) newest.value = { ...newest.value, status: to };
        reloadSoon();
      } else if (event.type === 'broadcast.updated' || event.type === 'tourPlace.shown' || event.type === 'tourPlace.located') reloadSoon();
      else if (event.type === 'hand.changed' && event.data.accountId === account.value?.accountId) void reloadMe();
    },
    begun: () => reloadIn(2000), // what changed between the answer and the topic; after the picture, which comes first
    resync: reloadSoon,
  });

  async function reloadMe(): Promise<void> {
    try {
      me.value = await api('GET /broadcasts/:broadcastId/me', { params, query: { deviceId: deviceId() } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('My place:', error.message); // the page says it when something is tried
    }
  }
  // After the facts, so that the pass and the picture do not wait for it.
  watch([account, () => !!broadcast.value], ([, known]) => { if (known) void reloadMe(); }, { immediate: true });
  // One's place in the order changes with every hand before it.
  watch(() => state.value?.raisedHands, () => { if (me.value?.hand?.status === 'raised') void reloadMe(); });

  return {
    load, broadcast, state, chat, me, waitUntil, reloadMe,
    hand: computed(() => me.value?.hand ?? null),
    async post(kind, text) {
      try {
        const message = await api('POST /broadcasts/:broadcastId/messages', { params, body: { kind, text, deviceId: deviceId() } });
        chat.value = posted(chat.value, { ...message, mine: true });
        waitUntil.value = Date.now() + (state.value?.slowModeSeconds ?? 0) * 1000;
        return message;
      } catch (error) {
        if (error instanceof ApiError) {
          if (error.code === 'slowMode') waitUntil.value = Date.now() + Number(error.details.seconds ?? state.value?.slowModeSeconds ?? 5) * 1000;
          if (error.code === 'muted' || error.code === 'banned') await reloadMe();
        }
        throw error;
      }
    },
    async readEarlier() {
      const before = chat.value.messages[0]?.seq;
      const list = await api('GET /broadcasts/:broadcastId/messages', { params, query: { limit: PAGE, ...(before === undefined ? {} : { before }) } });
      chat.value = earlier(chat.value, list);
      return list.length === PAGE;
    },
  };
}
