/** What the browser's statistics mean: data used, losses, how the picture moves. Pure; times in milliseconds, rates in bits a second. */

/** Sums of all transports at one moment. */
export interface Sample {
  at: number;
  bytesIn: number; bytesOut: number;
  /** RTP packets received, and those that never came. */
  packetsIn: number; lostIn: number;
  /** Pictures decoded of all tracks; null: no picture is received. */
  frames: number | null;
  roundTrip: number | null;
  /** What the browser thinks it could send. */
  canSend: number | null;
}
/** Between two samples. */
export interface Flow { lossRatio: number; bitsIn: number; bitsOut: number; framesPerSecond: number | null; roundTrip: number | null; packets: number }

interface Stat {
  type: string; kind?: string; bytesReceived?: number; bytesSent?: number; packetsReceived?: number; packetsLost?: number; framesDecoded?: number;
  nominated?: boolean; state?: string; currentRoundTripTime?: number; availableOutgoingBitrate?: number;
}
/** As an RTCStatsReport, as far as it is read here. */
export interface Report { forEach(act: (stat: Stat) => void): void }

export function sample(reports: readonly Report[], at: number): Sample {
  const sum: Sample = { at, bytesIn: 0, bytesOut: 0, packetsIn: 0, lostIn: 0, frames: null, roundTrip: null, canSend: null };
  for (const report of reports) {
    const whole = { in: null as number | null, out: null as number | null };
    const streams = { in: 0, out: 0 };
    report.forEach(stat => {
      if (stat.type === 'transport') { // Safari and old Firefox have none: then the streams are added up
        if (stat.bytesReceived !== undefined) whole.in = (whole.in ?? 0) + stat.bytesReceived;
        if (stat.bytesSent !== undefined) whole.out = (whole.out ?? 0) + stat.bytesSent;
      } else if (stat.type === 'inbound-rtp') {
        streams.in += stat.bytesReceived ?? 0;
        sum.packetsIn += stat.packetsReceived ?? 0;
        sum.lostIn += Math.max(0, stat.packetsLost ?? 0);
        if (stat.kind === 'video') sum.frames = (sum.frames ?? 0) + (stat.framesDecoded ?? 0);
      } else if (stat.type === 'outbound-rtp') streams.out += stat.bytesSent ?? 0;
      else if (stat.type === 'candidate-pair' && stat.nominated && stat.state !== 'failed') {
        if (stat.currentRoundTripTime !== undefined) sum.roundTrip = Math.max(sum.roundTrip ?? 0, stat.currentRoundTripTime * 1000);
        if (stat.availableOutgoingBitrate !== undefined) sum.canSend = Math.max(sum.canSend ?? 0, stat.availableOutgoingBitrate);
      }
    });
    sum.bytesIn += whole.in ?? streams.in;
    sum.bytesOut += whole.out ?? streams.out;
  }
  return sum;
}

/** Null when the later one counts from a new transport, or no time has passed. */
export function flow(from: Sample, to: Sample): Flow | null {
  const seconds = (to.at - from.at) / 1000;
  if (seconds <= 0 || to.bytesIn < from.bytesIn || to.bytesOut < from.bytesOut) return null;
  const [packets, lost] = [Math.max(0, to.packetsIn - from.packetsIn), Math.max(0, to.lostIn - from.lostIn)];
  return {
    lossRatio: packets + lost ? lost / (packets + lost) : 0, packets,
    bitsIn: ((to.bytesIn - from.bytesIn) * 8) / seconds, bitsOut: ((to.bytesOut - from.bytesOut) * 8) / seconds,
    framesPerSecond: to.frames === null || from.frames === null || to.frames < from.frames ? null : (to.frames - from.frames) / seconds,
    roundTrip: to.roundTrip,
  };
}

/** Adds up what was used over transports that come and go. */
export class DataUsed {
  private earlier = 0;
  private last = 0;

  /** @param bytes of the transports that are open now; less than before: they are others */
  count(bytes: number): void {
    if (bytes < this.last) this.earlier += this.last;
    this.last = bytes;
  }

  /** What another way brought (HLS). */
  add(bytes: number): void { this.earlier += bytes; }
  get bytes(): number { return this.earlier + this.last; }
}

/** What a minute of something costs, out of what it took: the mean of its last seconds, once there are enough to tell. */
export class MinuteCost {
  private readonly seconds: number[] = [];

  /** @param bits of the last second */
  count(bits: number): void {
    this.seconds.push(bits);
    if (this.seconds.length > 30) this.seconds.shift();
  }

  /** Bytes; null: not known yet. */
  get bytes(): number | null {
    const { seconds } = this;
    return seconds.length < 5 ? null : (seconds.reduce((sum, bits) => sum + bits, 0) / seconds.length / 8) * 60;
  }
}
