/**
 * What happens, as it happens: one socket a page. `watch` a topic and get its events in order, each once, and the newest
 * snapshot of a coalesced topic; after a lost line it asks for what it missed (`since`), or says `resync`: fetch anew.
 */
import {
  audiences, type Ack, type AnyEnvelope, type ClientToServer, type Envelope, type EventType, type ServerToClient, type Snapshot,
  type Subscribed, type Topic,
} from '#libs/contracts';
import { reactive, readonly } from 'vue';
import { io, type Socket } from 'socket.io-client';
import { accessToken, renew } from './account';

export interface Watcher {
  event?(event: AnyEnvelope): void;
  snapshot?(snapshot: Snapshot): void;
  /** Too much was missed, or nothing is known of it: fetch the page's data anew. */
  resync?(): void;
  /** The server refuses this topic to us. */
  refused?(problem: { code: string; message: string }): void;
}
interface Watched { topic: Topic; watchers: Set<Watcher>; position?: number; ready: boolean; snapshotPosition: number; newest?: Snapshot }

/** The server beats every 5 s; two missed and a little make a line dead. */
const SILENCE = 12_000;
const REMEMBERED = 2000;
const state = reactive({
  connected: false,
  /** When the line was last heard from, this device's clock, epoch ms. */
  lastAt: null as number | null,
  /** No sign of life for 12 s, or no line: numbers on the page are old. */
  stale: true,
  /** Since when the line has been gone; null while it is there. */
  lostAt: null as number | null,
});
const watched = new Map<string, Watched>();
const seen = new Set<number>();
let early: AnyEnvelope[] = [];
let socket: Socket<ServerToClient, ClientToServer> | undefined;
let token: () => string | null = accessToken;
let renewToken = renew;
/** Server's clock minus this device's, ms. */
let ahead = 0;

export const liveState = readonly(state);
/** A server's instant in this device's clock, epoch ms: what AgeStamp takes. */
export const localTime = (at: string): number => Date.parse(at) - ahead;

const keyOf = (topic: Topic) => ('id' in topic ? `${topic.kind}:${topic.id}` : topic.kind);
const audienceKeys = <T extends EventType>(event: Envelope<T>): string[] =>
  audiences[event.type](event).map(audience => (audience.startsWith('account:') ? 'account' : audience));

function heard(): void {
  state.lastAt = Date.now();
  state.stale = false;
}

function give(event: AnyEnvelope): void {
  if (seen.has(event.position)) return;
  seen.add(event.position);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
  const keys = audienceKeys(event as Envelope<EventType>);
  for (const [key, one] of watched) {
    if (one.ready) one.position = Math.max(one.position ?? 0, event.position);
    if (keys.includes(key)) one.watchers.forEach(watcher => watcher.event?.(event));
  }
}

function show(snapshot: Snapshot): void {
  const one = watched.get(keyOf(snapshot.topic));
  if (!one || snapshot.position < one.snapshotPosition) return;
  one.snapshotPosition = snapshot.position;
  one.newest = snapshot;
  one.watchers.forEach(watcher => watcher.snapshot?.(snapshot));
}

function subscribe(one: Watched): void {
  one.ready = false;
  socket?.emit('subscribe', { topic: one.topic, ...(one.position === undefined ? {} : { since: one.position }) }, answer => caughtUp(one, answer));
}

function caughtUp(one: Watched, answer: Ack<Subscribed>): void {
  if (!watched.has(keyOf(one.topic))) return;
  one.ready = true;
  if (answer.ok) {
    heard();
    if (answer.data.resync) one.watchers.forEach(watcher => watcher.resync?.());
    answer.data.events.forEach(give);
    one.position = Math.max(one.position ?? 0, answer.data.position);
    if (answer.data.snapshot) show(answer.data.snapshot);
  } else one.watchers.forEach(watcher => watcher.refused?.(answer.error));
  release();
}

/** Events that came while a topic was still catching up wait for it, so that order holds. */
function release(): void {
  if ([...watched.values()].some(one => !one.ready)) return;
  const waiting = early.sort((a, b) => a.position - b.position);
  early = [];
  waiting.forEach(give);
}

function lost(): void {
  state.connected = false;
  state.stale = true;
  state.lostAt ??= Date.now();
  early = [];
  watched.forEach(one => { one.ready = false; });
}

function open(): void {
  if (socket) return;
  state.lostAt = Date.now();
  socket = io({
    auth: give => give({ token: token() }),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8000,
  });
  socket.on('connect', () => {
    state.connected = true;
    state.lostAt = null;
    heard();
    watched.forEach(subscribe);
  });
  socket.on('disconnect', reason => {
    lost();
    if (reason === 'io server disconnect') void renewToken().then(() => socket?.connect());
  });
  socket.on('connect_error', () => {
    lost();
    // Refused, not unreachable: socket.io does not try again by itself. A new token may do.
    if (!socket?.active) void renewToken().then(() => setTimeout(() => socket?.connect(), 3000));
  });
  socket.on('event', event => {
    heard();
    if ([...watched.values()].every(one => one.ready)) give(event);
    else early.push(event);
  });
  socket.on('snapshot', snapshot => { heard(); show(snapshot); });
  socket.on('beat', beat => { heard(); ahead = Date.parse(beat.at) - Date.now(); });
  setInterval(() => { if (state.lastAt !== null && Date.now() - state.lastAt > SILENCE) state.stale = true; }, 1000);
  // A phone that slept: its socket may be dead without knowing.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && state.lastAt !== null && Date.now() - state.lastAt > SILENCE) socket?.disconnect().connect();
  });
}

/** Watches a topic until the returned function is called. The newest snapshot that is known comes at once. */
export function watch(topic: Topic, watcher: Watcher): () => void {
  const key = keyOf(topic);
  let one = watched.get(key);
  if (!one) {
    one = { topic, watchers: new Set(), ready: false, snapshotPosition: -1 };
    watched.set(key, one);
    open();
    if (socket?.connected) subscribe(one);
  } else if (one.newest) watcher.snapshot?.(one.newest);
  one.watchers.add(watcher);
  return () => {
    one.watchers.delete(watcher);
    if (one.watchers.size || watched.get(key) !== one) return;
    watched.delete(key);
    socket?.emit('unsubscribe', { topic }, () => undefined);
    release();
  };
}

/** Whose token the line carries: the account's unless told (a gate's device). `renewed` gets a new one after a refusal. */
export function liveAs(lend: () => string | null, renewed: () => Promise<boolean>): void {
  token = lend;
  renewToken = renewed;
  reopenLive();
}

/** Opens the line anew, after signing in or out: the server reads the token when the line opens. */
export function reopenLive(): void {
  if (socket) socket.disconnect().connect();
}
