import { readonly, shallowRef } from 'vue';

const shown = shallowRef('');
let timer: ReturnType<typeof setTimeout> | undefined;

/** One line at the foot of the page, for four seconds; a screen reader speaks it. */
export const noticeText = readonly(shown);

export function notice(text: string): void {
  clearTimeout(timer);
  shown.value = text;
  timer = setTimeout(() => { shown.value = ''; }, 4000);
}
