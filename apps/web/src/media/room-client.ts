/**
 * A browser in a live room: enters with a pass, sends and receives tracks, and stays. It renews its pass before that ends and repairs its
 * transports. After a lost line a host or guest goes on with the same seat and the same media; where that cannot be, after a moved room,
 * and as a viewer, it enters again and publishes anew what it published.
 * Used by viewer, studio and interview room. RoomView (room-view.ts) decides what is received.
 */
import type { Layers, MediaSource, PeerInfo, ProducerInfo, RoomEntered, RoomPass, RoomRole } from '#libs/contracts';
import type { Device } from 'mediasoup-client';
import { backOff } from './back-off';
import { Consumption } from './consumption';
import { reachEarly } from './early-line';
import { Emitter } from './emitter';
import { MediaLine, RoomError, type AnswerOf, type Question, type RequestOf } from './media-line';
import { FirstTracks } from './first-tracks';
import { HeldPass, isFinal } from './held-pass';
import { Publication, producerOptions, type PublishOptions } from './publication';
import type { ClosedReason, RoomClientOptions, RoomEvents, RoomState } from './room-events';
import { Stay } from './stay';
import { RoomTransport, type ProducedAs, type TransportOptions, type TransportWatcher } from './room-transport';
import { warmUp } from './warm-up';

export { reachEarly } from './early-line';
export { warmUp } from './warm-up';
export type { ClosedReason, RoomClientOptions, RoomEvents, RoomState } from './room-events';

export class RoomClient extends Emitter<RoomEvents> {
  state: RoomState = 'entering';
  room: RoomEntered | undefined;
  role: RoomRole | undefined;
  /** What this pass lets us send. */
  sources: readonly MediaSource[] = [];
  readonly peers = new Map<string, PeerInfo>();
  /** What others send. */
  readonly producers = new Map<string, ProducerInfo>();
  private readonly pass: HeldPass;
  private line: MediaLine | undefined;
  private stay: Stay | undefined;
  private device: Device | undefined;
  private receiving: Promise<RoomTransport> | undefined;
  private sending: Promise<RoomTransport> | undefined;
  private receiver: RoomTransport | undefined;
  /** What is being asked for in this moment, before there is a transport to receive over. */
  private gathering: FirstTracks | undefined;
  private readonly published = new Map<MediaSource, Publication>();
  private watching = false;
  /** Each entry has its number: what an earlier one began is not taken for the present one's. */
  private round = 0;

  constructor(private readonly options: RoomClientOptions) {
    super();
    this.pass = new HeldPass(options.pass, ({ role, sources }) => { this.role = role; this.sources = sources; }, options.first);
  }

  get closed(): boolean { return this.state === 'closed'; }
  /** Media reach us now. */
  get hears(): boolean { return this.receiver?.connected ?? false; }
  get publications(): readonly Publication[] { return [...this.published.values()]; }

  /** Enters, and goes on trying until it is in or closed. Resolves when in; rejects with why not. */
  async enter(): Promise<RoomEntered> {
    void warmUp().catch((error: unknown) => console.warn('WebRTC code:', error)); // beside the line, not after it
    if (!this.room && !this.pass.current) reachEarly(); // beside the pass
    const mine = ++this.round;
    for (let attempt = 0; !this.closed && mine === this.round; attempt++) {
      if (attempt) await backOff(attempt, this.role ?? 'viewer');
      if (this.closed || mine !== this.round) break;
      try {
        return await this.enterOnce(mine);
      } catch (error) {
        if (mine !== this.round) break; // the line is the next one's
        this.line?.leave();
        this.line = undefined;
        if (isFinal(error)) return this.fail('refused', error);
        if (error instanceof Error && error.name === 'UnsupportedError') return this.fail('unsupported', error);
        if (error instanceof RoomError) {
          if (error.code === 'timeout' || error.code === 'lineLost') this.pass.doubt();
          else this.pass.drop(); // the node did not take it
        }
        console.warn('Entering the room:', error);
      }
    }
    throw new RoomError('lineLost', 'The room was left.');
  }

  private async enterOnce(mine: number): Promise<RoomEntered> {
    const pass = await this.pass.good();
    if (mine !== this.round || this.closed) throw new RoomError('lineLost', 'The room was left.');
    // After the pass, which names the other way to watch.
    if (typeof RTCPeerConnection === 'undefined') throw Object.assign(new Error('This browser has no WebRTC.'), { name: 'UnsupportedError' });
    const line = this.line = new MediaLine(pass, this.room?.peerId, !!this.stay);
    this.hear(line);
    const room = await line.entered;
    if (room.resumed && this.stay?.peerId === room.peerId) this.goOn(this.stay, line, room);
    else await this.settle(line, room);
    return room;
  }

