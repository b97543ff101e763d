/** The gate's scanner in a browser. */
import type { Page } from 'playwright-core';
import { workerActive } from './chromium.js';
import { eventually } from './world.js';

// What runs inside the page is written as text: the server's types know no browser, and should not.
const leaseByWorkersTime = `(async () => {
  const worker = (await navigator.serviceWorker.getRegistration('/gate/')).active;
  const { port1, port2 } = new MessageChannel();
  const { origin } = await new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); worker.postMessage('gate-clock', [port2]); });
  const opening = indexedDB.open('fairwind-gate');
  const store = await new Promise((resolve, reject) => { opening.onsuccess = () => resolve(opening.result); opening.onerror = () => reject(opening.error); });
  const all = store.transaction('devices').objectStore('devices').getAll();
  const rows = await new Promise((resolve, reject) => { all.onsuccess = () => resolve(all.result); all.onerror = () => reject(all.error); });
  store.close();
  return rows.some(({ lease }) => lease?.since.origin === origin);
})()`;

/**
 * Waits until the scanner would work without a network even if it were opened anew: its worker is there, and its lease is counted
 * by the worker's running time, which a page takes up within ten seconds.
 */
export async function worksAlone(page: Page): Promise<void> {
  await eventually('the service worker', () => workerActive(page), 40_000);
  await eventually('a lease that outlives the page', () => page.evaluate<boolean>(leaseByWorkersTime), 40_000);
}

export interface Kept { id: string; state: string; outcome: string | null; result: { admitted: boolean; reason: string | null } | null }
/** What the scanner has on its disk, in order. */
export const kept = (page: Page): Promise<Kept[]> => page.evaluate<Kept[]>(`new Promise((resolve, reject) => {
  const opening = indexedDB.open('fairwind-gate');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const all = opening.result.transaction('records').objectStore('records').getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result.map(({ id, state, outcome, result }) => ({ id, state, outcome, result }))); };
  };
})`);
