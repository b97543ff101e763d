/** A resident's identity number (GB 11643): 17 digits and a check character, compared in one spelling. */
const SHAPE = /^[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
const CHECKS = '10X98765432';

/** Without blanks, in half width, X in upper case; anything else as it is. */
export function normalIdNumber(value: unknown): unknown {
  return typeof value === 'string' && value.length <= 40 ? value.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase() : value;
}

/** Whether it is well formed and its check character is right. */
export function isIdNumber(value: unknown): boolean {
  if (typeof value !== 'string' || !SHAPE.test(value)) return false;
  const sum = [...value.slice(0, 17)].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0);
  return CHECKS[sum % 11] === value[17];
}
