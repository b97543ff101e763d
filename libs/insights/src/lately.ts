/** How old an answer may be that is given again. Milliseconds. */
const FRESH = 1_000;
/** And for a picture, which another one follows at once; a gate that is silent for ten seconds is told in time. Milliseconds. */
const STALE = 1_500;
/** Fairs whose answers are kept; the oldest go. */
const KEPT = 200;

interface Known<T> {
  /** The last that came, and when it was asked for. */
  answer: Promise<T> | null;
  at: number;
  /** The one that is under way, and since when. */
  coming: Promise<T> | null;
  since: number;
}

/** Reads something of a fair at most once a second, unless it has changed: a desk that is pushed ten times a second reads what hardly changes once. */
export class Lately<T> {
  private readonly known = new Map<string, Known<T>>();

  constructor(private readonly read: (fairId: string) => Promise<T>) {}

  of(fairId: string): Promise<T> {
    const known = this.knownOf(fairId);
    const now = performance.now();
    if (known.coming && now - known.since < FRESH) return known.coming;
    if (known.answer && now - known.at < FRESH) return known.answer;
    return this.ask(fairId, known, now);
  }

  /** For one of many pictures: none waits for what is a little old already, which is read anew meanwhile. */
  forPicture(fairId: string): Promise<T> {
    const fresh = this.of(fairId);
    const { answer, at } = this.knownOf(fairId);
    return answer && performance.now() - at < STALE ? answer : fresh;
  }

  /** It has changed: the next one asks anew. What is being read may be of before. */
  forget(fairId: string): void {
    this.known.delete(fairId);
  }

  private ask(fairId: string, known: Known<T>, now: number): Promise<T> {
    const coming = this.read(fairId);
    Object.assign(known, { coming, since: now });
    // Who asked hears of a failure; the next one asks anew.
    coming.then(() => { if (now >= known.at) Object.assign(known, { answer: coming, at: now }); }, () => {})
      .finally(() => { if (known.coming === coming) known.coming = null; });
    return coming;
  }

  private knownOf(fairId: string): Known<T> {
    const known = this.known.get(fairId) ?? { answer: null, at: 0, coming: null, since: 0 };
    this.known.delete(fairId);
    this.known.set(fairId, known);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(oldest);
    }
    return known;
  }
}
