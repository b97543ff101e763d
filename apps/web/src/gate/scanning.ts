/**
 * One scan at a time: from what was read to a verdict. The server is asked; when it does not answer soon, the scan is decided here by
 * itself, and uploaded later under the same id, so that it counts once.
 */
import type { Direction, ScanResult } from '#libs/contracts';
import { computed, readonly, ref, shallowRef } from 'vue';
import { api, ApiError, newId } from '../net/api';
import { alone, look, offlineGate, uploadNow } from './alone';
import { t } from '../words';
import { deviceLostAt, noteLost, noteZone, refreshDevice } from './device';
import type { GateRecord } from './offline/gate-store';
import type { OfflineGate } from './offline/offline-gate';
import { kindOf } from './offline/ticket-code';
import { sound } from './sound';

export type { Direction } from '#libs/contracts';
export type Verdict =
  /** `offline`: decided by this device. */
  | { kind: 'result'; result: ScanResult; offline: boolean; count: number }
  /** The server answered, but not about the ticket: a wrong clock, an unknown fault. */
  | { kind: 'failed'; error: ApiError };
/** A code for several persons was read: how many of them pass now? `size`: how many it is for, null when nobody here knows. */
export interface GroupQuestion { code: string; direction: Direction; size: number | null; inside: number }

/** How many of the group may pass this way; null when nobody here knows. */
export const mayPass = ({ direction, size, inside }: GroupQuestion): number | null =>
  (size === null ? null : direction === 'entry' ? Math.max(0, size - inside) : inside);

/** A code that stays before the camera is one scan: it counts anew only after it was out of sight for this long, ms. */
const OUT_OF_SIGHT = 2500;
/** A guard with a queue before them waits no longer than this for the server, ms. */
const ANSWER_WITHIN = 2500;
/** When this device alone would have to refuse: the server may know better, so that it is waited for longer, ms. */
const ANSWER_AT_LAST = 8000;
const AGAIN_AFTER = [300, 1000, 2000, 4000];

const current = shallowRef<Verdict | null>(null);
const question = shallowRef<GroupQuestion | null>(null);
const asking = ref(false);
const waitingSince = ref<number | null>(null);
let stop: AbortController | undefined;
let lastCode = '';
let lastSeen = 0;

export const verdict = computed(() => current.value);
export const groupQuestion = computed(() => question.value);
/** A scan is on its way; nothing else is taken. */
export const scanBusy = readonly(asking);
/** Since when the present scan waits for a network; null while it goes normally. */
export const scanWaiting = readonly(waitingSince);

/** What the camera sees, many times a second. */
export function seen(code: string, direction: Direction): void {
  const now = Date.now();
  const same = code === lastCode && now - lastSeen < OUT_OF_SIGHT;
  lastSeen = now;
  if (same || asking.value || current.value || question.value) return;
  lastCode = code;
  present(code, direction);
}

/** Somebody holds up a code. For one person it is scanned; for several the guard is asked how many pass now. */
export function present(code: string, direction: Direction): void {
  if (asking.value) return;
  question.value = null;
  const gate = offlineGate.value;
  const found = gate?.find(code) ?? null;
  const size = found === null || typeof found === 'string' || (!found.booked && kindOf(code) === 'group') ? null : found.facts.size ?? 1;
  if (size === null ? kindOf(code) !== 'group' : size === 1) return void scan(code, direction);
  current.value = null;
  question.value = { code, direction, size, inside: found && typeof found !== 'string' ? gate!.hall!.insideOf(found) : 0 };
}

/** So many of the group pass. */
export function answerGroup(count: number): void {
  const asked = question.value;
  question.value = null;
  if (asked) void scan(asked.code, asked.direction, count);
}
export function leaveGroup(): void {
  question.value = null;
  lastSeen = Date.now();
}

/**
 * Nobody here knew that this number is a group's (a phone that was bound a second ago, a browser that keeps nothing): one has passed with it,
 * and the guard is asked for the others.
 */
function askForRest({ admitted, direction, group }: ScanResult, code: string): void {
  if (!admitted || !group) return;
  const rest = { code, direction, size: group.size, inside: group.inside };
  if (mayPass(rest)) question.value = rest;
}

/**
 * Decides about a code, with the server or without. Nothing happens while another scan is on its way.
 * @param asked how many pass, as the guard said; absent: the guard was not asked, and it is one
 */
