import { tidyCode } from './credit-code';

it.each([['9135 0100 m000 1xyz', '91350100M0001XYZ'], [' 91350100\n', '91350100'], ['', '']])('tidies %p', (typed, code) => {
  expect(tidyCode(typed)).toBe(code);
});
