import type { JobInput } from '#libs/contracts';
import { gapsOf, gapWords, payProblems, unitsAMonth, type Gap } from './job.rules.js';

const whole: JobInput = {
  title: '装配工', headCount: 60, conditions: '能倒班', content: '装配电机', place: '滨港区海峤路 8 号', regionCode: '350100',
  payMin: 5_500, payMax: 7_000, payUnit: 'month', payTerms: '底薪 2,400 元 + 计件', validUntil: '2026-03-31', tags: [],
};

describe('what the law wants in a posting', () => {
  it.each<[Partial<JobInput>, Gap[]]>([
    [{}, []],
    [{ validUntil: '2026-03-07' }, []],
    [{ title: '' }, ['title']],
    [{ headCount: 0 }, ['headCount']],
    [{ conditions: '' }, ['conditions']],
    [{ content: '' }, ['content']],
    [{ place: '' }, ['place']],
    [{ payMin: 0 }, ['pay']],
    [{ payTerms: '' }, ['payTerms']],
    [{ validUntil: '2026-03-06' }, ['validUntil']],
    [{ title: '', payMax: 0, validUntil: '2020-01-01' }, ['title', 'pay', 'validUntil']],
  ])('%j', (change, gaps) => expect(gapsOf({ ...whole, ...change }, '2026-03-07')).toEqual(gaps));

  it('is said in words', () => {
    expect(gapWords(['headCount', 'pay'], 'zh')).toBe('招聘人数、基本劳动报酬');
    expect(gapWords(['headCount', 'pay'], 'en')).toBe('the head-count, the pay');
  });
});

describe('a pay range', () => {
  const problem = (payMin: number, payMax: number) => payProblems({ payMin, payMax })[0]?.zh ?? null;
  it('has the higher end second, and says the way round', () => expect(problem(9_000, 5_500)).toBe('高的写后面：5500–9000。'));
  it('is at most twice its low end', () => {
    expect(problem(3_000, 6_000)).toBeNull();
    expect(problem(3_000, 6_001)).toContain('最多写 6000');
  });
  it('may be missing in a draft', () => expect([problem(0, 0), problem(0, 5_000), problem(5_000, 0)]).toEqual([null, null, null]));
  it('compares by the month, as the ministry counts', () => {
    expect([unitsAMonth('month'), unitsAMonth('day'), unitsAMonth('hour'), unitsAMonth('piece')]).toEqual([1, 21.75, 174, null]);
  });
});
