/** The chat as one page holds it. Pure: lists come in, a list goes out. */
import type { BroadcastState, Message } from '#libs/contracts';

/** So many are kept on a page; older ones are read again when one scrolls up. */
export const KEPT = 400;
/** A picture brings at most so many of the newest. */
const RECENT = 20;

/** Both lists by number, each message once, the later copy of two; what is removed or held is left out. At most KEPT, the newest. */
export function mergeMessages(known: readonly Message[], came: readonly Message[], removed: readonly string[] = []): Message[] {
  const byId = new Map(known.map(one => [one.id, one]));
  for (const one of came) byId.set(one.id, one);
  for (const id of removed) byId.delete(id);
  return [...byId.values()].filter(one => one.status === 'shown').sort((a, b) => a.seq - b.seq).slice(-KEPT);
}

/**
 * From which number on the list must be read, because messages were shown that neither the page nor the picture has; null:
 * nothing is missing. A picture that is not full holds all there is.
 */
export function missingAfter(known: readonly Message[], picture: Pick<BroadcastState, 'recent'>): number | null {
  const first = picture.recent[0];
  if (!first || picture.recent.length < RECENT) return null;
  const newest = known[known.length - 1]?.seq ?? 0;
  return newest >= first.seq ? null : newest;
}
