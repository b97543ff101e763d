import { reactive } from 'vue';
import type { Waiting } from './menu';

/** Count badges of the side bar: only what waits for a person. `waiting.patrols = { count: 2, hot: true }`. */
export const waiting = reactive<Record<string, Waiting | undefined>>({});
