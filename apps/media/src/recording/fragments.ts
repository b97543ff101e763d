/** One closed piece of a fragmented MP4 (ISO/IEC 14496-12): a `moof` with its `mdat`. */
export interface Fragment {
  bytes: Buffer;
  /** Milliseconds: of its pictures, or of its sound when it has none. */
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
    if (size < 8 || size > MOST) throw new Error(`Not a fragmented MP4: a box of ${size} bytes.`);
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
      this.listener.fragment({ bytes: Buffer.concat([this.moof, box]), duration: durationOf(this.moof, this.tracks) });
      this.moof = null;
    }
  }
}

interface Track {
  timescale: number;
  video: boolean;
  /** Units of the timescale, where a fragment does not say. */
  sampleDuration: number;
}

const typeOf = (box: Buffer): string => box.toString('latin1', 4, 8);

function* children(box: Buffer, from = 8): Generator<Buffer> {
  for (let at = from; at + 8 <= box.length;) {
    const size = box.readUInt32BE(at);
    if (size < 8 || at + size > box.length) return;
    yield box.subarray(at, at + size);
    at += size;
  }
}

const all = (box: Buffer, type: string): Buffer[] => [...children(box)].filter((each) => typeOf(each) === type);

function inside(box: Buffer, ...path: string[]): Buffer | undefined {
  let found: Buffer | undefined = box;
  for (const type of path) found = found && all(found, type)[0];
  return found;
}

function readTracks(moov: Buffer): Map<number, Track> {
  const defaults = new Map(all(inside(moov, 'mvex') ?? Buffer.alloc(0), 'trex').map((trex) => [trex.readUInt32BE(12), trex.readUInt32BE(20)]));
  return new Map(all(moov, 'trak').map((trak) => {
    const tkhd = inside(trak, 'tkhd')!;
    const mdhd = inside(trak, 'mdia', 'mdhd')!;
    const hdlr = inside(trak, 'mdia', 'hdlr')!;
    const id = tkhd.readUInt32BE(tkhd[8] === 1 ? 28 : 20);
    const timescale = mdhd.readUInt32BE(mdhd[8] === 1 ? 28 : 20);
    return [id, { timescale, video: hdlr.toString('latin1', 16, 20) === 'vide', sampleDuration: defaults.get(id) ?? 0 }];
  }));
}

/** Milliseconds. */
function durationOf(moof: Buffer, tracks: Map<number, Track>): number {
  const lengths = all(moof, 'traf').map((traf) => {
    const tfhd = inside(traf, 'tfhd')!;
    const track = tracks.get(tfhd.readUInt32BE(12));
    const units = all(traf, 'trun').reduce((sum, trun) => sum + unitsOf(trun, ownDuration(tfhd) ?? track?.sampleDuration ?? 0), 0);
    return { video: track?.video ?? false, duration: track ? Math.round((units / track.timescale) * 1_000) : 0 };
  });
  const video = lengths.find((each) => each.video && each.duration > 0);
  return video?.duration ?? Math.max(0, ...lengths.map(({ duration }) => duration));
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