  /** The same seat on another line. */
  private goOn(stay: Stay, line: MediaLine, room: RoomEntered): void {
    stay.line = line;
    this.pass.plan(pass => this.renew(pass));
    this.become('open');
    this.tell('resumed', room);
    for (const one of [this.sending, this.receiving]) one?.then(transport => transport.goOn(), () => undefined);
    const known = new Map(room.producers.filter(({ peerId }) => peerId === room.peerId).map(one => [one.producerId, one]));
    for (const one of this.published.values()) {
      const there = one.producer && !one.producer.closed ? known.get(one.producer.id) : undefined;
      if (there) {
        known.delete(there.producerId);
        if (there.paused !== one.paused) this.setPaused(one.source, one.paused).catch((error: unknown) => console.warn(`Pausing the ${one.source}:`, error));
        continue;
      }
      one.producer?.close();
      this.produce(one).catch((error: unknown) => console.warn(`Publishing ${one.source} again:`, error));
    }
    // Taken back, or made, while nobody heard.
    for (const producerId of known.keys()) stay.ask('closeProducer', { producerId }).catch((error: unknown) => console.warn('closeProducer:', error));
  }

  private hear(line: MediaLine): void {
    const { socket } = line;
    let first = true;
    socket.on('entered', room => {
      this.adopt(room); // at once: what is added while the rest is made ready is not lost
      // The first is `enterOnce`'s; a later one: the node has rebuilt the room.
      if (first) { first = false; return; }
      this.settle(line, room).catch((error: unknown) => { console.warn('Entering again:', error); this.again(); });
    });
    socket.on('disconnect', () => { if (!first) this.again(); });
    socket.on('roomClosed', ({ reason }) => {
      if (reason !== 'moved') return void this.close(reason);
      this.pass.drop();
      this.over();
      this.again();
    });
    socket.on('peerJoined', peer => { this.peers.set(peer.peerId, peer); this.tell('peerJoined', peer); });
    socket.on('peerLeft', ({ peerId }) => { this.peers.delete(peerId); this.tell('peerLeft', peerId); });
    socket.on('producerAdded', producer => { this.producers.set(producer.producerId, producer); this.tell('producerAdded', producer); });
    socket.on('producerPaused', ({ producerId, paused }) => {
      const known = this.producers.get(producerId);
      if (known) this.producers.set(producerId, { ...known, paused });
      this.tell('producerPaused', producerId, paused);
    });
    socket.on('producerClosed', ({ producerId }) => { this.producers.delete(producerId); this.tell('producerClosed', producerId); });
    socket.on('keyFrameWanted', ({ producerId }) => {
      const one = this.publications.find(({ producer }) => producer?.id === producerId);
      one?.makeKeyFrame().catch((error: unknown) => console.warn('Key frame:', error));
    });
    socket.on('consumerClosed', ({ consumerId }) => this.tell('consumerClosed', consumerId));
    socket.on('consumerLayers', ({ consumerId, layers }) => this.tell('consumerLayers', consumerId, layers));
    socket.on('sourcesTaken', ({ sources, reason }) => {
      this.sources = this.sources.filter(source => !sources.includes(source));
      for (const source of sources) this.forget(source);
      this.tell('sourcesTaken', sources, reason);
    });
    socket.on('speakers', speakers => this.tell('speakers', speakers));
    socket.on('quality', quality => this.tell('quality', quality));
    socket.on('publishing', stats => this.tell('publishing', stats));
  }

  private adopt(room: RoomEntered): void {
    this.room = room;
    this.peers.clear();
    this.producers.clear();
    for (const peer of room.peers) if (peer.peerId !== room.peerId) this.peers.set(peer.peerId, peer);
    for (const producer of room.producers) if (producer.peerId !== room.peerId) this.producers.set(producer.producerId, producer);
  }

  /** Everything is made anew for the room as it is now. */
  private async settle(line: MediaLine, room: RoomEntered): Promise<void> {
    this.over();
    const device = await (await warmUp()).deviceFor(room.rtpCapabilities as Parameters<Device['load']>[0]['routerRtpCapabilities']);
    if (line !== this.line || this.closed) throw new RoomError('lineLost', 'The line was lost meanwhile.');
    this.device = device;
    this.stay = new Stay(room.peerId, line);
    this.pass.plan(pass => this.renew(pass));
    this.become('open');
    this.tell('entered', room);
    if (this.watching) this.watchPublishing(true).catch((error: unknown) => console.warn('watchPublishing:', error));
    for (const one of this.published.values()) this.produce(one).catch((error: unknown) => console.warn(`Publishing ${one.source} again:`, error));
  }

