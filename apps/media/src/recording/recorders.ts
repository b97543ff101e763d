import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Database, Files, Log, Settings, type FileArea } from '#libs/platform';
import { Recordings, RECORDINGS } from '#libs/rooms';
import type { Producer } from '#libs/sfu';
import type { LiveRoom } from '../live-room.js';
import { LiveRooms } from '../live-rooms.js';
import { findPrograms, type Programs } from './programs.js';
import { Recorder } from './recorder.js';
import { SegmentWriter } from './segment-writer.js';
import { Transcodes } from './transcodes.js';

/** Recordings whose room is over and that nobody ended are looked for so often, and ended when so long nothing came, milliseconds. */
const LOOK = 15_000;
const QUIET_SECONDS = 20;

/** Records the rooms of this node that ask for it, into segments that are HLS at once and the replay afterwards. */
@Injectable()
export class Recorders implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly area: FileArea;
  private programs: Programs | null = findPrograms();
  private readonly transcodes: Transcodes;
  /** By `keyOf`. */
  private readonly running = new Map<string, { roomId: string; recordingId: string; recorder: Recorder }>();
  private readonly turns = new Map<string, Promise<void>>();
  private looking: NodeJS.Timeout | undefined;

  constructor(
    private readonly rooms: LiveRooms,
    private readonly recordings: Recordings,
    private readonly database: Database,
    private readonly log: Log,
    files: Files,
    settings: Settings,
  ) {
    this.area = files.area(RECORDINGS);
    this.transcodes = new Transcodes(settings.mediaTranscodes);
  }

  onModuleInit(): void {
    this.rooms.on('held', (room) => this.follow(room));
  }

  onApplicationBootstrap(): void {
    if (!this.programs) this.log.warn({}, 'ffmpeg is not installed, so broadcasts are not recorded and have no HLS; all else works. Install it with: sudo apt-get install ffmpeg');
    const look = () => void this.endLeftOver().catch((err: unknown) => this.log.warn({ err }, 'Recordings that were left open could not be looked for; it is tried again.'));
    this.looking = setInterval(() => {
      for (const room of this.rooms.all()) if (room.recording) this.look(room); // what could not be begun
      look();
    }, LOOK).unref();
    look();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.looking);
    await Promise.all([...new Set([...this.running.values()].map(({ roomId }) => roomId))].map((roomId) => this.turn(roomId, () => this.stop(roomId, false))));
    await Promise.all(this.turns.values());
  }

  /** The recordings that this node writes now. */
  get count(): number {
    return this.running.size;
  }

  private follow(room: LiveRoom): void {
    room.on('recordingChanged', () => this.look(room));
    if (room.kind === 'interview') room.on('producerAdded', () => { if (room.recording) this.look(room); });
    room.once('closed', (reason) => void this.turn(room.id, () => this.stop(room.id, reason === 'ended' || !room.recording)));
    this.look(room);
  }

  private look(room: LiveRoom): void {
    void this.turn(room.id, async () => {
      if (!room.recording || room.closed) await this.stop(room.id, !room.recording);
      else for (const person of wanted(room)) if (!this.running.has(keyOf(room.id, person))) await this.start(room, person);
    });
  }

  /** @param person whose tracks; null: the whole room's */
  private async start(room: LiveRoom, person: string | null): Promise<void> {
    this.programs ??= findPrograms(); // it may have been installed since
    const { programs } = this;
    if (!programs) return;
    const { id: recordingId } = await this.recordings.begin(room.id, { anew: person !== null });
    const next = await this.nextSegment(recordingId);
    const writer = new SegmentWriter({
      recordingId, next, files: this.area, log: this.log,
      add: (segment) => this.recordings.addSegment(recordingId, segment),
      lost: () => void this.turn(room.id, () => this.stop(room.id, false)),
    });
    const of = person === null ? undefined : ({ peerId }: Producer) => room.peers.get(peerId)?.personKey === person;
    const recorder = new Recorder({ room, programs, transcodes: this.transcodes, writer, log: this.log, of });
    this.running.set(keyOf(room.id, person), { roomId: room.id, recordingId, recorder });
    this.log.info({ roomId: room.id, recordingId, next }, next === 0 ? 'A recording began.' : 'A recording goes on.');
  }

  /** @param over nothing more will come: the replay may be watched */
  private async stop(roomId: string, over: boolean): Promise<void> {
    const running = [...this.running].filter(([, each]) => each.roomId === roomId);
    for (const [key] of running) this.running.delete(key);
    await Promise.all(running.map(([, { recorder }]) => recorder.stop()));
    if (!over) return;
    for (const { id: recordingId, endedAt } of await this.recordings.ofRoom(roomId)) {
      if (endedAt !== null) continue;
      const { duration } = await this.recordings.end(recordingId);
      this.log.info({ roomId, recordingId, duration }, 'A recording ended.');
    }
  }

  private async nextSegment(recordingId: string): Promise<number> {
    const last = await this.database.read.recordingSegment.aggregate({ where: { recordingId }, _max: { sequence: true } });
    return (last._max.sequence ?? -1) + 1;
  }

  /** One thing at a time with each room. Never rejects. */
  private turn(roomId: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.turns.get(roomId) ?? Promise.resolve()).then(work).catch((err: unknown) => {
      this.log.error({ err, roomId }, 'A recording could not be begun or ended.');
    });
    const last = turn.finally(() => { if (this.turns.get(roomId) === last) this.turns.delete(roomId); });
    this.turns.set(roomId, last);
    return last;
  }

  /** Ends what a node that died had open, when its room is over: whoever continues a room that goes on continues its recording. */
  async endLeftOver(): Promise<void> {
    const left = await this.database.read.$queryRaw<{ id: string; roomId: string }[]>`
      SELECT r.id, r."roomId" FROM "Recording" r JOIN "Room" m ON m.id = r."roomId"
      WHERE r."endedAt" IS NULL AND (m."closedAt" IS NOT NULL OR NOT m.recording OR m.kind = 'interview')
        AND greatest(r."startedAt", (SELECT max(s."recordedAt") FROM "RecordingSegment" s WHERE s."recordingId" = r.id)) < now() - make_interval(secs => ${QUIET_SECONDS})`;
    for (const { id, roomId } of left) {
      if ([...this.running.values()].some(({ recordingId }) => recordingId === id) || this.turns.has(roomId)) continue;
      await this.recordings.end(id);
      this.log.info({ recordingId: id }, 'A recording that was left open was ended.');
    }
  }
}

/** A broadcast is one recording; of an interview each person is one, so that nobody's picture has to be put together with another's. */
const keyOf = (roomId: string, person: string | null): string => (person === null ? roomId : `${roomId} ${person}`);

/** Whose recordings a room asks for now: everybody's together, or each person's who sends something. */
function wanted(room: LiveRoom): (string | null)[] {
  if (room.kind !== 'interview') return [null];
  return [...new Set([...room.peers.values()].filter((peer) => peer.producers().length > 0).map(({ personKey }) => personKey))];
}
