import { onScopeDispose, ref, type Ref } from 'vue';
import { api, ApiError } from '../../net/api';
import { deviceId } from '../../net/device-id';

const EVERY = 1000;
const MOST = 50;

/** Taps become one request a second; what could not be sent is let go: nobody waits for a like. `own`: taps that the server has not counted yet. */
export function useLikes(broadcastId: string): { like(): void; own: Ref<number> } {
  const own = ref(0);
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function send(): Promise<void> {
    timer = undefined;
    const now = Math.min(count, MOST);
    count = 0;
    try {
      await api('POST /broadcasts/:broadcastId/likes', { params: { broadcastId }, body: { count: now, deviceId: deviceId() } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('Likes:', error.message);
    }
    own.value = 0; // by now in the picture, or a moment later
  }
  onScopeDispose(() => { if (timer) { clearTimeout(timer); void send(); } });
  return {
    own,
    like() {
      count++;
      own.value++;
      timer ??= setTimeout(() => void send(), EVERY);
    },
  };
}
