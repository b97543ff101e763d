import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProducerInfo, RoomKind } from '#libs/contracts';
import { DomainError, Log } from '#libs/platform';
import type { HeldRoom, RoomBearer, Taking } from '#libs/rooms';
import type { Producer, Room } from '#libs/sfu';
import { Peer, type Said } from './peer.js';
import { Takings } from './takings.js';

/** Between tries to open a room whose worker died, and to say what changed, milliseconds. */
const AGAIN = 100;
const SAY_AGAIN = 1_000;

/** What a room needs of its node. */
export interface RoomGround {
  /** Opens it on a worker; SfuError `noWorker` while all are down. */
  open(roomId: string): Promise<Room>;
  /** Says whether a host publishes; false: another node holds the room. */
  mediaChanged(roomId: string, epoch: number, publishing: boolean): Promise<boolean>;
  bitrates: { publisher: number; viewer: number };
}

interface LiveRoomEvents {
  producerAdded: [producer: Producer];
  producerClosed: [producerId: string];
  /** The gateway tells everybody in the room, or its hosts and guests, but `except`. */
  announced: [except: Peer | null, said: Said, audience: 'all' | 'listed'];
  peerAdded: [peer: Peer];
  peerClosed: [peer: Peer];
  /** A recording was asked for, or its end. */
  recordingChanged: [on: boolean];
  /** Its worker died and `sfu` is another room now: every transport, producer and consumer is gone; pages enter again. */
  rebuilt: [];
  /** `ended`: for good. `moved`: another node holds it, or this one goes. */
  closed: [reason: 'ended' | 'moved'];
}

/** A room that this node holds: who is in it, and the media of it (`sfu`), which is made anew when its worker dies. */
export class LiveRoom extends EventEmitter<LiveRoomEvents> {
  readonly id: string;
  readonly kind: RoomKind;
  readonly ownerId: string;
  readonly isPublic: boolean;
  readonly epoch: number;
  readonly peers = new Map<string, Peer>();
  readonly takings: Takings;
  private wantsRecording: boolean;
  private reported = false;
  private reporting = false;
  private isClosed = false;

  constructor(held: HeldRoom, private current: Room, takings: readonly Taking[], private readonly ground: RoomGround) {
    super();
    this.setMaxListeners(50);
    this.id = held.id;
    this.kind = held.kind;
    this.ownerId = held.ownerId;
    this.isPublic = held.isPublic;
    this.epoch = held.epoch;
    this.wantsRecording = held.recording;
    this.takings = new Takings(takings);
    this.watch(current);
  }

  /** The media of now; another object after `rebuilt`. */
  get sfu(): Room {
    return this.current;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  /** A recording is asked for. */
  get recording(): boolean {
    return this.wantsRecording;
  }

  set recording(on: boolean) {
    if (on === this.wantsRecording) return;
    this.wantsRecording = on;
    this.emit('recordingChanged', on);
  }

  /** Whether a host sends something. */
  get publishing(): boolean {
    return [...this.peers.values()].some((peer) => peer.role === 'host' && peer.sending);
  }

  /** Throws `roomTokenInvalid` for a viewer of an interview: nobody listens there unseen. */
  admits({ role }: Pick<RoomBearer, 'role'>): void {
    if (this.kind === 'interview' && role === 'viewer') throw new DomainError('roomTokenInvalid');
  }

  addPeer(bearer: RoomBearer): Peer {
    this.admits(bearer);
    const peer = new Peer(this, bearer, this.ground.bitrates);
    this.peers.set(peer.id, peer);
    peer.once('closed', () => {
      this.peers.delete(peer.id);
      if (peer.listed) this.announce(peer, 'peerLeft', { peerId: peer.id });
      this.look();
      this.emit('peerClosed', peer);
    });
    if (peer.listed) this.announce(peer, 'peerJoined', peer.info);
    this.emit('peerAdded', peer);
    return peer;
  }

  /** Everything that is sent now, for somebody who comes in. */
  producers(): ProducerInfo[] {
    return this.current.producers().map(producerInfo);
  }

  /** To everybody in the room but `except`. */
  announce(except: Peer | null, ...said: Said): void {
    this.emit('announced', except, said, 'all');
  }

  /** To its hosts and guests but `except`. */
  announceToListed(except: Peer | null, ...said: Said): void {
    this.emit('announced', except, said, 'listed');
  }

  /** A person may no longer send these, or be here. */
  take(taking: Taking): void {
    this.takings.add(taking);
    for (const peer of [...this.peers.values()]) {
      if (peer.personKey !== taking.personKey) continue;
      if (taking.sources.length > 0) peer.take(taking.sources, taking.reason);
      if (taking.removed) peer.close('removed');
    }
  }

  /** Looks whether a host publishes, and says so when it was otherwise. */
  look(): void {
    if (!this.reporting) void this.report();
  }

  /** Idempotent. */
  close(reason: 'ended' | 'moved'): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const peer of [...this.peers.values()]) peer.close(reason);
    this.emit('closed', reason); // before the media: a recorder finishes what it has
    this.current.close();
  }

  private watch(room: Room): void {
    room.on('producerAdded', (producer) => this.added(producer));
    room.on('producerClosed', (producerId) => {
      this.announce(null, 'producerClosed', { producerId });
      this.emit('producerClosed', producerId);
      this.look();
    });
    room.on('speakers', (speakers) => this.announce(null, 'speakers', speakers));
    room.once('closed', (reason) => {
      if (reason === 'workerDied') void this.rebuild();
    });
  }

  private added(producer: Producer): void {
    const publisher = this.peers.get(producer.peerId) ?? null;
    producer.on('paused', () => this.announce(publisher, 'producerPaused', { producerId: producer.id, paused: true }));
    producer.on('resumed', () => this.announce(publisher, 'producerPaused', { producerId: producer.id, paused: false }));
    this.announce(publisher, 'producerAdded', producerInfo(producer));
    this.emit('producerAdded', producer);
    this.look();
  }

  private async rebuild(): Promise<void> {
    while (!this.isClosed) {
      try {
        const room = await this.ground.open(this.id);
        if (this.isClosed) return room.close();
        this.current = room;
        this.watch(room);
        this.emit('rebuilt');
        return;
      } catch (error) {
        log.debug({ err: error, roomId: this.id }, 'A room waits for a worker.');
        await pause(AGAIN);
      }
    }
  }

  private async report(): Promise<void> {
    this.reporting = true;
    while (!this.isClosed && this.reported !== this.publishing) {
      const publishing = this.publishing;
      try {
        if (!(await this.ground.mediaChanged(this.id, this.epoch, publishing))) this.close('moved');
        this.reported = publishing;
      } catch (error) {
        log.warn({ err: error, roomId: this.id }, 'What a room sends could not be written down; it is tried again.');
        await pause(SAY_AGAIN);
      }
    }
    this.reporting = false;
  }
}

export const producerInfo = ({ id, peerId, kind, source, paused }: Producer): ProducerInfo => ({ producerId: id, peerId, kind, source, paused });

const log = Log.named('rooms');
