import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Events, Watchers } from '#libs/events';
import { Database, Log, newId, type Tx } from '#libs/platform';
import { ViewerProcesses } from './viewer-processes.js';
import { scopeOf } from './scope.js';

/** What came together in this time is written together, milliseconds. */
const FLUSH = 500;
const log = Log.named('viewers');

interface Likes { count: number; waiting: { resolve: () => void; reject: (error: unknown) => void }[] }

/**
 * Who watches, as persons, and likes: gathered in each process and written twice a second. A person in two tabs is told to us
 * once (`Watchers`); one on two processes has two rows and counts once. Never mixed with the people in a hall.
 */
@Injectable()
export class ViewerCounts implements OnModuleInit, BeforeApplicationShutdown {
  private readonly processId = newId();
  /** Who watches through this process, by broadcast id. */
  private readonly present = new Map<string, Set<string>>();
  /** Whose coming or going is not written yet. */
  private dirty = new Map<string, Set<string>>();
  private likes = new Map<string, Likes>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly watchers: Watchers,
    private readonly processes: ViewerProcesses,
  ) {}

  onModuleInit(): void {
    this.watchers.add('broadcast', {
      joined: (broadcastId, personKey) => this.mark(broadcastId, personKey, true),
      left: (broadcastId, personKey) => this.mark(broadcastId, personKey, false),
    });
    this.processes.start({
      processId: this.processId,
      isNeeded: () => this.present.size > 0,
      // It was taken for dead: what it had written is gone.
      forgotten: () => this.present.forEach((people, broadcastId) => people.forEach((personKey) => this.mark(broadcastId, personKey, true))),
      swept: (broadcastIds) => this.recount(broadcastIds),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.processes.stop();
    this.present.forEach((people, broadcastId) => people.forEach((personKey) => this.mark(broadcastId, personKey, false)));
    await this.flush();
  }

  /** Counts likes; resolves when they are written, rejects when they are not. */
  like(broadcastId: string, count: number): Promise<void> {
    const likes = this.likes.get(broadcastId) ?? { count: 0, waiting: [] };
    this.likes.set(broadcastId, likes);
    likes.count += count;
    this.plan();
    return new Promise((resolve, reject) => likes.waiting.push({ resolve, reject }));
  }

  /** Writes what has gathered and waits for it. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const [dirty, likes] = [this.dirty, this.likes];
    [this.dirty, this.likes] = [new Map(), new Map()];
    if (dirty.size > 0 || likes.size > 0) this.writing = this.writing.then(() => this.write(dirty, likes));
    return this.writing;
  }

  private mark(broadcastId: string, personKey: string, watches: boolean): void {
    const people = this.present.get(broadcastId) ?? new Set();
    if (watches) this.present.set(broadcastId, people.add(personKey));
    else if (people.delete(personKey) && people.size === 0) this.present.delete(broadcastId);
    this.dirty.set(broadcastId, (this.dirty.get(broadcastId) ?? new Set()).add(personKey));
    this.plan();
  }

  private plan(): void {
    this.timer ??= setTimeout(() => void this.flush(), FLUSH);
  }

  private async write(dirty: Map<string, Set<string>>, likes: Map<string, Likes>): Promise<void> {
    try {
      await this.processes.enter();
      await this.database.transaction((tx) => this.writeIn(tx, dirty, likes));
      for (const { waiting } of likes.values()) waiting.forEach(({ resolve }) => resolve());
    } catch (error) {
      log.warn({ err: error }, 'Viewers could not be written; they are written with the next.');
      dirty.forEach((people, broadcastId) => people.forEach((personKey) => this.dirty.set(broadcastId, (this.dirty.get(broadcastId) ?? new Set()).add(personKey))));
      for (const { waiting } of likes.values()) waiting.forEach(({ reject }) => reject(error));
      if (dirty.size > 0) this.plan();
    }
  }

  private async writeIn(tx: Tx, dirty: Map<string, Set<string>>, likes: Map<string, Likes>): Promise<void> {
    const ids = [...new Set([...dirty.keys(), ...likes.keys()])];
    await this.lock(tx, ids);
    const moves = [...dirty].flatMap(([broadcastId, people]) => [...people].map((personKey) => ({ broadcastId, personKey, watches: this.present.get(broadcastId)?.has(personKey) ?? false })));
    const [came, went] = [moves.filter(({ watches }) => watches), moves.filter(({ watches }) => !watches)];
    if (came.length > 0) {
      await tx.broadcastViewer.createMany({ data: came.map(({ broadcastId, personKey }) => ({ broadcastId, personKey, processId: this.processId })), skipDuplicates: true });
    }
    if (went.length > 0) {
      await tx.$executeRaw`
        DELETE FROM "BroadcastViewer" v USING json_to_recordset(${JSON.stringify(went)}::json) AS gone("broadcastId" uuid, "personKey" text)
        WHERE v."broadcastId" = gone."broadcastId" AND v."personKey" = gone."personKey" AND v."processId" = ${this.processId}::uuid`;
    }
    await this.count(tx, ids, new Map([...likes].map(([id, { count }]) => [id, count])));
  }

  private async recount(broadcastIds: string[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.lock(tx, broadcastIds);
      await this.count(tx, broadcastIds, new Map());
    });
  }

  /** In a fixed order, so that processes never wait for each other in a circle; whoever counts after it sees what was written before. */
  private async lock(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.$queryRaw`SELECT id FROM "Broadcast" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  }

  /** Its hosts do not count: they are the show. The peak is of the time on air. */
  private async count(tx: Tx, ids: readonly string[], likes: ReadonlyMap<string, number>): Promise<void> {
    const rows = await tx.$queryRaw<{ id: string; fairId: string; viewers: number; likes: number }[]>`
      WITH counted AS (
        SELECT b.id, liked.count AS liked, (
          SELECT count(DISTINCT v."personKey")::int FROM "BroadcastViewer" v WHERE v."broadcastId" = b.id
            AND NOT EXISTS (SELECT 1 FROM "BroadcastHost" h WHERE h."broadcastId" = b.id AND v."personKey" = 'account:' || h."accountId")) AS viewers
        FROM "Broadcast" b JOIN json_to_recordset(${JSON.stringify(ids.map((id) => ({ id, count: likes.get(id) ?? 0 })))}::json) AS liked(id uuid, count int) USING (id))
      UPDATE "Broadcast" b SET viewers = counted.viewers, likes = b.likes + counted.liked,
        "peakViewers" = CASE WHEN b.status IN ('live', 'paused') THEN greatest(b."peakViewers", counted.viewers) ELSE b."peakViewers" END
      FROM counted WHERE b.id = counted.id AND (b.viewers <> counted.viewers OR counted.liked > 0)
      RETURNING b.id, b."fairId", b.viewers, b.likes`;
    await this.events.appendMany(tx, rows.map(({ id: broadcastId, fairId, viewers, likes: all }) => ({
      type: 'broadcast.counted', scope: scopeOf({ fairId }), data: { fairId, broadcastId, viewers, likes: all },
    })));
  }
}
