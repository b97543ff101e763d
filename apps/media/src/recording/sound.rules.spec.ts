import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { runs } from '../../../../test/support/runs.js';
import { all, boxes, boxOf, inside, kindOf, MalformedMp4, typeOf } from './boxes.rules.js';
import { ffmpegArguments } from './ffmpeg.rules.js';
import { Fragments } from './fragments.js';
import { NoSound, soundInit, soundSegment, soundTrack } from './sound.rules.js';

/** The muxer’s part of what the recorder tells ffmpeg. */
const ours = ffmpegArguments({ video: { how: 'black' }, microphones: 1 }, { video: null, audio: [5000] });
const muxed = ours.slice(ours.indexOf('-c:a'));

interface Packet { pts: number; dts: number; duration: number; size: number; hash: string }
const ffprobe = (input: Buffer, ...asked: string[]): { streams?: { codec_name: string; codec_type: string; nb_read_frames: string }[]; packets?: { pts: number; dts: number; duration: number; size: string; data_hash: string }[] } =>
  JSON.parse(execFileSync('ffprobe', ['-v', 'error', ...asked, '-of', 'json', 'pipe:0'], { input, encoding: 'utf8' })) as ReturnType<typeof ffprobe>;
const packets = (input: Buffer): Packet[] => ffprobe(input, '-select_streams', 'a', '-show_packets', '-show_data_hash', 'CRC32').packets!
  .map(({ pts, dts, duration, size, data_hash: hash }) => ({ pts, dts, duration, size: Number(size), hash }));

describe('sound alone', () => {
  let init: Buffer;
  const segments: Buffer[] = [];
  let track: number;

  beforeAll(() => {
    const made = execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=25', '-f', 'lavfi', '-i', 'anoisesrc=amplitude=0.3:sample_rate=48000', '-t', '5',
      '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', ...muxed], { maxBuffer: 1 << 24 });
    const fragments = new Fragments({ init: (bytes) => { init = bytes; }, fragment: ({ bytes }) => segments.push(bytes) });
    fragments.push(made);
    track = soundTrack(init);
  });

  it('of a recording has one AAC stream: the same packets at the same times, all of them decoded', () => {
    const whole = Buffer.concat([init, ...segments]);
    const alone = Buffer.concat([soundInit(init), ...segments.map((segment) => soundSegment(segment, track))]);
    const { streams } = ffprobe(alone, '-count_frames', '-show_entries', 'stream=codec_name,codec_type,nb_read_frames');
    expect(streams).toMatchObject([{ codec_name: 'aac', codec_type: 'audio' }]);
    expect(Number(streams![0]!.nb_read_frames)).toBeGreaterThan(200);
    expect(packets(alone)).toEqual(packets(whole));
    expect(execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', 'pipe:0', '-f', 'null', '-'], { input: alone, encoding: 'utf8' })).toBe('');
    expect(segments.length).toBeGreaterThan(3);
  });

  it('of one segment is played without those before it, and is a good deal smaller', () => {
    const third = soundSegment(segments[2]!, track);
    const heard = packets(Buffer.concat([soundInit(init), third]));
    expect(heard).toEqual(packets(Buffer.concat([init, segments[2]!])));
    expect(third.length).toBeLessThan(heard.reduce((sum, { size }) => sum + size, 0) + 600);
    expect(third.length).toBeLessThan(segments[2]!.length * 0.9);
  });

  it('is nothing where there is none: a file without such a track says so, a segment without is empty', () => {
    const moov = [...boxes(init)].find((box) => typeOf(box) === 'moov')!;
    const silent = boxOf('moov', [...boxes(moov, 8)].filter((box) => typeOf(box) !== 'trak' || kindOf(box) !== 'soun'));
    for (const ask of [soundInit, soundTrack]) expect(() => ask(silent)).toThrow(NoSound);
    const empty = soundSegment(segments[0]!, 9);
    expect([...boxes(empty)].map((box) => [typeOf(box), typeOf(box) === 'mdat' ? box.length : all(box, 'traf').length])).toEqual([['moof', 0], ['mdat', 8]]);
  });

  it('is refused clearly where places are counted from somewhere else', () => {
    const segment = Buffer.from(segments[0]!);
    const tfhd = all([...boxes(segment)][0]!, 'traf').map((traf) => inside(traf, 'tfhd')!).find((each) => each.readUInt32BE(12) === track)!;
    tfhd.writeUInt32BE(tfhd.readUInt32BE(8) & ~0x20000, 8);
    expect(() => soundSegment(segment, track)).toThrow('places are not counted from its moof');
  });

  it('of whatever bytes ends, with a file that is no longer than they are, or with a clear refusal', () => {
    const hurt = (bytes: Buffer) => fc.record({
      cut: fc.integer({ min: 0, max: bytes.length }),
      // The heads are where lengths stand; the packets are only copied.
      writes: fc.array(fc.tuple(fc.integer({ min: 0, max: Math.min(bytes.length, 1_400) - 4 }), fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 1, 7, 8, 0x7fffffff, 0xffffffff))), { maxLength: 3 }),
      whole: fc.boolean(),
    }).map(({ cut, writes, whole }) => {
      const copy = Buffer.from(bytes);
      for (const [at, word] of writes) copy.writeUInt32BE(word, at);
      return whole ? copy : copy.subarray(0, cut);
    });
    const fair = (work: () => Buffer, most: number) => {
      try {
        expect(work().length).toBeLessThanOrEqual(most);
      } catch (error) {
        if (!(error instanceof MalformedMp4) && !(error instanceof NoSound)) throw error;
      }
    };
    fc.assert(fc.property(fc.oneof(hurt(init), hurt(segments[1]!), fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))), (bytes) => {
      fair(() => soundInit(bytes), bytes.length);
      fair(() => soundSegment(bytes, track), bytes.length);
    }), runs(500, 5_000));
  });
});
