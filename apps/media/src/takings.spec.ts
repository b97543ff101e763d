import type { Taking } from '#libs/rooms';
import { Takings } from './takings.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 7, 1, minutes));
const taking = (minutes: number, more: Partial<Taking> = {}): Taking => ({ personKey: 'account:a', sources: ['camera'], removed: false, reason: 'desk', at: at(minutes), ...more });
const token = (minutes: number, personKey = 'account:a') => ({ personKey, madeAt: at(minutes), sources: ['camera' as const, 'microphone' as const] });

it('weakens tokens of that person that were made before, and no others', () => {
  const takings = new Takings([taking(5)]);
  expect(takings.left(token(4))).toEqual(['microphone']);
  expect(takings.left(token(5))).toEqual(['microphone']);
  expect(takings.left(token(6))).toEqual(['camera', 'microphone']);
  expect(takings.left(token(4, 'account:b'))).toEqual(['camera', 'microphone']);
});

it('adds up, and a removal leaves nothing', () => {
  const takings = new Takings([taking(5)]);
  takings.add(taking(6, { sources: ['microphone'] }));
  expect(takings.left(token(4))).toEqual([]);
  expect(takings.left(token(5))).toEqual([]);
  takings.add(taking(7, { sources: [], removed: true }));
  expect(() => takings.left(token(6))).toThrow(expect.objectContaining({ code: 'roomTokenInvalid' }));
  expect(takings.left(token(8))).toEqual(['camera', 'microphone']);
});

it('forgets what no token can be older than', () => {
  const takings = new Takings([taking(0)]);
  takings.add(taking(12, { personKey: 'account:b' }));
  expect(takings.left(token(-1))).toEqual(['camera', 'microphone']); // ended long since: the token itself says so
});
