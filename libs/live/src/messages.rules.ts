/** Numbering and admitting messages, as pure rules: what of a batch is taken, in which order, and what is refused. */
import type { HeldWord, MessageKind } from '#libs/contracts';
import type { Person } from './person.js';

/** A message that wants to be posted. */
export interface Attempt extends Person {
  kind: MessageKind;
  text: string;
  /** The shown name. */
  author: string;
  byHost: boolean;
  /** Moderators are not held, slowed or muted. */
  trusted: boolean;
}

/** What is known of the broadcast while it is locked. */
export interface Moment {
  now: Date;
  /** Number of its newest message. */
  lastSeq: number;
  slowModeSeconds: number;
  /** When each person who writes now wrote last, milliseconds; absent: never. */
  lastSentAt: ReadonlyMap<string, number>;
}

export type Verdict =
  | { taken: true; seq: number; words: HeldWord[] }
  | { taken: false; waitSeconds: number };

/**
 * Goes through the attempts in their order. Each that is taken gets the next number; nobody writes faster than slow mode
 * allows, also not within one batch.
 */
export function judge(attempts: readonly Attempt[], moment: Moment, find: (text: string) => HeldWord[]): Verdict[] {
  const lastSentAt = new Map(moment.lastSentAt);
  const now = moment.now.getTime();
  let seq = moment.lastSeq;
  return attempts.map(({ personKey, text, trusted }) => {
    const last = lastSentAt.get(personKey);
    const wait = trusted || last === undefined ? 0 : last + moment.slowModeSeconds * 1_000 - now;
    if (wait > 0) return { taken: false, waitSeconds: Math.ceil(wait / 1_000) };
    lastSentAt.set(personKey, now);
    seq += 1;
    return { taken: true, seq, words: trusted ? [] : find(text) };
  });
}
