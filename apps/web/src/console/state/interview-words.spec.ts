import { clockLeft, minutesRange, whereOf } from './interview-words';

describe('times of an interview', () => {
  it.each([[0, '0:00'], [-5_000, '0:00'], [41_200, '0:42'], [365_000, '6:05'], [4_330_000, '72:10']])('%i ms: %s', (ms, text) => expect(clockLeft(ms)).toBe(text));
  it('promise no less than the range: down at its early end, up at its late one', () => {
    expect(minutesRange(119, 481)).toBe('1–9');
    expect(minutesRange(120, 120)).toBe('2');
  });
});

describe('where a candidate is', () => {
  const candidate = { name: '', hasCv: false, education: '', experienceYears: null, atStation: true };
  it('is the hall before the station: a queue has two faces', () => {
    expect(whereOf({ mode: 'onSite', candidate })).toBe('onSite');
    expect(whereOf({ mode: 'online', candidate })).toBe('station');
    expect(whereOf({ mode: 'online', candidate: null })).toBe('online');
  });
});
