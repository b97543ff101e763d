import { onScopeDispose, readonly, ref } from 'vue';
import { onServer } from '../net/on-server';

const now = ref(Date.now());
let held = false;
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, once a second, from one timer for the whole page; it rests while nobody looks. Epoch ms. */
export function useNow() {
  if (onServer) return readonly(now);
  if (!held) now.value = Date.now();
  if (watchers++ === 0) timer = setInterval(() => { if (!document.hidden && !held) now.value = Date.now(); }, 1000);
  onScopeDispose(() => { if (--watchers === 0) clearInterval(timer); });
  return readonly(now);
}

/** It is `at` (epoch ms): a page is written for that instant, and taken over at it. */
export function holdNow(at: number): void {
  held = true;
  now.value = at;
}

/** Time goes on after `holdNow`. */
export function letNowRun(): void {
  held = false;
  now.value = Date.now();
}
