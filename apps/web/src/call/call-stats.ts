/** What the browser's statistics say of a call, over a window of some seconds. Pure; milliseconds, bits a second, ratios 0–1. */
import { flow, sample, type Report, type Sample } from '../media/data-used';

/** Sums at one moment. */
export interface CallSample extends Sample {
  /** Losses of what is sent, as the other side last reported them; null: nothing was reported. */
  lossOut: number | null;
  /** UDP, TCP, or a relay (TURN); null: not connected. */
  way: Way | null;
}
export type Way = 'udp' | 'tcp' | 'relay';

interface Stat {
  id?: string; type: string; kind?: string; nominated?: boolean; state?: string; localCandidateId?: string;
  fractionLost?: number; protocol?: string; relayProtocol?: string; candidateType?: string; timestamp?: number; roundTripTime?: number;
}

export function callSample(reports: readonly Report[], at: number): CallSample {
  const stats: Stat[] = [];
  for (const report of reports) report.forEach(stat => stats.push(stat as Stat));
  const told = stats.filter(stat => stat.type === 'remote-inbound-rtp' && stat.fractionLost !== undefined);
  const pair = stats.find(stat => stat.type === 'candidate-pair' && stat.nominated && stat.state === 'succeeded');
  const local = pair && stats.find(stat => stat.type === 'local-candidate' && stat.id === pair.localCandidateId);
  return {
    ...sample(reports, at), way: local ? wayOf(local) : null,
    // The picture's losses may be small while the sound's are not, or the other way round: the worst counts.
    lossOut: told.length ? Math.max(...told.map(stat => stat.fractionLost!)) : null,
  };
}

/** A relay behind a NAT of its own is `prflx`: only its `relayProtocol` tells. */
const wayOf = ({ candidateType, protocol, relayProtocol }: Stat): Way => (candidateType === 'relay' || relayProtocol !== undefined ? 'relay' : protocol === 'tcp' ? 'tcp' : 'udp');

export interface CallFlow { lossIn: number; lossOut: number; bitsIn: number; bitsOut: number; framesPerSecond: number | null; roundTrip: number | null; packets: number }

/** Some seconds are looked at together: sound alone is few packets, and fewer while nobody speaks. */
const WINDOW = 4_000;
/** So few packets say nothing about losses. */
const TOO_FEW = 20;

export class CallWindow {
  private samples: CallSample[] = [];

  /** @returns null after a new transport, and at first */
  add(next: CallSample): CallFlow | null {
    const last = this.samples[this.samples.length - 1] as CallSample | undefined;
    if (last && !flow(last, next)) this.samples = [];
    this.samples = [...this.samples, next].filter(({ at }) => at >= next.at - WINDOW - 500);
    const first = this.samples[0];
    const whole = first === next ? null : flow(first, next);
    if (!whole) return null;
    const lost = Math.max(0, next.lostIn - first.lostIn);
    return {
      lossIn: whole.packets + lost < TOO_FEW ? 0 : whole.lossRatio, lossOut: next.lossOut ?? 0, packets: last ? Math.max(0, next.packetsIn - last.packetsIn) : 0,
      bitsIn: whole.bitsIn, bitsOut: whole.bitsOut, framesPerSecond: whole.framesPerSecond, roundTrip: next.roundTrip,
    };
  }

  clear(): void { this.samples = []; }
}
