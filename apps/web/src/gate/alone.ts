/** The gate without a network, as the page sees it: what is known, how old it is, what waits. The work is done in offline/. */
import type { GateContext, Id, UploadAnswer, UploadScans } from '#libs/contracts';
import { computed, reactive, readonly, ref, shallowRef } from 'vue';
import { api, ApiError } from '../net/api';
import { askRunningTime, thisMoment } from './offline/elapsed';
import { GateStore, type GateRecord } from './offline/gate-store';
import { OfflineGate } from './offline/offline-gate';
import { upload } from './offline/outbox';
import { Sync, type Line } from './offline/sync';

/** How often the service worker's running time is asked, which keeps it awake, ms. */
const RUNNING_TIME_EVERY = 10_000;
const UPLOAD_WITHIN = 20_000;
const HISTORY = 100;

interface Alone {
  /** Nothing of the fair is known yet: without a network nothing can be decided. */
  ready: boolean;
  /** When the snapshot was fetched, epoch ms. */
  snapshotAt: number | null;
  tickets: number;
  waiting: number;
  placesLeft: number;
  /** This device's clock minus the server's, ms, when it is a minute and more; else 0. */
  clockAhead: number;
  /** Records of this phone as an earlier, ended device. */
  endedWaiting: number;
  endedQuarantined: number;
  /** The server has taken them otherwise than they were decided, and nobody has read that yet. */
  conflicts: number;
  /** Another window of this browser is the scanner. */
  elsewhere: boolean;
  /** The browser keeps nothing: only with a network. */
  unkept: boolean;
}
const state = reactive<Alone>({
  ready: false, snapshotAt: null, tickets: 0, waiting: 0, placesLeft: 0, clockAhead: 0, endedWaiting: 0, endedQuarantined: 0, conflicts: 0, elsewhere: false, unkept: false,
});
export const alone = readonly(state);
const gate = shallowRef<OfflineGate | null>(null);
/** The device's own gate; null before it is bound, and where the browser keeps nothing. */
export const offlineGate = computed(() => gate.value);
/** The newest first. */
export const history = shallowRef<GateRecord[]>([]);
export const syncing = ref(false);

let store: GateStore | null = null;
let sync: Sync | null = null;
let askedTime = -Infinity;
let failures = 0;
let notBefore = 0;

const send = (token: string, body: UploadScans): Promise<UploadAnswer> =>
  api('POST /scans/uploads', { body, anonymous: true, headers: { Authorization: `Bearer ${token}` }, timeout: UPLOAD_WITHIN });
const line: Line = {
  snapshot: since => api('GET /devices/me/offline', { query: { since }, timeout: UPLOAD_WITHIN, repeatable: false }),
  lease: body => api('POST /devices/me/lease', { body, timeout: 8000 }),
  tellKey: publicKey => api('PUT /devices/me/key', { body: { publicKey }, timeout: 8000 }),
  upload: send,
};

/** Brings what the page shows up to date: after each thing that happens, and once a second for what ends by itself. */
export async function look(): Promise<void> {
  const now = gate.value;
  if (!store) return;
  state.ready = now?.hall != null;
  state.snapshotAt = now?.heardAt ?? null;
  state.tickets = now?.hall?.book.size ?? 0;
  state.placesLeft = now?.placesLeft ?? 0;
  state.clockAhead = now?.clockWrong ? -now.offsetMs : 0;
  if (!now) return;
  state.waiting = await store.countWaiting(now.row.deviceId);
}

export async function lookAtHistory(): Promise<void> {
  const now = gate.value;
  history.value = now && store ? [...await store.leftBehind(now.row.deviceId), ...await store.history(now.row.deviceId, HISTORY)] : [];
}

/** Opens the store, in one window of the browser only: two would give the same places away. False in a second window. */
export async function openStore(): Promise<boolean> {
  if (!(await onlyWindow())) return false;
  try {
    store = await GateStore.open();
  } catch (error) {
    state.unkept = true;
    console.warn('Nothing is kept; the scanner works with a network only:', error);
  }
  setInterval(() => void look(), 1000);
  return true;
}

