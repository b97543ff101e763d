import { nextTick, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ApiError } from '../../net/api';

export interface Sending {
  busy: Ref<boolean>;
  /** What the server (or we) found wrong, by field path: a sentence each. */
  fields: Ref<Record<string, string>>;
  /** The refusal as a whole; null when every reason stands at its field. */
  problem: ShallowRef<ApiError | null>;
  /** Does `work` once at a time. False when it was refused: then `fields` or `problem` say why. */
  send(work: () => Promise<unknown>): Promise<boolean>;
  /** Shows errors that were found before sending; true when there are none. */
  check(found: Record<string, string>): boolean;
}

/** The first field that is marked wrong gets the focus. */
async function toFirstWrong(): Promise<void> {
  await nextTick();
  document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
}

/** Sending a form or a command. `shown`: the field paths that the form has a place for; without it every named field counts as shown. */
export function useSending(shown?: (field: string) => boolean): Sending {
  const busy = ref(false);
  const fields = ref<Record<string, string>>({});
  const problem = shallowRef<ApiError | null>(null);
  return {
    busy, fields, problem,
    async send(work) {
      if (busy.value) return false;
      busy.value = true;
      [fields.value, problem.value] = [{}, null];
      try {
        await work();
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        fields.value = error.fields;
        const named = Object.keys(error.fields);
        if (!named.length || (shown && !named.every(shown))) problem.value = error;
        void toFirstWrong();
        return false;
      } finally { busy.value = false; }
    },
    check(found) {
      fields.value = Object.fromEntries(Object.entries(found).filter(([, text]) => text));
      problem.value = null;
      const fine = !Object.keys(fields.value).length;
      if (!fine) void toFirstWrong();
      return fine;
    },
  };
}
