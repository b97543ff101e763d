import type { ScoreSheet } from '#libs/contracts';
import { compare, meanOf, missingOf } from './sheet-form';

const criteria = [{ key: 'a', name: '手艺', weight: 3 }, { key: 'b', name: '沟通', weight: 1 }];
const sheet = (scores: Record<string, number>) => ({ scores }) as unknown as ScoreSheet;

describe('a score sheet', () => {
  it('weighs what is scored, and nothing else', () => {
    expect(meanOf(criteria, { a: 5, b: 1 })).toBe(4);
    expect(meanOf(criteria, { b: 2 })).toBe(2);
    expect(meanOf(criteria, {})).toBeNull();
  });
  it('knows what is not scored yet', () => expect(missingOf(criteria, { b: 2 }).map(one => one.name)).toEqual(['手艺']));
});

it('sheets beside each other show where judgements lie apart', () => {
  expect(compare(criteria, [sheet({ a: 5, b: 3 }), sheet({ a: 2 })])).toEqual([
    { criterion: criteria[0], scores: [5, 2], spread: 3 }, { criterion: criteria[1], scores: [3, null], spread: 0 },
  ]);
});
