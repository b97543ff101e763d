import { Transform } from 'class-transformer';

/** A number in a query: `limit=20`. Anything that is no plain decimal number stays text, and `@IsInt` refuses it. */
export const QueryNumber = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^-?\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : value));

/** A boolean in a query: `true` or `false`, nothing else. */
export const QueryBoolean = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** A list in a query: `tags=a&tags=b` or `tags=a,b`. One value makes a list of one. */
export const QueryList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',') : value,
  );
