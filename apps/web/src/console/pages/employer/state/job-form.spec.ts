import type { Job } from '#libs/contracts';
import fc from 'fast-check';
import { emptyJob, formOf, inputOf, numberOf } from './job-form';

describe('the form of a job', () => {
  it.each([['5500', 5500], ['5,500', 5500], [' 5 500 ', 5500], ['５５００', 5500], ['', 0], ['  ', 0], ['5500.5', NaN], ['-1', NaN], ['面议', NaN], ['1e3', NaN]])('reads %p as %p', (typed, number) => {
    expect(numberOf(typed)).toBe(number);
  });

  it('begins in the employer’s region, empty, good for a month', () => {
    const { regionCode, validUntil, headCount } = emptyJob('350105');
    expect([regionCode, headCount]).toEqual(['350105', '']);
    expect((Date.parse(validUntil) - Date.now()) / 86_400_000).toBeGreaterThan(28);
  });

  it('gives back what it was given', () => {
    const text = fc.string({ maxLength: 40 }).map(typed => typed.trim());
    const job = fc.record({
      title: text, conditions: text, content: text, place: text, payTerms: text, regionCode: fc.constant('350105'), validUntil: fc.constant('2026-12-31'),
      headCount: fc.nat(10_000), payMin: fc.nat(1_000_000), payMax: fc.nat(1_000_000), payUnit: fc.constantFrom('month' as const, 'day' as const), tags: fc.subarray(['urgent' as const, 'gig' as const]),
    });
    fc.assert(fc.property(job, input => { expect(inputOf(formOf(input as Job))).toEqual(input); }));
  });
});
