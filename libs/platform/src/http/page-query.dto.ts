import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { Page, PageQuery } from '#libs/contracts';
import { QueryNumber } from './query-values.js';

/** The part of a query that every long list takes. Extend it for filters. */
export class PageQueryDto implements PageQuery {
  /** The `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 200)
  after?: string;

  /** How many, 1–100. */
  @IsOptional() @QueryNumber() @IsInt() @Min(1) @Max(100)
  limit?: number;
}

/** How many rows a page has when nobody says. */
export const PAGE_ROWS = 20;

/**
 * Makes a page of rows that were asked for with one more than the limit (`take: limit + 1`).
 * @param limit the page's size
 * @param key the cursor of a row
 */
export function cursorPage<T>(rows: T[], limit: number, key: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? key(last) : null };
}
