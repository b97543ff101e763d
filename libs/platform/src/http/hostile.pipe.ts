import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { fieldRefused } from '../errors/field-refused.js';
import { anyTextFields } from './any-text.js';
import { IdPipe } from './id.pipe.js';

const MAX_DEPTH = 20;
/** NUL, and halves of surrogate pairs. */
const UNSTORABLE = /[\0\p{Cs}]/u;
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

/** What can be stored of a text that may be any (`AnyText`). */
export const storable = (text: string): string => text.replace(new RegExp(UNSTORABLE, 'gu'), '\uFFFD');

/**
 * Refuses what no rule of a DTO would see and something behind it would choke on, in bodies, queries and path parameters:
 * a NUL or half a surrogate pair in a text (PostgreSQL stores neither), keys that reach for prototypes, and nesting that
 * makes a recursive validator run out of stack. Runs before the validation.
 */
@Injectable()
export class HostilePipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'custom') return value;
    refuseHostile(value, metadata.data ?? '', anyTextFields(metadata.metatype));
    // `:fairId` and its like are ids, whether or not the route says so again.
    const isId = metadata.type === 'param' && typeof value === 'string' && (metadata.data ?? '').endsWith('Id');
    return isId ? new IdPipe().transform(value) : value;
  }
}

/**
 * Throws `validationFailed` with the path of what is wrong. Not recursive, since the value decides how deep it goes.
 * @param free paths of texts that may hold anything, `*` for each place of a list
 */
export function refuseHostile(value: unknown, at = '', free: ReadonlySet<string> = new Set()): void {
  const pending: { value: unknown; at: string; depth: number }[] = [{ value, at, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (typeof next.value === 'string' && !free.has(next.at.replace(/\.\d+(?=\.)/g, '.*'))) refuseText(next.value, next.at);
    if (typeof next.value !== 'object' || next.value === null || ArrayBuffer.isView(next.value)) continue;
    if (next.depth >= MAX_DEPTH) throw fieldRefused({ field: short(next.at), zh: '套得太深了。', en: 'Nested too deeply.' });
    for (const [key, inner] of Object.entries(next.value)) {
      if (POLLUTING.has(key)) throw fieldRefused({ field: short(join(next.at, key)), zh: '不能用这个名字。', en: 'This name is not allowed.' });
      refuseText(key, next.at);
      pending.push({ value: inner, at: join(next.at, key), depth: next.depth + 1 });
    }
  }
}

function refuseText(text: string, at: string): void {
  if (!UNSTORABLE.test(text)) return;
  throw fieldRefused({ field: short(at), zh: '有不能保存的字符。', en: 'It has characters that cannot be kept.' });
}

const join = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);
const short = (at: string): string => at.replace(new RegExp(UNSTORABLE, 'gu'), '').slice(0, 200);
