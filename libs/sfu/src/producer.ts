import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type { CloseReason } from './close-reason.js';
import { ENCODER_REST, KeyFrameGate } from './key-frame-gate.js';
import { SfuError } from './sfu-error.js';

export type MediaSource = 'camera' | 'microphone' | 'screen' | 'screenAudio';

export interface ProduceOptions {
  kind: types.MediaKind;
  /** As the publisher's side made them (mediasoup-client, or a WHIP offer); `mid`, `rid` and encodings are kept. */
  rtpParameters: types.RtpParameters;
  source: MediaSource;
  /** Default false. */
  paused?: boolean;
  /** The publisher makes a key frame at once when it is told `keyFrameWanted`; RTCP is heard by an encoder only so often. */
  onDemand?: boolean;
}

/** Who publishes, and what its room allows its viewers. */
export interface Publisher {
  peerId: string;
  /** See RoomOptions. */
  keyFrameInterval: number;
}

interface ProducerEvents {
  closed: [reason: CloseReason];
  paused: [];
  resumed: [];
  /** 0 to 10 for each encoding: what arrives of what was sent. */
  score: [scores: types.ProducerScore[]];
  /** Of one who makes them on demand: tell the publisher. */
  keyFrameWanted: [];
}

/** One track of a publisher, as it arrives. */
export class Producer extends EventEmitter<ProducerEvents> {
  /** @internal Where its viewers ask for key frames. */
  readonly gate: KeyFrameGate;
  private isClosed = false;

  private constructor(
    private readonly native: types.Producer,
    /** The peer that publishes it. */
    readonly peerId: string,
    readonly source: MediaSource,
    keyFrameInterval: number,
    onDemand: boolean,
  ) {
    super();
    this.gate = new KeyFrameGate(keyFrameInterval, onDemand ? () => this.emit('keyFrameWanted') : undefined);
    native.on('score', (scores) => this.emit('score', scores));
    native.on('trace', () => this.gate.arrived());
  }

  /** On any transport that receives. Throws `badParameters`. */
  static async open(transport: types.Transport, publisher: Publisher, options: ProduceOptions): Promise<Producer> {
    const { kind, rtpParameters, source, paused, onDemand = false } = options;
    const native = await transport
      .produce({ kind, rtpParameters, paused, keyFrameRequestDelay: ENCODER_REST })
      .catch((cause: unknown) => Promise.reject(SfuError.parameters(cause)));
    if (kind === 'video') await native.enableTraceEvent(['keyframe']);
    return new Producer(native, publisher.peerId, source, publisher.keyFrameInterval, onDemand && kind === 'video');
  }

  get id(): string {
    return this.native.id;
  }

  get kind(): types.MediaKind {
    return this.native.kind;
  }

  /** `simulcast`: consumers choose layers. */
  get type(): types.ProducerType {
    return this.native.type;
  }

  get rtpParameters(): types.RtpParameters {
    return this.native.rtpParameters;
  }

  /** `video/H264`, `video/VP8` or `audio/opus`. */
  get mimeType(): string {
    return this.native.rtpParameters.codecs[0]!.mimeType;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  get paused(): boolean {
    return this.native.paused;
  }

  get score(): types.ProducerScore[] {
    return this.native.score;
  }

  /** Viewers keep their consumers, and get nothing until it is resumed. */
  async pause(): Promise<void> {
    if (this.isClosed || this.paused) return;
    await this.native.pause();
    this.emit('paused');
  }

  async resume(): Promise<void> {
    if (this.isClosed || !this.paused) return;
    await this.native.resume();
    this.emit('resumed');
  }

  /** One entry an RTP stream: bitrate, losses, jitter, key frames asked for. */
  stats(): Promise<types.ProducerStat[]> {
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
