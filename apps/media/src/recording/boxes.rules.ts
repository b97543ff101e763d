/** Boxes of an MP4 (ISO/IEC 14496-12): a length of four bytes, a name of four letters, and what it holds. */

/** What was read is no MP4 as we write it, or a part of one. */
export class MalformedMp4 extends Error {
  constructor(what: string) {
    super(`Not a fragmented MP4: ${what}.`);
  }
}

const HEADER = 8;

export const typeOf = (box: Buffer): string => box.toString('latin1', 4, HEADER);

/** The boxes that lie in one another’s row from `from` to the end. Throws MalformedMp4 where one is cut off, or a length is nonsense. */
export function* boxes(bytes: Buffer, from = 0): Generator<Buffer> {
  for (let at = from; at < bytes.length;) {
    if (at + HEADER > bytes.length) throw new MalformedMp4('it ends within a box’s head');
    const size = bytes.readUInt32BE(at);
    if (size < HEADER || at + size > bytes.length) throw new MalformedMp4(`a box of ${size} bytes`);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** What a box holds that holds nothing but boxes. */
export const children = (box: Buffer): Generator<Buffer> => boxes(box, HEADER);

export const all = (box: Buffer, type: string): Buffer[] => [...children(box)].filter((each) => typeOf(each) === type);

/** The first one by a path of names. */
export function inside(box: Buffer, ...path: string[]): Buffer | undefined {
  let found: Buffer | undefined = box;
  for (const type of path) found = found && all(found, type)[0];
  return found;
}

/** Throws MalformedMp4 beyond the end. */
export function wordAt(box: Buffer, offset: number): number {
  if (offset + 4 > box.length) throw new MalformedMp4(`${typeOf(box)} is too short`);
  return box.readUInt32BE(offset);
}

/** A box of these. */
export function boxOf(type: string, parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(HEADER);
  head.writeUInt32BE(parts.reduce((sum, { length }) => sum + length, HEADER), 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...parts]);
}

/** The number of a track, of its `trak`. Versions of `tkhd` differ by the length of two times before it. */
export function trackOf(trak: Buffer): number {
  const tkhd = inside(trak, 'tkhd');
  if (!tkhd) throw new MalformedMp4('a track without a head');
  return wordAt(tkhd, tkhd[HEADER] === 1 ? 28 : 20);
}

/** `vide`, `soun`, or whatever else its `trak` says. */
export function kindOf(trak: Buffer): string {
  return inside(trak, 'mdia', 'hdlr')?.toString('latin1', 16, 20) ?? '';
}
