import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { below, type CloseReason } from './close-reason.js';
import { Consumer, type ConsumeOptions, type KeyFrameSource } from './consumer.js';
import { Producer, type ProduceOptions, type Publisher } from './producer.js';
import type { RoomRouter } from './room-router.js';
import { SfuError } from './sfu-error.js';

export interface TransportOptions {
  peerId: string;
  direction: 'send' | 'recv';
  /** Candidates of TCP only: for a viewer whose network blocks UDP. */
  forceTcp?: boolean;
  /** Of a send transport, bits a second; the publisher is told by REMB or transport-cc. */
  maxIncomingBitrate?: number;
  /** Of a recv transport, bits a second: no viewer is sent more. */
  maxOutgoingBitrate?: number;
  /** With data channels. */
  sctp?: boolean;
  /**
   * Of a recv transport whose other end has numbered its codecs itself (WHEP): with `preferredPayloadType`. mediasoup renumbers in
   * routers only, so such players have one of their own, together with others who number alike.
   */
  codecs?: types.RtpCodecCapability[];
}

/** What the other end needs to connect: mediasoup-client takes it as it is, WHIP and WHEP write it into an SDP answer. */
export interface TransportParams {
  id: string;
  iceParameters: types.IceParameters;
  iceCandidates: types.IceCandidate[];
  dtlsParameters: types.DtlsParameters;
  sctpParameters?: types.SctpParameters;
}

/** `disconnected`: no sign of the other end for a while; ICE may come back, also after restartIce(). */
export type TransportState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

interface TransportEvents {
  closed: [reason: CloseReason];
  state: [state: TransportState];
  produced: [producer: Producer];
}

/** What a viewer is sent before its line has been measured, bits a second: enough for the middle layer and its audio. */
const FIRST_GUESS = 1_000_000;
/** Seconds without an answer after which a peer counts as gone. */
const CONSENT = 20;

/** One peer's connection, over the one port of the worker that carries it. */
export class Transport extends EventEmitter<TransportEvents> {
  private readonly ownProducers = new Map<string, Producer>();
  private readonly ownConsumers = new Map<string, Consumer>();
  private currentState: TransportState = 'new';
  /** Resolves once it is connected for the first time, or closed. */
  private readonly connected: Promise<void>;

  private constructor(
    private readonly native: types.WebRtcTransport,
    private readonly router: RoomRouter,
    private readonly options: TransportOptions & Publisher,
  ) {
    super();
    this.connected = new Promise((resolve) => {
      this.on('state', (state) => { if (state === 'connected' || state === 'closed') resolve(); });
    });
    native.on('icestatechange', () => this.look());
    native.on('dtlsstatechange', () => this.look());
    router.children.add(this);
  }

  /** Made by Room.createTransport. */
  static async open(router: RoomRouter, options: TransportOptions & Publisher): Promise<Transport> {
    const native = await router.native.createWebRtcTransport({
      webRtcServer: router.pooled.server,
      enableUdp: !options.forceTcp,
      enableTcp: true,
      preferUdp: true,
      enableSctp: options.sctp ?? false,
      initialAvailableOutgoingBitrate: FIRST_GUESS,
      iceConsentTimeout: CONSENT,
    });
    const transport = new Transport(native, router, options);
    try {
      if (router.closed) throw new SfuError('transportClosed', 'The router of this transport closed meanwhile.');
      if (options.maxIncomingBitrate) await native.setMaxIncomingBitrate(options.maxIncomingBitrate);
      if (options.maxOutgoingBitrate) await native.setMaxOutgoingBitrate(options.maxOutgoingBitrate);
    } catch (cause) {
      transport.close();
      throw cause;
    }
    return transport;
  }

  get id(): string {
    return this.native.id;
  }

  get peerId(): string {
    return this.options.peerId;
  }

  get direction(): 'send' | 'recv' {
    return this.options.direction;
  }

  get state(): TransportState {
    return this.currentState;
  }

  get closed(): boolean {
    return this.currentState === 'closed';
  }

