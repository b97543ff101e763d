/**
 * Finds wording that may not be published: discrimination (人力资源市场暂行条例 24, 就业促进法 3 and 26–31) and money or papers
 * taken from applicants (就业促进法 41, 劳动合同法 9). Pure: text in, problems out, each quoting what stands there.
 *
 * How a rule works: `finds` match what is forbidden; `shields` match what is allowed and looks alike (女装店, 男女不限,
 * 不收押金, 公司承担培训费). A find that lies inside a shield is none. `unless` looks at the whole posting, for what the law
 * itself demands of some trades. Nothing is guessed from a single word: a rule names the ways in which people write it.
 */
import type { CheckWording, Language, WordingProblem } from '#libs/contracts';
import { discriminationRules } from './wording-discrimination.js';
import { feeRules } from './wording-fees.js';
import { normalised, type Normalised } from './wording-text.js';

export interface WordingRule {
  id: string;
  /** What it is, and the law behind it. */
  rule: Record<Language, string>;
  /** Why not, and the way round. */
  why: Record<Language, string>;
  /** With the flag `g`, on text in lower case and ASCII punctuation. `only`: in that field alone. `accept` sees the whole posting. */
  finds: readonly { pattern: RegExp; only?: keyof CheckWording; accept?: (match: RegExpMatchArray, posting: string) => boolean }[];
  shields?: readonly RegExp[];
  /** The posting as a whole says why the rule does not bind here. */
  unless?: RegExp;
}

const rules: readonly WordingRule[] = [...discriminationRules, ...feeRules];
const fields = ['title', 'conditions', 'content', 'payTerms'] as const satisfies (keyof CheckWording)[];
const longestQuote = 120;

/** The problems of a posting's texts, in the order in which they stand there; an empty list: it may be published. */
export function wordingProblems(texts: CheckWording, language: Language): WordingProblem[] {
  const whole = fields.map((field) => normalised(texts[field] ?? '').spaced.text).join('\n');
  const binding = rules.filter((rule) => !rule.unless?.test(whole));
  return fields.flatMap((field) => inField(field, texts[field] ?? '', { binding, whole, language }));
}

interface Found { rule: WordingRule; from: number; to: number }

interface Posting { binding: readonly WordingRule[]; whole: string; language: Language }

function inField(field: (typeof fields)[number], original: string, { binding, whole, language }: Posting): WordingProblem[] {
  const { spaced, compact } = normalised(original);
  // Blanks inside a word (限 男 性) do not hide it; where blanks part words, the text with blanks is the right one.
  const found = [spaced, compact].flatMap((text) => binding.flatMap((rule) => matches(rule, field, text, whole)));
  return withoutEchoes(found).map(({ rule, from, to }) => ({
    field, phrase: original.slice(from, to).trim(), sentence: sentenceAround(original, from, to), rule: rule.rule[language], why: rule.why[language],
  }));
}

function matches(rule: WordingRule, field: keyof CheckWording, { text, at }: Normalised, whole: string): Found[] {
  const shields = (rule.shields ?? []).flatMap((pattern) => [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length] as const));
  return rule.finds.filter(({ only }) => only === undefined || only === field).flatMap(({ pattern, accept }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [from, to] = [match.index, match.index + match[0].length];
      if (shields.some(([start, end]) => from >= start && to <= end)) return [];
      if (accept && !accept(match, whole)) return [];
      return [{ rule, from: at(from), to: at(to - 1) + 1 }];
    }));
}

/** One problem a place: of finds of one rule that overlap, the longest; a rule found twice in other places is told twice. */
function withoutEchoes(found: readonly Found[]): Found[] {
  const longest = [...found].sort((a, b) => b.to - b.from - (a.to - a.from));
  const kept: Found[] = [];
  for (const each of longest) {
    if (!kept.some((other) => other.rule === each.rule && each.from < other.to && other.from < each.to)) kept.push(each);
  }
  return kept.sort((a, b) => a.from - b.from || a.to - b.to);
}

const sentenceEnd = /[。;；!！?？\n]/;

function sentenceAround(text: string, from: number, to: number): string {
  const start = Math.max(backTo(text, from, sentenceEnd), from - longestQuote / 2);
  return text.slice(start, Math.min(forthTo(text, to, sentenceEnd), start + longestQuote)).trim();
}

function backTo(text: string, from: number, end: RegExp): number {
  let start = from;
  while (start > 0 && !end.test(text[start - 1] as string)) start -= 1;
  return start;
}

function forthTo(text: string, to: number, end: RegExp): number {
  let stop = to;
  while (stop < text.length && !end.test(text[stop] as string)) stop += 1;
  return stop;
}
