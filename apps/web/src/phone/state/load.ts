import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ApiError } from '../../net/api';
import { onServer } from '../../net/on-server';
import { heard, missed } from './reach';
import { seen, keepSeen } from './seen';

export interface Loading<T> {
  /** What was asked for, or what was kept of an earlier visit while `keptAt` is set. */
  data: ShallowRef<T | undefined>;
  error: Ref<unknown>;
  /** When the shown copy was fetched, epoch ms, while nothing newer has come; null when it is fresh. */
  keptAt: Ref<number | null>;
  reload(): Promise<void>;
}

/** A page is served with answers of its minute; milliseconds. */
const FRESH = 120_000;

/**
 * Asks for what a page shows, at once and on `reload`. With `keepAs` the answer is kept on the phone: the next visit shows
 * it at once, and goes on showing it where there is no network. `first` is a copy that came with the page itself: nothing
 * newer is asked for while it is fresh. A failed reload leaves what is there and sets `error`.
 */
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, keepAs?: string, first?: { at: number; data: T }): Loading<T> {
  const data = shallowRef<T | undefined>(first?.data);
  const error = shallowRef<unknown>();
  const fresh = !!first && Math.abs(Date.now() - first.at) < FRESH;
  const keptAt = ref<number | null>(first && !fresh ? first.at : null);
  let asking: AbortController | undefined;

  async function reload(): Promise<void> {
    asking?.abort();
    const mine = asking = new AbortController();
    error.value = undefined;
    if (keepAs && (data.value === undefined || keptAt.value !== null)) {
      void seen<T>(keepAs).then(copy => {
        const newer = copy && (data.value === undefined || (keptAt.value !== null && copy.at > keptAt.value));
        if (!newer || mine.signal.aborted) return;
        data.value = copy.data;
        keptAt.value = copy.at;
      });
    }
    try {
      data.value = await ask(mine.signal);
      keptAt.value = null;
      heard();
      if (keepAs) void keepSeen(keepAs, data.value);
    } catch (problem) {
      if (mine.signal.aborted) return;
      if (problem instanceof ApiError && problem.status === 0) missed();
      error.value = problem;
    }
  }

  onScopeDispose(() => asking?.abort());
  if (fresh && keepAs && !onServer) void keepSeen(keepAs, first.data);
  if (!fresh && !onServer) void reload();
  return { data, error, keptAt, reload };
}

/** True when there is no point in showing the kept copy: what was asked for is gone. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
