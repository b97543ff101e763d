import { shallowRef } from 'vue';

export interface Question {
  title: string;
  text?: string;
  /** The verb of what happens; its button. */
  action: string;
  /** The button that goes back, where “not now” would be unclear. */
  back?: string;
  /** The action takes something away or stops something: the button is vermilion. */
  danger?: boolean;
  /** Asks for a reason. `ready`: sentences that are often right, one tap each. */
  reason?: { label: string; hint?: string; required?: boolean; ready?: string[]; limit?: number };
  /** What is done with the answer; a refusal (ApiError) is shown in the dialog, which stays open with what was typed. */
  work: (reason: string) => Promise<unknown>;
}
export interface Open extends Question { done: (yes: boolean) => void }

/** The question that is open; AskHost in the shell shows it. */
export const asked = shallowRef<Open | null>(null);

/** Asks before something happens, and does it. Resolves true when it was done, false when the person went back. */
export function ask(question: Question): Promise<boolean> {
  asked.value?.done(false);
  return new Promise(resolve => {
    asked.value = { ...question, done: yes => { asked.value = null; resolve(yes); } };
  });
}
