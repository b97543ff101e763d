import fc from 'fast-check';
import { creditCodeCheck, isCreditCode } from './credit-code.js';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const one = fc.constantFrom(...alphabet);
const digit = fc.constantFrom(...'0123456789');
const first17 = fc.tuple(fc.array(one, { minLength: 2, maxLength: 2 }), fc.array(digit, { minLength: 6, maxLength: 6 }), fc.array(one, { minLength: 9, maxLength: 9 }))
  .map((parts) => parts.flat().join(''));

describe('credit code', () => {
  it.each(['91330100799655058B', '9144030071526726XG', '914403001922038216', '91110000802100433B', '91350100M000100Y43'])(
    'knows %s (companies’ own codes, and the standard’s example)', (code) => expect(isCreditCode(code)).toBe(true),
  );

  it('has exactly one check character', () => {
    fc.assert(fc.property(first17, (text) => {
      const right = [...alphabet].filter((last) => isCreditCode(text + last));
      expect(right).toEqual([creditCodeCheck(text)]);
    }));
  });

  it('notices every single wrong character', () => {
    fc.assert(fc.property(first17, fc.nat(16), one, (text, at, other) => {
      const code = text + creditCodeCheck(text);
      fc.pre(code[at] !== other);
      expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
    }));
  });

  it('notices two neighbours that were swapped', () => {
    fc.assert(fc.property(first17, fc.nat(15), (text, at) => {
      const code = text + creditCodeCheck(text);
      fc.pre(code[at] !== code[at + 1]);
      expect(isCreditCode(code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2))).toBe(false);
    }));
  });

  it.each(['', '91350100M000100Y4Z', '91350100M000100Y4', '91350100M000100Y433', '9135010OM000100Y43', '91350100m000100y43'])('refuses %j', (code) => {
    expect(isCreditCode(code)).toBe(false);
  });
});
