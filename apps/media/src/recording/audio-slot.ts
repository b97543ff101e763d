import { newerBy, opusSamples, type RtpPacket } from './rtp.rules.js';

/** 20 ms of silence, Opus, stereo. */
const SILENCE = Buffer.from([0xfc, 0xff, 0xfe]);
const SILENCE_SAMPLES = 960;
/** Samples a millisecond. */
const RATE = 48;
/** So long a packet may be late before silence takes its place, milliseconds. */
const PATIENCE = 100;
/** More than this between a track's own clock and ours is put right, milliseconds. */
const DRIFT = 80;

/**
 * One microphone's way into the mix: an endless stream of Opus without a gap. While its track is muted, pauses (DTX), lost
 * its publisher or is not there at all, it is silence; so ffmpeg, which waits for each of its inputs, never waits.
 */
export class AudioSlot {
  private sequence = 0;
  /** Samples sent. */
  private sent = 0;
  private last: { sequence: number; timestamp: number; at: number } | null = null;

  /**
   * @param payloadType of the stream that is sent
   * @param send takes a whole RTP packet
   */
  constructor(
    private readonly payloadType: number,
    private readonly ssrc: number,
    private readonly send: (packet: Buffer) => void,
  ) {}

  /** Another track, or none, comes through it from now on. */
  change(): void {
    this.last = null;
  }

  /** @param elapsed milliseconds since the stream began */
  take({ sequence, timestamp, payload }: RtpPacket, elapsed: number): void {
    this.open();
    const samples = opusSamples(payload);
    const now = Math.round(elapsed * RATE);
    let at = Math.max(this.sent, now);
    if (this.last) {
      const newer = newerBy(sequence, this.last.sequence);
      if (newer <= 0) return; // too late, or twice
      const place = this.last.at + ((timestamp - this.last.timestamp) | 0);
      if (Math.abs(place - now) < DRIFT * RATE && place >= this.sent) at = place;
    }
    this.write(payload, at, samples);
    this.last = { sequence, timestamp, at };
  }

  /** Fills what nobody has sent with silence, up to a moment ago. */
  fill(elapsed: number): void {
    this.open();
    for (const until = (elapsed - PATIENCE) * RATE; this.sent + SILENCE_SAMPLES <= until;) this.write(SILENCE, this.sent, SILENCE_SAMPLES);
  }

  /** The first packet is the beginning of the stream: ffmpeg counts from it. */
  private open(): void {
    if (this.sent === 0) this.write(SILENCE, 0, SILENCE_SAMPLES);
  }

  private write(payload: Buffer, at: number, samples: number): void {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = this.payloadType;
    header.writeUInt16BE(this.sequence++ & 0xffff, 2);
    header.writeUInt32BE(at >>> 0, 4);
    header.writeUInt32BE(this.ssrc, 8);
    this.sent = at + samples;
    this.send(Buffer.concat([header, payload]));
  }
}