  /** Nothing that was made is of use any more. */
  private over(): void {
    this.dropTransports();
    if (this.stay) this.stay.line = undefined;
    this.stay = undefined;
  }

  /** The line or the room is gone: enter again, unless we left. A viewer's seat is not kept. */
  private again(): void {
    if (this.closed) return;
    if (this.role === 'viewer') this.over();
    else if (this.stay) this.stay.line = undefined;
    this.line?.leave();
    this.comeBack().catch((error: unknown) => { if (!this.closed) console.warn('Not in the room:', error); });
  }

  private comeBack(): Promise<RoomEntered> {
    this.line = undefined;
    this.become('waiting');
    return this.enter();
  }

  private become(state: RoomState): void {
    if (this.state === state) return;
    this.state = state;
    this.tell('state', state);
  }

  private fail(reason: ClosedReason, error: unknown): never {
    this.close(reason, error);
    throw error;
  }

  /** Leaves the room for good. Tracks are the caller's: they are not stopped. */
  close(reason: ClosedReason = 'left', error: unknown = null): void {
    if (this.closed) return;
    this.round++;
    this.pass.stop();
    this.over();
    this.published.clear();
    this.line?.close();
    this.line = undefined;
    this.become('closed');
    this.tell('closed', reason, error);
  }

  /** Shows the node another pass of the same room: a longer stay, other sources (asked on stage), or another person. Rejects with RoomError. */
  async renew(pass: RoomPass): Promise<void> {
    const moved = this.pass.current && pass.nodeUrl !== this.pass.current.nodeUrl;
    this.pass.take(pass);
    if (moved) { // meanwhile
      this.over();
      return this.again();
    }
    if (!this.line?.socket.connected) return;
    try {
      ({ role: this.role, sources: this.sources } = await this.line.ask('renewToken', { token: pass.token }));
      this.pass.plan(next => this.renew(next));
    } catch (error) {
      if (!(error instanceof RoomError) || error.code !== 'roomTokenInvalid') throw error;
      this.over(); // another person's, who has signed in meanwhile: another seat
      this.line?.close();
      await this.comeBack();
    }
  }

  // -- transports

  private async ask<K extends Question>(name: K, request: RequestOf<K>): Promise<AnswerOf<K>> {
    if (!this.stay) throw new RoomError('lineLost', 'Not in the room.');
    return this.stay.ask(name, request);
  }

  private transport(direction: 'send' | 'receive'): Promise<RoomTransport> {
    const { stay, device } = this;
    if (!stay || !device) return Promise.reject(new RoomError('lineLost', 'Not in the room.'));
    return this[direction === 'send' ? 'sending' : 'receiving'] ?? this.keep(direction, (options, watcher) => RoomTransport.open(stay, device, direction, options, watcher));
  }

  private keep(direction: 'send' | 'receive', open: (options: TransportOptions, watcher: TransportWatcher) => Promise<RoomTransport>): Promise<RoomTransport> {
    const kept = direction === 'send' ? 'sending' : 'receiving';
    const opening = this[kept] = open({
      forceTcp: this.options.forceTcp, iceServers: () => this.pass.current?.iceServers ?? [], iceTransportPolicy: this.options.iceTransportPolicy,
    }, {
      weak: yes => this.tell('weak', direction, yes),
      lost: () => {
        if (this[kept] !== opening) return;
        this[kept] = undefined;
        this.tell('weak', direction, false); // the next one is not
        if (direction === 'receive') this.tell('receivingLost');
        else for (const one of this.published.values()) this.produce(one).catch((error: unknown) => console.warn(`Publishing ${one.source} again:`, error));
      },
      silent: () => { if (this.state === 'open' && this[kept] === opening) this.again(); },
    });
    opening.then(made => { if (direction === 'receive') this.receiver = made; }, () => { if (this[kept] === opening) this[kept] = undefined; });
    return opening;
  }

  private dropTransports(): void {
    for (const one of [this.sending, this.receiving]) one?.then(transport => transport.close(), () => undefined);
    this.sending = this.receiving = this.gathering = undefined;
    for (const one of this.published.values()) one.producer = undefined;
  }

  /** Opens the receiving transport before there is anything to receive, to save its round trip later. */
  async prepareReceiving(): Promise<void> { await this.transport('receive'); }

  /** The browser's statistics of both transports that are open. */
  async stats(): Promise<RTCStatsReport[]> {
    const open = await Promise.all([this.sending, this.receiving].map(one => one?.catch(() => undefined)));
    return Promise.all(open.flatMap(one => (one && !one.closed ? [one.inner.getStats()] : [])));
  }

  // -- sending

