import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { below, type CloseReason } from './close-reason.js';
import { SfuError } from './sfu-error.js';
import type { PooledWorker } from './worker-pool.js';

/**
 * One mediasoup Router of a room. The first (origin) takes what is published and the first viewers; the others take the
 * viewers who come later, and get each producer from the origin through a pipe when the first of them asks for it.
 */
export class RoomRouter extends EventEmitter<{ closed: [reason: CloseReason] }> {
  /** What lives on it and ends with it. */
  readonly children = new Set<{ end(reason: CloseReason): void }>();
  /** Of an origin: what is published. */
  readonly producerIds = new Set<string>();
  private readonly piped = new Map<string, Promise<void>>();
  private consuming = 0;
  private isClosed = false;

  private constructor(
    readonly native: types.Router,
    readonly pooled: PooledWorker,
    private readonly origin: RoomRouter | undefined,
  ) {
    super();
    pooled.load.routers++;
    native.on('workerclose', () => this.end(pooled.worker.died ? 'workerDied' : 'parentClosed'));
  }

  static async open(pooled: PooledWorker, mediaCodecs: types.RtpCodecCapability[], origin?: RoomRouter): Promise<RoomRouter> {
    return new RoomRouter(await pooled.worker.createRouter({ mediaCodecs }), pooled, origin);
  }

  /** Viewers' transports, those that are being made included. */
  viewers = 0;

  /** Consumers that it carries now. */
  get consumers(): number {
    return this.consuming;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  /** Keeps the numbers of this router and of its worker. */
  count(change: { consumers?: 1 | -1; producers?: 1 | -1 }): void {
    this.consuming += change.consumers ?? 0;
    this.pooled.load.consumers += change.consumers ?? 0;
    this.pooled.load.producers += change.producers ?? 0;
  }

  /** Sees to it that this router has the producer. Throws `producerMissing`. */
  async bring(producerId: string): Promise<void> {
    if (!(this.origin ?? this).producerIds.has(producerId)) throw missing(producerId);
    if (!this.origin) return;
    let pipe = this.piped.get(producerId);
    if (!pipe) {
      pipe = this.pipe(this.origin, producerId);
      this.piped.set(producerId, pipe);
      pipe.catch(() => this.piped.delete(producerId));
    }
    return pipe;
  }

  /** Idempotent. */
  end(reason: CloseReason): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.pooled.load.routers--;
    for (const child of [...this.children]) child.end(below(reason));
    this.native.close();
    this.emit('closed', reason);
  }

  private async pipe(origin: RoomRouter, producerId: string): Promise<void> {
    // On one machine: plain RTP over the loopback. The pipe follows the producer: pause, resume, close.
    const { pipeConsumer } = await origin.native.pipeToRouter({ producerId, router: this.native }).catch((cause: unknown) => {
      throw origin.producerIds.has(producerId) ? cause : missing(producerId);
    });
    if (!pipeConsumer) throw missing(producerId);
    origin.count({ consumers: 1 });
    pipeConsumer.observer.once('close', () => {
      origin.count({ consumers: -1 });
      this.piped.delete(producerId);
    });
  }
}

const missing = (producerId: string) => new SfuError('producerMissing', `There is no producer ${producerId} in this room.`);
