import { randomInt } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Language } from '#libs/contracts';
import { Context } from '../logging/context.js';

/** No letters that are misread: a person reads this number out to the staff (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten letters, 50 bits. */
export const newRequestId = (): string => Array.from({ length: 10 }, () => LETTERS[randomInt(32)]).join('');

/** Chinese, unless English is asked for before it (RFC 9110, 12.5.4). */
export function languageOf(header: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 };
  for (const part of (header ?? '').slice(0, 400).split(',')) {
    const [tag, ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    const q = parameters.map((parameter) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
    const weight = q === undefined ? 1 : Number(q);
    if ((language === 'zh' || language === 'en') && weight > best.weight) best = { language, weight };
  }
  return best.language;
}

/** Gives every request its id and language. The first of all middleware. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const requestId = newRequestId();
  response.setHeader('X-Request-Id', requestId);
  Context.run({ requestId, language: languageOf(request.headers['accept-language']) }, next);
}
