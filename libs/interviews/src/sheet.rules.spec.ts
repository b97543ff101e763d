import { keptScores, strangers, total, unscored } from './sheet.rules.js';

const criteria = [{ key: 'a', name: '技能', weight: 4 }, { key: 'b', name: '沟通', weight: 1 }];

it('weighs scores, to a tenth', () => {
  expect(total(keptScores(criteria, { a: 5, b: 2 }))).toBe(4.4);
  expect(total(keptScores(criteria, { a: 3 }))).toBe(3);
  expect(total({})).toBeNull();
});

it('names what is missing and what is nobody’s, also for names that objects have by birth', () => {
  expect(unscored(criteria, { a: 1 })).toEqual(['沟通']);
  expect(strangers(criteria, { a: 1, constructor: 3 } as Record<string, number>)).toEqual(['constructor']);
  expect(unscored([{ key: 'toString', name: 'x', weight: 1 }], {})).toEqual(['x']);
});
