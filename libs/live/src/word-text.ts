/** Text as the held words are looked for in it: what people do so that no filter sees a word is undone. */

/** Traditional and look-alike characters of words that matter here, and what stands for them in chats. */
const written: Record<string, string> = {
  費: '费', 訓: '训', 證: '证', 錢: '钱', 貸: '贷', 帳: '账', 賬: '账', 轉: '转', 匯: '汇', 繳: '缴', 納: '纳', 條: '条', 騙: '骗', 龍: '龙',
  體: '体', 檢: '检', 網: '网', 賭: '赌', 號: '号', 聯: '联', 係: '系', 繫: '系', 壹: '一', 贰: '二', 貳: '二', 叁: '三', 圓: '元', 圆: '元',
  '+': '加', 'ⅴ': 'v',
};
/** Between Latin letters a digit stands for the letter that it looks like: `w31xin`, `l0an`. */
const letters: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b' };
const separator = /[\p{P}\p{S}\p{Z}\p{C}\p{M}\s\u{fe00}-\u{fe0f}]/u;

/** A text without what hides words, and where each of its characters stood. */
export interface WordText {
  text: string;
  /** Index in the original of each character of `text`. */
  at: number[];
}

/**
 * Compatibility forms folded (full and half width, circled and bold letters: NFKC), lower case, traditional characters of our
 * words as simplified ones, `+` as 加; separators of every kind, emoji and invisible characters gone: `培 训·费` is 培训费.
 */
export function wordText(original: string): WordText {
  const [text, at]: [string[], number[]] = [[], []];
  for (let index = 0; index < original.length;) {
    const character = String.fromCodePoint(original.codePointAt(index) as number);
    for (const each of character.normalize('NFKC').toLowerCase()) {
      const plain = written[each] ?? each;
      if (separator.test(plain)) continue;
      text.push(plain);
      at.push(index);
    }
    index += character.length;
  }
  return { text: text.join(''), at: spread(text, at) };
}

/** The same text with digits inside Latin words read as the letters that they look like, or null when there are none. */
export function unmasked({ text, at }: WordText): WordText | null {
  const plain = text.replace(/[a-z][a-z0-9]*/g, (word) => (/\d/.test(word) && /[a-z].*[a-z]/.test(word) ? word.replace(/\d/g, (digit) => letters[digit] ?? digit) : word));
  return plain === text ? null : { text: plain, at };
}

/** A character outside the basic plane takes two places of a string. */
function spread(text: readonly string[], at: readonly number[]): number[] {
  return text.flatMap((character, place) => Array.from({ length: character.length }, () => at[place] as number));
}
