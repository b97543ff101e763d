import { Injectable } from '@nestjs/common';
import type { AnyEnvelope, MediaSource, PublisherEnd, RoomKind, Scope } from '#libs/contracts';
import { Events, Feed } from '#libs/events';
import { Database, DomainError } from '#libs/platform';
import { Placing, type Holder } from './placing.js';
import { scopeOf } from './room-scope.js';
import { roomTokenSeconds } from './room-tokens.js';

/** A room as the node that holds it knows it. */
export interface HeldRoom {
  id: string;
  kind: RoomKind;
  ownerId: string;
  scope: Scope;
  epoch: number;
  isPublic: boolean;
  /** A recording was asked for. */
  recording: boolean;
}

/** Something was taken from a person; tokens made before `at` do not give it. */
export interface Taking { personKey: string; sources: MediaSource[]; removed: boolean; reason: string; at: Date }

/** What a node is told of rooms; it asks itself whether they are its own. */
export interface RoomListener {
  closed(roomId: string): void;
  sourcesTaken(roomId: string, taking: Taking): void;
  recordingChanged(roomId: string, recording: boolean): void;
  placed(roomId: string, nodeId: string, epoch: number): void;
}

/** The node's side of rooms: holding them, and saying what happens in them. An older holder is not believed. */
@Injectable()
export class RoomHolding {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly feed: Feed,
    private readonly placing: Placing,
  ) {}

  /** Who holds a room, or null: nobody. Throws `notFound`, `roomClosed`. */
  async holder(roomId: string): Promise<Holder | null> {
    return (await this.placing.holder(roomId)).holder;
  }

  /**
   * A room that this node holds, or takes because nobody does. Throws `notFound`, `roomClosed`, and `roomTokenInvalid` when
   * another node holds it: whoever came here needs a new pass.
   */
  take(roomId: string, nodeId: string): Promise<HeldRoom> {
    return this.database.transaction(async (tx) => {
      const room = await this.placing.lock(tx, roomId);
      if (room.nodeId !== null && room.nodeId !== nodeId) throw new DomainError('roomTokenInvalid');
      const epoch = room.nodeId === nodeId ? room.epoch : await this.placing.give(tx, room, nodeId);
      const { id, kind, ownerId, isPublic, recording } = room;
      return { id, kind, ownerId, scope: scopeOf(room), epoch, isPublic, recording };
    });
  }

  /**
   * The first host's track came, or the last one went. Appends `room.mediaChanged` when it was otherwise.
   * @returns false: another holds the room by now, or it is closed
   */
  mediaChanged(roomId: string, epoch: number, publishing: boolean): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [room] = await tx.$queryRaw<{ kind: RoomKind; ownerId: string; scopeKind: string; scopeId: string | null; publishing: boolean }[]>`
        SELECT kind, "ownerId", "scopeKind", "scopeId", publishing FROM "Room"
        WHERE id = ${roomId}::uuid AND epoch = ${epoch} AND "nodeId" IS NOT NULL AND "closedAt" IS NULL FOR UPDATE`;
      if (!room) return false;
      if (room.publishing === publishing) return true;
      await tx.room.update({ where: { id: roomId }, data: { publishing } });
      await this.events.append(tx, 'room.mediaChanged', scopeOf(room), { roomId, kind: room.kind, ownerId: room.ownerId, publishing });
      return true;
    });
  }

  /** Somebody's media were ended, and why. Appends `room.publisherEnded`, unless another holds the room by now. */
  async publisherEnded(roomId: string, epoch: number, why: PublisherEnd): Promise<void> {
    await this.database.transaction(async (tx) => {
      const room = await tx.room.findFirst({ where: { id: roomId, epoch, closedAt: null } });
      if (room) await this.events.append(tx, 'room.publisherEnded', scopeOf(room), { roomId, kind: room.kind, ownerId: room.ownerId, ...why });
    });
  }

  /** Whether its streams are for anyone, as it is now: a rehearsal's are not, the broadcast's are. */
  async isPublic(roomId: string): Promise<boolean> {
    const room = await this.database.read.room.findUnique({ where: { id: roomId }, select: { isPublic: true } });
    return room?.isPublic ?? false;
  }

  /** Frees a room that nobody is in; the next pass places it. Nothing is said of it. */
  async release(roomId: string, epoch: number): Promise<void> {
    await this.database.read.room.updateMany({ where: { id: roomId, epoch, publishing: false }, data: { nodeId: null } });
  }

  /** What was taken from people of a room while tokens of that time may still be good, oldest first. */
  async takings({ id: roomId, scope }: Pick<HeldRoom, 'id' | 'scope'>): Promise<Taking[]> {
    const since = Date.now() - (roomTokenSeconds + 60) * 1_000;
    const newest = await this.feed.newest({ types: ['room.sourcesTaken'], limit: 1_000, ...(scope.kind !== 'platform' && { scopeId: scope.id }) });
    return newest.reverse().flatMap((event) =>
      (event.type === 'room.sourcesTaken' && event.data.roomId === roomId && Date.parse(event.recordedAt) > since ? [taking(event)] : []));
  }

  /** Tells of rooms what concerns their nodes, in order. @returns stops it */
  follow(listener: RoomListener): () => void {
    return this.feed.follow((events) => events.forEach((event) => tell(listener, event)));
  }
}

function tell(listener: RoomListener, event: AnyEnvelope): void {
  switch (event.type) {
    case 'room.closed': return listener.closed(event.data.roomId);
    case 'room.sourcesTaken': return listener.sourcesTaken(event.data.roomId, taking(event));
    case 'room.recordingChanged': return listener.recordingChanged(event.data.roomId, event.data.recording);
    case 'room.placed': return listener.placed(event.data.roomId, event.data.nodeId, event.data.epoch);
    default:
  }
}

const taking = ({ data: { personKey, sources, removed, reason }, recordedAt }: Extract<AnyEnvelope, { type: 'room.sourcesTaken' }>): Taking =>
  ({ personKey, sources, removed, reason, at: new Date(recordedAt) });
