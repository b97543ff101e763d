import { onScopeDispose, ref, type Ref } from 'vue';

/** The Screen Wake Lock, as far as it is used here; Safari has it from 16.4, WeChat's browser mostly not. */
interface Sentinel { released: boolean; release(): Promise<void>; addEventListener(type: 'release', act: () => void): void }
interface WithWakeLock { wakeLock?: { request(type: 'screen'): Promise<Sentinel> } }

/** Keeps the screen from going dark while the component lives. True while it does; where it cannot be had it stays false. */
export function useWakeLock(): Ref<boolean> {
  const held = ref(false);
  const lock = (navigator as unknown as WithWakeLock).wakeLock;
  let sentinel: Sentinel | undefined;
  let ended = false;
  async function ask(): Promise<void> {
    if (!lock || document.hidden || ended) return;
    try {
      sentinel = await lock.request('screen');
      if (ended) return void sentinel.release();
      held.value = true;
      sentinel.addEventListener('release', () => { held.value = false; });
    } catch (error) {
      console.warn('Screen may go dark:', error); // low battery, or forbidden
    }
  }
  // The browser takes it back whenever the page is hidden.
  const again = () => void ask();
  document.addEventListener('visibilitychange', again);
  void ask();
  onScopeDispose(() => {
    ended = true;
    document.removeEventListener('visibilitychange', again);
    if (sentinel && !sentinel.released) void sentinel.release();
  });
  return held;
}
