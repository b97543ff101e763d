import { randomFillSync } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Language } from '#libs/contracts';
import { Context } from '../logging/context.js';

/** No letters that are misread: a person reads this number out to the staff (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const LENGTH = 10;
const pool = Buffer.alloc(LENGTH * 100);
let used = pool.length;

/** Ten letters, 50 bits. */
export function newRequestId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let id = '';
  for (const end = used + LENGTH; used < end; used += 1) id += LETTERS[pool[used]! & 31]!;
  return id;
}

/** What was asked for lately: browsers and devices have few forms of this header. */
const languages = new Map<string, Language>();
const MOST_LANGUAGES = 200;

/** Chinese, unless English is asked for before it (RFC 9110, 12.5.4). */
export function languageOf(header = ''): Language {
  const known = languages.get(header);
  if (known) return known;
  const language = preferred(header);
  if (languages.size >= MOST_LANGUAGES) languages.clear();
  languages.set(header, language);
  return language;
}

function preferred(header: string): Language {
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 };
  for (const part of header.slice(0, 400).split(',')) {
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
