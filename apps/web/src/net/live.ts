/**
 * What happens, as it happens: one socket a page. `watch` a topic and get its events in order, each once, and the newest
 * snapshot of a coalesced topic; after a lost line it asks for what it missed (`since`), or says `resync`: fetch anew.
 */
import type { ClientToServer, ServerToClient, Topic } from '#libs/contracts';
import { reactive, readonly } from 'vue';
import { io, type Socket } from 'socket.io-client';
import { accessToken, renew } from './account';
import { deviceId } from './device-id';
import { Topics, type Watcher } from './topics';

export type { Watcher } from './topics';

/** The server beats every 5 s; two missed and a little make a line dead. */
const SILENCE = 12_000;
const state = reactive({
  connected: false,
  /** When the line was last heard from, this device's clock, epoch ms. */
  lastAt: null as number | null,
  /** No sign of life for 12 s, or no line: numbers on the page are old. */
  stale: true,
  /** Since when nothing has been heard of a line that is gone or silent; null while it is there. */
  lostAt: null as number | null,
  /** The browser lost its network, and nothing has been heard since. */
  offline: false,
});
const topics = new Topics(
  (request, answered) => {
    if (!socket?.connected) return; // `opened` asks for all of them
    const line = socket.id;
    socket.timeout(SILENCE).emit('subscribe', request, (unanswered, answer) => {
      if (socket?.id !== line) return; // an answer of a line that is gone
      if (unanswered) return reopenLive();
      heard();
      answered(answer);
    });
  },
  topic => { if (socket?.connected) socket.emit('unsubscribe', { topic }, () => undefined); },
);
let socket: Socket<ServerToClient, ClientToServer> | undefined;
let token: () => string | null = accessToken;
let renewToken = renew;
/** Server's clock minus this device's, ms. */
let ahead: number | null = null;

export const liveState = readonly(state);
/** A server's instant in this device's clock, epoch ms: what AgeStamp takes. */
export const localTime = (at: string): number => Date.parse(at) - (ahead ?? 0);
/** Whether the difference of the two clocks is known: after the first beat, at most 5 s. */
export const clockKnown = (): boolean => ahead !== null;

function heard(): void {
  state.lastAt = Date.now();
  state.stale = false;
  state.offline = false; // a server on this very machine is heard without a network
  if (state.connected) state.lostAt = null;
}

function lost(): void {
  state.connected = false;
  state.stale = true;
  state.lostAt ??= state.lastAt ?? Date.now();
  topics.lost();
}

/** The line may still seem to be there: it counts from the last sign of life, not from when that was noticed. */
function silent(): void {
  state.stale = true;
  state.lostAt ??= state.lastAt;
}

function open(): void {
  if (socket) return;
  state.lostAt = Date.now();
  socket = io({
    auth: give => give({ token: token(), deviceId: deviceId() }),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8000,
  });
  socket.on('connect', () => {
    state.connected = true;
    state.lostAt = null;
    heard();
    topics.opened();
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
    topics.event(event);
  });
  socket.on('snapshot', snapshot => { heard(); topics.snapshot(snapshot); });
  socket.on('beat', beat => { heard(); ahead = Date.parse(beat.at) - Date.now(); });
  setInterval(() => { if (state.lastAt !== null && Date.now() - state.lastAt > SILENCE) silent(); }, 1000);
  // The system knows of a cut cable at once; the socket would wait for its own timeout.
  addEventListener('offline', () => { state.offline = true; silent(); });
  // A phone that slept: its socket may be dead without knowing.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && state.lastAt !== null && Date.now() - state.lastAt > SILENCE) socket?.disconnect().connect();
  });
}

/** Watches a topic until the returned function is called. The newest snapshot that is known comes at once. */
export function watch(topic: Topic, watcher: Watcher): () => void {
  open();
  return topics.watch(topic, watcher);
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
