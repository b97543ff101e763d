import type { Page } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { ApiError } from '../../net/api';

export interface Loading<T> {
  data: ShallowRef<T | undefined>;
  error: Ref<unknown>;
  /** Asks again; what is shown stays until the answer, and when it fails. */
  reload(): Promise<void>;
}

/** Asks for what a page shows, at once and on `reload`; an answer that a later question has overtaken is dropped. */
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>): Loading<T> {
  const data = shallowRef<T>();
  const error = shallowRef<unknown>();
  let asking: AbortController | undefined;
  async function reload(): Promise<void> {
    asking?.abort();
    const mine = asking = new AbortController();
    error.value = undefined;
    try {
      const answer = await ask(mine.signal);
      if (!mine.signal.aborted) data.value = answer;
    } catch (problem) {
      if (!mine.signal.aborted) error.value = problem;
    }
  }
  onScopeDispose(() => asking?.abort());
  void reload();
  return { data, error, reload };
}

/** What was asked for is gone, or is not ours to see. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

export interface Paged<T> {
  first: Loading<Page<T>>;
  items: ComputedRef<T[]>;
  more: ComputedRef<boolean>;
  busy: Ref<boolean>;
  /** Why the next page did not come; the list stays. */
  error: Ref<unknown>;
  next(): Promise<void>;
  /** From the first page again: a filter changed, or somebody else changed the list. */
  restart(): Promise<void>;
}

/** A long list, page by page with the server's cursor. */
export function usePages<T>(ask: (after: string | undefined, signal?: AbortSignal) => Promise<Page<T>>): Paged<T> {
  const rest = shallowRef<T[]>([]);
  const cursor = shallowRef<string | null>(null);
  const busy = ref(false);
  const error = shallowRef<unknown>();
  let round = 0;
  const first = useLoad(async signal => {
    round++;
    const page = await ask(undefined, signal);
    if (!signal.aborted) [rest.value, cursor.value, error.value] = [[], page.next, undefined];
    return page;
  });
  return {
    first, busy, error,
    items: computed(() => [...first.data.value?.items ?? [], ...rest.value]),
    more: computed(() => cursor.value !== null),
    async next() {
      if (busy.value || cursor.value === null) return;
      const mine = round;
      busy.value = true;
      error.value = undefined;
      try {
        const page = await ask(cursor.value);
        if (mine === round) [rest.value, cursor.value] = [[...rest.value, ...page.items], page.next];
      } catch (problem) {
        if (mine === round) error.value = problem;
      } finally { busy.value = false; }
    },
    restart: () => first.reload(),
  };
}
