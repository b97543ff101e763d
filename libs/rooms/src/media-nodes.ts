import { Injectable } from '@nestjs/common';
import { Events } from '#libs/events';
import { Database, newId, Prisma, type MediaNodeState, type RoomKind, type Tx } from '#libs/platform';
import { scopeOf } from './room-scope.js';

/** A node that was not seen for so long is dead, milliseconds of the database's clock. */
export const nodeDeadAfter = 4_000;
/** Another process with the same origin that was seen so recently is alive: one of them is set up wrongly. */
const SAME_ORIGIN_FRESH = 2_000;

export interface NodeReport {
  state: MediaNodeState;
  /** 0–100 while preparing. */
  percent: number;
  /** Consumers that it can carry, and carries. */
  capacity: number;
  load: number;
}

/** What a node's heartbeat is answered with. */
export interface HeldEpoch { roomId: string; epoch: number }

type Held = { id: string; kind: RoomKind; ownerId: string; scopeKind: string; scopeId: string | null; publishing: boolean };

/** Which processes carry live media, by their heartbeats. All of it in PostgreSQL, in the database's time. */
@Injectable()
export class MediaNodes {
  constructor(private readonly database: Database, private readonly events: Events) {}

  /**
   * Enters a node. Whoever had this origin before is gone, and its rooms are free. Null: another process with the same origin
   * is alive.
   * @param url its origin; `''`: the page's own
   */
  register(url: string, report: NodeReport): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('fairwind media node ' || ${url}, 0))`;
      const same = await tx.$queryRaw<{ id: string; fresh: boolean }[]>`
        SELECT id, "seenAt" > clock_timestamp() - make_interval(secs => ${SAME_ORIGIN_FRESH / 1_000}) AS fresh FROM "MediaNode" WHERE url = ${url}`;
      if (same.some(({ fresh }) => fresh)) return null;
      await this.remove(tx, same.map(({ id }) => id));
      const id = newId();
      await tx.$executeRaw`
        INSERT INTO "MediaNode" (id, url, capacity, load, state, percent, "startedAt", "seenAt")
        VALUES (${id}::uuid, ${url}, ${report.capacity}, ${report.load}, ${report.state}::"MediaNodeState", ${report.percent}, clock_timestamp(), clock_timestamp())`;
      return id;
    });
  }

  /** Once a second. @returns the rooms that it holds, or null: it was taken for dead, holds nothing and registers anew */
  async heartbeat(nodeId: string, { state, percent, capacity, load }: NodeReport): Promise<HeldEpoch[] | null> {
    const rows = await this.database.read.$queryRaw<{ roomId: string | null; epoch: number | null }[]>`
      WITH node AS (
        UPDATE "MediaNode" SET "seenAt" = clock_timestamp(), state = ${state}::"MediaNodeState", percent = ${percent}, capacity = ${capacity}, load = ${load}
        WHERE id = ${nodeId}::uuid RETURNING id)
      SELECT r.id AS "roomId", r.epoch FROM node LEFT JOIN "Room" r ON r."nodeId" = node.id AND r."closedAt" IS NULL`;
    if (rows.length === 0) return null;
    return rows.flatMap(({ roomId, epoch }) => (roomId === null || epoch === null ? [] : [{ roomId, epoch }]));
  }

  /** It takes no new rooms from now on. */
  async drain(nodeId: string): Promise<void> {
    await this.database.read.mediaNode.updateMany({ where: { id: nodeId }, data: { draining: true } });
  }

  /** It ends in order: its rooms are placed anew when somebody asks for a pass. */
  async leave(nodeId: string): Promise<void> {
    await this.database.transaction((tx) => this.remove(tx, [nodeId]));
  }

  /** Whether the database answers; throws when it does not. */
  async reach(): Promise<void> {
    await this.database.read.$queryRaw`SELECT 1`;
  }

  /** Frees the rooms of nodes that are dead. @returns how many nodes were */
  async sweep(): Promise<number> {
    const dead = await this.database.read.$queryRaw<{ id: string }[]>`SELECT id FROM "MediaNode" WHERE ${unseen}`;
    if (dead.length === 0) return 0;
    return this.database.transaction(async (tx) => {
      // Another process may be at it, or the node came back.
      const still = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM "MediaNode" WHERE id = ANY(${dead.map(({ id }) => id)}::uuid[]) AND ${unseen} ORDER BY id FOR UPDATE SKIP LOCKED`;
      await this.remove(tx, still.map(({ id }) => id));
      return still.length;
    });
  }

  private async remove(tx: Tx, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const held = await tx.$queryRaw<Held[]>`
      SELECT id, kind, "ownerId", "scopeKind", "scopeId", publishing FROM "Room" WHERE "nodeId" = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
    await tx.room.updateMany({ where: { id: { in: held.map(({ id }) => id) } }, data: { nodeId: null, publishing: false } });
    await tx.mediaNode.deleteMany({ where: { id: { in: ids } } });
    for (const { id: roomId, kind, ownerId, publishing, ...room } of held) {
      if (publishing) await this.events.append(tx, 'room.mediaChanged', scopeOf(room), { roomId, kind, ownerId, publishing: false });
    }
  }
}

const unseen = Prisma.sql`"seenAt" < clock_timestamp() - make_interval(secs => ${nodeDeadAfter / 1_000})`;
