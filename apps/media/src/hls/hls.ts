import { Injectable } from '@nestjs/common';
import { Database, DomainError, Files, type FileArea, type Recording } from '#libs/platform';
import { RECORDINGS, Recordings, RoomTokens } from '#libs/rooms';
import { MalformedMp4 } from '../recording/boxes.rules.js';
import { NoSound, soundInit, soundSegment, soundTrack } from '../recording/sound.rules.js';
import { playlist, soundName, sourcesOf, WINDOW } from './playlist.rules.js';
import { RecentBytes } from './recent-bytes.js';

/** A live playlist is made so often at most, milliseconds, however many ask for it. */
const FRESH = 300;
/** A replay does not change. */
const REPLAY_FRESH = 60_000;
const MOST_MADE = 200;
const RECENT_BYTES = 96 * 1024 * 1024;
/** An ended live playlist says so for this long; then there is only the replay. Milliseconds. */
const FAREWELL = 60_000;

/** What somebody shows who wants to watch; not needed in a public room. */
export type Shown = string | undefined;
/** All of it, or its sound without the picture. */
export type Rendition = 'whole' | 'sound';
interface Made { at: number; text: Promise<{ text: string; isPublic: boolean }> }

/**
 * Playlists and segments out of the database and the files' store alone: any media node serves them, whichever records.
 * Throws `notFound`, `replayMissing`, `roomClosed`, `soundMissing` (of the sound alone), and `roomTokenInvalid` (private rooms only).
 */
@Injectable()
export class Hls {
  private readonly area: FileArea;
  private readonly recent = new RecentBytes(RECENT_BYTES);
  private readonly made = new Map<string, Made>();
  private readonly rooms = new Map<string, { at: number; roomId: string; isPublic: boolean; isInterview: boolean }>();

  constructor(
    private readonly recordings: Recordings,
    private readonly tokens: RoomTokens,
    private readonly database: Database,
    files: Files,
  ) {
    this.area = files.area(RECORDINGS);
  }

  /** The sliding window of what is recorded now. */
  async live(roomId: string, shown: Shown, rendition: Rendition = 'whole'): Promise<{ text: string; isPublic: boolean }> {
    const made = this.once(`${roomId}/${rendition}`, FRESH, async () => {
      const room = await this.database.read.room.findUnique({ where: { id: roomId }, select: { isPublic: true, closedAt: true, kind: true } });
      // An interview is watched by those who are in it, live; what was recorded of it, afterwards.
      if (!room || room.kind === 'interview') throw new DomainError('notFound');
      const recording = (await this.recordings.current(roomId)) ?? (await this.farewell(roomId));
      if (!recording) throw new DomainError(room.closedAt ? 'roomClosed' : 'notFound');
      return { text: await this.window(recording, room.isPublic, rendition), isPublic: room.isPublic };
    });
    const { text, isPublic } = await made;
    if (!isPublic) await this.tokens.read(shown, roomId);
    return { text: isPublic ? text : withToken(text, shown!), isPublic };
  }

  /** All of an ended recording. */
  async replay(recordingId: string, shown: Shown, rendition: Rendition = 'whole'): Promise<{ text: string; isPublic: boolean }> {
    const isPublic = await this.mayRead(recordingId, shown);
    const recording = await this.recordings.find(recordingId);
    if (!recording?.endedAt) throw new DomainError('replayMissing');
    const { text } = await this.once(`${recordingId}/${rendition}`, REPLAY_FRESH, async () => {
      const segments = await this.recordings.segments(recordingId);
      if (segments.length === 0) throw new DomainError('replayMissing');
      if (rendition === 'sound') await this.mustSound(segments[0]!.initKey);
      return { text: playlist({ segments, discontinuities: 0, ended: true, replay: true, addressOf: (key) => addressIn(rendition, nameOf(key)) }), isPublic };
    });
    return { text: isPublic ? text : withToken(text, shown!), isPublic };
  }

  /** @param name checked by FILE_NAME */
  async file(recordingId: string, name: string, shown: Shown): Promise<{ bytes: Buffer; isPublic: boolean }> {
    const isPublic = await this.mayRead(recordingId, shown);
    const { stored, init, sound } = sourcesOf(name);
    const bytes = sound ? await this.sound(`${recordingId}/${stored}`, `${recordingId}/${init}`) : await this.stored(`${recordingId}/${stored}`);
    if (!bytes) throw new DomainError('notFound');
    return { bytes, isPublic };
  }

