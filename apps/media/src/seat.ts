import type { RoomEntered } from '#libs/contracts';
import type { RoomEntry } from '#libs/rooms';
import type { LiveRoom } from './live-room.js';
import type { Peer, PeerEnd, Said } from './peer.js';
import { peerOf, roomOf, type MediaSocket } from './socket.js';

/**
 * A host or guest whose line is lost keeps the seat and what is sent for so long, milliseconds. Thirty seconds without network are promised;
 * the rest is for the client, which has yet to notice that there is one again and to connect. A line that is closed at once is told of at once.
 */
const GRACE = 45_000;
/** After its token has ended a client loses its sources at once, and its place after so long. */
const EXPIRED_STAY = 30_000;
/** It said goodbye, or we did: nobody comes back to this seat. */
const goodbyes: ReadonlySet<string> = new Set(['client namespace disconnect', 'server namespace disconnect', 'server shutting down']);
/** Signals: what is not sent at once is not worth sending. */
const signals: ReadonlySet<string> = new Set(['speakers', 'quality', 'publishing', 'keyFrameWanted']);

/**
 * A peer's place in a room, with a socket or, for a while, without: a line that blinks takes neither the seat nor the media of
 * somebody who speaks.
 */
export class Seat {
  private socket: MediaSocket | null = null;
  private grace: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private readonly hear = (...said: Said): void => this.send(said);
  private readonly renewed = (): void => this.join();
  private readonly rebuilt = (): void => this.enterAgain();

  constructor(readonly peer: Peer, readonly room: LiveRoom, private expiresAt: Date) {
    peer.on('say', this.hear);
    peer.on('renewed', this.renewed);
    peer.once('closed', (end) => this.end(end));
    room.on('rebuilt', this.rebuilt);
    this.watchToken();
  }

  /** Its line is lost, and may come back. */
  get waiting(): boolean {
    return this.socket === null && !this.peer.closed;
  }

  /** A client sits down: its first message is `entered`. */
  sit(socket: MediaSocket, resumed: boolean): void {
    const before = this.socket;
    clearTimeout(this.grace);
    this.socket = socket;
    socket.data.seat = this;
    before?.disconnect(true);
    socket.on('disconnect', (reason) => this.lost(socket, reason));
    socket.emit('entered', this.entered(resumed));
    this.join();
  }

  /** Another token of the same person. */
  renew(entry: RoomEntry): void {
    this.expiresAt = entry.expiresAt;
    this.watchToken();
    this.peer.renew(entry);
  }

  private entered(resumed: boolean): RoomEntered {
    const { peer, room } = this;
    const peers = [...room.peers.values()].filter((other) => other !== peer && other.listed).map(({ info }) => info);
    return { roomId: room.id, peerId: peer.id, rtpCapabilities: room.sfu.rtpCapabilities, peers, producers: room.producers(), ...(resumed && { resumed }) };
  }

  /** In the same tick as `entered`: nothing is missed and nothing told twice. */
  private join(): void {
    const { socket, peer, room } = this;
    if (!socket) return;
    void socket.join([roomOf(room.id, 'all'), peerOf(peer.id)]);
    void (peer.listed ? socket.join(roomOf(room.id, 'listed')) : socket.leave(roomOf(room.id, 'listed')));
  }

  private send([message, ...args]: Said): void {
    if (!this.socket) return;
    const line = signals.has(message) ? this.socket.volatile : this.socket;
    line.emit(message, ...(args as Parameters<typeof line.emit> extends [unknown, ...infer A] ? A : never));
  }

  private lost(socket: MediaSocket, reason: string): void {
    if (this.socket !== socket) return; // another line has this seat
    this.socket = null;
    if (this.peer.closed) return;
    if (!this.peer.listed || goodbyes.has(reason)) return this.peer.close('left');
    this.grace = setTimeout(() => this.peer.close('gone'), GRACE).unref();
  }

  /** The room's worker died and everything is made anew: nobody who is away could know. */
  private enterAgain(): void {
    if (this.socket) this.socket.emit('entered', this.entered(false));
    else this.peer.close('gone');
  }

  private watchToken(): void {
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => {
      if (this.peer.sources.size > 0) this.peer.take([...this.peer.sources], 'expired');
      this.expiry = setTimeout(() => this.peer.close('removed'), EXPIRED_STAY).unref();
    }, Math.max(0, this.expiresAt.getTime() - Date.now())).unref();
  }

  private end(end: PeerEnd): void {
    clearTimeout(this.grace);
    clearTimeout(this.expiry);
    this.room.off('rebuilt', this.rebuilt);
    this.peer.off('say', this.hear).off('renewed', this.renewed);
    const { socket } = this;
    this.socket = null;
    if (!socket) return;
    if (end === 'removed' || end === 'ended' || end === 'moved') socket.emit('roomClosed', { reason: end });
    socket.disconnect(true);
  }
}
