import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Events } from '#libs/events';
import { Database, DomainError, Files, Log, newId, Timers, type FileArea, type Recording, type RecordingSegment, type Tx } from '#libs/platform';
import { scopeOf } from './room-scope.js';

/** The files' area with the segments of recordings: `<recording>/<run>-<n>.m4s`. */
export const RECORDINGS = 'recordings';

const SWEEP = 'rooms.sweep';
/** After the end of a recording, or its deletion, whoever wrote it has long said all, milliseconds: then it is swept. */
const SWEPT_AFTER = 600_000;
/** Bytes that are deleted at once. */
const AT_ONCE = 16;

/** A finished piece of a recording, already in the files' store. */
export type NewSegment = Omit<RecordingSegment, 'recordingId' | 'recordedAt'>;

/** What a room's media left: segments as they were made. A crash loses at most the one that was open. */
@Injectable()
export class Recordings implements OnModuleInit {
  private readonly area: FileArea;

  constructor(private readonly database: Database, private readonly events: Events, private readonly timers: Timers, private readonly log: Log, files: Files) {
    this.area = files.area(RECORDINGS);
  }

  onModuleInit(): void {
    this.timers.handle(SWEEP, async (_tx, { key }) => {
      const orphans = await this.sweep(key);
      if (orphans > 0) this.log.info({ recordingId: key, orphans }, 'Bytes of a recording that no segment tells of were deleted.');
    });
  }

  /**
   * The room's recording that has not ended, or a new one: a publisher or a node that comes back continues it. Throws `notFound`.
   * @param anew one more, beside those that have not ended
   */
  begin(roomId: string, { anew = false }: { anew?: boolean } = {}): Promise<Recording> {
    return this.database.transaction(async (tx) => {
      const [room] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "Room" WHERE id = ${roomId}::uuid FOR UPDATE`;
      if (!room) throw new DomainError('notFound');
      const open = anew ? null : await tx.recording.findFirst({ where: { roomId, endedAt: null }, orderBy: { id: 'desc' } });
      return open ?? tx.recording.create({ data: { id: newId(), roomId } });
    });
  }

  /** The room's recording that has not ended, or null. */
  current(roomId: string): Promise<Recording | null> {
    return this.database.read.recording.findFirst({ where: { roomId, endedAt: null }, orderBy: { id: 'desc' } });
  }

  /**
   * Writes a segment down; it counts once, whoever tries again.
   * @returns false: there is a segment of this number already, or the recording has ended
   */
  addSegment(recordingId: string, { sequence, storageKey, initKey, duration, bytes, discontinuity }: NewSegment): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const added = await tx.$executeRaw`
        INSERT INTO "RecordingSegment" ("recordingId", sequence, "storageKey", "initKey", duration, bytes, discontinuity)
        SELECT id, ${sequence}, ${storageKey}, ${initKey}, ${duration}, ${bytes}, ${discontinuity} FROM "Recording"
        WHERE id = ${recordingId}::uuid AND "endedAt" IS NULL FOR UPDATE
        ON CONFLICT ("recordingId", sequence) DO NOTHING`;
      if (added > 0) await tx.recording.update({ where: { id: recordingId }, data: { duration: { increment: duration } } });
      return added > 0;
    });
  }

  /** Everything is stored. Appends `recording.ended` the first time. Throws `notFound`. */
  end(recordingId: string): Promise<Recording> {
    return this.database.transaction(async (tx) => {
      const [ended] = await tx.recording.updateManyAndReturn({ where: { id: recordingId, endedAt: null }, data: { endedAt: new Date() } });
      const recording = ended ?? (await tx.recording.findUnique({ where: { id: recordingId } }));
      if (!recording) throw new DomainError('notFound');
      if (!ended) return recording;
      const { kind, ownerId, ...room } = await tx.room.findUniqueOrThrow({ where: { id: recording.roomId } });
      await this.timers.schedule(tx, SWEEP, recordingId, new Date(Date.now() + SWEPT_AFTER));
      await this.events.append(tx, 'recording.ended', scopeOf(room), { recordingId, roomId: recording.roomId, kind, ownerId, duration: recording.duration });
      return recording;
    });
  }

  /** In order; from the segment number `from` on, which is included. */
  segments(recordingId: string, { from = 0, limit }: { from?: number; limit?: number } = {}): Promise<RecordingSegment[]> {
    return this.database.read.recordingSegment.findMany({ where: { recordingId, sequence: { gte: from } }, orderBy: { sequence: 'asc' }, take: limit });
  }

  /** All of a room's, the oldest first. */
  ofRoom(roomId: string, reader: Tx | Database['read'] = this.database.read): Promise<Recording[]> {
    return reader.recording.findMany({ where: { roomId }, orderBy: { id: 'asc' } });
  }

  /** Milliseconds that were recorded in each room, by room id; rooms without any are missing. */
  async durations(roomIds: readonly string[]): Promise<Map<string, number>> {
    const sums = await this.database.read.recording.groupBy({ by: ['roomId'], where: { roomId: { in: [...roomIds] }, duration: { gt: 0 } }, _sum: { duration: true } });
    return new Map(sums.map(({ roomId, _sum }) => [roomId, _sum.duration ?? 0]));
  }

  /** Null when there is none. */
  find(recordingId: string): Promise<Recording | null> {
    return this.database.read.recording.findUnique({ where: { id: recordingId } });
  }

  /**
   * Deletes a recording with its bytes, those that no row tells of too; the rows go last, so that a try that failed halfway can be made
   * again. What a recorder still had in hand is swept later. No error when there is none.
   */
  async remove(recordingId: string): Promise<void> {
    const keys = await this.written(recordingId);
    for await (const { key } of this.area.list(recordingId)) keys.add(key);
    await this.removeBytes([...keys]);
    await this.database.transaction(async (tx) => {
      await tx.recordingSegment.deleteMany({ where: { recordingId } });
      await tx.recording.deleteMany({ where: { id: recordingId } });
      await this.timers.schedule(tx, SWEEP, recordingId, new Date(Date.now() + SWEPT_AFTER));
    });
  }

  /** Deletes what was stored and never written down: a process was killed between the two. Not of one that goes on. @returns how many */
  async sweep(recordingId: string): Promise<number> {
    const recording = await this.find(recordingId);
    if (recording && !recording.endedAt) return 0;
    const written = await this.written(recordingId);
    const orphans: string[] = [];
    for await (const { key } of this.area.list(recordingId)) if (!written.has(key)) orphans.push(key);
    await this.removeBytes(orphans);
    return orphans.length;
  }

  private async written(recordingId: string): Promise<Set<string>> {
    return new Set((await this.segments(recordingId)).flatMap(({ storageKey, initKey }) => [storageKey, initKey]));
  }

  private async removeBytes(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += AT_ONCE) await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => this.area.remove(key)));
  }
}
