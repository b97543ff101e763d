/** One scan at a time: from what was read to a verdict. A scan keeps its id while it is asked again, so it counts once. */
import type { ScanResult } from '#libs/contracts';
import { computed, readonly, ref, shallowRef } from 'vue';
import { api, ApiError, newId } from '../net/api';
import { noteZone, refreshDevice } from './device';
import { sound } from './sound';

export type Direction = 'entry' | 'exit';
export type Verdict =
  | { kind: 'result'; result: ScanResult }
  /** The server answered, but not about the ticket: a wrong clock, an unknown fault. */
  | { kind: 'failed'; error: ApiError };

/** A code that stays before the camera is one scan: it counts anew only after it was out of sight for this long, ms. */
const OUT_OF_SIGHT = 2500;
const AGAIN_AFTER = [500, 1000, 2000, 4000];

const current = shallowRef<Verdict | null>(null);
const asking = ref(false);
const waitingSince = ref<number | null>(null);
let stop: AbortController | undefined;
let lastCode = '';
let lastSeen = 0;

export const verdict = computed(() => current.value);
/** A scan is on its way; nothing else is taken. */
export const scanBusy = readonly(asking);
/** Since when the present scan waits for a network; null while it goes normally. */
export const scanWaiting = readonly(waitingSince);

/** What the camera sees, many times a second. */
export function seen(code: string, direction: Direction): void {
  const now = Date.now();
  const same = code === lastCode && now - lastSeen < OUT_OF_SIGHT;
  lastSeen = now;
  if (same || asking.value || current.value) return;
  lastCode = code;
  void scan(code, direction);
}

/** Asks the server about a code. Nothing happens while another scan is on its way. */
export async function scan(code: string, direction: Direction): Promise<void> {
  if (asking.value) return;
  asking.value = true;
  current.value = null;
  stop = new AbortController();
  const body = { id: newId(), code: code.slice(0, 512), direction, happenedAt: new Date().toISOString() };
  try {
    const result = await untilAnswered(body, stop.signal);
    current.value = { kind: 'result', result };
    noteZone(result);
    sound(result.admitted);
  } catch (error) {
    if (stop.signal.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) void refreshDevice();
    current.value = { kind: 'failed', error };
    sound(false);
  } finally {
    asking.value = false;
    waitingSince.value = null;
  }
}

async function untilAnswered(body: { id: string; code: string; direction: Direction; happenedAt: string }, signal: AbortSignal): Promise<ScanResult> {
  const slow = setTimeout(() => { waitingSince.value ??= Date.now(); }, 1500);
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        return await api('POST /scans', { body, signal, timeout: 8000, repeatable: true });
      } catch (error) {
        // No answer says nothing about the ticket: the same scan is asked again, until it is answered or given up.
        if (!(error instanceof ApiError) || (error.status !== 0 && error.status < 500)) throw error;
        waitingSince.value ??= Date.now();
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
