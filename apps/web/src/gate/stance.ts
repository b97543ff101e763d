/** How the guard works at the moment: it lasts while they look at another page of the scanner. */
import { ref } from 'vue';
import type { Direction } from './scanning';

/** The guard has begun: from a tap on, browsers give sound. */
export const begun = ref(false);
export const withCamera = ref(true);
export const direction = ref<Direction>('entry');
