import { availableParallelism } from 'node:os';

/** How many recordings of this node transcode their pictures at once. */
export class Transcodes {
  private running = 0;

  /** @param most null: half of the machine's cores, and one at least */
  constructor(most: number | null) {
    this.most = most ?? Math.max(1, Math.floor(availableParallelism() / 2));
  }

  readonly most: number;

  get free(): boolean {
    return this.running < this.most;
  }

  /** @returns gives the seat back, once; null: all are taken */
  take(): (() => void) | null {
    if (this.running >= this.most) return null;
    this.running += 1;
    let held = true;
    return () => {
      if (held) this.running -= 1;
      held = false;
    };
  }
}
