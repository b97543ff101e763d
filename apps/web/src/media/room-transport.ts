/**
 * One direction of media, and its repair: new ICE when the network goes away, a new transport when that does not help.
 * mediasoup-client's Device makes it; what runs over it is RoomClient's business.
 */
import type { IceServer, MediaSource, TransportParameters } from '#libs/contracts';
import type { Device, types } from 'mediasoup-client';
import type { MediaLine } from './media-line';

export interface TransportOptions { forceTcp?: boolean; iceServers: IceServer[]; iceTransportPolicy?: RTCIceTransportPolicy }
export interface TransportWatcher {
  /** The network went away and is being repaired (true), or is back (false). */
  weak(yes: boolean): void;
  /** It will not come back: make another. */
  lost(): void;
}

/** What a producer is made with (`appData`), for the node. */
export interface ProducedAs { source: MediaSource; paused: boolean }

/** The browser says `disconnected` for a second's hole too: only then it is asked again. */
const GRACE = 700;
/** So long a restart has to help. */
const REPAIR = 6_000;

export class RoomTransport {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private repairing = false;

  private constructor(private readonly line: MediaLine, readonly inner: types.Transport, private readonly watcher: TransportWatcher) {
    inner.on('connect', ({ dtlsParameters }, done, fail) => {
      const told = line.ask('connectTransport', { transportId: inner.id, dtlsParameters });
      if (inner.direction === 'send') return void told.then(done, fail);
      // The line keeps the order: ICE need not wait for the answer, which is another round trip before the first picture.
      done();
      told.catch((error: unknown) => { console.warn('connectTransport:', error); this.giveUp(); });
    });
    inner.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
      const { source, paused } = appData as unknown as ProducedAs;
      line.ask('produce', { transportId: inner.id, kind, source, rtpParameters, ...(paused ? { paused } : {}), ...(kind === 'video' ? { onDemand: true } : {}) }).then(({ producerId }) => done({ id: producerId }), fail);
    });
    inner.on('connectionstatechange', state => this.changed(state));
  }

  static async open(line: MediaLine, device: Device, direction: 'send' | 'receive', options: TransportOptions, watcher: TransportWatcher): Promise<RoomTransport> {
    return RoomTransport.of(await line.ask('createTransport', { direction, ...(options.forceTcp ? { forceTcp: true } : {}) }), line, device, direction, options, watcher);
  }

  /** Over one that the node has made already. */
  static of(given: TransportParameters, line: MediaLine, device: Device, direction: 'send' | 'receive', options: TransportOptions, watcher: TransportWatcher): RoomTransport {
    const made = direction === 'send' ? 'createSendTransport' : 'createRecvTransport';
    return new RoomTransport(line, device[made]({ ...asOptions(given), iceServers: options.iceServers, iceTransportPolicy: options.iceTransportPolicy }), watcher);
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
    this.timer = setTimeout(() => this.giveUp(), REPAIR);
    try {
      const { iceParameters } = await this.line.ask('restartIce', { transportId: this.inner.id });
      if (!this.closed) await this.inner.restartIce({ iceParameters: iceParameters as types.IceParameters });
    } catch (error) {
      console.warn('ICE restart:', error); // the timer goes on, or the line's own loss tells
    }
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
    if (this.line.socket.connected) this.line.ask('closeTransport', { transportId: this.inner.id }).catch((error: unknown) => console.warn('closeTransport:', error));
  }
}

const asOptions = (given: TransportParameters): types.TransportOptions => ({
  id: given.transportId,
  iceParameters: given.iceParameters as types.IceParameters,
  iceCandidates: given.iceCandidates as types.IceCandidate[],
  dtlsParameters: given.dtlsParameters as types.DtlsParameters,
});
