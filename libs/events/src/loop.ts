import type { Log } from '#libs/platform';

export interface LoopOptions {
  /** Least milliseconds between the starts of two passes. */
  pause: number;
  /**
   * After a long pass it rests as long as that took, so that a machine that is busy gets bigger passes, not more of them; but no longer than
   * so many milliseconds for that. 0 unless told.
   */
  ease?: number;
  /** A pass at least this often, milliseconds: the net under every hint. */
  poll: number;
  log: Log;
}

/** Longest wait after failures, milliseconds. */
const LONGEST = 5_000;

/**
 * Work that is woken by hints: never two passes at once, a hint during a pass means one more, failures (a database that is
 * away) are logged once and retried with growing pauses.
 */
export class Loop {
  private timer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  private running: Promise<void> | null = null;
  /** The least pause that was asked for during the pass; nobody has asked: Infinity. */
  private again = Infinity;
  private started = false;
  private lastStart = -Infinity;
  private took = 0;
  private failures = 0;

  /** @param pass does the work; returns milliseconds until it must be called again even without a hint, or null */
  constructor(
    private readonly name: string,
    private readonly pass: () => Promise<number | null>,
    private readonly options: LoopOptions,
  ) {}

  start(): void {
    this.started = true;
    this.schedule(0);
  }

  /**
   * There may be something to do, so many milliseconds after the start of the last pass at the earliest; absent: after the usual
   * pause. While failing it is left to the backoff.
   */
  wake(pause = this.options.pause): void {
    if (!this.started || this.failures > 0) return;
    if (this.running) this.again = Math.min(this.again, pause);
    else this.schedule(Math.max(0, this.lastStart + (pause < this.options.pause ? pause : this.rest()) - performance.now()));
  }

  /** Ends after the pass that is running. */
  async stop(): Promise<void> {
    this.started = false;
    clearTimeout(this.timer);
    await this.running;
  }

  /** From the start of one pass to that of the next. */
  private rest(): number {
    return Math.max(this.options.pause, this.took + Math.min(this.took, this.options.ease ?? 0));
  }

  private schedule(ms: number): void {
    const dueAt = performance.now() + ms;
    if (dueAt >= this.dueAt) return;
    clearTimeout(this.timer);
    this.dueAt = dueAt;
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, ms);
  }

  private async run(): Promise<void> {
    this.dueAt = Infinity;
    this.again = Infinity;
    this.lastStart = performance.now();
    let next: number | null;
    try {
      next = await this.pass();
      if (this.failures > 0) this.options.log.info({ loop: this.name, failures: this.failures }, 'Works again');
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      next = Math.min(100 * 2 ** this.failures, LONGEST);
      if (this.failures === 1) this.options.log.error({ err: error, loop: this.name }, 'Failed; it is tried again until it works');
    }
    this.took = performance.now() - this.lastStart;
    this.running = null;
    if (!this.started) return;
    this.schedule(next ?? this.options.poll);
    if (this.again < Infinity) this.wake(this.again);
  }
}
