import { DomainError } from '../errors/domain-error.js';

export interface GroupCommitOptions<Item, Answer> {
  /** Does many items in one go, all or nothing, and answers each in its place. */
  run: (items: Item[]) => Promise<Answer[]>;
  /** At most so many in one go. */
  max: number;
  /** So many may wait; one more is refused with `unavailable`. */
  waiting: number;
  /** Whether this failure is of the whole (no database), so that trying the items one by one is of no use. */
  hopeless: (error: unknown) => boolean;
  /** Called when there is nothing left to do. */
  onIdle?: () => void;
}

interface Waiting<Item, Answer> { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }

/**
 * Puts together what arrives while something is under way: an idle group starts at once (with what arrived in the same turn
 * of the event loop), a busy one takes all that has come meanwhile. Nobody waits for a clock, and the more there is to do,
 * the cheaper each gets. One item is a group of one: there is no other path. In a group that fails, each is tried alone, in
 * order, so that a bad one fails alone.
 */
export class GroupCommit<Item, Answer> {
  private readonly queue: Waiting<Item, Answer>[] = [];
  private busy = false;

  constructor(private readonly options: GroupCommitOptions<Item, Answer>) {}

  add(item: Item): Promise<Answer> {
    if (this.queue.length >= this.options.waiting) return Promise.reject(new DomainError('unavailable'));
    return new Promise<Answer>((resolve, reject) => {
      this.queue.push({ item, resolve, reject });
      if (this.busy) return;
      this.busy = true;
      setImmediate(() => void this.work());
    });
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0) {
      const group = this.queue.splice(0, this.options.max);
      await this.settle(group);
    }
    this.busy = false;
    this.options.onIdle?.();
  }

  private async settle(group: Waiting<Item, Answer>[]): Promise<void> {
    const failed = await this.attempt(group);
    if (failed === null) return;
    let hopeless = group.length === 1 || this.options.hopeless(failed.error) ? failed : null;
    for (const one of group) {
      if (hopeless) one.reject(hopeless.error);
      else {
        const alone = await this.attempt([one]);
        if (!alone) continue;
        one.reject(alone.error);
        if (this.options.hopeless(alone.error)) hopeless = alone;
      }
    }
  }

  /** Answers everybody in the group, or nobody: then what went wrong. */
  private async attempt(group: Waiting<Item, Answer>[]): Promise<{ error: unknown } | null> {
    try {
      const answers = await this.options.run(group.map(({ item }) => item));
      group.forEach(({ resolve }, place) => resolve(answers[place]!));
      return null;
    } catch (error) {
      return { error };
    }
  }
}
