import { setTimeout as pause } from 'node:timers/promises';
import type { NewSegment } from '#libs/rooms';
import { newId, type FileArea, type Log } from '#libs/platform';
import type { FfmpegRun } from './ffmpeg-run.js';
import type { Fragment } from './fragments.js';

/** Tries of one write, and the waits between them, milliseconds. */
const AGAIN = [200, 1_000, 3_000];
/** Segments that may wait for a slow store: a minute. More are dropped. */
const MOST_WAITING = 60;
export const INIT_TYPE = 'video/mp4';

export interface WriterOptions {
  recordingId: string;
  /** The number of the next segment. */
  next: number;
  files: FileArea;
  log: Log;
  /** Writes a row; false: the recording is not ours any more. */
  add(segment: NewSegment): Promise<boolean>;
  /** Another process writes this recording, or it has ended. */
  lost(): void;
}

/** Puts segments into the files' store, in order, each with its row behind it: what is in a playlist is there. */
export class SegmentWriter {
  private chain: Promise<void> = Promise.resolve();
  private waiting = 0;
  private cut: boolean;

  constructor(private readonly options: WriterOptions) {
    this.cut = options.next > 0;
  }

  /** Writes everything that a run makes, after what the run before it made. */
  follow(run: FfmpegRun): void {
    const name = newId();
    const initKey = `${this.options.recordingId}/${name}-init.mp4`;
    let made = 0;
    let begun = false;
    let before = this.chain;
    const ended = new Promise<void>((resolve) => run.once('ended', () => resolve()));
    const queue = (work: () => Promise<void>) => { before = before.then(work); };
    run.on('init', (bytes) => queue(() => this.put(initKey, bytes)));
    run.on('fragment', (fragment) => {
      if (this.waiting >= MOST_WAITING) return void (this.cut = true);
      this.waiting += 1;
      const storageKey = `${this.options.recordingId}/${name}-${made++}.m4s`;
      queue(async () => {
        this.waiting -= 1;
        const discontinuity: boolean = this.cut || (!begun && this.options.next > 0);
        begun = true;
        await this.write({ storageKey, initKey, fragment, discontinuity });
      });
    });
    this.chain = ended.then(() => before);
  }

  /** Everything that was made so far is stored. */
  settled(): Promise<void> {
    return this.chain;
  }

  private async write({ storageKey, initKey, fragment, discontinuity }: { storageKey: string; initKey: string; fragment: Fragment; discontinuity: boolean }): Promise<void> {
    const { bytes, duration } = fragment;
    try {
      await this.put(storageKey, bytes);
      const added = await this.again(() => this.options.add({ sequence: this.options.next, storageKey, initKey, duration, bytes: bytes.length, discontinuity }));
      if (!added) return this.options.lost();
      this.options.next += 1;
      this.cut = false;
    } catch (err) {
      this.cut = true;
      this.options.log.error({ err, recordingId: this.options.recordingId }, 'A segment of a recording could not be stored; the recording goes on after it.');
    }
  }

  private put(key: string, bytes: Buffer): Promise<void> {
    return this.again(() => this.options.files.put(key, bytes, INIT_TYPE));
  }

  private async again<T>(work: () => Promise<T>): Promise<T> {
    for (const wait of AGAIN) {
      try {
        return await work();
      } catch (err) {
        this.options.log.warn({ err }, 'Storing a segment failed; it is tried again.');
        await pause(wait);
      }
    }
    return work();
  }
}
