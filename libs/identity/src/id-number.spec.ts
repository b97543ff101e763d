import { isIdNumber, normalIdNumber } from './id-number.js';

it('knows a right number by its check character', () => {
  expect(['11010519491231002X', '440524188001010014', '11010519491231002x', '110105194912310021', '110105194913310021', '', null].map(isIdNumber))
    .toEqual([true, false, false, false, false, false, false]);
  expect(isIdNumber(normalIdNumber(' 110105 19491231-002x '))).toBe(true);
  expect(normalIdNumber(3)).toBe(3);
});
