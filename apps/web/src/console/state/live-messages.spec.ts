import type { Message } from '#libs/contracts';
import { KEPT, mergeMessages, missingAfter } from './live-messages';

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`, seq, kind: 'chat', text: `第 ${seq} 句`, author: '林**', byHost: false, mine: false, status: 'shown', answered: false, sentAt: '2026-03-07T02:00:00.000Z', offset: seq, ...more,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => message(from + n));

describe('the chat of a page', () => {
  it('holds each message once, in the order of numbers, however they come', () => {
    const all = mergeMessages(mergeMessages([], [message(3), message(1)]), [message(2), message(3)]);
    expect(all.map(one => one.seq)).toEqual([1, 2, 3]);
  });
  it('takes the later copy: a question that was answered', () => {
    expect(mergeMessages([message(1)], [message(1, { answered: true })])).toMatchObject([{ answered: true }]);
  });
  it('drops what was removed, by the picture or by its own state', () => {
    expect(mergeMessages(range(1, 4), [message(4, { status: 'removed' })], ['m2']).map(one => one.seq)).toEqual([1, 3]);
  });
  it('puts a message that was let through in its place', () => {
    expect(mergeMessages([message(1), message(3)], [message(2)]).map(one => one.seq)).toEqual([1, 2, 3]);
  });
  it('does not grow without end', () => {
    const all = mergeMessages(range(1, KEPT), range(KEPT + 1, KEPT + 50));
    expect([all.length, all[0].seq]).toEqual([KEPT, 51]);
  });
});

describe('what a picture leaves out', () => {
  it('is nothing when it is not full, or when the page has its first', () => {
    expect(missingAfter([], { recent: range(1, 5) })).toBeNull();
    expect(missingAfter(range(1, 30), { recent: range(30, 49) })).toBeNull();
    expect(missingAfter([], { recent: [] })).toBeNull();
  });
  it('is read from the newest that the page has', () => {
    expect(missingAfter(range(1, 10), { recent: range(60, 79) })).toBe(10);
    expect(missingAfter([], { recent: range(60, 79) })).toBe(0);
  });
});
