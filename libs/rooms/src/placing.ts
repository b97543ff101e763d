import { Injectable } from '@nestjs/common';
import { Events } from '#libs/events';
import { Database, DomainError, Prisma, type RoomKind, type Tx } from '#libs/platform';
import { nodeDeadAfter } from './media-nodes.js';
import { scopeOf } from './room-scope.js';

/** The node that holds a room. */
export interface Holder {
  nodeId: string;
  /** Its origin; `''`: the page's own. */
  url: string;
  epoch: number;
  /** It carries as many consumers as it can. */
  full: boolean;
}

/** A room as it is locked for placing. */
export interface LockedRoom {
  id: string; kind: RoomKind; ownerId: string; scopeKind: string; scopeId: string | null; nodeId: string | null; epoch: number;
  isPublic: boolean; recording: boolean; closedAt: Date | null;
}

/** A room that is placed counts for so many consumers until its people have come. */
const ROOM_WEIGHT = 10;
/** Its last heartbeat is fresh. */
export const seen = Prisma.sql`"seenAt" >= clock_timestamp() - make_interval(secs => ${nodeDeadAfter / 1_000})`;

/** Which node holds a room. */
@Injectable()
export class Placing {
  constructor(private readonly database: Database, private readonly events: Events) {}

  /** Who holds it, or null: nobody. Throws `notFound`, `roomClosed`. */
  async holder(roomId: string): Promise<{ holder: Holder | null; now: Date }> {
    const [row] = await this.database.read.$queryRaw<{ closedAt: Date | null; epoch: number; nodeId: string | null; url: string; full: boolean; now: Date }[]>`
      SELECT r."closedAt", r.epoch, r."nodeId", n.url, n.load >= n.capacity AS full, clock_timestamp() AS now
      FROM "Room" r LEFT JOIN "MediaNode" n ON n.id = r."nodeId" WHERE r.id = ${roomId}::uuid`;
    if (!row) throw new DomainError('notFound');
    if (row.closedAt) throw new DomainError('roomClosed');
    const { nodeId, url, epoch, full, now } = row;
    return { holder: nodeId === null ? null : { nodeId, url, epoch, full }, now };
  }

  /** Locks it. Throws `notFound`, `roomClosed`. */
  async lock(tx: Tx, roomId: string): Promise<LockedRoom> {
    const [room] = await tx.$queryRaw<LockedRoom[]>`
      SELECT id, kind, "ownerId", "scopeKind", "scopeId", "nodeId", epoch, "isPublic", recording, "closedAt" FROM "Room" WHERE id = ${roomId}::uuid FOR UPDATE`;
    if (!room) throw new DomainError('notFound');
    if (room.closedAt) throw new DomainError('roomClosed');
    return room;
  }

  /**
   * Gives a room to the least loaded node that is alive, stays and has capacity, unless somebody holds it. Appends `room.placed`.
   * Throws `mediaPreparing`, `mediaFull`, `mediaUnavailable` and what `lock` throws.
   */
  async place(tx: Tx, roomId: string): Promise<Holder> {
    const room = await this.lock(tx, roomId);
    const node = room.nodeId === null ? await this.choose(tx) : await tx.mediaNode.findUniqueOrThrow({ where: { id: room.nodeId } });
    const epoch = room.nodeId === null ? await this.give(tx, room, node.id) : room.epoch;
    return { nodeId: node.id, url: node.url, epoch, full: node.load >= node.capacity };
  }

  /** Gives a locked room to a node; its new epoch is higher than every earlier one. */
  async give(tx: Tx, { id: roomId, kind, ownerId, ...room }: LockedRoom, nodeId: string): Promise<number> {
    const { epoch } = await tx.room.update({ where: { id: roomId }, data: { nodeId, epoch: { increment: 1 }, publishing: false } });
    await this.events.append(tx, 'room.placed', scopeOf(room), { roomId, kind, ownerId, nodeId, epoch });
    return epoch;
  }

  private async choose(tx: Tx): Promise<{ id: string; url: string; load: number; capacity: number }> {
    const [node] = await tx.$queryRaw<{ id: string; url: string; load: number; capacity: number }[]>`
      SELECT id, url, load, capacity FROM "MediaNode" n WHERE state = 'ready' AND NOT draining AND load < capacity AND ${seen}
      ORDER BY (load + ${ROOM_WEIGHT} * (SELECT count(*) FROM "Room" r WHERE r."nodeId" = n.id AND r."closedAt" IS NULL))::float8 / capacity, id LIMIT 1`;
    if (node) return node;
    const alive = await tx.$queryRaw<{ state: string; percent: number }[]>`
      SELECT state::text, percent FROM "MediaNode" WHERE NOT draining AND ${seen} ORDER BY percent DESC`;
    if (alive.some(({ state }) => state === 'ready')) throw new DomainError('mediaFull');
    const preparing = alive.find(({ state }) => state === 'preparing');
    throw preparing ? new DomainError('mediaPreparing', { percent: preparing.percent }) : new DomainError('mediaUnavailable');
  }
}
