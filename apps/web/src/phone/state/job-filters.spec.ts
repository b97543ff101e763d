import { addressOf, filtersOf, isNarrowed, questionOf } from './job-filters';

const fair = '0190a000-0000-7000-8000-000000000001';

describe('filters of a job list', () => {
  it('go into the address and come back', () => {
    const query = { q: '电工', region: '350203', tag: 'gig', unit: 'day', pay: '5000', fair };
    expect(addressOf(filtersOf(query))).toEqual(query);
  });

  it('leave out what is not ours, so that no link makes a refused request', () => {
    const odd = filtersOf({ tag: 'rich', unit: 'year', pay: '-1', region: '35', fair: 'x', q: ['a', 'b'] });
    expect(odd).toEqual({ q: 'a', region: null, tag: null, unit: null, pay: null, fair: null });
    expect(questionOf(odd)).toEqual({ q: 'a' });
    expect(filtersOf({ pay: '1e99' }).pay).toBeNull();
    expect(filtersOf({ pay: '12.5' }).pay).toBeNull();
  });

  it('know when nothing is chosen, and send no blank search', () => {
    expect(isNarrowed(filtersOf({}))).toBe(false);
    expect(isNarrowed(filtersOf({ tag: 'gig' }))).toBe(true);
    expect(questionOf(filtersOf({ q: '  ' }))).toEqual({});
  });
});
