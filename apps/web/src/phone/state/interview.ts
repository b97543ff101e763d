/** One interview of mine, kept up to date by the account's topic; nothing is asked again and again. */
import type { MyInterview, RecordingState } from '#libs/contracts';
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue';
import { account } from '../../net/account';
import { api, ApiError } from '../../net/api';
import { useTopic } from './line';
import { useLoad, type Loading } from './load';
import { whenBack } from './reach';

export interface MyMeeting {
  load: Loading<MyInterview>;
  interview: ComputedRef<MyInterview | undefined>;
  /** Minutes that were just added, for a few seconds; 0. */
  added: Ref<number>;
  /** One's own answer to the recording that is asked for; null: none yet. */
  answer: ComputedRef<boolean | null>;
  answering: Ref<boolean>;
  answerProblem: Ref<string>;
  say(yes: boolean): Promise<void>;
  /** A line was written: its number. */
  onMessage(act: () => void): void;
}

export function useInterview(interviewId: string): MyMeeting {
  const params = { interviewId };
  const load = useLoad(signal => api('GET /me/interviews/:interviewId', { params, signal }));
  const interview = computed(() => load.data.value);
  const heard = new Set<() => void>();
  watch(account, (is, was) => { if (is && !was) void load.reload(); });
  onScopeDispose(whenBack(() => void load.reload()));
  useTopic(() => (account.value ? { kind: 'account' } : null), {
    event(event) {
      if (!('interviewId' in event.data) || event.data.interviewId !== interviewId) return;
      if (event.type === 'interviewMessage.sent') heard.forEach(act => act());
      else if (event.type.startsWith('interview.')) void load.reload();
    },
    begun: () => { void load.reload(); heard.forEach(act => act()); },
    resync: () => { void load.reload(); heard.forEach(act => act()); },
  });

  const added = ref(0);
  let shown: ReturnType<typeof setTimeout> | undefined;
  watch(() => interview.value?.extended, (is, was) => {
    if (is === undefined || was === undefined || is <= was) return;
    added.value = is - was;
    clearTimeout(shown);
    shown = setTimeout(() => { added.value = 0; }, 8000);
  });
  onScopeDispose(() => clearTimeout(shown));

  const answering = ref(false);
  const answerProblem = ref('');
  async function say(yes: boolean): Promise<void> {
    if (answering.value) return;
    answering.value = true;
    answerProblem.value = '';
    try {
      const recording: RecordingState = await api('PUT /interviews/:interviewId/recording/answer', { params, body: { yes } });
      if (load.data.value) load.data.value = { ...load.data.value, recording };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answerProblem.value = error.message;
    } finally { answering.value = false; }
  }
  return {
    load, interview, added, answering, answerProblem, say,
    answer: computed(() => interview.value?.recording.answers.find(one => one.mine)?.yes ?? null),
    onMessage(act) {
      heard.add(act);
      onScopeDispose(() => heard.delete(act));
    },
  };
}
