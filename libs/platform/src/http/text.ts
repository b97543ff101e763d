import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';

export interface TextOptions {
  /** Shortest, after blanks at both ends were cut; 1 unless told. */
  min?: number;
  /** Longest. */
  max: number;
  /** Line breaks and tabs may stand in it; no unless told. */
  lines?: boolean;
}

/**
 * A text that a person wrote: trimmed, of a length, and storable. Control characters and halves of surrogate pairs are
 * refused, because PostgreSQL takes neither in text nor in jsonb, and what it refuses would be a 500.
 */
export const IsText = ({ min = 1, max, lines = false }: TextOptions): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : value)),
    IsString(),
    Length(min, max),
    Matches(lines ? /^(?:[^\p{Cs}\p{Cc}]|[\n\t])*$/u : /^[^\p{Cs}\p{Cc}]*$/u, { message: '$property has characters that cannot be kept' }),
  );
