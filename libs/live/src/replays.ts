import { Injectable } from '@nestjs/common';
import type { Actor, Replay } from '#libs/contracts';
import { Database, DomainError } from '#libs/platform';
import { Recordings } from '#libs/rooms';
import { offsetOf } from './broadcast.rules.js';
import { Broadcasts, type BroadcastRow } from './broadcasts.js';

/** Live playlist of a room, on the origin of its node. */
export const livePlaylist = (roomId: string): string => `/media/hls/${roomId}/live.m3u8`;
/** Playlist of everything that was recorded in a room. */
export const replayPlaylist = (roomId: string): string => `/media/hls/${roomId}/replay.m3u8`;

/** What a broadcast left: its recording, and the cards and the chat in time. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly recordings: Recordings,
  ) {}

  /** Throws `replayMissing`: not over, nothing recorded, or stopped by an organiser (then only those who work on it see it). */
  async of(actor: Actor, broadcastId: string): Promise<Replay> {
    const { broadcast, role } = await this.broadcasts.requireVisible(actor, broadcastId);
    const { roomId, title, startedAt, endedAt, stoppedReason } = broadcast;
    const duration = (await this.durations([broadcast])).get(roomId) ?? 0;
    if (duration === 0 || startedAt === null || (stoppedReason !== null && role === 'viewer')) throw new DomainError('replayMissing');
    const [pins, messageCount] = await Promise.all([
      this.database.read.cardPin.findMany({ where: { broadcastId }, orderBy: { id: 'asc' } }),
      this.database.read.chatMessage.count({ where: { broadcastId, status: 'shown' } }),
    ]);
    const shown = pins.filter(({ unpinnedAt }) => unpinnedAt === null || unpinnedAt > startedAt);
    return {
      broadcastId, title, startedAt: startedAt.toISOString(), hlsUrl: replayPlaylist(roomId), duration, messageCount,
      cards: shown.map(({ jobId, pinnedAt, unpinnedAt }) => ({
        jobId, from: offsetOf(startedAt, pinnedAt), to: unpinnedAt === null || unpinnedAt.getTime() === endedAt?.getTime() ? null : offsetOf(startedAt, unpinnedAt),
      })),
    };
  }

  /** Milliseconds that were recorded of those that are over, by room id; rooms without any are missing. */
  async durations(broadcasts: readonly BroadcastRow[]): Promise<Map<string, number>> {
    return this.recordings.durations(broadcasts.filter(({ status }) => status === 'ended').map(({ roomId }) => roomId));
  }
}