  get params(): TransportParams {
    const { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = this.native;
    return { id, iceParameters, iceCandidates, dtlsParameters, ...(sctpParameters && { sctpParameters }) };
  }

  producers(): Producer[] {
    return [...this.ownProducers.values()];
  }

  consumers(): Consumer[] {
    return [...this.ownConsumers.values()];
  }

  consumer(id: string): Consumer | undefined {
    return this.ownConsumers.get(id);
  }

  /** Tells mediasoup the other end's fingerprints; once. Throws `badParameters`. */
  async connect(dtlsParameters: types.DtlsParameters): Promise<void> {
    this.mustBeOpen();
    await this.native.connect({ dtlsParameters }).catch((cause: unknown) => Promise.reject(SfuError.parameters(cause)));
  }

  /** New ICE credentials, for a peer whose network changed. */
  async restartIce(): Promise<types.IceParameters> {
    this.mustBeOpen();
    return this.native.restartIce();
  }

  /** Bits a second. */
  async setMaxIncomingBitrate(bitrate: number): Promise<void> {
    this.mustBeOpen();
    await this.native.setMaxIncomingBitrate(bitrate);
  }

  /** Throws `badParameters`. */
  async produce(options: ProduceOptions): Promise<Producer> {
    this.mustBeOpen();
    const producer = await Producer.open(this.native, this.options, options);
    if (this.closed) producer.end('parentClosed');
    this.mustBeOpen();
    this.ownProducers.set(producer.id, producer);
    this.router.carryProducer(producer);
    producer.once('closed', () => this.ownProducers.delete(producer.id));
    this.emit('produced', producer);
    return producer;
  }

  /** The consumer starts paused. Throws `producerMissing`, `cannotConsume`. */
  async consume({ producerId, rtpCapabilities, preferredLayers }: ConsumeOptions): Promise<Consumer> {
    this.mustBeOpen();
    const { producer, id } = await this.router.bring(producerId);
    this.mustBeOpen();
    if (!this.router.native.canConsume({ producerId: id, rtpCapabilities })) {
      throw new SfuError('cannotConsume', `The viewer cannot receive producer ${producerId}.`);
    }
    const native = await this.native
      .consume({ producerId: id, rtpCapabilities, preferredLayers, paused: true })
      .catch((cause: unknown) => Promise.reject(SfuError.parameters(cause)));
    const keyFrames: KeyFrameSource = { gate: producer.gate, for: 'viewer', connected: this.connected };
    const consumer = new Consumer(native, producerId, producer.kind === 'video' ? keyFrames : undefined);
    if (this.closed) consumer.end('parentClosed');
    this.mustBeOpen();
    this.ownConsumers.set(consumer.id, consumer);
    this.router.carryConsumer(consumer);
    consumer.once('closed', () => this.ownConsumers.delete(consumer.id));
    return consumer;
  }

  /** Bytes and bitrates both ways, the tuple that ICE chose, what the line is thought to carry. */
  async stats(): Promise<types.WebRtcTransportStat> {
    this.mustBeOpen();
    return (await this.native.getStats())[0]!;
  }

  /** Closes what goes through it too. Idempotent. */
  close(): void {
    this.end('closed');
  }

  /** @internal Ends with the reason that its parent gives. */
  end(reason: CloseReason): void {
    if (this.closed) return;
    this.currentState = 'closed';
    this.router.children.delete(this);
    for (const child of [...this.ownProducers.values(), ...this.ownConsumers.values()]) child.end(below(reason));
    this.native.close();
    this.emit('state', 'closed');
    this.emit('closed', reason);
  }

  private look(): void {
    const { iceState, dtlsState, closed } = this.native;
    if (closed || this.closed) return;
    if (dtlsState === 'closed') return this.end('peerClosed');
    const state = stateOf(iceState, dtlsState);
    if (state === this.currentState) return;
    this.currentState = state;
    this.emit('state', state);
  }

  private mustBeOpen(): void {
    if (this.closed) throw new SfuError('transportClosed', `Transport ${this.id} is closed.`);
  }
}

function stateOf(ice: types.IceState, dtls: types.DtlsState): TransportState {
  if (dtls === 'failed') return 'failed';
  if (ice === 'disconnected') return 'disconnected';
  if (dtls === 'connected') return 'connected';
  return ice === 'new' && dtls === 'new' ? 'new' : 'connecting';
}
