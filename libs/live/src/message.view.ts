import type { HeldWord, Message, Moderation, Sanction } from '#libs/contracts';
import type { ChatMessage, Sanction as SanctionRow } from '#libs/platform';
import { offsetOf } from './broadcast.rules.js';

/** @param own the key of who asks, so that they know their own messages; null: a picture for all */
export function messageView(row: ChatMessage, startedAt: Date | null, own: string | null): Message {
  const { id, seq, kind, text, author, byHost, status, sentAt } = row;
  return {
    id, seq, kind, text, author, byHost, mine: own !== null && row.personKey === own, status, answered: row.answeredAt !== null, sentAt: sentAt.toISOString(),
    offset: offsetOf(startedAt, sentAt),
  };
}

/** With the words for which it waits. */
export function heldView(row: ChatMessage, startedAt: Date | null): Moderation['held'][number] {
  return { ...messageView(row, startedAt, null), words: row.words as unknown as HeldWord[] };
}

export function sanctionView({ id, kind, author, until, reason, createdAt }: SanctionRow): Sanction {
  return { id, kind, author, until: until?.toISOString() ?? null, reason, createdAt: createdAt.toISOString() };
}
