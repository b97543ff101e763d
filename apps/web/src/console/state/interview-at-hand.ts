/** One interview for the page that shows it and the parts below: its facts, its text, its sheets; pushed, and commanded. */
import type { AnyEnvelope, Interview, InterviewMessage, Sheets } from '#libs/contracts';
import { computed, inject, onScopeDispose, provide, shallowRef, watch as whenever, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import { account } from '../../net/account';
import { ApiError, api } from '../../net/api';
import { atMostEvery, useOrganisationEvents } from './events';
import { useLoad, type Loading } from './load';
import { useActing } from './acting';

export interface InterviewAtHand {
  id: string;
  load: Loading<Interview>;
  interview: ComputedRef<Interview | undefined>;
  /** I am one of its interviewers; `leads`: the first of them. */
  inside: ComputedRef<boolean>;
  leads: ComputedRef<boolean>;
  messages: ShallowRef<InterviewMessage[]>;
  sheets: Loading<Sheets>;
  /** What is being done now; empty: nothing. */
  doing: Ref<string>;
  problem: ShallowRef<ApiError | null>;
  /** Does one command at a time; true when it was done, else `problem` says why. */
  act(what: string, work: () => Promise<unknown>): Promise<boolean>;
  /** Takes the answer of a command, so that it shows at once. */
  take(answer: { interview?: Interview; message?: InterviewMessage; sheets?: Sheets }): void;
}
const KEY: InjectionKey<InterviewAtHand> = Symbol('interview');
const ofInterview = ['interview.called', 'interview.statusChanged', 'interview.updated', 'interview.decided', 'interviewMessage.sent', 'scoreSheet.saved'] as const;

/** Lines in order, each once. */
export function mergeLines(known: readonly InterviewMessage[], came: readonly InterviewMessage[]): InterviewMessage[] {
  const all = new Map([...known, ...came].map(one => [one.seq, one]));
  return [...all.values()].sort((a, b) => a.seq - b.seq);
}

/** Call in the setup of the page of one interview. */
export function provideInterview(id: string): InterviewAtHand {
  const params = { interviewId: id };
  const messages = shallowRef<InterviewMessage[]>([]);
  const load = useLoad(signal => api('GET /interviews/:interviewId', { params, signal }));
  const sheets = useLoad(signal => api('GET /interviews/:interviewId/sheets', { params, signal }));
  const last = () => messages.value[messages.value.length - 1]?.seq ?? 0;
  let reading = false;
  let more = false;
  async function read(): Promise<void> {
    if (reading) return void (more = true);
    reading = true;
    try {
      messages.value = mergeLines(messages.value, await api('GET /interviews/:interviewId/messages', { params, query: { after: last() || undefined } }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('The text was not read:', error.code); // the next line asks again
    } finally { reading = false; }
    if (more) { more = false; await read(); }
  }
  const again = { facts: atMostEvery(300, load.reload), sheets: atMostEvery(500, sheets.reload), text: atMostEvery(150, read) };
  function heard(event: AnyEnvelope) {
    if (!('interviewId' in event.data) || event.data.interviewId !== id) return;
    if (event.type === 'interviewMessage.sent') { if (event.data.seq > last()) again.text(); } else if (event.type === 'scoreSheet.saved') again.sheets();
    else again.facts();
  }
  useOrganisationEvents({ types: ofInterview, heard, missed() { again.facts(); again.sheets(); again.text(); } });
  whenever(load.data, (now, before) => {
    if (now && now.lastSeq > last()) again.text();
    if (now && before && now.status !== before.status) again.sheets();
  });
  let clock: ReturnType<typeof setInterval> | undefined = setInterval(() => { if (load.data.value?.status === 'called' && !document.hidden) again.facts(); }, 15_000);
  onScopeDispose(() => { clearInterval(clock); clock = undefined; });

  const { doing, problem, act } = useActing(() => again.facts());
  const me = () => account.value?.accountId;
  const atHand: InterviewAtHand = {
    id, load, sheets, messages, doing, problem, act, interview: computed(() => load.data.value),
    inside: computed(() => load.data.value?.interviewers.some(one => one.accountId === me()) ?? false),
    leads: computed(() => load.data.value?.interviewers[0]?.accountId === me()),
    take({ interview, message, sheets: newer }) {
      if (interview) load.data.value = interview;
      if (message) messages.value = mergeLines(messages.value, [message]);
      if (newer) sheets.data.value = newer;
    },
  };
  provide(KEY, atHand);
  return atHand;
}

/** The interview whose page this is. */
export function useInterview(): InterviewAtHand {
  const atHand = inject(KEY);
  if (!atHand) throw new Error('useInterview belongs below the page of an interview.');
  return atHand;
}
