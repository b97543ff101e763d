import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Log, type FileArea } from '#libs/platform';
import type { NewSegment } from '#libs/rooms';
import { Room, WorkerPool } from '#libs/sfu';
import { itInLong } from '../../../../test/support/runs.js';
import { TestSource } from '../../../../test/support/test-source.js';
import { eventually } from '../../../../test/support/world.js';
import type { LiveRoom } from '../live-room.js';
import { findPrograms } from './programs.js';
import { Recorder } from './recorder.js';
import { SegmentWriter } from './segment-writer.js';
import { Transcodes } from './transcodes.js';

/** Real workers, real ffmpeg on both sides. */
describe('a recorder', () => {
  let pool: WorkerPool;
  let room: Room;
  let recorder: Recorder;
  let writer: SegmentWriter;
  const stored = new Map<string, Buffer>();
  const rows: NewSegment[] = [];
  const log = Log.named('spec');
  const files = { put: async (key: string, bytes: Buffer) => void stored.set(key, bytes) } as unknown as FileArea;

  beforeEach(async () => {
    stored.clear();
    rows.length = 0;
    pool = await WorkerPool.start({ count: 1, listen: [{ address: '127.0.0.1' }], firstPort: 0 });
    room = await Room.open(pool, { id: 'room' });
  });
  afterEach(async () => {
    await recorder?.stop();
    pool.close();
  });

  function record(transcodes = new Transcodes(1)): void {
    writer = new SegmentWriter({ recordingId: 'recording', next: 0, files, log, add: async (row) => rows.push(row) > 0, lost: () => undefined });
    const live = Object.assign(new EventEmitter(), { id: 'room', sfu: room, peers: new Map([['host', { role: 'host' }], ['guest', { role: 'guest' }]]) }) as unknown as LiveRoom;
    recorder = new Recorder({ room: live, programs: findPrograms()!, transcodes, writer, log });
  }
  const have = (count: number, within = 20_000) => eventually(`${count} segments`, () => rows.length >= count, within);
  const last = () => rows.at(-1)!;

  /** What a player finds in the segments of one run: streams, and frames that can be decoded. */
  function probe(from: NewSegment): { codecs: string[]; width: number; height: number; frames: number; volume: number } {
    const run = rows.filter(({ initKey }) => initKey === from.initKey);
    const input = Buffer.concat([stored.get(from.initKey)!, ...run.map(({ storageKey }) => stored.get(storageKey)!)]);
    const asked = ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_name,width,height,nb_read_frames', '-of', 'json', 'pipe:0'];
    const { streams } = JSON.parse(execFileSync('ffprobe', asked, { input, encoding: 'utf8' })) as { streams: { codec_name: string; width?: number; height?: number; nb_read_frames: string }[] };
    const picture = streams.find(({ width }) => width !== undefined);
    const heard = execFileSync('sh', ['-c', 'ffmpeg -hide_banner -nostdin -i pipe:0 -vn -af volumedetect -f null - 2>&1'], { input, encoding: 'utf8' });
    return {
      codecs: streams.map(({ codec_name }) => codec_name).sort(), width: picture?.width ?? 0, height: picture?.height ?? 0,
      frames: Number(picture?.nb_read_frames ?? 0), volume: Number(/mean_volume: (-?[\d.]+)/.exec(heard)?.[1] ?? -99),
    };
  }

  /** How loud a tone is in a segment, dB: about -25 when somebody sends it, below -60 when nobody does. */
  function loudness({ initKey, storageKey }: NewSegment, frequency: number): number {
    const input = Buffer.concat([stored.get(initKey)!, stored.get(storageKey)!]);
    const only = Array(3).fill(`bandpass=f=${frequency}:width_type=h:w=60`).join();
    const heard = execFileSync('sh', ['-c', `ffmpeg -hide_banner -nostdin -i pipe:0 -vn -af ${only},volumedetect -f null - 2>&1`], { input, encoding: 'utf8' });
    return Number(/mean_volume: (-?[\d.]+)/.exec(heard)?.[1] ?? -99);
  }

  it('copies H.264 into segments of about a second, with the sound', async () => {
    record();
    await TestSource.tone(room);
    await TestSource.picture(room, 'video/H264');
    await have(5);
    await recorder.stop();
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, n) => n));
    for (const { duration } of rows.slice(1, -1)) expect(duration).toBeGreaterThan(700);
    for (const { duration } of rows) expect(duration).toBeLessThan(2_600);
    expect(rows[0]!.discontinuity).toBe(false);
    const seen = probe(last());
    expect(seen).toMatchObject({ codecs: ['aac', 'h264'], width: 320, height: 180 });
    expect(seen.frames).toBeGreaterThan(50);
    expect(seen.volume).toBeGreaterThan(-40);
  }, 60_000);

  itInLong('transcodes VP8 under the cap, and shows black above it', async () => {
    const transcodes = new Transcodes(1);
    record(transcodes);
    await TestSource.picture(room, 'video/VP8');
    await have(3);
    expect(probe(last())).toMatchObject({ codecs: ['aac', 'h264'], width: 320 });
    expect(transcodes.free).toBe(false);
    await recorder.stop();
    expect(transcodes.free).toBe(true);
  }, 60_000);

  it('goes on after its publisher came back, with another resolution, as one recording with a discontinuity', async () => {
    record();
    const camera = await TestSource.picture(room, 'video/H264');
    await TestSource.tone(room, 440).then((tone) => have(2).then(() => tone.die()));
    camera.die();
    await pause(2_500);
    const before = rows.length;
    expect(rows.filter(({ discontinuity }) => discontinuity)).toEqual([]);
    room.producer(camera.producerId)!.close();
    await TestSource.picture(room, 'video/H264', '640x360');
    await have(before + 2);
    expect(rows[before]).toMatchObject({ sequence: before, discontinuity: true });
    expect(rows.filter(({ discontinuity }) => discontinuity)).toHaveLength(1);
    expect(probe(last()).width).toBe(640);
  }, 60_000);

  itInLong('records sound alone, black, and goes on with the picture; the screen comes before the camera', async () => {
    record();
    await TestSource.tone(room);
    await have(2);
    expect(probe(last())).toMatchObject({ codecs: ['aac', 'h264'], width: 640, height: 360 });
    await TestSource.picture(room, 'video/H264', '320x240');
    const cuts = () => rows.filter(({ discontinuity }) => discontinuity);
    await eventually('the camera', () => cuts().length === 1, 20_000);
    expect(probe(cuts()[0]!).width).toBe(320);
    await TestSource.picture(room, 'video/H264', '640x480', 'screen');
    await eventually('the screen', () => cuts().length === 2, 20_000);
    expect(probe(cuts()[1]!).width).toBe(640);
  }, 90_000);

  itInLong.each(['under a picture', 'without a picture'])('mixes the stage’s microphones %s, and one that falls silent holds nothing up', async (where) => {
    record();
    if (where === 'under a picture') await TestSource.picture(room, 'video/H264');
    await TestSource.tone(room, 300);
    await have(2);
    expect(loudness(last(), 900)).toBeLessThan(-60);
    const guest = await TestSource.tone(room, 900, 'guest');
    await eventually('four ways in', () => rows.some(({ discontinuity }) => discontinuity), 20_000);
    await have(rows.length + 2);
    expect([loudness(last(), 300), loudness(last(), 900)].every((level) => level > -40)).toBe(true);
    guest.die();
    await have(rows.length + 4);
    expect(loudness(last(), 300)).toBeGreaterThan(-40);
    expect(loudness(last(), 900)).toBeLessThan(-60);
    expect(rows.filter(({ discontinuity }) => discontinuity)).toHaveLength(1);
  }, 60_000);

  itInLong('keeps the host in the picture when a guest comes on stage, and shows the guest while nothing comes from the host', async () => {
    record();
    const host = await TestSource.picture(room, 'video/H264', '320x180');
    await have(2);
    await TestSource.picture(room, 'video/H264', '640x360', 'camera', 60, 'guest');
    await have(rows.length + 4);
    expect([probe(last()).width, rows.filter(({ discontinuity }) => discontinuity).length]).toEqual([320, 0]);
    host.die();
    await eventually('the guest', () => last().discontinuity, 20_000);
    expect(probe(last()).width).toBe(640);
    await TestSource.picture(room, 'video/H264', '320x180');
    await eventually('the host', () => rows.filter(({ discontinuity }) => discontinuity).length === 2 && last().discontinuity, 20_000);
    expect(probe(last()).width).toBe(320);
  }, 90_000);

  itInLong('starts an ffmpeg again that dies', async () => {
    record();
    await TestSource.picture(room, 'video/H264');
    await have(1);
    const pid = recorder.pid!;
    process.kill(pid, 'SIGKILL');
    await eventually('another ffmpeg', () => recorder.pid !== undefined && recorder.pid !== pid, 20_000);
    const before = rows.length;
    await have(before + 2);
    expect(rows.filter(({ discontinuity }) => discontinuity)).toHaveLength(1);
  }, 60_000);
});
