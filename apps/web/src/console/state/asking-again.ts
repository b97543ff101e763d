import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue';
import { useNow } from '../../parts/now';
import type { Loading } from './load';

export interface AskedAgain {
  /** When the last answer came, this device's clock. */
  at: Ref<number | null>;
  /** Three answers have not come. */
  stale: ComputedRef<boolean>;
}

/** What no event tells, or not surely: asked for again every `every` ms while the page is seen, and when it is seen again. @param again asks */
export function useAskedAgain<T>({ data }: Loading<T>, again: () => void, every: number): AskedAgain {
  const at = ref<number | null>(null);
  watch(data, () => { at.value = Date.now(); });
  const ifSeen = () => { if (!document.hidden) again(); };
  const timer = setInterval(ifSeen, every);
  document.addEventListener('visibilitychange', ifSeen);
  onScopeDispose(() => { clearInterval(timer); document.removeEventListener('visibilitychange', ifSeen); });
  const now = useNow();
  return { at, stale: computed(() => at.value !== null && now.value - at.value > 3 * every) };
}
