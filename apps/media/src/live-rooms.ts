import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { DomainError, Log, Settings } from '#libs/platform';
import { RoomHolding, type HeldEpoch } from '#libs/rooms';
import type { Sfu } from '#libs/sfu';
import { LiveRoom, type RoomGround } from './live-room.js';
import { mediaFailure } from './sfu-failure.js';

/** A room in which nobody is for so long is let go, milliseconds. */
const EMPTY_FOR = 60_000;

interface LiveRoomsEvents {
  /** This node holds another room. */
  held: [room: LiveRoom];
}

/**
 * The rooms that this node holds. `hold` is how everything enters one: the signalling gateway, WHIP and WHEP, a recorder.
 * `MediaNode` says when there are workers (`open`) and when the node goes (`shut`).
 */
@Injectable()
export class LiveRooms extends EventEmitter<LiveRoomsEvents> {
  private readonly rooms = new Map<string, LiveRoom>();
  private readonly taking = new Map<string, Promise<LiveRoom>>();
  private readonly releasing = new Map<string, Promise<void>>();
  private sfu: Sfu | null = null;
  private nodeId: string | null = null;
  private unfollow = (): void => {};

  constructor(private readonly holding: RoomHolding, private readonly settings: Settings, private readonly log: Log) {
    super();
  }

  /** The workers run. */
  open(sfu: Sfu): void {
    this.sfu = sfu;
    this.unfollow = this.holding.follow({
      closed: (roomId) => this.rooms.get(roomId)?.close('ended'),
      sourcesTaken: (roomId, taking) => this.rooms.get(roomId)?.take(taking),
      recordingChanged: (roomId, on) => {
        const room = this.rooms.get(roomId);
        if (room) room.recording = on;
      },
      placed: (roomId, nodeId, epoch) => {
        const room = this.rooms.get(roomId);
        if (room && nodeId !== this.nodeId && epoch > room.epoch) room.close('moved');
      },
    });
  }

  /** This node's name; another one after it was taken for dead: what it held is not its own any more. */
  become(nodeId: string | null): void {
    if (this.nodeId !== nodeId) this.closeAll();
    this.nodeId = nodeId;
  }

  /** The node goes, or lost what it held. */
  closeAll(): void {
    for (const room of this.all()) room.close('moved');
  }

  shut(): void {
    this.unfollow();
    this.become(null);
  }

  /** Consumers that this node can carry, and carries. */
  load(): { capacity: number; load: number } {
    const workers = this.sfu?.pool.alive ?? [];
    return { capacity: workers.length * this.settings.mediaConsumers, load: workers.reduce((sum, { load }) => sum + load.consumers, 0) };
  }

  /** It takes no more viewers. */
  get full(): boolean {
    const { capacity, load } = this.load();
    return load >= capacity;
  }

  all(): LiveRoom[] {
    return [...this.rooms.values()];
  }

  /** A room that is held and live here already. */
  find(roomId: string): LiveRoom | undefined {
    return this.rooms.get(roomId);
  }

  /**
   * The room, held by this node from now on if nobody holds it. Throws `notFound`, `roomClosed`, `mediaUnavailable` (no workers
   * here), and `roomTokenInvalid` when another node holds it: whoever asks needs a new pass (a WHIP client: RoomHolding.holder).
   */
  async hold(roomId: string): Promise<LiveRoom> {
    const live = this.rooms.get(roomId);
    if (live) return live;
    let taking = this.taking.get(roomId);
    if (!taking) {
      taking = this.take(roomId).finally(() => this.taking.delete(roomId));
      this.taking.set(roomId, taking);
    }
    return taking;
  }

  /** What the database says that this node holds: anything else that was live before it was asked is not. */
  compare(before: readonly LiveRoom[], held: readonly HeldEpoch[]): void {
    const epochs = new Map(held.map(({ roomId, epoch }) => [roomId, epoch]));
    for (const room of before) if (!room.closed && epochs.get(room.id) !== room.epoch) void this.lost(room);
  }

  /** It is over for good, or another's. */
  private async lost(room: LiveRoom): Promise<void> {
    const error: unknown = await this.holding.holder(room.id).then(() => null, (refusal: unknown) => refusal);
    room.close(error instanceof DomainError && error.code === 'roomClosed' ? 'ended' : 'moved');
  }

  private async take(roomId: string): Promise<LiveRoom> {
    await this.releasing.get(roomId);
    const { nodeId, sfu } = this;
    if (!sfu || nodeId === null) throw new DomainError('mediaUnavailable');
    // Followed before it is read: what is taken meanwhile is in both.
    const held = await this.holding.take(roomId, nodeId);
    const [takings, media] = await Promise.all([
      this.holding.takings(held), this.ground(sfu).open(roomId).catch((error: unknown) => Promise.reject(mediaFailure(error))),
    ]);
    const room = new LiveRoom(held, media, takings, this.ground(sfu));
    if (this.nodeId !== nodeId) {
      room.close('moved');
      throw new DomainError('roomTokenInvalid');
    }
    this.rooms.set(roomId, room);
    room.once('closed', () => this.rooms.delete(roomId));
    this.letGoWhenEmpty(room);
    this.emit('held', room);
    void this.lookAgain(room);
    return room;
  }

  /** Something may have been said of the room between reading its row and following it. */
  private async lookAgain(room: LiveRoom): Promise<void> {
    try {
      const now = await this.holding.take(room.id, this.nodeId ?? '');
      for (const taking of await this.holding.takings(now)) room.take(taking);
      room.recording = now.recording;
    } catch (error) {
      if (!(error instanceof DomainError)) this.log.warn({ err: error, roomId: room.id }, 'A room could not be looked at again.');
      else if (!room.closed) await this.lost(room);
    }
  }

  private ground(sfu: Sfu): RoomGround {
    const { mediaConsumers, mediaPublisherBitrate, mediaViewerBitrate } = this.settings;
    return {
      open: (id) => sfu.open({ id, consumersPerRouter: mediaConsumers }),
      mediaChanged: (id, epoch, publishing) => this.holding.mediaChanged(id, epoch, publishing),
      bitrates: { publisher: mediaPublisherBitrate, viewer: mediaViewerBitrate },
    };
  }

  private letGoWhenEmpty(room: LiveRoom): void {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (room.peers.size > 0 || room.closed) return;
      timer = setTimeout(() => {
        room.close('moved');
        const released = this.holding.release(room.id, room.epoch)
          .catch((error: unknown) => this.log.warn({ err: error, roomId: room.id }, 'An empty room could not be let go.'))
          .finally(() => this.releasing.delete(room.id));
        this.releasing.set(room.id, released);
      }, EMPTY_FOR).unref();
    };
    room.on('peerAdded', look).on('peerClosed', look).once('closed', () => clearTimeout(timer));
    look();
  }
}
