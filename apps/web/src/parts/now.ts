import { onScopeDispose, readonly, ref } from 'vue';

const now = ref(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, once a second, from one timer for the whole page; it rests while nobody looks. Epoch ms. */
export function useNow() {
  now.value = Date.now();
  if (watchers++ === 0) timer = setInterval(() => { if (!document.hidden) now.value = Date.now(); }, 1000);
  onScopeDispose(() => { if (--watchers === 0) clearInterval(timer); });
  return readonly(now);
}
