import { all, inside, kindOf, MalformedMp4, trackOf, typeOf } from './boxes.rules.js';

/** One closed piece of a fragmented MP4 (ISO/IEC 14496-12): a `moof` with its `mdat`. */
export interface Fragment {
  bytes: Buffer;
  /**
   * Milliseconds from where the one before ended to where it ends, by its pictures, or by its sound when it has none: a picture that stood
   * still meanwhile is in it, so that they add up to what a player counts.
   */
  duration: number;
}

export interface FragmentListener {
  /** The initialisation section (`ftyp` and `moov`); before the first fragment, once. */
  init(bytes: Buffer): void;
  fragment(fragment: Fragment): void;
}

/** Nothing of ours is larger: about a second of media. More is no MP4 but a fault. */
const MOST = 64 * 1024 * 1024;

/** Takes the bytes of a fragmented MP4 as they come through a pipe, and hands on what is complete. */
export class Fragments {
  private held: Buffer[] = [];
  private length = 0;
  private readonly head: Buffer[] = [];
  private moof: Buffer | null = null;
  private tracks = new Map<number, Track>();
  /** Where the last one ended, milliseconds of this file. */
  private end: number | null = null;

  constructor(private readonly listener: FragmentListener) {}

  /** Throws when what comes is no MP4. */
  push(chunk: Buffer): void {
    this.held.push(chunk);
    this.length += chunk.length;
    for (let box = this.next(); box; box = this.next()) this.take(box);
  }

  private next(): Buffer | null {
    if (this.length < 8) return null;
    if (this.held[0]!.length < 8) this.join();
    const size = this.held[0]!.readUInt32BE(0);
    if (size < 8 || size > MOST) throw new MalformedMp4(`a box of ${size} bytes`);
    if (this.length < size) return null;
    if (this.held[0]!.length < size) this.join();
    const whole = this.held[0]!;
    this.length -= size;
    if (whole.length === size) this.held.shift();
    else this.held[0] = whole.subarray(size);
    return whole.subarray(0, size);
  }

  private join(): void {
    this.held = [Buffer.concat(this.held)];
  }

  private take(box: Buffer): void {
    const type = typeOf(box);
    if (type === 'ftyp') this.head.push(Buffer.from(box));
    else if (type === 'moov') {
      this.head.push(Buffer.from(box));
      this.tracks = readTracks(box);
      this.listener.init(Buffer.concat(this.head));
    } else if (type === 'moof') this.moof = Buffer.from(box);
    else if (type === 'mdat' && this.moof) {
      this.listener.fragment({ bytes: Buffer.concat([this.moof, box]), duration: this.follow(spansOf(this.moof, this.tracks)) });
      this.moof = null;
    }
  }

  /** @returns milliseconds that the file has become longer */
  private follow(spans: Span[]): number {
    const from = this.end ?? spans.reduce((least, { start }) => Math.min(least, start), spans[0]?.start ?? 0);
    const shown = spans.filter(({ video }) => video);
    this.end = Math.max(from, ...(shown.length > 0 ? shown : spans).map(({ end }) => end));
    return this.end - from;
  }
}

interface Track {
  timescale: number;
  video: boolean;
  /** Units of the timescale, where a fragment does not say. */
  sampleDuration: number;
}

function readTracks(moov: Buffer): Map<number, Track> {
  const mvex = inside(moov, 'mvex');
  const defaults = new Map((mvex ? all(mvex, 'trex') : []).map((trex) => [trex.readUInt32BE(12), trex.readUInt32BE(20)]));
  return new Map(all(moov, 'trak').map((trak) => {
    const mdhd = inside(trak, 'mdia', 'mdhd')!;
    const id = trackOf(trak);
    const timescale = mdhd.readUInt32BE(mdhd[8] === 1 ? 28 : 20);
    return [id, { timescale, video: kindOf(trak) === 'vide', sampleDuration: defaults.get(id) ?? 0 }];
  }));
}

/** What a fragment has of a track, milliseconds of the file. */
interface Span { video: boolean; start: number; end: number }

/** Of the tracks that it has anything of. */
function spansOf(moof: Buffer, tracks: Map<number, Track>): Span[] {
  return all(moof, 'traf').flatMap((traf) => {
    const tfhd = inside(traf, 'tfhd')!;
    const track = tracks.get(tfhd.readUInt32BE(12));
    const units = all(traf, 'trun').reduce((sum, trun) => sum + unitsOf(trun, ownDuration(tfhd) ?? track?.sampleDuration ?? 0), 0);
    if (!track || units === 0) return [];
    const start = startOf(traf);
    const milliseconds = (at: number) => Math.round((at / track.timescale) * 1_000);
    return [{ video: track.video, start: milliseconds(start), end: milliseconds(start + units) }];
  });
}

/** Units of the track before this fragment (`tfdt`). */
function startOf(traf: Buffer): number {
  const tfdt = inside(traf, 'tfdt')!;
  return tfdt[8] === 1 ? Number(tfdt.readBigUInt64BE(12)) : tfdt.readUInt32BE(12);
}

function ownDuration(tfhd: Buffer): number | undefined {
  const flags = tfhd.readUInt32BE(8) & 0xffffff;
  if (!(flags & 0x08)) return undefined;
  return tfhd.readUInt32BE(16 + (flags & 0x01 ? 8 : 0) + (flags & 0x02 ? 4 : 0));
}

function unitsOf(trun: Buffer, sampleDuration: number): number {
  const flags = trun.readUInt32BE(8) & 0xffffff;
  const count = trun.readUInt32BE(12);
  if (!(flags & 0x100)) return count * sampleDuration;
  const start = 16 + (flags & 0x01 ? 4 : 0) + (flags & 0x04 ? 4 : 0);
  const step = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  let units = 0;
  for (let n = 0; n < count && start + n * step + 4 <= trun.length; n++) units += trun.readUInt32BE(start + n * step);
  return units;
}