export async function scan(code: string, direction: Direction, asked?: number): Promise<void> {
  if (asking.value) return;
  const count = asked ?? 1;
  asking.value = true;
  current.value = null;
  stop = new AbortController();
  const attempt = { code: code.slice(0, 512), direction, count };
  const gate = offlineGate.value;
  let record: GateRecord | null = null;
  try {
    record = gate && await gate.begin(attempt).catch((error: unknown) => { console.error('A scan could not be noted; it is asked with a network only:', error); return null; });
    const here = gate && record && await decidedHere(gate, record, stop.signal);
    if (here) show(here, true, count);
    else {
      const body = { id: record?.id ?? newId(), ...attempt, count: count > 1 ? count : undefined, leaseId: record?.leaseId ?? undefined, happenedAt: (gate?.now() ?? new Date()).toISOString() };
      const answer = await ask(body, gate, record, stop.signal, count);
      if (answer && asked === undefined) askForRest(answer, code);
    }
  } catch (error) {
    if (stop.signal.aborted) {
      if (record) await gate?.gaveUp(record).catch((fault: unknown) => console.error('What a scan may have used could not be noted:', fault));
      return;
    }
    if (!(error instanceof ApiError)) console.error('A scan was not kept:', error);
    else if (error.status === 401) void refreshDevice();
    current.value = { kind: 'failed', error: error instanceof ApiError ? error : new ApiError('unreadable', t('gate.alone.notKept'), 0, '') };
    sound(false);
  } finally {
    asking.value = false;
    waitingSince.value = null;
    void look();
  }
}

/** Registers and admits somebody without a ticket. Null when this device knows nothing of the fair. */
export async function admitWalkIn(persons: number): Promise<ScanResult | null> {
  const result = await offlineGate.value?.walkIn(persons) ?? null;
  if (result) show(result, true, persons);
  void look();
  return result;
}

/** A verdict of somebody else's making: shown as a scan's own. */
export function show(result: ScanResult, offline: boolean, count: number): void {
  current.value = { kind: 'result', result, offline, count };
  if (!offline) noteZone(result);
  sound(result.admitted);
}

/** Without a network, and while earlier scans are still on their way to the server, a scan is decided here. Null: the server is asked. */
async function decidedHere(gate: OfflineGate, record: GateRecord, signal: AbortSignal): Promise<ScanResult | null> {
  if (!gate.hall) return null;
  if (deviceLostAt.value !== null || !navigator.onLine) return gate.decideHere(record);
  if (alone.waiting === 0) return null;
  const done = await Promise.race([uploadNow(), new Promise<false>(resolve => setTimeout(() => resolve(false), ANSWER_WITHIN))]);
  if (signal.aborted) return null;
  return done && alone.waiting === 0 ? null : gate.decideHere(record);
}

type Asked = { id: string; code: string; direction: Direction; count?: number; leaseId?: string; happenedAt: string };

/** @returns the server's answer; null: it was decided here */
async function ask(body: Asked, gate: OfflineGate | null, record: GateRecord | null, signal: AbortSignal, count: number): Promise<ScanResult | null> {
  const alternative = gate?.hall && record ? { gate, record } : null;
  const result = await answerOf(body, signal, () => alternative !== null && alternative.gate.wouldAdmit(alternative.record), alternative !== null);
  if (result) {
    if (gate && record) await gate.answered(record, result);
    show(result, false, count);
  } else if (alternative) {
    noteLost();
    void refreshDevice();
    const here = await alternative.gate.decideHere(alternative.record);
    if (here) show(here, true, count);
  }
  return result;
}

/**
 * The server's answer; the same question is put again until there is one. Null when it has taken too long for a guard who can do
 * without (`canDecide`): soon if this device would admit, later if it would refuse.
 */
async function answerOf(body: Asked, signal: AbortSignal, wouldAdmit: () => boolean, canDecide: boolean): Promise<ScanResult | null> {
  const slow = setTimeout(() => { waitingSince.value ??= Date.now(); }, 1500);
  const since = performance.now();
  const left = () => (canDecide ? (wouldAdmit() ? ANSWER_WITHIN : ANSWER_AT_LAST) - (performance.now() - since) : ANSWER_AT_LAST);
  try {
    for (let attempt = 0; ; attempt++) {
      const within = left();
      if (within <= 0) return null;
      try {
        return await api('POST /scans', { body, signal, timeout: within });
      } catch (error) {
        // No answer says nothing about the ticket: the same scan is asked again, until it is answered, decided here, or given up.
        if (!(error instanceof ApiError) || (error.status !== 0 && error.status < 500)) throw error;
        if (canDecide && (!navigator.onLine || (attempt > 0 && wouldAdmit()))) return null;
        if (!canDecide || attempt > 0) waitingSince.value ??= Date.now();
        await new Promise(done => setTimeout(done, AGAIN_AFTER[Math.min(attempt, AGAIN_AFTER.length - 1)]));
        if (signal.aborted) throw error;
      }
    }
  } finally {
    clearTimeout(slow);
  }
}

/** The guard does not wait any longer for a network. */
export const giveUp = (): void => stop?.abort();

/** The verdict was read; the next person may come. */
export function nextPerson(): void {
  current.value = null;
  lastSeen = Date.now();
}
