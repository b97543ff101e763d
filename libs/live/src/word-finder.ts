/** Many words at once in one pass over a text (Aho and Corasick, 1975): the time does not grow with the list. */
import { unmasked, wordText, type WordText } from './word-text.js';

interface Node<T> {
  next: Map<string, Node<T>>;
  /** The longest proper suffix of what leads here that is a beginning of a word, too. */
  fall: Node<T> | null;
  /** The nearest node on the way of `fall` that ends a word. */
  ends: Node<T> | null;
  word: { mark: T; length: number } | null;
}
/** A word that was found, with its place in the looked-at text: `from` included, `to` not. */
export interface Found<T> { mark: T; from: number; to: number }

const node = <T>(): Node<T> => ({ next: new Map(), fall: null, ends: null, word: null });

export class WordFinder<T> {
  private readonly root = node<T>();

  /** @param words as `wordText` makes them; of two that are the same the first counts, empty ones are left out */
  constructor(words: Iterable<readonly [word: string, mark: T]>) {
    for (const [word, mark] of words) if (word !== '') this.plant(word, mark);
    this.link();
  }

  /** Every word, also one inside another, in the order in which they end. */
  find(text: string): Found<T>[] {
    const found: Found<T>[] = [];
    let at = this.root;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text[index] as string;
      while (at !== this.root && !at.next.has(unit)) at = at.fall as Node<T>;
      at = at.next.get(unit) ?? this.root;
      for (let end: Node<T> | null = at.word ? at : at.ends; end; end = end.ends) {
        const { mark, length } = end.word as NonNullable<Node<T>['word']>;
        found.push({ mark, from: index + 1 - length, to: index + 1 });
      }
    }
    return found;
  }

  private plant(word: string, mark: T): void {
    let at = this.root;
    for (const unit of word.split('')) {
      const known = at.next.get(unit) ?? node<T>();
      at.next.set(unit, known);
      at = known;
    }
    at.word ??= { mark, length: word.length };
  }

  /** Breadth first, so that what `fall` needs is there already. */
  private link(): void {
    const queue = [...this.root.next.values()];
    for (const child of queue) child.fall = this.root;
    for (const at of queue) {
      for (const [unit, child] of at.next) {
        let fall = at.fall;
        while (fall && !fall.next.has(unit)) fall = fall.fall;
        child.fall = fall?.next.get(unit) ?? this.root;
        child.ends = child.fall.word ? child.fall : child.fall.ends;
        queue.push(child);
      }
    }
  }
}

/** The text itself and, where digits stand for letters, the text that was meant. */
export function readings(text: string): WordText[] {
  const plain = wordText(text);
  const meant = unmasked(plain);
  return meant ? [plain, meant] : [plain];
}
