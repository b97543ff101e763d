/**
 * A new version of the scanner. It is fetched and kept beside the running one, and takes over when the guard says so between two
 * scans, or when the page is opened and the server is there: never by itself in the middle of a scan, nor without a network.
 */
import { readonly, ref } from 'vue';
import { keepOffline } from '../net/offline';

const SCOPE = '/gate/';
const LOOK_EVERY = 30 * 60_000;
/** A little later the guard may scan already, ms. */
const ANSWER_WITHIN = 1500;
const ready = ref(false);
const changing = ref(false);
let registration: ServiceWorkerRegistration | undefined;

export const updateReady = readonly(ready);
export const updating = readonly(changing);

/**
 * Whether the server answers now. A new worker's running time is a new one, which ends the lease: without the server no other can be had.
 */
async function serverAnswers(): Promise<boolean> {
  if (!navigator.onLine) return false;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN);
  try {
    return (await fetch('/gate/sw.js', { method: 'HEAD', cache: 'no-store', signal: stop.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps the page on the phone, and takes a version that waits already: nobody is scanned yet. Call once when the page opens. */
export async function keepScanner(): Promise<void> {
  await keepOffline('/gate/sw.js', SCOPE);
  registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration(SCOPE) : undefined;
  if (!registration) return;
  const opened = registration;
  if (opened.waiting && navigator.serviceWorker.controller) {
    if (await serverAnswers()) return useUpdate();
    ready.value = true; // the guard is asked once there is a network
  }
  opened.addEventListener('updatefound', () => {
    const next = opened.installing;
    // Without a controller it is the first version.
    next?.addEventListener('statechange', () => { if (next.state === 'installed' && navigator.serviceWorker.controller) ready.value = true; });
  });
  // A scanner is open all day.
  setInterval(() => void opened.update().catch((error: unknown) => console.warn('No newer version could be looked for:', error)), LOOK_EVERY);
  // Asked once: what is kept is not thrown away when the phone is short of room.
  await navigator.storage?.persist?.();
}

/** Loads the page anew with the version that waits. */
export function useUpdate(): void {
  const waiting = registration?.waiting;
  if (!waiting || changing.value) return;
  changing.value = true;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage({ type: 'SKIP_WAITING' });
}
