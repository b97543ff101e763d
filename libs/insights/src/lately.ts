/** How old an answer may be that is given again. Milliseconds. */
const FRESH = 1_000;
/** And for a picture, which another one follows. Milliseconds. */
const STALE = 3_000;
/** Fairs whose answers are kept; the oldest go. */
const KEPT = 200;

/** Reads something of a fair at most once a second: a desk that is pushed ten times a second reads what hardly changes once. */
export class Lately<T> {
  private readonly known = new Map<string, { at: number; answer: Promise<T> }>();

  constructor(private readonly read: (fairId: string) => Promise<T>) {}

  of(fairId: string): Promise<T> {
    return this.younger(fairId, FRESH) ?? this.anew(fairId);
  }

  /** For one of many pictures: none waits for what is a little old already, which is then read anew for the next. */
  forPicture(fairId: string): Promise<T> {
    const known = this.younger(fairId, STALE);
    const fresh = this.of(fairId);
    return known ?? fresh;
  }

  private younger(fairId: string, age: number): Promise<T> | null {
    const known = this.known.get(fairId);
    return known && performance.now() - known.at < age ? known.answer : null;
  }

  private anew(fairId: string): Promise<T> {
    const answer = this.read(fairId);
    const now = { at: performance.now(), answer };
    this.known.delete(fairId);
    this.known.set(fairId, now);
    // The caller hears of it; the next one asks anew.
    answer.catch(() => { if (this.known.get(fairId) === now) this.known.delete(fairId); });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(oldest);
    }
    return answer;
  }

  /** It has changed: the next one asks anew. */
  forget(fairId: string): void {
    this.known.delete(fairId);
  }
}
