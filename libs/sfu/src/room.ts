import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { roomCodecs } from './codecs.js';
import type { Consumer } from './consumer.js';
import { ENCODER_REST } from './key-frame-gate.js';
import { routerFor } from './placing.rules.js';
import { openPlainConsumer, type PlainConsumerOptions } from './plain-consumer.js';
import { openPlainProducer, type PlainProducer, type PlainProducerOptions } from './plain-producer.js';
import type { Producer } from './producer.js';
import { RoomRouter } from './room-router.js';
import { SfuError } from './sfu-error.js';
import { Speakers, type Speaker } from './speakers.js';
import { Transport, type TransportOptions } from './transport.js';
import type { WorkerPool } from './worker-pool.js';

export interface RoomOptions {
  id: string;
  codecs?: types.RtpCodecCapability[];
  /** Consumers that a router carries before the room spreads to another; default 400 (mediasoup: about 500 a worker). */
  consumersPerRouter?: number;
  /** Milliseconds between key frame requests to a producer on behalf of viewers; default ENCODER_REST. */
  keyFrameInterval?: number;
}

/** How much a room asks of its machine. */
export interface RoomLoad {
  routers: number;
  consumers: number;
  producers: number;
}

/** Browsers and encoders number codecs in a handful of ways. */
const MOST_DIALECTS = 12;

interface RoomEvents {
  closed: [reason: 'closed' | 'workerDied'];
  producerAdded: [producer: Producer];
  producerClosed: [producerId: string];
  /** Who speaks, twice a second while somebody does; empty once nobody does. */
  speakers: [speakers: Speaker[]];
}

/** People who see and hear one another: a broadcast, a stage, an interview. On one router, and on more when it grows. */
export class Room extends EventEmitter<RoomEvents> {
  private readonly routers = new Set<RoomRouter>();
  private readonly transports = new Map<string, Transport>();
  private readonly allProducers = new Map<string, Producer>();
  private readonly speakers: Speakers;
  private readonly consumersPerRouter: number;
  private readonly keyFrameInterval: number;
  private spreading: Promise<unknown> | undefined;
  /** Routers for players with codec numbers of their own, by these. */
  private readonly dialects = new Map<string, Promise<RoomRouter>>();
  private isClosed = false;

  private constructor(
    private readonly pool: WorkerPool,
    private readonly origin: RoomRouter,
    private readonly options: RoomOptions,
  ) {
    super();
    this.consumersPerRouter = options.consumersPerRouter ?? 400;
    this.keyFrameInterval = options.keyFrameInterval ?? ENCODER_REST;
    this.routers.add(origin);
    this.speakers = new Speakers(origin).on('speakers', (speakers) => this.emit('speakers', speakers));
    origin.once('closed', (reason) => this.end(reason === 'workerDied' ? 'workerDied' : 'closed'));
  }

  /** On the least loaded worker. Throws `noWorker`. */
  static async open(pool: WorkerPool, options: RoomOptions): Promise<Room> {
    const pooled = pool.leastLoaded();
    const origin = await RoomRouter.open(pooled, options.codecs ?? roomCodecs);
    return new Room(pool, origin, options);
  }

