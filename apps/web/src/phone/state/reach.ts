import { reactive, readonly } from 'vue';

const state = reactive({
  /** Since when the server has been out of reach, epoch ms; null while it answers. */
  lostAt: null as number | null,
});
const again = new Set<() => void>();

/** Whether the server answers, as the browser and our own requests say. */
export const reach = readonly(state);

/** The server answered. */
export function heard(): void {
  if (state.lostAt === null) return;
  state.lostAt = null;
  again.forEach(act => act());
}

/** A request found no network or no answer in time. */
export const missed = (): void => { state.lostAt ??= Date.now(); };

/** Calls `act` each time the network is back; the returned function ends that. */
export function whenBack(act: () => void): () => void {
  again.add(act);
  return () => again.delete(act);
}

/** Listens to the browser; once, when the page starts. */
export function watchReach(): void {
  if (!navigator.onLine) missed();
  addEventListener('offline', missed);
  addEventListener('online', () => {
    state.lostAt = null;
    again.forEach(act => act());
  });
}
