/** Text as the wording rules read it, with the way back to what was written. */
export interface Normalised {
  text: string;
  /** Index in the original of the character at `index`. */
  at(index: number): number;
}

/** Zero-width characters and the like, which people put inside words so that no filter sees them. */
const invisible = /[\p{Cf}\u{fe00}-\u{fe0f}]/u;

/**
 * Lower case, compatibility forms folded (NFKC: ３５ → 35, ： → :), invisible characters gone. `spaced` keeps blanks as they
 * are, `compact` has none but line breaks.
 */
export function normalised(original: string): { spaced: Normalised; compact: Normalised } {
  const spaced: [string, number][] = [];
  for (let index = 0; index < original.length;) {
    const character = String.fromCodePoint(original.codePointAt(index) as number);
    if (!invisible.test(character)) {
      for (const unit of character.normalize('NFKC').toLowerCase().split('')) spaced.push([unit, index]);
    }
    index += character.length;
  }
  return { spaced: indexed(spaced), compact: indexed(spaced.filter(([unit]) => unit === '\n' || !/\s/.test(unit))) };
}

function indexed(units: readonly [string, number][]): Normalised {
  return { text: units.map(([unit]) => unit).join(''), at: (index) => units[index]?.[1] ?? 0 };
}

const digits: Record<string, number> = { 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** `35` or 三十五 as a number; up to 99. */
export function numberOf(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  const [tens, ones] = written.split('十');
  if (ones === undefined) return digits[written] ?? NaN;
  return (tens === '' ? 1 : (digits[tens as string] ?? NaN)) * 10 + (ones === '' ? 0 : (digits[ones] ?? NaN));
}
