/**
 * The sound alone of what was recorded with pictures: the same packets with the same times, a tenth of the bytes. Made of a stored
 * file when somebody asks for it, so nothing is stored twice, and what was recorded before is heard alone as well.
 */
import { all, boxes, boxOf, children, inside, kindOf, MalformedMp4, trackOf, typeOf, wordAt } from './boxes.rules.js';

/** There is no sound in it. */
export class NoSound extends Error {}

/** Flags of `tfhd` and `trun`. */
const BASE_OFFSET = 0x01;
const DESCRIPTION = 0x02;
const DURATION = 0x08;
const SIZE = 0x10;
const BASE_IS_MOOF = 0x20000;
const RUN_OFFSET = 0x01;
const RUN_FIRST_FLAGS = 0x04;
const RUN_SIZES = 0x200;
const RUN_TABLES = [0x100, RUN_SIZES, 0x400, 0x800];

/** The number of the sound’s track in an initialisation section. Throws NoSound and MalformedMp4. */
export const soundTrack = (init: Buffer): number => trackOf(soundTrak(moovOf(init)));

/** An initialisation section whose only track is the sound. Throws NoSound and MalformedMp4. */
export function soundInit(init: Buffer): Buffer {
  const moov = moovOf(init);
  const trak = soundTrak(moov);
  const track = trackOf(trak);
  const mvex = inside(moov, 'mvex');
  const trex = mvex && all(mvex, 'trex').find((each) => wordAt(each, 12) === track);
  if (!mvex || !trex) throw new MalformedMp4('its sound has no defaults');
  const kept = [...children(moov)].flatMap((box) => {
    if (typeOf(box) === 'trak') return box.equals(trak) ? [box] : [];
    if (typeOf(box) === 'mvex') return [boxOf('mvex', [...children(mvex)].filter((each) => typeOf(each) !== 'trex' || each.equals(trex)))];
    return [box];
  });
  return Buffer.concat([...boxes(init)].map((box) => (typeOf(box) === 'moov' ? boxOf('moov', kept) : box)));
}

/**
 * A segment (one `moof` with its `mdat`) with nothing but the packets of this track. Empty where the segment has none.
 * Throws MalformedMp4.
 */
export function soundSegment(segment: Buffer, track: number): Buffer {
  const [moof, mdat, ...more] = [...boxes(segment)];
  if (!moof || !mdat || more.length > 0 || typeOf(moof) !== 'moof' || typeOf(mdat) !== 'mdat') throw new MalformedMp4('a segment is one moof and one mdat');
  // The offsets of the packets are counted from the new moof, whose length is known once its boxes are: they are written last.
  const runs: { trun: Buffer; at: number }[] = [];
  const packets: Buffer[] = [];
  let sent = 0;
  const kept = [...children(moof)].flatMap((box) => {
    if (typeOf(box) !== 'traf') return [box];
    const tfhd = inside(box, 'tfhd');
    if (!tfhd) throw new MalformedMp4('a part of a track without a head');
    if (wordAt(tfhd, 12) !== track) return [];
    const traf = Buffer.from(box);
    let end: number | undefined;
    for (const trun of all(traf, 'trun')) {
      const from: number = startOf(trun, tfhd) ?? end ?? never('nobody knows where its packets begin');
      end = from + lengthOf(trun, tfhd);
      if (from < moof.length + 8 || end > segment.length) throw new MalformedMp4('packets lie outside of it');
      if (flagsOf(trun) & RUN_OFFSET) runs.push({ trun, at: sent });
      packets.push(segment.subarray(from, end));
      sent += end - from;
      if (sent > mdat.length) throw new MalformedMp4('packets lie twice in it');
    }
    return [traf];
  });
  const before = kept.reduce((sum, { length }) => sum + length, 8 + 8);
  for (const { trun, at } of runs) trun.writeInt32BE(before + at, 16);
  return Buffer.concat([boxOf('moof', kept), boxOf('mdat', packets)]);
}

function moovOf(init: Buffer): Buffer {
  const moov = [...boxes(init)].find((box) => typeOf(box) === 'moov');
  if (!moov) throw new MalformedMp4('it says nothing of its tracks');
  return moov;
}

function soundTrak(moov: Buffer): Buffer {
  const trak = all(moov, 'trak').find((each) => kindOf(each) === 'soun');
  if (!trak) throw new NoSound('There is no sound in it.');
  return trak;
}

function never(what: string): never {
  throw new MalformedMp4(what);
}

const flagsOf = (box: Buffer): number => wordAt(box, 8) & 0xffffff;

/** Where the packets of a run begin, from the beginning of the segment; undefined: behind those of the run before. */
function startOf(trun: Buffer, tfhd: Buffer): number | undefined {
  if (!(flagsOf(trun) & RUN_OFFSET)) return undefined;
  // A segment does not know where it lay in a whole file; our ffmpeg counts from the moof (default_base_moof).
  if (flagsOf(tfhd) & BASE_OFFSET || !(flagsOf(tfhd) & BASE_IS_MOOF)) throw new MalformedMp4('places are not counted from its moof');
  return wordAt(trun, 16) | 0;
}

/** Bytes of the packets of a run. */
function lengthOf(trun: Buffer, tfhd: Buffer): number {
  const flags = flagsOf(trun);
  const count = wordAt(trun, 12);
  const head = 16 + (flags & RUN_OFFSET ? 4 : 0) + (flags & RUN_FIRST_FLAGS ? 4 : 0);
  const step = 4 * RUN_TABLES.filter((table) => flags & table).length;
  if (head + count * step > trun.length) throw new MalformedMp4('a run is longer than its list');
  if (!(flags & RUN_SIZES)) return count * sizeOf(tfhd);
  let length = 0;
  for (let n = 0, at = head + (flags & 0x100 ? 4 : 0); n < count; n++, at += step) length += trun.readUInt32BE(at);
  return length;
}

/** What each packet has where its run does not say. */
function sizeOf(tfhd: Buffer): number {
  const flags = flagsOf(tfhd);
  if (!(flags & SIZE)) throw new MalformedMp4('nobody knows how long its packets are');
  return wordAt(tfhd, 16 + (flags & BASE_OFFSET ? 8 : 0) + (flags & DESCRIPTION ? 4 : 0) + (flags & DURATION ? 4 : 0));
}
