import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Matches, ValidateBy } from 'class-validator';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const CHINA_MOBILE = /^\+861[3-9]\d{9}$/;

const inOurTime = (at: Date): boolean => at.getUTCFullYear() >= 1900 && at.getUTCFullYear() <= 2200;

/** Whether a value is what `IsInstant` lets through. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false;
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && inOurTime(at) && isDay(value.slice(0, 10));
}

function isDay(value: unknown): boolean {
  const parts = typeof value === 'string' ? DAY.exec(value) : null;
  if (!parts) return false;
  const at = new Date(`${parts[0]}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(parts[0]) && inOurTime(at);
}

/** An instant with its offset (`2026-03-07T01:00:00.000Z`), between 1900 and 2200. Stays a string. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({ name: 'isInstant', validator: { validate: isInstant, defaultMessage: () => '$property must be an instant such as 2026-03-07T01:00:00.000Z' } });

/** A day of the calendar (`2026-03-07`). Stays a string. */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({ name: 'isDay', validator: { validate: isDay, defaultMessage: () => '$property must be a day such as 2026-03-07' } });

/** A mobile number of mainland China as people type it (blanks, dashes, with or without +86) as `+8613…`; else as it is. */
export function normalPhone(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 40) return value;
  const digits = value.normalize('NFKC').replace(/[\s\-()]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? `+86${digits}` : value;
}

/** A mobile number of mainland China; normalised to `+86…`. */
export const IsPhone = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => normalPhone(value)),
    Matches(CHINA_MOBILE, { message: '$property must be a mobile number of mainland China' }),
  );

/** GB/T 2260: six digits. */
export const IsRegionCode = (): PropertyDecorator => Matches(/^[1-8]\d{5}$/, { message: '$property must be a region code of six digits (GB/T 2260)' });
