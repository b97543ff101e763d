import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '#libs/platform';
import { MediaNodes, nodeDeadAfter } from './media-nodes.js';

/** How often it looks, milliseconds: a dead node is noticed within 4.5 s. */
const LOOK = 500;
/** A gap as long as this, milliseconds, and the watch knows nothing of the time before. */
const BLIND = 2_000;

/**
 * Looks for dead nodes, in every process that knows rooms. After a time in which nobody reached the database (or this process
 * slept) every node looks dead: the watch judges only what it has watched for as long as a node may be silent.
 */
@Injectable()
export class NodeWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;
  private since = Infinity;
  private last = -Infinity;
  private stopped = false;

  constructor(private readonly nodes: MediaNodes, private readonly log: Log) {}

  onApplicationBootstrap(): void {
    this.again();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private again(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => this.again());
    }, LOOK).unref();
  }

  private async look(): Promise<void> {
    try {
      const now = performance.now();
      if (now - this.last > BLIND) this.since = now;
      if (now - this.since < nodeDeadAfter) await this.nodes.reach();
      else if ((await this.nodes.sweep()) > 0) this.log.warn({}, 'A media node is gone; its rooms are placed anew.');
      this.last = performance.now();
    } catch (error) {
      this.log.debug({ err: error }, 'Media nodes could not be looked at; it is tried again.');
    }
  }
}
