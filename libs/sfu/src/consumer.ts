import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type { CloseReason } from './close-reason.js';
import type { KeyFrameGate } from './key-frame-gate.js';

export interface ConsumeOptions {
  producerId: string;
  /** What the viewer's side can receive. */
  rtpCapabilities: types.RtpCapabilities;
  /** Of a simulcast producer; default: the highest that the line carries. */
  preferredLayers?: types.ConsumerLayers;
}

interface ConsumerEvents {
  closed: [reason: CloseReason];
  /** The publisher paused or resumed what this shows. */
  producerPaused: [];
  producerResumed: [];
  /** The layers that are sent now; undefined: none. */
  layers: [layers: types.ConsumerLayers | undefined];
  score: [score: types.ConsumerScore];
}

/**
 * One track on its way to one viewer. It starts paused: the viewer's side must be ready before the key frame comes, and
 * resuming asks for one.
 */
export class Consumer extends EventEmitter<ConsumerEvents> {
  private isClosed = false;
  private wantsMedia = false;

  /** Made by Transport.consume (a viewer, who asks for key frames at the gate) and Room.addPlainConsumer (without one). */
  constructor(
    private readonly native: types.Consumer,
    /** As the room calls it; on another router than the publisher's it has another id. */
    readonly producerId: string,
    private readonly gate?: KeyFrameGate,
  ) {
    super();
    native.on('producerclose', () => this.end('producerClosed'));
    native.on('producerpause', () => this.emit('producerPaused'));
    native.on('producerresume', () => this.emit('producerResumed'));
    native.on('layerschange', (layers) => this.emit('layers', layers));
    native.on('score', (score) => this.emit('score', score));
  }

  get id(): string {
    return this.native.id;
  }

  get kind(): types.MediaKind {
    return this.native.kind;
  }

  get type(): types.ConsumerType {
    return this.native.type;
  }

  /** For the viewer's side: mediasoup-client's consume(), a WHEP answer, or an SDP for ffmpeg. */
  get rtpParameters(): types.RtpParameters {
    return this.native.rtpParameters;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  get paused(): boolean {
    return this.native.paused;
  }

  get producerPaused(): boolean {
    return this.native.producerPaused;
  }

  get currentLayers(): types.ConsumerLayers | undefined {
    return this.native.currentLayers;
  }

  get score(): types.ConsumerScore {
    return this.native.score;
  }

  async pause(): Promise<void> {
    this.wantsMedia = false;
    if (!this.isClosed) await this.native.pause();
  }

  /** Sends from the next key frame on, and asks for one: a viewer when the gate lets it, so this may take a moment. */
  async resume(): Promise<void> {
    this.wantsMedia = true;
    await this.gate?.pass();
    if (!this.isClosed && this.wantsMedia) await this.native.resume();
  }

  /** Layers at most; mediasoup goes lower by itself when the line carries less. */
  async setPreferredLayers(layers: types.ConsumerLayers): Promise<void> {
    if (!this.isClosed) await this.native.setPreferredLayers(layers);
  }

  /** 1 (default) to 255: who gets bandwidth first on the same transport. */
  async setPriority(priority: number): Promise<void> {
    if (!this.isClosed) await this.native.setPriority(priority);
  }

  async requestKeyFrame(): Promise<void> {
    await this.gate?.pass();
    if (!this.isClosed) await this.native.requestKeyFrame();
  }

  stats(): Promise<(types.ConsumerStat | types.ProducerStat)[]> {
    return this.native.getStats();
  }

  close(): void {
    this.end('closed');
  }

  /** @internal Ends with the reason that its parent gives. */
  end(reason: CloseReason): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.native.close();
    this.emit('closed', reason);
  }
}
