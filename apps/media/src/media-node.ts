import { availableParallelism } from 'node:os';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Health, Log, Settings, type HealthState } from '#libs/platform';
import type { WorkerPool } from '#libs/sfu';
import { readWorkerStatus, type WorkerStatus } from './worker-status.js';

/** How often a worker that is being built is looked for, milliseconds. */
const LOOK_AGAIN = 2_000;

/**
 * This process as a media node: its workers run as soon as the machine has the worker program. The hall never waits for
 * it: while it is being built, and on a machine that cannot have one, everything but live media works.
 */
@Injectable()
export class MediaNode implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private pool: WorkerPool | null = null;
  private status: WorkerStatus = { state: 'building', percent: 0, message: 'Media is starting.' };
  private again: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    private readonly settings: Settings,
    private readonly health: Health,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('media', async () => this.state());
    void this.prepare();
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
    clearTimeout(this.again);
    this.pool?.close();
  }

  /** A hall without media is still ready; a process that is there for media alone is not. */
  state(): HealthState {
    const running = this.pool?.alive.length ?? 0;
    if (running > 0) return { ok: true, detail: `${running} workers` };
    return { ok: this.settings.role === 'all', detail: this.status.message };
  }

  private async prepare(): Promise<void> {
    try {
      this.status = await readWorkerStatus(this.settings.dataDir);
      if (this.status.state === 'ready') await this.start();
      if (this.status.state === 'unavailable') this.log.warn({}, `No live media on this machine: ${this.status.message}`);
    } catch (error) {
      this.status = { state: 'unavailable', percent: 0, message: `The media workers did not start: ${String(error)}` };
      this.log.error({ err: error }, 'The media workers did not start; the hall runs without live media.');
    }
    if (this.status.state === 'building' && !this.closing) this.again = setTimeout(() => void this.prepare(), LOOK_AGAIN);
  }

  private async start(): Promise<void> {
    const sfu = await import('#libs/sfu'); // after the start: mediasoup is a tenth of what a start loads
    const pool = await sfu.WorkerPool.start({
      count: availableParallelism(),
      listenAddress: this.settings.host ?? '0.0.0.0',
      announcedAddress: this.settings.announcedAddress,
      firstPort: this.settings.mediaPort,
    });
    if (this.closing) return pool.close();
    pool.on('lost', (index, cause) => this.log.error({ index, err: cause }, 'A media worker died; it is being replaced.'));
    pool.on('replaced', ({ index }) => this.log.info({ index }, 'A media worker was replaced.'));
    this.pool = pool;
    this.log.info({ workers: pool.alive.length, port: this.settings.mediaPort }, 'Media is ready.');
  }
}
