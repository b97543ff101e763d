import { qualityOf } from './line-check';

describe('a line in words', () => {
  it('is as good as its worse half', () => {
    expect(qualityOf({ roundTrip: 40, rate: 8_000_000 })).toBe('best');
    expect(qualityOf({ roundTrip: 40, rate: 1_200_000 })).toBe('good');
    expect(qualityOf({ roundTrip: 280, rate: 8_000_000 })).toBe('good');
    expect(qualityOf({ roundTrip: 500, rate: 8_000_000 })).toBe('fair');
    expect(qualityOf({ roundTrip: 40, rate: 100_000 })).toBe('weak');
    expect(qualityOf({ roundTrip: 1500, rate: 8_000_000 })).toBe('weak');
  });
});
