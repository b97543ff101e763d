/** What is written in an interview: read after the last that is known, sent one after the other. */
import type { InterviewMessage } from '#libs/contracts';
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { api, ApiError } from '../../net/api';
import type { MyMeeting } from './interview';

/** A line that has not gone out. */
export interface Unsent { key: number; text: string; failed: string }
export interface InterviewChat {
  messages: ShallowRef<InterviewMessage[]>;
  unsent: ShallowRef<Unsent[]>;
  /** Of the others, since `see` was last called. */
  unread: ComputedRef<number>;
  /** The newest of the others that was not seen. */
  newest: ComputedRef<InterviewMessage | undefined>;
  error: Ref<unknown>;
  send(text: string): void;
  again(key: number): void;
  see(): void;
}
export const MOST_LETTERS = 1000;

export function useInterviewChat(interviewId: string, meeting: MyMeeting): InterviewChat {
  const params = { interviewId };
  const messages = shallowRef<InterviewMessage[]>([]);
  const unsent = shallowRef<Unsent[]>([]);
  const seen = ref(0);
  const error = ref<unknown>();
  let reading = false;
  let more = false;
  let over = false;
  let keys = 0;
  let sending = Promise.resolve();
  onScopeDispose(() => { over = true; });
  const last = () => messages.value[messages.value.length - 1]?.seq ?? 0;
  function take(list: InterviewMessage[]): void {
    const known = new Map(messages.value.map(one => [one.seq, one]));
    for (const one of list) known.set(one.seq, one);
    messages.value = [...known.values()].sort((a, b) => a.seq - b.seq);
  }

  async function read(): Promise<void> {
    if (reading) { more = true; return; }
    reading = true;
    try {
      do {
        more = false;
        take(await api('GET /interviews/:interviewId/messages', { params, query: { after: last() } }));
        error.value = undefined;
      } while (more && !over);
    } catch (problem) {
      error.value = problem;
    } finally { reading = false; }
  }

  async function out(key: number): Promise<void> {
    const one = unsent.value.find(each => each.key === key);
    if (!one || over) return;
    try {
      take([await api('POST /interviews/:interviewId/messages', { params, body: { text: one.text } })]);
      unsent.value = unsent.value.filter(each => each.key !== key);
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      unsent.value = unsent.value.map(each => (each.key === key ? { ...each, failed: problem.message } : each));
    }
  }
  const queue = (key: number) => { sending = sending.then(() => out(key)).catch((problem: unknown) => console.warn('Message:', problem)); };

  meeting.onMessage(() => void read());
  void read();
  return {
    messages, unsent, error,
    unread: computed(() => messages.value.filter(one => !one.mine && one.seq > seen.value).length),
    newest: computed(() => [...messages.value].reverse().find(one => !one.mine && one.seq > seen.value)),
    send(text) {
      const key = ++keys;
      unsent.value = [...unsent.value, { key, text, failed: '' }];
      queue(key);
    },
    again(key) {
      unsent.value = unsent.value.map(each => (each.key === key ? { ...each, failed: '' } : each));
      queue(key);
    },
    see() { seen.value = last(); },
  };
}