  private stored(key: string): Promise<Buffer | null> {
    return this.recent.get(key, () => this.area.read(key));
  }

  /** The sound alone of a stored file, made once for all who ask within a while. */
  private sound(key: string, initKey: string): Promise<Buffer | null> {
    return this.recent.get(soundName(key), async () => {
      const [bytes, init] = await Promise.all([this.stored(key), this.stored(initKey)]);
      if (!bytes || !init) return null;
      try {
        return key === initKey ? soundInit(init) : soundSegment(bytes, soundTrack(init));
      } catch (err) {
        if (err instanceof NoSound || err instanceof MalformedMp4) throw new DomainError('soundMissing', {}, err);
        throw err;
      }
    });
  }

  /** Whoever is told of a playlist must be able to hear it. */
  private async mustSound(initKey: string): Promise<void> {
    if (!(await this.sound(initKey, initKey))) throw new DomainError('notFound');
  }

  private async window(recording: Recording, isPublic: boolean, rendition: Rendition): Promise<string> {
    const { read } = this.database;
    const newest = await read.recordingSegment.findMany({ where: { recordingId: recording.id }, orderBy: { sequence: 'desc' }, take: WINDOW });
    const segments = newest.reverse();
    if (segments.length === 0) throw new DomainError('notFound');
    const discontinuities = await read.recordingSegment.count({ where: { recordingId: recording.id, discontinuity: true, sequence: { lt: segments[0]!.sequence, gt: 0 } } });
    this.rooms.set(recording.id, { at: Date.now(), roomId: recording.roomId, isPublic, isInterview: false }); // one that is live never is
    if (rendition === 'sound') await this.mustSound(segments.at(-1)!.initKey);
    return playlist({ segments, discontinuities, ended: recording.endedAt !== null, addressOf: (key) => `../${addressIn(rendition, key)}` });
  }

  /** The recording that ended just now: whoever watches is told that it did. */
  private async farewell(roomId: string): Promise<Recording | undefined> {
    const last = (await this.recordings.ofRoom(roomId)).at(-1);
    return last?.endedAt && Date.now() - last.endedAt.getTime() < FAREWELL ? last : undefined;
  }

  /** Whether its room is public; if not, the token must be for that room. */
  private async mayRead(recordingId: string, shown: Shown): Promise<boolean> {
    let room = this.rooms.get(recordingId);
    if (!room || Date.now() - room.at > FAREWELL) {
      const found = await this.database.read.recording.findUnique({ where: { id: recordingId }, select: { room: { select: { id: true, isPublic: true, kind: true } } } });
      if (!found) throw new DomainError('notFound');
      room = { at: Date.now(), roomId: found.room.id, isPublic: found.room.isPublic, isInterview: found.room.kind === 'interview' };
      if (this.rooms.size > 1_000) this.rooms.clear();
      this.rooms.set(recordingId, room);
    }
    if (!room.isPublic) {
      const { role } = await this.tokens.read(shown, room.roomId);
      // A pass into an interview is not one to what was recorded of it.
      if (room.isInterview && role !== 'viewer') throw new DomainError('roomTokenInvalid');
    }
    return room.isPublic;
  }

  /** One making for all who ask within a moment; a refusal is not kept. */
  private once(key: string, fresh: number, make: () => Promise<{ text: string; isPublic: boolean }>): Promise<{ text: string; isPublic: boolean }> {
    const now = Date.now();
    const there = this.made.get(key);
    if (there && now - there.at < fresh) return there.text;
    if (this.made.size >= MOST_MADE) this.made.clear();
    const text = make();
    this.made.set(key, { at: now, text });
    text.catch(() => this.made.delete(key));
    return text;
  }
}

const addressIn = (rendition: Rendition, name: string): string => (rendition === 'sound' ? soundName(name) : name);
const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** A private room's segments need its token, too: players send what stands in the playlist. */
function withToken(text: string, token: string): string {
  const query = `?token=${encodeURIComponent(token)}`;
  return text.replace(/^(?!#)(.+)$/gm, `$1${query}`).replace(/URI="([^"]+)"/g, `URI="$1${query}"`);
}
