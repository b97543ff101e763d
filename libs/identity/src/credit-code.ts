import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** The 31 characters of GB 32100-2015, in the order of their values: no I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{9}$/;
/** The weight of the i-th place is 3^i mod 31, counted from 0. */
const weights = Array.from({ length: 17 }, (_, i) => Array.from({ length: i }).reduce<number>((weight) => (weight * 3) % 31, 1));

/**
 * The 18th character of a 统一社会信用代码 (GB 32100-2015, 4.5): what makes the weighted sum of all a multiple of 31.
 * @param first17 the other 17 characters, upper case; of another shape it has no check character: null
 */
export function creditCodeCheck(first17: string): string | null {
  if (!shape.test(first17)) return null;
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(first17.charAt(i)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** Whether these 18 characters (upper case) are a possible credit code. Whether it was given to anybody, nobody here knows. */
export const isCreditCode = (code: string): boolean => code.length === 18 && creditCodeCheck(code.slice(0, 17)) === code.charAt(17);

/** 统一社会信用代码 with its check character; blanks are cut and letters raised. */
export const IsCreditCode = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toUpperCase() : value)),
    ValidateBy({
      name: 'isCreditCode',
      validator: { validate: (value: unknown) => typeof value === 'string' && isCreditCode(value) },
    }),
  );
