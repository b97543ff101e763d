import { newId } from './api';
import { remember, remembered } from './remember';

const KEPT_AS = 'fw-device';
let here: string | undefined;

/** This browser's own id, made once and kept: viewers without an account are told apart by it. */
export function deviceId(): string {
  here ??= remembered(KEPT_AS) ?? newId();
  remember(KEPT_AS, here);
  return here;
}
