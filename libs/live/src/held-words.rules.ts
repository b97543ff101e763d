/** Which words of a text are held for a moderator, as pure rules. */
import type { HeldWord } from '#libs/contracts';
import { harmless } from './default-words.js';
import { readings, WordFinder, type Found } from './word-finder.js';
import { wordText } from './word-text.js';

/** A number that a phone can be called at, given in public: a way out of the system, or somebody's own data. */
const mobile = /(?<!\d)1[3-9]\d{9}(?!\d)/;
const mobileWord: HeldWord = { text: '手机号', kind: 'fraud' };

/** Looks for a list's words. Made once a list, used for each message. */
export class HeldWordCheck {
  /** A held word, or null: a phrase in which such a word is harmless. */
  private readonly finder: WordFinder<HeldWord | null>;

  constructor(words: readonly HeldWord[]) {
    const held = words.map((word) => [wordText(word.text).text, word] as const);
    this.finder = new WordFinder<HeldWord | null>([...held, ...harmless.map((phrase) => [wordText(phrase).text, null] as const)]);
  }

  /** The words of the list that stand in `text`, each once, in the order in which they come; empty: nothing to look at. */
  find(text: string): HeldWord[] {
    const words = readings(text).flatMap((reading) => this.inReading(reading.text));
    if (mobile.test(wordText(text).text)) words.push(mobileWord);
    return [...new Map(words.map((word) => [word.text, word])).values()];
  }

  private inReading(text: string): HeldWord[] {
    const found = this.finder.find(text);
    const shields = found.filter(({ mark }) => mark === null);
    return found.flatMap((each) => (each.mark === null || shields.some((shield) => covers(shield, each)) ? [] : [each.mark]));
  }
}

const covers = (shield: Found<unknown>, word: Found<unknown>): boolean => shield.from <= word.from && shield.to >= word.to;
