/** This phone as a gate's device: the token it was given, where it stands, and when that was last heard from the server. */
import type { GateContext, ScanResult } from '#libs/contracts';
import { computed, readonly, ref, shallowRef } from 'vue';
import { api, ApiError, useCredentials } from '../net/api';
import { kept } from '../net/kept';
import { liveAs } from '../net/live';
import { alone, endGate, giveBack, heard, keepRunningTime, openGate, openStore, uploadEnded, uploadNow } from './alone';

interface Bound { token: string; context: GateContext }
const KEPT_AS = 'gate:device';
/** Also tells the desk that this gate is alive: it calls a gate silent after 10 s. */
const HEARTBEAT = 4000;
const HEARTBEAT_WITHIN = 5000;

const bound = shallowRef<Bound | null>(null);
const heardAt = ref<number | null>(null);
const lostAt = ref<number | null>(null);
const wasRevoked = ref(false);
const wasMoved = ref(false);
let timer: ReturnType<typeof setTimeout> | undefined;

export const device = computed(() => bound.value);
/** When the server last answered, epoch ms. */
export const deviceHeardAt = readonly(heardAt);
/** Since when the server has not answered; null while it does. */
export const deviceLostAt = readonly(lostAt);
/** The server does not know this device any more: it was revoked. */
export const deviceRevoked = readonly(wasRevoked);
/** The fair was moved while this phone stood at its gate; until the guard has read it. */
export const fairMoved = readonly(wasMoved);
export const movedRead = (): void => void (wasMoved.value = false);

const token = () => bound.value?.token ?? null;

/** The server does not answer: what is scanned is decided here, until it does. */
export const noteLost = (): void => void (lostAt.value ??= Date.now());

async function forget(): Promise<void> {
  clearTimeout(timer);
  bound.value = null;
  lostAt.value = null;
  wasMoved.value = false;
  await kept.remove(KEPT_AS);
  await endGate();
}

/** Asks where this device stands; a refusal of its token unbinds it. Never throws: without a network it goes on. */
export async function refreshDevice(): Promise<void> {
  const asked = bound.value;
  if (!asked) return;
  clearTimeout(timer);
  try {
    const since = Date.now();
    const context = await api('GET /devices/me', { query: { clock: new Date(since).toISOString() }, timeout: HEARTBEAT_WITHIN, repeatable: false });
    heardAt.value = Date.now();
    if (bound.value?.token === asked.token) {
      await bind({ token: asked.token, context });
      // What waits is uploaded before anything new is asked: in order.
      await heard(Date.parse(context.serverTime) - (since + heardAt.value) / 2, context.recalledLeaseId);
    }
    lostAt.value = null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) {
      if (bound.value?.token !== asked.token) return; // of a binding that is no more
      wasRevoked.value = true;
      await forget();
    } else {
      noteLost();
      await keepRunningTime();
    }
  } finally {
    clearTimeout(timer);
    if (bound.value) timer = setTimeout(() => void refreshDevice(), HEARTBEAT);
  }
}

async function bind(next: Bound): Promise<void> {
  const before = bound.value;
  bound.value = next;
  if (before?.token !== next.token) {
    liveAs(token, () => Promise.resolve(token() !== null));
    if (before) await endGate();
    await openGate(next.context, next.token);
  } else {
    const [was, is] = [before.context.fair, next.context.fair];
    if (was.startsAt !== is.startsAt || was.endsAt !== is.endsAt || was.venueName !== is.venueName) wasMoved.value = true;
  }
  await kept.put(KEPT_AS, JSON.parse(JSON.stringify(next))).catch((error: unknown) => console.warn('The binding lasts as long as the page:', error));
}

/** A scan tells how full the gate's zone is now: sooner than the next heartbeat. */
export function noteZone({ zone }: ScanResult): void {
  const now = bound.value;
  if (!now) return;
  const zones = now.context.zones.map(one => (one.zoneId === now.context.gate.zoneId ? { ...one, inside: zone.inside, approvedNumber: zone.approvedNumber, level: zone.level } : one));
  bound.value = { ...now, context: { ...now.context, zones } };
}

/** Takes up what this phone was bound to before; call once when the page opens. */
export async function restoreDevice(): Promise<void> {
  useCredentials({ token, renew: () => Promise.resolve(false) });
  // The browser knows first; the server's answer decides.
  addEventListener('offline', () => { if (bound.value) lostAt.value ??= Date.now(); });
  addEventListener('online', () => void refreshDevice());
  if (!(await openStore())) return; // another window is the scanner
  const before = await kept.get<Bound>(KEPT_AS).catch(() => undefined); // no storage: bound anew each time
  if (!before) return uploadEnded();
  await bind(before);
  if (!navigator.onLine) noteLost();
  void refreshDevice();
}

/** The server has everything that was decided here, and has its places back: only then may the binding end. False: not yet. */
async function settled(): Promise<boolean> {
  if (!bound.value) return true;
  await uploadNow();
  if (alone.waiting > 0) return false;
  await giveBack();
  return true;
}

/**
 * Binds this phone to a gate by the code that the desk read out, and lets go of the gate before. False when records of that gate still
 * wait for the network. Throws ApiError.
 */
export async function pairDevice(code: string, name: string): Promise<boolean> {
  const before = bound.value;
  if (!(await settled())) return false;
  const { deviceToken, device: context } = await api('POST /devices/pair', { body: { code, name }, anonymous: true });
  if (before) await release(before.token);
  wasRevoked.value = false;
  wasMoved.value = false;
  heardAt.value = Date.now();
  lostAt.value = null;
  await bind({ token: deviceToken, context });
  void refreshDevice();
  return true;
}

/** Tells the server, when it can be reached: otherwise the desk sees a silent device and revokes it. */
async function release(ended: string): Promise<void> {
  await api('POST /devices/me/sign-out', { anonymous: true, headers: { Authorization: `Bearer ${ended}` }, timeout: 5000 }).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}

/** Ends the binding, here and on the server when it can be reached. False when records still wait for the network: they would be a revoked device's. */
export async function unbindDevice(): Promise<boolean> {
  if (!(await settled())) return false;
  const ended = token();
  await forget();
  if (ended) await release(ended);
  return true;
}
