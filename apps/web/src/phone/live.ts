/** What the phone's other pages show of live broadcasts. Only this is in their code: words and parts come when they are shown. */
import { defineAsyncComponent } from 'vue';
import { idle } from './state/idle';

const words = () => import('./state/live-words').then(({ openLiveWords }) => openLiveWords());
/** A part or page, once its words are there too. */
const withWords = <T>(load: () => Promise<T>) => async (): Promise<T> => (await Promise.all([load(), words()]))[0];

/** Of a fair: who is live now, what comes, replays. Shows nothing where there is nothing. `fairId`. */
export const LiveList = defineAsyncComponent(withWords(() => import('./parts/live/LiveList.vue')));
/** Of the first page: one broadcast that is on now. `fairId`. */
export const LiveNow = defineAsyncComponent(withWords(() => import('./parts/live/LiveNow.vue')));
/** A finger on a broadcast: its page's code, and that of WebRTC, begin to come before the finger is lifted. */
export const warmLiveRoom = (): void => void Promise.all([liveRoom(), import('../media/room-client').then(({ warmUp }) => warmUp())]).catch((error: unknown) => console.warn('Live page:', error));
/** Somebody is on the air and can be seen in a list: the code comes while the browser has nothing better to do; not where the reader saves data. */
export async function warmLiveRoomSoon(): Promise<void> {
  const { saveData, effectiveType } = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection ?? {};
  if (saveData || effectiveType === '2g' || effectiveType === 'slow-2g') return;
  await idle();
  warmLiveRoom();
}
export const liveRoom = withWords(() => import('./pages/LiveRoom.vue'));
