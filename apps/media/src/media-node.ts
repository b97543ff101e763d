import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Health, Log, mediaListens, Settings, type HealthState } from '#libs/platform';
import type { Sfu } from '#libs/sfu';
import { LiveRooms } from './live-rooms.js';
import { NodeRegistration } from './node-registration.js';
import { measureRooms } from './room-measures.js';
import { readWorkerStatus, type WorkerStatus } from './worker-status.js';

/** How often a worker that is not there yet is looked for, milliseconds. */
const LOOK_AGAIN = 500;

/**
 * This process as a media node: its workers run as soon as the machine has the worker program. The hall never waits for
 * it: while it is being built, and on a machine that cannot have one, everything but live media works. What changes is said once.
 */
@Injectable()
export class MediaNode implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private sfu: Sfu | null = null;
  private status: WorkerStatus = { state: 'building', percent: 0, message: 'Media is starting.' };
  /** What the set-up said last. */
  private said: WorkerStatus | null = null;
  private again: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    private readonly settings: Settings,
    private readonly health: Health,
    private readonly log: Log,
    private readonly rooms: LiveRooms,
    private readonly registration: NodeRegistration,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('media', async () => this.state());
    this.registration.start(() => this.report());
    void this.prepare();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearTimeout(this.again);
    await this.registration.end();
    this.rooms.shut();
    this.sfu?.close();
  }

  /** A hall without media is still ready; a process that is there for media alone is not. */
  state(): HealthState {
    const running = this.sfu?.pool.alive.length ?? 0;
    if (running > 0) return { ok: true, detail: `${running} workers` };
    return { ok: this.settings.role === 'all', detail: this.status.message };
  }

  /** What other processes and pages are told of it. */
  private report(): { state: 'ready' | 'preparing' | 'unavailable'; percent: number } {
    if (this.sfu) return { state: 'ready', percent: 100 };
    // The last percent is the start of the workers.
    if (this.status.state === 'unavailable') return { state: 'unavailable', percent: 0 };
    return { state: 'preparing', percent: Math.min(99, Math.max(0, Math.round(this.status.percent))) };
  }

  /** Looks until the workers run: also where there was no worker, somebody may build one. Never rejects. */
  private async prepare(): Promise<void> {
    const said = await readWorkerStatus(this.settings.dataDir).catch(unreadable);
    if (!isDeepStrictEqual(said, this.said)) {
      await this.hear(said);
      this.registration.now();
    }
    if (!this.sfu && !this.closing) this.again = setTimeout(() => void this.prepare(), LOOK_AGAIN);
  }

  private async hear(said: WorkerStatus): Promise<void> {
    const before = this.said?.state;
    this.said = said;
    if (said.state !== 'ready') {
      this.status = said;
      if (said.state === 'unavailable') this.log.warn({}, `No live media on this machine: ${said.message}`);
      else if (before !== 'building') this.log.info({}, `Live media follows: ${said.message}`);
      return;
    }
    try {
      await this.start();
    } catch (error) {
      this.status = { state: 'unavailable', percent: 0, message: `The media workers did not start: ${String(error)}` };
      this.log.error({ err: error }, 'The media workers did not start; the hall runs without live media.');
    }
  }

  private async start(): Promise<void> {
    const { mediaWorkers, mediaPort } = this.settings;
    const { Sfu } = await import('#libs/sfu'); // after the start: mediasoup is a tenth of what a start loads
    const sfu = await Sfu.start({ count: mediaWorkers ?? availableParallelism(), listen: mediaListens(this.settings), firstPort: mediaPort });
    if (this.closing) return sfu.close();
    sfu.pool.on('lost', (index, cause) => this.log.error({ index, err: cause }, 'A media worker died; it is being replaced.'));
    sfu.pool.on('replaced', ({ index }) => this.log.info({ index }, 'A media worker was replaced.'));
    this.sfu = sfu;
    this.rooms.open(sfu);
    measureRooms(this.rooms);
    this.log.info({ workers: sfu.pool.alive.length, port: mediaPort }, 'Media is ready.');
  }
}

const unreadable = (error: unknown): WorkerStatus => ({ state: 'unavailable', percent: 0, message: `The state of the media worker cannot be read: ${String(error)}` });
