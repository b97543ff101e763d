import { Injectable } from '@nestjs/common';
import type { Actor, Replay } from '#libs/contracts';
import { Database, DomainError } from '#libs/platform';
import { Recordings, Rooms, RoomTokens } from '#libs/rooms';
import { Broadcasts, type BroadcastRow } from './broadcasts.js';
import { accountIdOf, accountKey } from './person.js';
import { Timelines } from './timelines.js';

/** Live playlist of a room, on the origin of its node. */
export const livePlaylist = (roomId: string): string => `/media/hls/${roomId}/live.m3u8`;
/** Playlist of a recording, on any media node. */
const replayPlaylist = (recordingId: string): string => `/media/hls/${recordingId}/replay.m3u8`;

/** What a broadcast left: its recording, and the cards and the chat in time. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly recordings: Recordings,
    private readonly rooms: Rooms,
    private readonly timelines: Timelines,
    private readonly tokens: RoomTokens,
  ) {}

  /** Throws `replayMissing`: not over, its last segments not stored yet, nothing recorded, or stopped by an organiser; that one is for those who work on it only, for ten minutes at a time. */
  async of(actor: Actor, broadcastId: string): Promise<Replay> {
    const { broadcast, role } = await this.broadcasts.requireVisible(actor, broadcastId);
    const { title, status, startedAt, stoppedReason } = broadcast;
    const recording = status === 'ended' ? await this.timelines.recording(broadcast) : null;
    if (!recording?.endedAt || startedAt === null || (stoppedReason !== null && role === 'viewer')) throw new DomainError('replayMissing');
    const token = stoppedReason === null ? '' : `?token=${await this.token(actor, broadcast)}`;
    const [place, node, pins, messageCount] = await Promise.all([
      this.timelines.of(broadcast), this.rooms.anyNode(),
      this.database.read.cardPin.findMany({ where: { broadcastId }, orderBy: { id: 'asc' } }),
      this.database.read.chatMessage.count({ where: { broadcastId, status: 'shown' } }),
    ]);
    // Cards of a rehearsal are not part of it.
    const shown = pins.filter(({ unpinnedAt }) => unpinnedAt === null || unpinnedAt > startedAt);
    return {
      broadcastId, title, startedAt: startedAt.toISOString(), hlsUrl: `${node ?? ''}${replayPlaylist(recording.id)}${token}`, duration: recording.duration, messageCount,
      cards: shown.map(({ jobId, pinnedAt, unpinnedAt }) => ({ jobId, from: place(pinnedAt), to: unpinnedAt && place(unpinnedAt) })),
    };
  }

  /** Shown to the media node: this person may see this room's recordings. */
  private async token(actor: Actor, { roomId }: BroadcastRow): Promise<string> {
    const { token } = await this.tokens.make(roomId, { personKey: accountKey(accountIdOf(actor)), name: '', role: 'viewer', sources: [] });
    return token;
  }

  /** Milliseconds that were recorded of those that are over, by room id; rooms without any are missing. */
  async durations(broadcasts: readonly BroadcastRow[]): Promise<Map<string, number>> {
    return this.recordings.durations(broadcasts.filter(({ status }) => status === 'ended').map(({ roomId }) => roomId));
  }
}
