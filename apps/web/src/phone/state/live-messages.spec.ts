import type { Message } from '#libs/contracts';
import fc from 'fast-check';
import { earlier, emptyChat, listed, pictured, posted, saidBy, type ChatState } from './live-messages';

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`, seq, kind: 'chat', text: `第 ${seq} 句`, author: '林**', byHost: false, mine: false, status: 'shown', answered: false, sentAt: '2026-03-07T02:00:00Z', offset: seq * 1000, ...more,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => message(from + n));
const seqs = (chat: ChatState) => chat.messages.map(one => one.seq);
/** The server's picture: its newest 20. */
const picture = (chat: ChatState, all: Message[], removed: string[] = []) => pictured(chat, all.filter(one => one.status === 'shown').slice(-20), removed, all[all.length - 1]?.seq ?? 0);

describe('the chat of a page', () => {
  it('starts with the newest and asks for nothing', () => {
    const { chat, ask } = picture(emptyChat, range(1, 90));
    expect(ask).toBeNull();
    expect([seqs(chat)[0], chat.seen]).toEqual([71, 90]);
  });

  it('reads the list once when more came than a picture holds', () => {
    const start = picture(emptyChat, range(1, 10)).chat;
    const jumped = picture(start, range(1, 60));
    expect(jumped.ask).toBe(10);
    const whole = listed(jumped.chat, range(11, 60), true);
    expect(seqs(whole)).toEqual(range(1, 60).map(one => one.seq));
    expect(picture(whole, range(1, 61)).ask).toBeNull();
  });

  it('marks one’s own in everybody’s picture, and keeps a held one in its place until it is let out', () => {
    const start = picture(emptyChat, range(1, 3)).chat;
    const held = posted(start, message(4, { status: 'held', mine: true }));
    const after = pictured(held, [...range(1, 3), message(5)], [], 5).chat;
    expect(after.messages.map(one => [one.seq, one.status])).toEqual([[1, 'shown'], [2, 'shown'], [3, 'shown'], [4, 'held'], [5, 'shown']]);
    const out = pictured(after, [...range(1, 3), message(4), message(5)], [], 5).chat;
    expect(out.messages[3]).toMatchObject({ seq: 4, status: 'shown', mine: true });
  });

  it('forgets what was removed, and tells its author when it was never shown', () => {
    const start = posted(picture(emptyChat, range(1, 3)).chat, message(4, { status: 'held', mine: true }));
    const { chat } = pictured(start, [message(1), message(3)], ['m2', 'm4'], 4);
    expect(chat.messages.map(one => [one.seq, one.status])).toEqual([[1, 'shown'], [3, 'shown'], [4, 'removed']]);
  });

  it('puts older ones before, and says what had been said by a moment of a replay', () => {
    const chat = earlier(picture(emptyChat, range(1, 30)).chat, range(1, 10));
    expect(seqs(chat).slice(0, 10)).toEqual(range(1, 10).map(one => one.seq));
    expect(saidBy(range(1, 30), 12_500, 3).map(one => one.seq)).toEqual([10, 11, 12]);
  });

  it('ends with everything in order and each once, whichever pictures are lost', () => {
    fc.assert(fc.property(fc.array(fc.record({ adds: fc.integer({ min: 0, max: 30 }), lost: fc.boolean() }), { maxLength: 20 }), steps => {
      let all = range(1, 5);
      let chat = picture(emptyChat, all).chat;
      for (const { adds, lost } of [...steps, { adds: 1, lost: false }]) {
        all = range(1, all.length + adds);
        if (lost) continue;
        const next = picture(chat, all);
        chat = next.ask === null ? next.chat : listed(next.chat, all.filter(one => one.seq > next.ask!), true);
      }
      expect(seqs(chat)).toEqual(range(Math.max(1, all.length - 399), all.length).map(one => one.seq));
    }));
  });
});
