import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor, AnyEnvelope, BroadcastState } from '#libs/contracts';
import { Feed, Snapshots } from '#libs/events';
import { Database, DomainError } from '#libs/platform';
import { offsetOf } from './broadcast.rules.js';
import { Broadcasts, type BroadcastRow } from './broadcasts.js';
import { messageView } from './message.view.js';

/** At most three pictures a second of a broadcast in each process. Milliseconds. */
const LEAST = 350;
const RECENT = 20;
/** A ban takes many messages at once: all that went in this time are told, so many at most. Milliseconds. */
const LATELY = 60_000;
const MOST_REMOVED = 100;

interface Counts { raisedHands: number; waitingQuestions: number; heldMessages: number; waitingSeq: number }

/** The live picture of a broadcast: five small reads, made for all who watch together. */
@Injectable()
export class States implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly feed: Feed,
    private readonly snapshots: Snapshots,
  ) {}

  onModuleInit(): void {
    this.snapshots.add({ kind: 'broadcast', least: LEAST, read: (id) => this.read(id), changes: broadcastOf });
  }

  /** Many who ask at once get the same. Throws `notFound`. */
  async of(actor: Actor, broadcastId: string): Promise<BroadcastState> {
    await this.broadcasts.requireVisible(actor, broadcastId);
    const picture = await this.snapshots.make('broadcast', broadcastId);
    if (!picture) throw new DomainError('notFound');
    return picture.data as BroadcastState;
  }

  /** As it is now. Throws `notFound`. */
  async fresh(broadcastId: string): Promise<BroadcastState> {
    return this.make(await this.broadcasts.require(broadcastId));
  }

  async make(broadcast: BroadcastRow): Promise<BroadcastState> {
    const { id: broadcastId, status, interruptedSince, startedAt, viewers, peakViewers, likes, pinnedJobId, slowModeSeconds } = broadcast;
    const db = this.database.read;
    const [recent, removed, stage, [counts]] = await Promise.all([
      db.chatMessage.findMany({ where: { broadcastId, status: 'shown' }, orderBy: { seq: 'desc' }, take: RECENT }),
      db.chatMessage.findMany({ where: { broadcastId, status: 'removed', decidedAt: { not: null } }, orderBy: { decidedAt: 'desc' }, take: MOST_REMOVED, select: { id: true, decidedAt: true } }),
      db.hand.findMany({ where: { broadcastId, status: 'onStage' }, orderBy: { raisedAt: 'asc' }, select: { id: true, name: true } }),
      db.$queryRaw<[Counts]>`
        SELECT (SELECT count(*)::int FROM "Hand" WHERE "broadcastId" = ${broadcastId}::uuid AND status = 'raised') AS "raisedHands",
               (SELECT count(*)::int FROM "ChatMessage" WHERE "broadcastId" = ${broadcastId}::uuid AND status = 'shown' AND kind = 'question' AND "answeredAt" IS NULL) AS "waitingQuestions",
               (SELECT count(*)::int FROM "ChatMessage" WHERE "broadcastId" = ${broadcastId}::uuid AND status = 'held') AS "heldMessages",
               (SELECT coalesce(max(seq), 0)::int FROM "ChatMessage" WHERE "broadcastId" = ${broadcastId}::uuid
                 AND (status = 'held' OR (status = 'shown' AND kind = 'question' AND "answeredAt" IS NULL))) AS "waitingSeq"`,
    ]);
    return {
      broadcastId, status, interruptedSince: interruptedSince?.toISOString() ?? null, viewers, peakViewers, likes, pinnedJobId, slowModeSeconds,
      stage: stage.map(({ id: handId, name }) => ({ handId, name })), ...counts,
      lastSeq: recent[0]?.seq ?? 0,
      recent: recent.reverse().map((row) => messageView(row, (at) => offsetOf(startedAt, at), null)),
      removed: removed.filter(({ decidedAt }, n) => n < RECENT || (decidedAt && Date.now() - decidedAt.getTime() < LATELY)).map(({ id }) => id),
    };
  }

  private async read(broadcastId: string): Promise<{ position: number; data: BroadcastState } | null> {
    // Everything up to here is committed, so it is in the tables.
    const position = this.feed.head();
    const broadcast = await this.database.read.broadcast.findUnique({ where: { id: broadcastId } });
    if (!broadcast) return null;
    return { position, data: await this.make(broadcast) };
  }
}

function broadcastOf({ type, data }: AnyEnvelope): string | null {
  return 'broadcastId' in data && type !== 'application.submitted' ? data.broadcastId : null;
}
