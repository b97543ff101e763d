/**
 * One direction of media, and its repair: new ICE when the network goes away, a new transport when that does not help.
 * mediasoup-client's Device makes it; what runs over it is RoomClient's business.
 */
import type { IceServer, MediaSource, TransportParameters } from '#libs/contracts';
import type { Device, types } from 'mediasoup-client';
import { RoomError } from './media-line';
import type { Stay } from './stay';

export interface TransportOptions {
  forceTcp?: boolean;
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** Asked for each repair: a relay's credentials end before a long interview does. */
  iceServers(): IceServer[];
}
export interface TransportWatcher {
  /** The network went away and is being repaired (true), or is back (false). */
  weak(yes: boolean): void;
  /** It will not come back: make another. */
  lost(): void;
  /** The node does not answer, while media are gone, too: the line seems dead, though nobody has said so. */
  silent(): void;
}

/** What a producer is made with (`appData`), for the node. */
export interface ProducedAs { source: MediaSource; paused: boolean }

/** The browser says `disconnected` for a second's hole too: only then it is asked again. */
const GRACE = 700;
/** So long a restart has to help. */
const REPAIR = 6_000;
/** So long the node has to answer it. */
const ANSWER = 3_000;

export class RoomTransport {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private repairing = false;

  private constructor(private readonly stay: Stay, readonly inner: types.Transport, private readonly options: TransportOptions, private readonly watcher: TransportWatcher) {
    inner.on('connect', ({ dtlsParameters }, done, fail) => {
      const told = stay.ask('connectTransport', { transportId: inner.id, dtlsParameters });
      if (inner.direction === 'send') return void told.then(done, fail);
      // The line keeps the order: ICE need not wait for the answer, which is another round trip before the first picture.
      done();
      told.catch((error: unknown) => { console.warn('connectTransport:', error); this.giveUp(); });
    });
    inner.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
      const { source, paused } = appData as unknown as ProducedAs;
      stay.ask('produce', { transportId: inner.id, kind, source, rtpParameters, ...(paused ? { paused } : {}), ...(kind === 'video' ? { onDemand: true } : {}) }).then(({ producerId }) => done({ id: producerId }), fail);
    });
    inner.on('connectionstatechange', state => this.changed(state));
  }

  static async open(stay: Stay, device: Device, direction: 'send' | 'receive', options: TransportOptions, watcher: TransportWatcher): Promise<RoomTransport> {
    return RoomTransport.of(await stay.ask('createTransport', { direction, ...(options.forceTcp ? { forceTcp: true } : {}) }), stay, device, direction, options, watcher);
  }

  /** Over one that the node has made already. */
  static of(given: TransportParameters, stay: Stay, device: Device, direction: 'send' | 'receive', options: TransportOptions, watcher: TransportWatcher): RoomTransport {
    const made = direction === 'send' ? 'createSendTransport' : 'createRecvTransport';
    return new RoomTransport(stay, device[made]({ ...asOptions(given), iceServers: options.iceServers(), iceTransportPolicy: options.iceTransportPolicy }), options, watcher);
  }

  get closed(): boolean { return this.inner.closed; }
  /** Media can come and go over it now. */
  get connected(): boolean { return !this.closed && this.inner.connectionState === 'connected'; }

  private changed(state: types.ConnectionState): void {
    if (state === 'connected') {
      clearTimeout(this.timer);
      this.watcher.weak(false); // also of the one before, which was given up
      this.repairing = false;
    } else if (state === 'disconnected') {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.repair(), GRACE);
    } else if (state === 'failed') void this.repair();
  }

  private async repair(): Promise<void> {
    if (this.closed) return;
    clearTimeout(this.timer);
    if (this.repairing) return this.giveUp();
    this.repairing = true;
    this.watcher.weak(true);
    if (!this.stay.connected) return; // nobody to ask: `goOn` will
    this.timer = setTimeout(() => this.giveUp(), REPAIR);
    try {
      const { iceParameters } = await this.stay.ask('restartIce', { transportId: this.inner.id }, ANSWER);
      if (this.closed) return;
      const iceServers = this.options.iceServers();
      if (iceServers.length > 0) await this.inner.updateIceServers({ iceServers });
      await this.inner.restartIce({ iceParameters: iceParameters as types.IceParameters });
    } catch (error) {
      console.warn('ICE restart:', error);
      const code = error instanceof RoomError ? error.code : null;
      if (code === 'timeout') this.watcher.silent();
      else if (code === 'notFound') this.giveUp();
      // Else the timer goes on; or the line is lost, and the next one goes on with this.
      if (!this.stay.connected) clearTimeout(this.timer);
    }
  }

  /** There is a line again. */
  goOn(): void {
    if (this.closed || this.inner.connectionState === 'new' || this.connected) return;
    this.repairing = false;
    void this.repair();
  }

  private giveUp(): void {
    if (this.closed) return;
    this.close();
    this.watcher.lost();
  }

  close(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.inner.close();
    if (this.stay.connected) this.stay.ask('closeTransport', { transportId: this.inner.id }).catch((error: unknown) => console.warn('closeTransport:', error));
  }
}

const asOptions = (given: TransportParameters): types.TransportOptions => ({
  id: given.transportId,
  iceParameters: given.iceParameters as types.IceParameters,
  iceCandidates: given.iceCandidates as types.IceCandidate[],
  dtlsParameters: given.dtlsParameters as types.DtlsParameters,
});
