/**
 * Registers a surface's service worker, so that its kept pages open without a network. It needs https or localhost; on plain
 * http nothing happens. A new version takes over when its pages are next opened.
 */
export async function keepOffline(worker: '/sw.js' | '/gate/sw.js', scope: '/' | '/gate/'): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker, { scope, updateViaCache: 'none' });
  } catch (error) {
    console.warn('No offline pages:', error); // private mode, an untrusted certificate: the page works without
  }
}
