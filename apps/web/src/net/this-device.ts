import { newId } from './api';
import { remember, remembered } from './remember';

const KEPT_AS = 'fw-device';

/** This browser's own id, made once and kept: it tells people without an account apart (JoinBroadcast, PostMessage). */
export function thisDevice(): string {
  const known = remembered(KEPT_AS);
  if (known && /^[0-9a-f-]{36}$/.test(known)) return known;
  const made = newId();
  remember(KEPT_AS, made);
  return made;
}
