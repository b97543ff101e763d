import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ApiError } from '../../net/api';

export interface Acting {
  /** The name of what is under way; '': nothing. */
  doing: Ref<string>;
  /** Why the last one was refused. */
  problem: ShallowRef<ApiError | null>;
  /** Does one thing at a time. False: something else is under way, or it was refused. */
  act(what: string, work: () => Promise<unknown>): Promise<boolean>;
}

/** The commands of a page that shows one live thing. @param refused called after a refusal, to look at what is so now */
export function useActing(refused?: () => void): Acting {
  const doing = ref('');
  const problem = shallowRef<ApiError | null>(null);
  async function act(what: string, work: () => Promise<unknown>): Promise<boolean> {
    if (doing.value) return false;
    doing.value = what;
    problem.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem.value = error;
      refused?.();
      return false;
    } finally { doing.value = ''; }
  }
  return { doing, problem, act };
}