  /** Sends a track as `source`, in place of the one before, and goes on doing so through new transports and nodes. Rejects with RoomError. */
  async publish(track: MediaStreamTrack, source: MediaSource, options: PublishOptions = {}): Promise<Publication> {
    await this.unpublish(source);
    const one = new Publication(track, source, options);
    this.published.set(source, one);
    try {
      if (this.state === 'open') await this.produce(one);
    } catch (error) {
      if (this.published.get(source) === one) this.published.delete(source);
      throw error;
    }
    return one;
  }

  private async produce(one: Publication): Promise<void> {
    const { inner } = await this.transport('send');
    const { paused } = one;
    const producer = await inner.produce({
      ...producerOptions(one.track, one.source, one.options, this.device!.sendRtpCapabilities.codecs ?? []),
      appData: { source: one.source, paused } satisfies ProducedAs as unknown as Record<string, unknown>,
    });
    if (this.published.get(one.source) !== one) return producer.close(); // taken back meanwhile
    one.producer = producer;
    if (one.paused) producer.pause();
    producer.on('trackended', () => this.tell('trackEnded', one.source));
    // It was muted, or unmuted, while the node was being asked.
    if (one.paused !== paused) await this.ask('setProducerPaused', { producerId: producer.id, paused: one.paused });
  }

  async unpublish(source: MediaSource): Promise<void> {
    const producer = this.forget(source);
    if (producer && this.stay?.connected) await this.ask('closeProducer', { producerId: producer });
  }

  /** Ends a publication here; the id of the producer that the node still has. */
  private forget(source: MediaSource): string | undefined {
    const one = this.published.get(source);
    this.published.delete(source);
    one?.producer?.close();
    return one?.producer?.id;
  }

  /** Mutes or unmutes what is sent as `source`; others are told. */
  async setPaused(source: MediaSource, paused: boolean): Promise<void> {
    const one = this.published.get(source);
    if (!one) return;
    one.paused = paused;
    if (paused) one.producer?.pause();
    else one.producer?.resume();
    if (one.producer && this.state === 'open') await this.ask('setProducerPaused', { producerId: one.producer.id, paused });
  }

  /** Another camera or microphone in the same place, with nothing negotiated. */
  async replaceTrack(source: MediaSource, track: MediaStreamTrack): Promise<void> {
    const one = this.published.get(source);
    if (!one) return;
    one.track = track;
    await one.producer?.replaceTrack({ track });
  }

  /** `publishing` once a second while on. */
  async watchPublishing(on: boolean): Promise<void> {
    this.watching = on;
    if (this.state === 'open') await this.ask('watchPublishing', { on });
  }

  // -- receiving

  /** Receives a producer. It starts paused on the node and is let go once the browser is ready, unless `paused`. Rejects with RoomError. */
  async consume(producerId: string, { layers, paused = false }: { layers?: Layers; paused?: boolean } = {}): Promise<Consumption> {
    const producer = this.producers.get(producerId);
    const { stay, device } = this;
    if (!producer || !stay || !device) throw new RoomError('lineLost', 'There is no such producer now.');
    const first = this.gathering ?? (this.receiving ? undefined : this.gather(stay, device));
    const wanted = { producerId, ...(layers ? { layers } : {}) };
    // The first begin by themselves once the transport is connected; a later one when the browser is ready for it.
    const given = first ? await first.add({ ...wanted, ...(paused ? { paused } : {}) })
      : await stay.ask('consume', { transportId: (await this.transport('receive')).inner.id, rtpCapabilities: device.recvRtpCapabilities, ...wanted });
    const { inner } = await this.transport('receive');
    const consumer = await inner.consume({
      id: given.consumerId, producerId, kind: given.kind, rtpParameters: given.rtpParameters as Parameters<typeof inner.consume>[0]['rtpParameters'],
      streamId: producer.peerId, // the sound and the picture of one person are kept together
    });
    const one = new Consumption(stay, consumer, producer, first ? paused : true, layers);
    if (!first && !paused) one.pause(false).catch((error: unknown) => console.warn('Letting a track go:', error));
    return one;
  }

  private gather(stay: Stay, device: Device): FirstTracks {
    const first = this.gathering = new FirstTracks(stay, device.recvRtpCapabilities, this.options.forceTcp, () => { if (this.gathering === first) this.gathering = undefined; });
    this.keep('receive', async (options, watcher) => RoomTransport.of((await first.answered).transport, stay, device, 'receive', options, watcher));
    return first;
  }

  /** What we measured of what we receive, for the node. Ratio 0–1, milliseconds. */
  reportQuality(quality: { lossRatio: number; roundTrip: number | null }): void {
    if (this.state === 'open') this.line?.socket.volatile.emit('reportQuality', quality);
  }
}
