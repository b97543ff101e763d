import type { CheckWording, WordingProblem } from '#libs/contracts';
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { api, ApiError } from '../../../../net/api';

export const worded = ['title', 'conditions', 'content', 'payTerms'] as const satisfies (keyof CheckWording)[];

/**
 * What may not be published of these texts, asked half a second after the last key. When it cannot be asked, nothing is said:
 * publishing asks again.
 */
export function useWording(texts: () => CheckWording): { problems: ShallowRef<WordingProblem[]>; of(field: string): WordingProblem[] } {
  const problems = shallowRef<WordingProblem[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  async function look(): Promise<void> {
    asking?.abort();
    const mine = asking = new AbortController();
    const body = texts();
    if (!worded.some(field => body[field]?.trim())) return void (problems.value = []);
    try {
      const found = await api('POST /jobs/check-wording', { body, signal: mine.signal });
      if (!mine.signal.aborted) problems.value = found;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      console.warn('The wording was not checked', error.code);
    }
  }

  watch(() => JSON.stringify(texts()), () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), 500);
  }, { immediate: true });
  onScopeDispose(() => { clearTimeout(timer); asking?.abort(); });
  return { problems, of: field => problems.value.filter(one => one.field === field) };
}
