import type { Page } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { useLoad, type Loading } from './load';

export interface Pages<T> {
  first: Loading<Page<T>>;
  items: ComputedRef<T[]>;
  /** There is more to fetch. */
  more: ComputedRef<boolean>;
  busy: Ref<boolean>;
  /** Why the next page did not come; the list stays. */
  error: Ref<unknown>;
  next(): Promise<void>;
  /** Starts again from the first page, after a filter changed. */
  restart(): Promise<void>;
}

/** A long list, page by page with the server's cursor. */
export function usePages<T>(ask: (after: string | undefined, signal?: AbortSignal) => Promise<Page<T>>, keepAs?: string): Pages<T> {
  const rest = shallowRef<T[]>([]);
  const cursor = shallowRef<string | null>();
  const busy = ref(false);
  const error = shallowRef<unknown>();
  let round = 0;
  const first = useLoad(async signal => {
    round++;
    const page = await ask(undefined, signal);
    rest.value = [];
    cursor.value = page.next;
    return page;
  }, keepAs);
  const data = computed(() => first.data.value);
  onScopeDispose(() => { round++; });
  return {
    first, busy, error,
    items: computed(() => [...data.value?.items ?? [], ...rest.value]),
    more: computed(() => !!cursor.value),
    async next() {
      if (busy.value || !cursor.value) return;
      const mine = round;
      busy.value = true;
      error.value = undefined;
      try {
        const page = await ask(cursor.value);
        if (mine !== round) return;
        rest.value = [...rest.value, ...page.items];
        cursor.value = page.next;
      } catch (problem) {
        if (mine === round) error.value = problem;
      } finally { busy.value = false; }
    },
    async restart() {
      rest.value = [];
      cursor.value = null;
      error.value = undefined;
      await first.reload();
    },
  };
}
