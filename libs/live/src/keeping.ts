import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Database, Log, Settings, Timers, type Tx } from '#libs/platform';
import { Recordings } from '#libs/rooms';
import { timerNames } from './broadcast-timers.js';

const DAY = 86_400_000;
/** How often it looks, milliseconds; and how many broadcasts it clears at once. */
const EVERY = 3_600_000;
const AT_ONCE = 20;
/** One timer for all of them, and all processes: a setting that changes counts for what is kept already. */
const ALL = 'all';

/**
 * What people wrote and what was recorded is kept as long as the rules for online recruitment ask (网络招聘服务管理规定), and no
 * longer. What remains of a broadcast names nobody who watched: title, times, jobs, counts.
 */
@Injectable()
export class Keeping implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly recordings: Recordings,
    private readonly timers: Timers,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.timers.handle(timerNames.keeping, async (tx) => {
      const more = (await this.clear(tx)) === AT_ONCE;
      await this.timers.schedule(tx, timerNames.keeping, ALL, new Date(Date.now() + (more ? 1_000 : EVERY)));
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const set = await tx.timer.findFirst({ where: { name: timerNames.keeping, key: ALL, doneAt: null } });
      if (!set) await this.timers.schedule(tx, timerNames.keeping, ALL, new Date(Date.now() + 60_000));
    });
  }

  /** Deletes what a few broadcasts have kept past its term. @returns of how many */
  async clear(tx: Tx): Promise<number> {
    const before = new Date(Date.now() - this.settings.liveKeptDays * DAY);
    const due = await tx.$queryRaw<{ id: string; roomId: string }[]>`
      SELECT b.id, b."roomId" FROM "Broadcast" b
      WHERE b.status IN ('ended', 'cancelled') AND coalesce(b."endedAt", b."endsAt") < ${before} AND (
        EXISTS (SELECT FROM "ChatMessage" m WHERE m."broadcastId" = b.id) OR EXISTS (SELECT FROM "Sanction" s WHERE s."broadcastId" = b.id)
        OR EXISTS (SELECT FROM "Complaint" k WHERE k."broadcastId" = b.id)
        OR EXISTS (SELECT FROM "Hand" h WHERE h."broadcastId" = b.id) OR EXISTS (SELECT FROM "CardSight" c WHERE c."broadcastId" = b.id)
        OR EXISTS (SELECT FROM "BroadcastReminder" r WHERE r."broadcastId" = b.id) OR EXISTS (SELECT FROM "Recording" r WHERE r."roomId" = b."roomId"))
      ORDER BY b.id LIMIT ${AT_ONCE}`;
    for (const { id: broadcastId, roomId } of due) {
      // Bytes first: what fails here is tried again with its rows.
      for (const { id } of await this.recordings.ofRoom(roomId)) await this.recordings.remove(id);
      const { count: messages } = await tx.chatMessage.deleteMany({ where: { broadcastId } });
      await tx.sanction.deleteMany({ where: { broadcastId } });
      await tx.complaint.deleteMany({ where: { broadcastId } });
      await tx.hand.deleteMany({ where: { broadcastId } });
      await tx.cardSight.deleteMany({ where: { broadcastId } });
      await tx.broadcastReminder.deleteMany({ where: { broadcastId } });
      this.log.info({ broadcastId, messages }, 'The records of a broadcast were kept for their term, and are deleted.');
    }
    return due.length;
  }
}
