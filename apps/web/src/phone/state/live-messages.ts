/** The chat of one broadcast as a page keeps it. Pure: messages come from pictures, lists and one's own posts, in any order, often twice. */
import type { Message } from '#libs/contracts';

export interface ChatState {
  /** In the order of their numbers, each once. */
  messages: readonly Message[];
  /** Everything that is shown up to this number is here, from the first message here on; 0: nothing yet. */
  seen: number;
  /** One's own, by id: a picture is for everybody and does not know. */
  mine: ReadonlySet<string>;
}

/** As many as a phone keeps; older ones are asked for again. */
const MOST = 400;
export const emptyChat: ChatState = { messages: [], seen: 0, mine: new Set() };

function merged(chat: ChatState, more: readonly Message[], removed: readonly string[] = []): Message[] {
  const byId = new Map(chat.messages.map(one => [one.id, one]));
  for (const one of more) byId.set(one.id, chat.mine.has(one.id) ? { ...one, mine: true } : one);
  for (const id of removed) {
    const one = byId.get(id);
    // Whoever wrote a held one is told that it was not let through; the others forget it.
    if (one?.mine && one.status !== 'shown') byId.set(id, { ...one, status: 'removed' });
    else byId.delete(id);
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1));
}

const newest = (messages: readonly Message[]) => messages.reduce((most, one) => Math.max(most, one.seq), 0);

/** A picture's newest messages. `ask`: read the list after this number first; null: nothing is missing. */
export function pictured(chat: ChatState, recent: readonly Message[], removed: readonly string[], lastSeq: number): { chat: ChatState; ask: number | null } {
  const first = recent[0]?.seq ?? lastSeq + 1;
  const messages = merged(chat, recent, removed);
  if (chat.seen > 0 && first > chat.seen + 1) return { chat: { ...chat, messages }, ask: chat.seen };
  return { chat: { ...chat, messages: messages.slice(-MOST), seen: Math.max(chat.seen, lastSeq, newest(recent)) }, ask: null };
}

/** The list's answer to `ask`: `whole` when it reached the end. */
export function listed(chat: ChatState, list: readonly Message[], whole: boolean): ChatState {
  const seen = whole ? Math.max(newest(chat.messages.filter(one => one.status === 'shown')), newest(list), chat.seen) : Math.max(chat.seen, newest(list));
  return { ...chat, messages: merged(chat, list).slice(-MOST), seen };
}

/** Older ones, asked for by the reader. */
export const earlier = (chat: ChatState, list: readonly Message[]): ChatState => ({ ...chat, messages: merged(chat, list) });

/** What one has just posted, shown or held. */
export function posted(chat: ChatState, message: Message): ChatState {
  const mine = new Set(chat.mine).add(message.id);
  return { ...chat, mine, messages: merged({ ...chat, mine }, [message]) };
}

/** Of a replay: what had been said by then, the newest `most`. */
export const saidBy = (messages: readonly Message[], offset: number, most: number): Message[] =>
  messages.filter(one => one.offset <= offset && one.status === 'shown').slice(-most);
