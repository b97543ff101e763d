/** What the recorder reads of RTP packets on their way (RFC 3550, 6184, 7741, 7587): enough to cut and to pace them. */

export interface RtpPacket {
  sequence: number;
  timestamp: number;
  payload: Buffer;
}

/** Width and height of a picture, pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** Null for what is not RTP: RTCP, a stray datagram, a packet that only probes the line. */
export function readRtp(packet: Buffer): RtpPacket | null {
  if (packet.length < 12 || packet[0]! >> 6 !== 2 || isRtcp(packet)) return null;
  let start = 12 + (packet[0]! & 0x0f) * 4;
  if (packet[0]! & 0x10) {
    if (packet.length < start + 4) return null;
    start += 4 + packet.readUInt16BE(start + 2) * 4;
  }
  const end = packet[0]! & 0x20 ? packet.length - packet[packet.length - 1]! : packet.length;
  if (start >= end) return null;
  return { sequence: packet.readUInt16BE(2), timestamp: packet.readUInt32BE(4), payload: packet.subarray(start, end) };
}

/** RFC 5761: the payload types of RTCP are where RTP uses none. */
const isRtcp = (packet: Buffer): boolean => packet[1]! >= 192 && packet[1]! <= 223;

/** How much newer sequence number `a` is than `b`; negative when it is older. */
export const newerBy = (a: number, b: number): number => (((a - b) & 0xffff) ^ 0x8000) - 0x8000;

/** 48 kHz samples in an Opus packet (RFC 6716, 3.1). */
export function opusSamples(payload: Buffer): number {
  const config = payload[0]! >> 3;
  const frame = config < 12 ? [480, 960, 1_920, 2_880][config & 3]! : config < 16 ? [480, 960][config & 1]! : [120, 240, 480, 960][config & 3]!;
  const code = payload[0]! & 3;
  const frames = code === 0 ? 1 : code === 3 ? (payload[1] ?? 1) & 0x3f : 2;
  return Math.min(frame * Math.max(1, frames), 5_760);
}

/**
 * What begins with this packet: a picture that needs none before it. `size` is its own, or null where the packet does not
 * say; `parameters` are H.264's (a change of them is a change of the stream).
 */
export interface KeyFrame {
  size: PictureSize | null;
  parameters: Buffer | null;
}

/** The key frame that begins in this packet, or null. */
export function keyFrameOf(mimeType: string, payload: Buffer): KeyFrame | null {
  return mimeType.toLowerCase() === 'video/vp8' ? vp8KeyFrame(payload) : h264KeyFrame(payload);
}

function vp8KeyFrame(payload: Buffer): KeyFrame | null {
  const first = payload[0]!;
  if (!(first & 0x10) || first & 0x07) return null; // not the first packet of a frame
  let at = 1;
  if (first & 0x80) {
    const extension = payload[at++] ?? 0;
    if (extension & 0x80) at += (payload[at] ?? 0) & 0x80 ? 2 : 1;
    if (extension & 0x40) at += 1;
    if (extension & 0x30) at += 1;
  }
  const frame = payload.subarray(at);
  if (frame.length < 10 || frame[0]! & 1 || frame[3] !== 0x9d || frame[4] !== 0x01 || frame[5] !== 0x2a) return null;
  return { size: { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff }, parameters: null };
}

const SPS = 7;
const IDR = 5;

function h264KeyFrame(payload: Buffer): KeyFrame | null {
  const type = payload[0]! & 0x1f;
  if (type === 28) {
    const begins = payload.length > 1 && payload[1]! & 0x80 && (payload[1]! & 0x1f) === IDR;
    return begins ? { size: null, parameters: null } : null;
  }
  const units = type === 24 ? aggregated(payload) : [payload];
  const sps = units.find((unit) => (unit[0]! & 0x1f) === SPS);
  if (sps) return { size: spsSize(sps), parameters: sps };
  return units.some((unit) => (unit[0]! & 0x1f) === IDR) ? { size: null, parameters: null } : null;
}

/** The units of a STAP-A; what is cut off is left out. */
function aggregated(payload: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let at = 1; at + 2 < payload.length;) {
    const length = payload.readUInt16BE(at);
    if (length === 0 || at + 2 + length > payload.length) break;
    units.push(payload.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return units;
}

/** Reads Exp-Golomb codes (ITU-T H.264, 9.1) of a unit without its emulation prevention. Past the end it reads zeros. */
class Bits {
  private at = 0;
  constructor(private readonly bytes: number[]) {}

  bit(): number {
    const byte = this.bytes[this.at >> 3] ?? 0;
    return (byte >> (7 - (this.at++ & 7))) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let n = 0; n < count; n++) value = value * 2 + this.bit();
    return value;
  }

  unsigned(): number {
    let zeros = 0;
    while (zeros < 32 && this.bit() === 0) zeros++;
    return zeros === 32 ? 0 : 2 ** zeros - 1 + this.bits(zeros);
  }

  signed(): number {
    const value = this.unsigned();
    return value & 1 ? (value + 1) / 2 : -value / 2;
  }
}

const CHROMA_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);

/** The size that a sequence parameter set tells (ITU-T H.264, 7.3.2.1.1); null when it makes no sense. */
export function spsSize(unit: Buffer): PictureSize | null {
  const bytes: number[] = [];
  for (let at = 1; at < unit.length; at++) {
    if (at >= 3 && unit[at] === 3 && unit[at - 1] === 0 && unit[at - 2] === 0) continue;
    bytes.push(unit[at]!);
  }
  const bits = new Bits(bytes);
  const profile = bits.bits(8);
  bits.bits(16);
  bits.unsigned();
  let chroma = 1;
  if (CHROMA_PROFILES.has(profile)) {
    chroma = bits.unsigned();
    if (chroma === 3) bits.bit();
    bits.unsigned();
    bits.unsigned();
    bits.bit();
    if (bits.bit()) return null; // scaling lists: no encoder of live video sends them
  }
  bits.unsigned();
  const order = bits.unsigned();
  if (order === 0) bits.unsigned();
  else if (order === 1) {
    bits.bit();
    bits.signed();
    bits.signed();
    for (let n = Math.min(bits.unsigned(), 255); n > 0; n--) bits.signed();
  }
  bits.unsigned();
  bits.bit();
  const columns = bits.unsigned() + 1;
  const rows = bits.unsigned() + 1;
  const frames = bits.bit();
  if (!frames) bits.bit();
  bits.bit();
  const crop = bits.bit() ? [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()] : [0, 0, 0, 0];
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = (chroma === 1 ? 2 : 1) * (2 - frames);
  const width = columns * 16 - (crop[0]! + crop[1]!) * unitX;
  const height = rows * 16 * (2 - frames) - (crop[2]! + crop[3]!) * unitY;
  return width > 0 && height > 0 && width <= 8_192 && height <= 8_192 ? { width, height } : null;
}
