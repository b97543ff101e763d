/** One person's interview at a station's computer: what their own page would read, for this interview only; nothing of it is kept when the page is left. */
import type { InterviewMessage, MyInterview } from '#libs/contracts';
import { computed, onScopeDispose, shallowRef, watch as whenever, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { ApiError, api } from '../../net/api';
import { mergeLines } from './interview-at-hand';
import { useLoad, type Loading } from './load';
import { useActing } from './acting';

/** The server pushes a clerk nothing of a person's interview: it is asked again. */
const EVERY = 2500;
export interface StationInterview {
  load: Loading<MyInterview>;
  interview: ComputedRef<MyInterview | undefined>;
  messages: ShallowRef<InterviewMessage[]>;
  doing: Ref<string>;
  problem: ShallowRef<ApiError | null>;
  send(text: string): Promise<boolean>;
  answer(yes: boolean): Promise<boolean>;
}

export function useStationInterview(personId: string, interviewId: string): StationInterview {
  const params = { personId, interviewId };
  const messages = shallowRef<InterviewMessage[]>([]);
  const load = useLoad(signal => api('GET /station/people/:personId/interviews/:interviewId', { params, signal }));
  const last = () => messages.value[messages.value.length - 1]?.seq ?? 0;
  async function read(): Promise<void> {
    try {
      messages.value = mergeLines(messages.value, await api('GET /station/people/:personId/interviews/:interviewId/messages', { params, query: { after: last() || undefined } }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('The text was not read:', error.code); // asked again with the next look
    }
  }
  whenever(load.data, now => { if (now && now.lastSeq > last()) void read(); });
  const open = () => load.data.value?.status === 'called' || load.data.value?.status === 'running';
  const timer = setInterval(() => { if (open()) void load.reload(); }, EVERY);
  onScopeDispose(() => clearInterval(timer));
  const { doing, problem, act } = useActing();
  return {
    load, messages, doing, problem, interview: computed(() => load.data.value),
    send: text => act('say', async () => { messages.value = mergeLines(messages.value, [await api('POST /station/people/:personId/interviews/:interviewId/messages', { params, body: { text } })]); }),
    answer: yes => act('answer', async () => { await api('PUT /station/people/:personId/interviews/:interviewId/recording/answer', { params, body: { yes } }); await load.reload(); }),
  };
}
