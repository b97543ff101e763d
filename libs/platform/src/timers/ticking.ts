import { Log } from '../logging/log.js';

const log = Log.named('ticking');

/**
 * Work that is done again and again: at once when woken, and every so often as a net. Never twice at a time in one process.
 * `work` does a piece and answers whether there may be more.
 */
export class Ticking {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private woken = false;
  private stopped = true;

  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<boolean>,
  ) {}

  start(): void {
    this.stopped = false;
    this.wake();
  }

  /** There is work now. */
  wake(): void {
    if (this.stopped) return;
    this.woken = true;
    this.running ??= this.go();
  }

  /** Ends it; resolves when the piece that is being done is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async go(): Promise<void> {
    clearTimeout(this.timer);
    try {
      while (!this.stopped && this.woken) {
        this.woken = false;
        while (!this.stopped && (await this.work()));
      }
    } catch (err) {
      log.error({ err, work: this.name }, 'Work in the background failed; it is tried again.');
    } finally {
      this.running = null;
      if (!this.stopped) this.timer = setTimeout(() => this.wake(), this.everyMs).unref();
    }
  }
}
