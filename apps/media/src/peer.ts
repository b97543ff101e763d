import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { MediaServerToClient, MediaSource, PeerInfo, PeerQuality, RoomRole } from '#libs/contracts';
import { DomainError } from '#libs/platform';
import type { RoomBearer } from '#libs/rooms';
import type { Consumer, Producer, Transport, TransportOptions, TransportState } from '#libs/sfu';
import type { LiveRoom } from './live-room.js';

/** Most that one peer has at once: sending and receiving, and replacements of either that are under way. */
const MOST_TRANSPORTS = 6;
/** Tracks that one peer receives at once. */
export const mostConsumers = 64;
/** Why a peer left. `gone`: its line was lost for good; `replaced`: the same person came in again. */
export type PeerEnd = 'left' | 'gone' | 'removed' | 'ended' | 'moved' | 'replaced';

/** A message to a client, with its arguments. */
export type Said = { [M in keyof MediaServerToClient]: [message: M, ...args: Parameters<MediaServerToClient[M]>] }[keyof MediaServerToClient];

interface PeerEvents {
  /** Something for this client alone. Nobody listens: a peer without a line (WHIP), or one whose line is lost. */
  say: Said;
  /** Role and sources are others now. */
  renewed: [];
  closed: [end: PeerEnd];
}

/** One connection of a person to a room: a page's socket, or a WHIP or WHEP session. Made by LiveRoom.addPeer. */
export class Peer extends EventEmitter<PeerEvents> {
  readonly id = randomUUID();
  readonly personKey: string;
  name: string;
  role: RoomRole;
  sources: ReadonlySet<MediaSource>;
  /** What its client measured last; of viewers too, whom nobody else is told of. */
  quality: PeerQuality | null = null;
  private readonly transports = new Map<string, Transport>();
  private opening = 0;
  private isClosed = false;

  constructor(
    readonly room: LiveRoom,
    { personKey, name, role, sources }: RoomBearer,
    private readonly bitrates: { publisher: number; viewer: number },
  ) {
    super();
    this.personKey = personKey;
    this.name = name;
    this.role = role;
    this.sources = new Set(sources);
  }

  get closed(): boolean {
    return this.isClosed;
  }

  /** Hosts and guests are shown to everybody; viewers to nobody. */
  get listed(): boolean {
    return this.role !== 'viewer';
  }

  get info(): PeerInfo {
    return { peerId: this.id, role: this.role, name: this.name };
  }

  /**
   * Throws `tooManyRequests`, and SfuError.
   * @param codecs of a player that numbers them itself (WHEP)
   */
  async createTransport(direction: 'send' | 'receive', forceTcp = false, codecs?: TransportOptions['codecs']): Promise<Transport> {
    if (this.transports.size + this.opening >= MOST_TRANSPORTS) throw new DomainError('tooManyRequests', { seconds: 30 });
    this.opening += 1;
    try {
      const transport = await this.room.sfu.createTransport({
        peerId: this.id, forceTcp, ...(codecs && { codecs }),
        ...(direction === 'send' ? { direction, maxIncomingBitrate: this.bitrates.publisher } : { direction: 'recv' as const, maxOutgoingBitrate: this.bitrates.viewer }),
      });
      if (this.isClosed) transport.close();
      if (transport.closed) throw new DomainError('conflict');
      this.transports.set(transport.id, transport);
      transport.once('closed', () => this.transports.delete(transport.id));
      if (direction === 'send') transport.on('state', () => this.room.look());
      return transport;
    } finally {
      this.opening -= 1;
    }
  }

  /** Throws `notFound`. */
  transport(id: string): Transport {
    return this.transports.get(id) ?? missing();
  }

  producers(): Producer[] {
    return [...this.transports.values()].flatMap((transport) => transport.producers());
  }

  /** Throws `notFound`, also for somebody else's. */
  producer(id: string): Producer {
    return this.producers().find((producer) => producer.id === id) ?? missing();
  }

  consumers(): Consumer[] {
    return [...this.transports.values()].flatMap((transport) => transport.consumers());
  }

  /** Throws `notFound`, also for somebody else's. */
  consumer(id: string): Consumer {
    for (const transport of this.transports.values()) {
      const consumer = transport.consumer(id);
      if (consumer) return consumer;
    }
    return missing();
  }

  /** Something of it arrives, as far as its line tells: one that is gone for 20 s sends nothing, though it may come back. */
  get sending(): boolean {
    return [...this.transports.values()].some((transport) => !silent.has(transport.state) && transport.producers().length > 0);
  }

  /** Lines over which it may send. */
  sendingOver(): Transport[] {
    return [...this.transports.values()].filter(({ direction }) => direction === 'send');
  }

  receiving(): Transport[] {
    return [...this.transports.values()].filter(({ direction }) => direction === 'recv');
  }

  /** Throws `sourceNotAllowed`: the token does not give it, or it was taken. */
  mustHave(source: MediaSource): void {
    if (!this.sources.has(source)) throw new DomainError('sourceNotAllowed', { source });
  }

  /** Ends what it sends as these. */
  private silence(sources: ReadonlySet<MediaSource>): void {
    for (const producer of this.producers()) if (sources.has(producer.source)) producer.close();
  }

  /** It may no longer send these; what it sends as these ends. */
  take(sources: readonly MediaSource[], reason: string): void {
    const taken = new Set(sources);
    this.sources = new Set([...this.sources].filter((source) => !taken.has(source)));
    this.silence(taken);
    this.say('sourcesTaken', { sources: [...sources], reason });
  }

  /** Another token of the same person: other sources, another role. What the new one does not give is taken. */
  renew({ name, role, sources }: RoomBearer): void {
    const given = new Set(sources);
    const taken = [...this.sources].filter((source) => !given.has(source));
    if (taken.length > 0) this.take(taken, 'renewed');
    const listed = this.listed;
    Object.assign(this, { name, role, sources: given });
    if (!listed && this.listed) this.room.announce(this, 'peerJoined', this.info);
    if (listed && !this.listed) this.room.announce(this, 'peerLeft', { peerId: this.id });
    this.room.look();
    this.emit('renewed');
  }

  say(...said: Said): void {
    this.emit('say', ...said);
  }

  /** Leaves the room, with everything that it sends and receives. Idempotent. */
  close(end: PeerEnd = 'left'): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const transport of [...this.transports.values()]) transport.close();
    this.emit('closed', end);
  }
}

const silent: ReadonlySet<TransportState> = new Set(['disconnected', 'failed', 'closed']);

function missing(): never {
  throw new DomainError('notFound');
}
