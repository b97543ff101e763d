import type { HeldWord, Message, Moderation, Sanction } from '#libs/contracts';
import type { ChatMessage, Sanction as SanctionRow } from '#libs/platform';
import type { Timeline } from './timelines.js';

/**
 * @param place where it stands in the replay
 * @param own the key of who asks, so that they know their own messages; null: a picture for all
 */
export function messageView(row: ChatMessage, place: Timeline, own: string | null): Message {
  const { id, seq, kind, text, author, byHost, status, sentAt } = row;
  return {
    id, seq, kind, text, author, byHost, mine: own !== null && row.personKey === own, status, answered: row.answeredAt !== null, sentAt: sentAt.toISOString(),
    offset: place(sentAt),
  };
}

/** With the words for which it waits. */
export function heldView(row: ChatMessage, place: Timeline): Moderation['held'][number] {
  return { ...messageView(row, place, null), words: row.words as unknown as HeldWord[] };
}

export function sanctionView({ id, kind, author, until, reason, createdAt }: SanctionRow): Sanction {
  return { id, kind, author, until: until?.toISOString() ?? null, reason, createdAt: createdAt.toISOString() };
}
