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

/** Whom a consumer asks for key frames. */
export interface KeyFrameSource {
  gate: KeyFrameGate;
  /** `recorder`: at once, past the gate. */
  for: 'viewer' | 'recorder';
  /** Resolves once packets can reach the receiver, or never will. */
  connected: Promise<void>;
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

  /** Made by Transport.consume (a viewer's) and Room.addPlainConsumer (a recorder's). `keyFrames`: of a picture. */
  constructor(
    private readonly native: types.Consumer,
    /** As the room calls it; on another router than the publisher's it has another id. */
    readonly producerId: string,
    private readonly keyFrames?: KeyFrameSource,
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

  /** It was not asked to send, or was asked to stop. One that was asked to may still wait for its line or a key frame. */
  get paused(): boolean {
    return !this.wantsMedia;
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

  /**
   * Sends from the next key frame on, and asks for one. A viewer's waits until its transport is connected, since nothing is asked
   * for before, and then until the gate lets it: it may take a moment, and begins by itself.
   */
  async resume(): Promise<void> {
    this.wantsMedia = true;
    await this.keyFrames?.connected;
    if (this.waitsAtGate) await this.keyFrames?.gate.pass();
    if (this.isClosed || !this.wantsMedia) return;
    await this.native.resume();
    this.keyFrameDue();
  }

  /** It waits at the gate before it asks; a recorder, and whoever watches a publisher who makes them on demand, does not. */
  private get waitsAtGate(): boolean {
    return this.keyFrames?.for === 'viewer' && !this.keyFrames.gate.onDemand;
  }

  private keyFrameDue(): void {
    if (this.keyFrames?.for === 'recorder') this.keyFrames.gate.demand();
    else if (this.keyFrames?.gate.onDemand) this.keyFrames.gate.started();
  }

  /** Layers at most; mediasoup goes lower by itself when the line carries less. */
  async setPreferredLayers(layers: types.ConsumerLayers): Promise<void> {
    if (this.isClosed) return;
    await this.native.setPreferredLayers(layers);
    if (this.wantsMedia && this.keyFrames?.gate.onDemand) this.keyFrames.gate.started();
  }

  /** 1 (default) to 255: who gets bandwidth first on the same transport. */
  async setPriority(priority: number): Promise<void> {
    if (!this.isClosed) await this.native.setPriority(priority);
  }

  /** A recorder's at once: aloud where the publisher makes them on demand, else by RTCP, whose rest all share. */
  async requestKeyFrame(): Promise<void> {
    if (this.keyFrames?.for === 'recorder' && this.keyFrames.gate.demand()) return;
    if (this.waitsAtGate) await this.keyFrames?.gate.pass();
    if (this.isClosed) return;
    await this.native.requestKeyFrame();
    if (this.keyFrames?.for === 'viewer') this.keyFrameDue();
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
