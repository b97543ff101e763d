import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { judge, type Attempt } from './messages.rules.js';

const now = new Date('2026-03-07T01:00:00Z');
const attempt = (personKey: string, facts: Partial<Attempt> = {}): Attempt =>
  ({ personKey, deviceId: 'd', kind: 'chat', text: '你好', author: '林**', byHost: false, trusted: false, ...facts });
const nothing = () => [];

it('numbers what is taken from the last number on, and leaves no number out for what is refused', () => {
  const verdicts = judge([attempt('a'), attempt('a'), attempt('b')], { now, lastSeq: 7, slowModeSeconds: 10, lastSentAt: new Map() }, nothing);
  expect(verdicts).toEqual([{ taken: true, seq: 8, words: [] }, { taken: false, waitSeconds: 10 }, { taken: true, seq: 9, words: [] }]);
});

it('says how long to wait, and lets moderators write as they like', () => {
  const lastSentAt = new Map([['a', now.getTime() - 3_200], ['host', now.getTime()]]);
  expect(judge([attempt('a'), attempt('host', { trusted: true })], { now, lastSeq: 0, slowModeSeconds: 10, lastSentAt }, nothing))
    .toEqual([{ taken: false, waitSeconds: 7 }, { taken: true, seq: 1, words: [] }]);
});

it('holds words of viewers only', () => {
  const word = { text: '押金', kind: 'fee' } as const;
  const verdicts = judge([attempt('a'), attempt('host', { trusted: true })], { now, lastSeq: 0, slowModeSeconds: 0, lastSentAt: new Map() }, () => [word]);
  expect(verdicts).toEqual([{ taken: true, seq: 1, words: [word] }, { taken: true, seq: 2, words: [] }]);
});

it('whatever comes together: numbers without gaps, in the order in which they came, one a person in slow mode', () => {
  const people = fc.array(fc.record({ personKey: fc.constantFrom('a', 'b', 'c'), trusted: fc.boolean() }), { maxLength: 30 });
  fc.assert(fc.property(people, fc.nat({ max: 30 }), fc.nat({ max: 1_000 }), (all, slowModeSeconds, lastSeq) => {
    const verdicts = judge(all.map(({ personKey, trusted }) => attempt(personKey, { trusted })), { now, lastSeq, slowModeSeconds, lastSentAt: new Map() }, nothing);
    const taken = verdicts.flatMap((verdict) => (verdict.taken ? [verdict.seq] : []));
    expect(taken).toEqual(taken.map((_, place) => lastSeq + place + 1));
    if (slowModeSeconds === 0) expect(taken).toHaveLength(all.length);
    else for (const key of ['a', 'b', 'c']) expect(all.filter((each, n) => each.personKey === key && !each.trusted && verdicts[n]!.taken).length).toBeLessThanOrEqual(1);
  }), runs(200, 3_000));
});
