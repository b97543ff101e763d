/** What a minute of each step of the ladder costs, so that the choice is an honest one. Bytes; null: nobody knows. */
import { MinuteCost } from '../../media/data-used';
import type { Ladder, Step } from '../../media/ladder';

export type Costs = { [one in 'high' | 'low' | 'audio']: number | null };

/** What our own studio sends in three sizes, and sound with its headers. */
export const NOMINAL: Costs = { high: 9e6, low: 1.5e6, audio: 0.3e6 };
/** The sound of HLS: AAC of 96 kbit/s, with its files' heads. */
export const SOUND_OF_HLS = 0.8e6;
/** What came in the first moments of a step belongs to the one before. Milliseconds. */
const FRESH = 3_000;

/** Measures WebRTC; HLS tells what it took itself. */
export class StepCosts {
  private of = '';
  private steps = fresh();

  /** @param of whose picture it is from now on: another one costs another sum */
  follow(of: string): void {
    if (of !== this.of) this.steps = fresh();
    this.of = of;
  }

  /** @param bits of the last second, both ways */
  count({ carriage, step, since }: Ladder, at: number, bits: number): void {
    if (carriage === 'webrtc' && step !== 'text' && at - since > FRESH) this.steps[step].count(bits);
  }

  /** @param hls what was measured of it */
  minute({ carriage, rungs }: Ladder, hls: { picture: number | null; sound: number | null } | undefined): Costs {
    if (carriage === 'hls') return { high: hls?.picture ?? null, low: null, audio: hls?.sound ?? SOUND_OF_HLS };
    const one = (step: Exclude<Step, 'text'>) => this.steps[step].bytes ?? (step === 'audio' || rungs.small ? NOMINAL[step] : null);
    return { high: one('high'), low: rungs.small ? one('low') : null, audio: one('audio') };
  }
}

const fresh = () => ({ high: new MinuteCost(), low: new MinuteCost(), audio: new MinuteCost() });
