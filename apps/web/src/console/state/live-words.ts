/** A bureau's list of held words as one edits it. Pure. */
import type { HeldWord, HeldWordKind } from '#libs/contracts';

export const WORD_LIMIT = 30;

/** Words compare without spaces and case: the server finds them so, too. */
export const sameAs = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

export type WordProblem = 'need' | 'short' | 'long' | 'twice';
/** Why a word cannot be added to a list. */
export function problemOf(text: string, list: readonly HeldWord[]): WordProblem | null {
  const bare = sameAs(text);
  if (!bare) return 'need';
  if ([...bare].length < 2) return 'short';
  if ([...text.trim()].length > WORD_LIMIT) return 'long';
  return list.some(one => sameAs(one.text) === bare) ? 'twice' : null;
}

/** Adds the lines of a text as words of a kind; those that cannot be are answered with the first reason. */
export function withLines(list: readonly HeldWord[], text: string, kind: HeldWordKind): { words: HeldWord[]; problem: WordProblem | null } {
  let words = [...list];
  let problem: WordProblem | null = null;
  const lines = text.split(/[\r\n、，,；;]+/).map(line => line.trim()).filter(Boolean);
  if (!lines.length) return { words, problem: 'need' };
  for (const line of lines) {
    const found = problemOf(line, words);
    if (found) problem ??= found === 'twice' && lines.length > 1 ? null : found;
    else words = [{ text: line, kind }, ...words];
  }
  return { words, problem };
}

/** Whether two lists hold the same words of the same kinds, in any order. */
export function sameList(a: readonly HeldWord[], b: readonly HeldWord[]): boolean {
  const key = (list: readonly HeldWord[]) => list.map(one => `${one.kind}:${one.text}`).sort().join('\n');
  return key(a) === key(b);
}
