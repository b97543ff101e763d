import { readonly, ref } from 'vue';
import { onServer } from '../net/on-server';
import { remember, remembered, tellServer } from '../net/remember';

const KEPT_AS = 'fw-text';
const isLarge = ref(false);

/** 大字版: one switch for the whole phone surface, remembered. */
export const largeText = readonly(isLarge);

export function setLargeText(large: boolean): void {
  isLarge.value = large;
  if (onServer) return;
  if (large) document.documentElement.dataset.text = 'large';
  else delete document.documentElement.dataset.text;
  remember(KEPT_AS, large ? 'large' : 'normal');
  tellServer(KEPT_AS, large ? 'large' : 'normal');
}

/** Takes up the remembered size; before mounting. */
export const restoreTextSize = (): void => setLargeText(remembered(KEPT_AS) === 'large');
