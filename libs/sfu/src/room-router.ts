import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { below, type CloseReason } from './close-reason.js';
import type { Consumer } from './consumer.js';
import type { Producer } from './producer.js';
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
  private readonly producers = new Map<string, Producer>();
  /** Of another router: what each producer is called here. */
  private readonly piped = new Map<string, Promise<string>>();
  private consuming = 0;
  private isClosed = false;

  private constructor(
    readonly native: types.Router,
    readonly pooled: PooledWorker,
    private readonly origin: RoomRouter | undefined,
    /** Its codecs have numbers of their own: only for those who asked for these. */
    readonly dialect: boolean,
  ) {
    super();
    pooled.load.routers++;
    native.on('workerclose', () => this.end(pooled.worker.died ? 'workerDied' : 'parentClosed'));
  }

  static async open(pooled: PooledWorker, mediaCodecs: types.RtpCodecCapability[], origin?: RoomRouter, dialect = false): Promise<RoomRouter> {
    return new RoomRouter(await pooled.worker.createRouter({ mediaCodecs }), pooled, origin, dialect);
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

  /** Counts it, and offers it to every router of the room, until it closes. */
  carryProducer(producer: Producer): void {
    this.producers.set(producer.id, producer);
    this.pooled.load.producers++;
    producer.once('closed', () => {
      this.producers.delete(producer.id);
      this.pooled.load.producers--;
    });
  }

  /** Counts it until it closes. */
  carryConsumer(consumer: Consumer): void {
    this.count(1);
    consumer.once('closed', () => this.count(-1));
  }

  /** Sees to it that this router has the producer, and says by what id. Throws `producerMissing`. */
  async bring(producerId: string): Promise<{ producer: Producer; id: string }> {
    const producer = (this.origin ?? this).producers.get(producerId);
    if (!producer) throw missing(producerId);
    if (!this.origin) return { producer, id: producerId };
    let pipe = this.piped.get(producerId);
    if (!pipe) {
      pipe = this.pipe(this.origin, producerId);
      this.piped.set(producerId, pipe);
      pipe.catch(() => this.piped.delete(producerId));
    }
    return { producer, id: await pipe };
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

  private count(change: 1 | -1): void {
    this.consuming += change;
    this.pooled.load.consumers += change;
  }

  private async pipe(origin: RoomRouter, producerId: string): Promise<string> {
    // On one machine: plain RTP over the loopback. The pipe follows the producer: pause, resume, close. Its end has an id
    // of its own, since two routers of a room may lie on one worker.
    const { pipeConsumer, pipeProducer } = await origin.native
      .pipeToRouter({ producerId, router: this.native, keepId: false })
      .catch((cause: unknown) => {
        throw origin.producers.has(producerId) ? cause : missing(producerId);
      });
    if (!pipeConsumer || !pipeProducer) throw missing(producerId);
    origin.count(1);
    pipeConsumer.observer.once('close', () => {
      origin.count(-1);
      this.piped.delete(producerId);
    });
    return pipeProducer.id;
  }
}

const missing = (producerId: string) => new SfuError('producerMissing', `There is no producer ${producerId} in this room.`);
