/** One thing at a time on a card of mine: busy while it is done, and the refusal in words. */
import { ref, type Ref } from 'vue';
import { ApiError } from '../../net/api';
import { refreshMine } from './my-interviews';

export interface Acting {
  busy: Ref<boolean>;
  /** Why it was refused; empty: it was not. */
  problem: Ref<string>;
  /** Does `work` unless something is being done. A refusal is told in `problem`, and everything of mine is asked for anew. */
  act(work: () => Promise<void>): Promise<void>;
}

/** @param refused what else a refusal means here */
export function useAct(refused?: (error: ApiError) => void): Acting {
  const busy = ref(false);
  const problem = ref('');
  return {
    busy, problem,
    async act(work) {
      if (busy.value) return;
      busy.value = true;
      problem.value = '';
      try {
        await work();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        problem.value = error.message;
        refused?.(error);
        void refreshMine();
      } finally { busy.value = false; }
    },
  };
}
