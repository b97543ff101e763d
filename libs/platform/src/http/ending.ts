import { Log } from '../logging/log.js';

const PATIENCE_MS = 15_000;
const log = Log.named('run');

/** How a process ends: what was opened last is closed first, whoever asks for it, and only once. */
export class Ending {
  private readonly closers: { name: string; close: () => Promise<unknown> }[] = [];
  private ending = false;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (this.ending && signal === 'SIGINT') process.exit(130); // Ctrl-C a second time
        void this.end(0);
      });
    }
    // A fault that nobody caught leaves a state that nobody knows: say it, close what can be closed, end.
    process.on('uncaughtException', (error) => this.fault(error));
    process.on('unhandledRejection', (error) => this.fault(error));
  }

  /** Says what is to be closed at the end. */
  add(name: string, close: () => Promise<unknown>): void {
    this.closers.unshift({ name, close });
  }

  /** Ends with code 1 and prints the reasons, one a line: last, where nothing that is said while it closes scrolls them away. */
  async failed(reasons: readonly string[]): Promise<void> {
    await this.end(1, `Fairwind does not start:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`);
  }

  /**
   * Closes everything and ends the process. A part that does not close within 15 s in all is left behind.
   * @param last printed as the last thing
   */
  async end(code: number, last?: string): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    const exit = (withCode: number): never => {
      if (last) console.error(last);
      process.exit(withCode);
    };
    setTimeout(() => {
      log.error({}, 'Not everything closed in time; the process ends all the same.');
      exit(code === 0 ? 1 : code);
    }, PATIENCE_MS);
    for (const { name, close } of this.closers) {
      try {
        await close();
      } catch (err) {
        log.error({ err, part: name }, 'A part did not close.');
      }
    }
    exit(code);
  }

  private fault(error: unknown): void {
    log.error({ err: error }, 'A fault that nobody caught: the process ends.');
    void this.end(1);
  }
}
