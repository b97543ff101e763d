/**
 * Chinese full-text search: jieba's words in a tsvector that we write ourselves, since PostgreSQL has no Chinese parser and
 * its own would split what jieba has cut. Index and query are cut by the same dictionary, without guessing (no HMM), so that
 * the same word is cut alike on both sides; what the dictionary does not know is cut into pairs of characters.
 */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let jieba: Jieba | null = null;
/** Loaded at the first use: 180 ms and 40 MB that a gate or a media process never needs. */
const cutter = (): Jieba => (jieba ??= Jieba.withDict(dict));

const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token);
const isLong = (token: string): boolean => [...token].length > 1;
const clean = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\p{Cc}\p{Cs}'\\]/gu, ' ');

/** A text's words in order, for the index: each word and the shorter words in it, and pairs where no word is known. */
export function indexWords(text: string): string[] {
  return pieces(clean(text)).flatMap((piece) => ('word' in piece ? cutter().cutForSearch(piece.word, false).filter(isWord) : [...pairs(piece.run), ...piece.run]));
}

type Piece = { word: string } | { run: string[] };

/** Words of the dictionary, and runs of single characters between them. */
function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  for (const token of cutter().cut(text, false)) {
    const last = found.at(-1);
    if (!isWord(token)) found.push({ run: [] }); // a break: no pair across it
    else if (isLong(token)) found.push({ word: token });
    else if (last && 'run' in last) last.run.push(token);
    else found.push({ run: [token] });
  }
  return found;
}

const pairs = (run: readonly string[]): string[] => run.slice(1).map((character, n) => (run[n] as string) + character);

/** Weights: A the title, B the place and the employer, C conditions and content. */
export interface Searched { title: string; employer: string; place: string; content: string }

/** Positions beyond PostgreSQL's limits are cut by it; texts are short enough. */
const mostPositions = 200;

/** The vector of a job as a literal: `'电工':1A,7C …`. */
export function vectorOf({ title, employer, place, content }: Searched): string {
  const positions = new Map<string, string[]>();
  let position = 0;
  const put = (text: string, weight: 'A' | 'B' | 'C') => {
    for (const word of indexWords(text)) {
      position += 1;
      const list = positions.get(word) ?? [];
      if (list.length < mostPositions && position < 16_383) list.push(`${position}${weight}`);
      if (list.length > 0) positions.set(word, list);
    }
  };
  put(title, 'A');
  put(place, 'B');
  put(employer, 'B');
  put(content, 'C');
  return [...positions].map(([word, list]) => `'${word}':${list.join(',')}`).join(' ');
}

/**
 * A query as a tsquery literal, or null when it has no word: every word must be there, as it is, as a beginning, or by one of
 * the shorter words in it (操作工 finds 数控操作). A single character counts only when there is nothing longer: 找电工 is 电工.
 */
export function queryOf(q: string): string | null {
  const found = pieces(clean(q));
  const long = found.flatMap((piece) => {
    if ('word' in piece) return [alternatives(piece.word)];
    return pairs(piece.run).map((pair) => term(pair));
  });
  if (long.length > 0) return long.join(' & ');
  const single = found.flatMap((piece) => ('run' in piece ? piece.run : []));
  return single.length > 0 ? single.map(term).join(' & ') : null;
}

const term = (word: string): string => `'${word}':*`;

function alternatives(word: string): string {
  const parts = cutter().cutForSearch(word, false).filter((part) => isWord(part) && isLong(part));
  return `(${[...new Set([word, ...parts])].map(term).join(' | ')})`;
}
