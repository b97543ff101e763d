import { ref } from 'vue';
import { remember, remembered } from '../net/remember';

const KEPT_AS = 'fw-fair';
/** The fair that this person works on: pages that need one open it, the newest choice is remembered. Empty: none yet. */
export const chosenFair = ref(remembered(KEPT_AS) ?? '');
export function chooseFair(fairId: string): void {
  chosenFair.value = fairId;
  remember(KEPT_AS, fairId);
}
