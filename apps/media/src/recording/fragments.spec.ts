import { execFileSync } from 'node:child_process';
import { boxOf } from './boxes.rules.js';
import { ffmpegArguments } from './ffmpeg.rules.js';
import { Fragments } from './fragments.js';

const words = (...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [n, each] of numbers.entries()) bytes.writeUInt32BE(each, n * 4);
  return bytes;
};
const PICTURE = 1;
const SOUND = 2;
/** Units a second of both tracks. */
const SCALE = 1_000;
/** Both tracks' samples are so long, units. */
const SAMPLE = 40;
const trackBox = (id: number, kind: string) => boxOf('trak', [
  boxOf('tkhd', [words(0, 0, 0, id)]), boxOf('mdia', [boxOf('mdhd', [words(0, 0, 0, SCALE, 0)]), boxOf('hdlr', [words(0, 0), Buffer.from(kind)])]),
]);
const head = [boxOf('ftyp', []), boxOf('moov', [
  trackBox(PICTURE, 'vide'), trackBox(SOUND, 'soun'), boxOf('mvex', [PICTURE, SOUND].map((id) => boxOf('trex', [words(0, id, 1, SAMPLE)]))),
])];
/** What a fragment has of a track: from, to (units). */
type Part = [track: number, from: number, to: number];
const fragment = (...parts: Part[]) => [boxOf('moof', parts.map(([id, from, to]) => boxOf('traf', [
  boxOf('tfhd', [words(0, id)]), boxOf('tfdt', [words(0x01_00_00_00, 0, from)]), boxOf('trun', [words(0, (to - from) / SAMPLE)]),
]))), boxOf('mdat', [])];

function durationsOf(file: Buffer): number[] {
  const durations: number[] = [];
  new Fragments({ init: () => {}, fragment: ({ duration }) => durations.push(duration) }).push(file);
  return durations;
}

describe('the lengths of fragments', () => {
  it('add up to what a player counts when the picture stands still: the next one has the time in it', () => {
    const file = [
      ...head,
      fragment([PICTURE, 0, 1_000], [SOUND, 0, 1_000]),
      fragment([PICTURE, 1_000, 1_200], [SOUND, 1_000, 2_000]),
      fragment([PICTURE, 4_000, 5_000], [SOUND, 2_000, 5_000]),
    ].flat();
    expect(durationsOf(Buffer.concat(file))).toEqual([1_000, 200, 3_800]);
  });

  it('go by the sound while there is no picture, and are never less than nothing', () => {
    const file = [
      ...head,
      fragment([SOUND, 0, 800]),
      fragment([PICTURE, 400, 1_600], [SOUND, 800, 1_600]),
      fragment([SOUND, 1_600, 3_200]),
      fragment([PICTURE, 1_600, 3_000], [SOUND, 3_200, 4_000]),
      fragment([PICTURE, 3_000, 4_000]),
    ].flat();
    expect(durationsOf(Buffer.concat(file))).toEqual([800, 800, 1_600, 0, 800]);
  });

  it('begin where the first of the tracks does', () => {
    expect(durationsOf(Buffer.concat([...head, fragment([PICTURE, 3_200, 4_000], [SOUND, 200, 4_000])].flat()))).toEqual([3_800]);
  });

  it('are those of the recorder’s own ffmpeg', () => {
    const ours = ffmpegArguments({ video: { how: 'black' }, microphones: 1 }, { video: null, audio: [5000] });
    const made = execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=25', '-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '6',
      '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', ...ours.slice(ours.indexOf('-c:a'))], { maxBuffer: 1 << 24 });
    const durations = durationsOf(made);
    expect(durations).toHaveLength(6);
    for (const duration of durations) expect(Math.abs(duration - 1_000)).toBeLessThan(60);
  });
});
