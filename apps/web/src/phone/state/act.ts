/** One thing at a time: busy while it is done, and the refusal in words. */
import { ref, type Ref } from 'vue';
import { ApiError } from '../../net/api';

export interface Acting {
  busy: Ref<boolean>;
  /** Why it was refused; empty: it was not. */
  problem: Ref<string>;
  /** Does `work` unless something is being done. A refusal is told in `problem`. True when it was done. */
  act(work: () => Promise<void>): Promise<boolean>;
}

/** @param refused what else a refusal means here: to ask anew what is so now */
export function useAct(refused?: (error: ApiError) => void): Acting {
  const busy = ref(false);
  const problem = ref('');
  return {
    busy, problem,
    async act(work) {
      if (busy.value) return false;
      busy.value = true;
      problem.value = '';
      try {
        await work();
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        problem.value = error.message;
        refused?.(error);
        return false;
      } finally { busy.value = false; }
    },
  };
}
