import type { Page } from '#libs/contracts';
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { ApiError } from '../../../../net/api';
import { usePages, type Paged } from '../../../state/load';

interface Row { id: string }
export interface LivePages<T extends Row> {
  pages: Paged<T>;
  items: ComputedRef<T[]>;
  /** Ids that came while the page was open and were not looked at yet. */
  fresh: Ref<ReadonlySet<string>>;
  /** Asks for what is new on top; the rest stays where it is. */
  look(): Promise<void>;
  /** Shows a newer state of one row. */
  put(row: T): void;
  /** It is looked at; without an id: all are. */
  seen(id?: string): void;
  /** From the start again: a filter changed. */
  restart(): Promise<void>;
}
const MOST = 100;

/** A long list, the newest first, into which new rows come at the top while one reads. */
export function useLivePages<T extends Row>(ask: (query: { after?: string; limit: number }, signal?: AbortSignal) => Promise<Page<T>>): LivePages<T> {
  const pages = usePages<T>((after, signal) => ask({ after, limit: 30 }, signal));
  const arrived = shallowRef<T[]>([]);
  const newer = shallowRef<ReadonlyMap<string, T>>(new Map());
  const fresh = ref<ReadonlySet<string>>(new Set());
  let round = 0;
  const items = computed(() => {
    const known = new Set(pages.items.value.map(one => one.id));
    return [...arrived.value.filter(one => !known.has(one.id)), ...pages.items.value].map(one => newer.value.get(one.id) ?? one);
  });

  async function restart(): Promise<void> {
    round++;
    [arrived.value, newer.value, fresh.value] = [[], new Map(), new Set()];
    await pages.restart();
  }
  return {
    pages, items, fresh, restart,
    async look() {
      if (!pages.first.data.value) return void await pages.restart();
      const mine = round;
      let page: Page<T>;
      try {
        page = await ask({ limit: MOST });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return; // the line or the next look brings it
      }
      if (mine !== round) return;
      const known = new Set(items.value.map(one => one.id));
      const end = page.items.findIndex(one => known.has(one.id));
      if (end < 0 && known.size && page.next !== null) return restart(); // more came than one answer holds
      const top = page.items.slice(0, end < 0 ? page.items.length : end);
      arrived.value = [...top, ...arrived.value];
      newer.value = new Map([...newer.value, ...page.items.slice(top.length).map(one => [one.id, one] as const)]);
      fresh.value = new Set([...top.map(one => one.id), ...fresh.value]);
    },
    put(row) { newer.value = new Map(newer.value).set(row.id, row); },
    seen(id) { fresh.value = new Set(id === undefined ? [] : [...fresh.value].filter(one => one !== id)); },
  };
}
