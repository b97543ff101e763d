import type { MediaReadiness } from '#libs/contracts';
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { ApiError, api } from '../../net/api';

/** Whether live media is there; asked again every few seconds until it is, so that a page goes on by itself. */
export function useReadiness(): ShallowRef<MediaReadiness | undefined> {
  const readiness = shallowRef<MediaReadiness>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  async function ask() {
    try {
      readiness.value = await api('GET /media/readiness');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('Whether live media is ready was not answered:', error.code); // asked again
    }
    if (!ended && readiness.value?.state !== 'ready') timer = setTimeout(() => void ask(), readiness.value?.state === 'unavailable' ? 30_000 : 3000);
  }
  void ask();
  onScopeDispose(() => { ended = true; clearTimeout(timer); });
  return readiness;
}