  get id(): string {
    return this.options.id;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  /**
   * One set for all of the room's routers. Without the orientation beside the picture: a phone that is held upright then turns its picture
   * itself, and recordings, HLS and other players, which read no extension, show it upright too.
   */
  get rtpCapabilities(): types.RtpCapabilities {
    const { codecs, headerExtensions = [] } = this.origin.native.rtpCapabilities;
    return { codecs, headerExtensions: headerExtensions.filter(({ uri }) => uri !== 'urn:3gpp:video-orientation') };
  }

  /** A publisher's on the origin, a viewer's where there is room. Throws `roomClosed`, `noWorker`. */
  async createTransport(options: TransportOptions): Promise<Transport> {
    this.mustBeOpen();
    const router = options.direction === 'send' ? this.origin : await (options.codecs ? this.dialect(options.codecs) : this.seat());
    let transport: Transport;
    try {
      transport = await Transport.open(router, { ...options, keyFrameInterval: this.keyFrameInterval });
    } catch (cause) {
      if (options.direction === 'recv') router.viewers--;
      if (!router.closed) throw cause;
      return this.createTransport(options); // another router, or `roomClosed`
    }
    this.transports.set(transport.id, transport);
    transport.on('produced', (producer) => this.add(producer));
    transport.once('closed', () => {
      this.transports.delete(transport.id);
      if (options.direction === 'recv') router.viewers--;
      if (options.codecs && router.viewers === 0) router.end('parentClosed');
    });
    return transport;
  }

  transport(id: string): Transport | undefined {
    return this.transports.get(id);
  }

  producers(): Producer[] {
    return [...this.allProducers.values()];
  }

  producer(id: string): Producer | undefined {
    return this.allProducers.get(id);
  }

  /** Plain RTP for ffmpeg: recording and HLS. Throws `roomClosed`, `producerMissing`. */
  async addPlainConsumer(producerId: string, target: Omit<PlainConsumerOptions, 'producer'>): Promise<Consumer> {
    this.mustBeOpen();
    const producer = this.allProducers.get(producerId);
    if (!producer) throw new SfuError('producerMissing', `Room ${this.id} has no producer ${producerId}.`);
    return openPlainConsumer(this.origin, { producer, ...target });
  }

  /** A track that ffmpeg sends as plain RTP. Throws `roomClosed`, `badParameters`. */
  async addPlainProducer(options: PlainProducerOptions): Promise<PlainProducer> {
    this.mustBeOpen();
    const plain = await openPlainProducer(this.origin, { ...options, keyFrameInterval: this.keyFrameInterval });
    this.add(plain.producer);
    return plain;
  }

  /** Closes everything in it. Idempotent. */
  close(): void {
    this.end('closed');
  }

  load(): RoomLoad {
    let consumers = 0;
    for (const router of this.routers) consumers += router.consumers;
    return { routers: this.routers.size, consumers, producers: this.allProducers.size };
  }

  /** A seat for a viewer, taken at once: whoever comes in the same moment sees it taken. */
  private async seat(): Promise<RoomRouter> {
    for (;;) {
      const need = Math.max(1, this.allProducers.size);
      const places = [...this.routers].filter((router) => !router.dialect).map((router) => ({ router, load: Math.max(router.consumers, router.viewers * need) }));
      const place = routerFor(places, need, this.consumersPerRouter);
      if (place) {
        place.router.viewers++;
        return place.router;
      }
      this.spreading ??= this.spread().finally(() => { this.spreading = undefined; });
      await this.spreading;
      this.mustBeOpen();
    }
  }

  /** A seat where codecs have these numbers. The router ends with its last viewer. Throws `cannotConsume`: too many kinds of players. */
  private async dialect(codecs: types.RtpCodecCapability[]): Promise<RoomRouter> {
    const name = JSON.stringify(codecs);
    let opening = this.dialects.get(name);
    if (!opening) {
      if (this.dialects.size >= MOST_DIALECTS) throw new SfuError('cannotConsume', `Room ${this.id} has players with ${MOST_DIALECTS} numberings of codecs.`);
      opening = RoomRouter.open(this.pool.leastLoaded(), codecs, this.origin, true).catch((cause: unknown) => Promise.reject(SfuError.parameters(cause)));
      this.dialects.set(name, opening);
      opening.then((router) => router.once('closed', () => this.forget(name, router)), () => this.dialects.delete(name));
    }
    const router = await opening;
    if (this.isClosed) router.end('parentClosed');
    this.mustBeOpen();
    this.routers.add(router);
    router.viewers++;
    return router;
  }

  private forget(name: string, router: RoomRouter): void {
    this.dialects.delete(name);
    this.routers.delete(router);
  }

  private async spread(): Promise<void> {
    const router = await RoomRouter.open(this.pool.leastLoaded(), this.options.codecs ?? roomCodecs, this.origin);
    if (this.isClosed) return router.end('parentClosed');
    this.routers.add(router);
    router.once('closed', () => this.routers.delete(router));
  }

  private add(producer: Producer): void {
    this.allProducers.set(producer.id, producer);
    producer.once('closed', () => {
      this.allProducers.delete(producer.id);
      this.emit('producerClosed', producer.id);
    });
    void this.speakers.listen(producer);
    this.emit('producerAdded', producer);
  }

  private end(reason: 'closed' | 'workerDied'): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const router of [...this.routers]) router.end(reason === 'workerDied' ? 'workerDied' : 'parentClosed');
    this.emit('closed', reason);
  }

  private mustBeOpen(): void {
    if (this.isClosed) throw new SfuError('roomClosed', `Room ${this.id} is closed.`);
  }
}