interface Locks { request(name: string, options: { ifAvailable?: boolean }, act: (lock: object | null) => Promise<unknown>): Promise<unknown> }
async function onlyWindow(): Promise<boolean> {
  const { locks } = navigator as { locks?: Locks };
  if (!locks) return true;
  const hold = (ifAvailable: boolean) => new Promise<boolean>(resolve => {
    void locks.request('fairwind-gate', { ifAvailable }, lock => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : Promise.resolve();
    });
  });
  if (await hold(true)) return true;
  state.elsewhere = true;
  void hold(false).then(() => location.reload()); // the other one was closed
  return false;
}

/** This phone is bound to a gate. */
export async function openGate(context: GateContext, token: string): Promise<void> {
  if (!store) return;
  await askRunningTime();
  const { id: gateId, name: gateName, zoneName } = context.gate;
  gate.value = await OfflineGate.open(store, context.deviceId, token, { gateId, gateName, zoneName });
  sync = new Sync(gate.value, line, () => void look());
  // At a first visit the worker comes alive after its page: until it keeps the time, a page opened anew could trust no lease.
  if ('serviceWorker' in navigator) void navigator.serviceWorker.ready.then(keepRunningTime);
  await look();
}

/**
 * The server has answered: everything that waited for that is done. `offsetMs`: its clock minus ours; `recalledLeaseId`: the lease that it
 * asks back. Never throws.
 */
export async function heard(offsetMs: number, recalledLeaseId?: Id): Promise<void> {
  const now = gate.value;
  if (!now) return;
  await now.hearClock(offsetMs);
  if (recalledLeaseId) sync?.recall(recalledLeaseId);
  if (performance.now() - askedTime > RUNNING_TIME_EVERY) {
    askedTime = performance.now();
    await keepRunningTime();
  }
  if (performance.now() < notBefore) return;
  const went = await uploadNow();
  // A server that hears us and cannot take it is not asked with every heartbeat.
  failures = went ? 0 : failures + 1;
  notBefore = went ? 0 : performance.now() + Math.min(60_000, 4000 * 2 ** failures);
  await uploadEnded();
}

/** The service worker's running time, and in it the lease and what is known of the clock. Also without a network. */
export async function keepRunningTime(): Promise<void> {
  const before = thisMoment();
  await askRunningTime();
  await gate.value?.carryTime(before);
}

/** One round with the server; true when it went through and nothing waits any more. Never throws. */
export async function uploadNow(): Promise<boolean> {
  if (!sync || !gate.value) return true;
  syncing.value = true;
  try {
    const answer = await sync.round();
    await noteAnswer(answer);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 0) console.warn('The gate’s round was refused:', error.code, error.requestId);
    return false;
  } finally {
    syncing.value = false;
    await look();
  }
}

async function noteAnswer(answer: UploadAnswer | null): Promise<void> {
  if (!answer) return;
  state.conflicts += answer.records.filter(({ outcome }) => outcome === 'conflict').length;
  state.endedQuarantined += answer.records.filter(({ outcome }) => outcome === 'quarantined').length;
  await lookAtHistory();
}
export const conflictsRead = (): void => void (state.conflicts = 0);

/** A lease is asked back. If this round does not give it back, the next heartbeat tells it again. Never throws. */
export async function recall(leaseId: Id): Promise<void> {
  sync?.recall(leaseId);
  await uploadNow();
}
/** The places that are left go back. Never throws. */
export async function giveBack(): Promise<void> {
  try {
    await sync?.giveBack();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error; // it is asked again with the next round
  }
}
/** The zone's places have changed: a lease may be had now. */
export const hurry = (): void => sync?.hurry();

/** This phone is not this gate's device any more. Its records stay until the server has them. */
export async function endGate(): Promise<void> {
  const ended = gate.value;
  gate.value = null;
  sync = null;
  state.ready = false;
  state.waiting = 0;
  if (ended) await ended.change({ ended: true });
  await uploadEnded();
}

/** Uploads what ended devices have left here, to where the server keeps it apart; then it is forgotten here. Never throws. */
export async function uploadEnded(): Promise<void> {
  if (!store) return;
  const ended = (await store.devices()).filter(row => row.ended && row.deviceId !== gate.value?.row.deviceId);
  let left = 0;
  for (const row of ended) {
    try {
      await noteAnswer(await upload(store, row, send));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
    const waiting = await store.countWaiting(row.deviceId);
    left += waiting;
    if (waiting === 0) await store.forget(row.deviceId);
  }
  state.endedWaiting = left;
}
