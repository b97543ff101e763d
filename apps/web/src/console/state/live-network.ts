/** How a network is called, and what the host is told of it. Pure. */
import type { PeerQuality, PublisherEnd, PublishingStats } from '#libs/contracts';

export type Bars = 1 | 2 | 3 | 4;

/** Bars of a score of 0 (gone) to 5 (good), pulled down by what is lost (0–1). */
export function barsOf(score: PeerQuality['score'], lossRatio = 0): Bars {
  const byScore: Bars = score >= 5 ? 4 : score === 4 ? 3 : score === 3 ? 2 : 1;
  const byLoss: Bars = lossRatio > 0.1 ? 1 : lossRatio > 0.04 ? 2 : lossRatio > 0.015 ? 3 : 4;
  return Math.min(byScore, byLoss) as Bars;
}

/** Bars of what all viewers lose together. */
export const viewerBars = (lossRatio: number): Bars => barsOf(5, lossRatio);

/** What goes up in all, bits a second, and what of it is lost, weighed by how much each sends. */
export function sent(stats: PublishingStats): { bitrate: number; lossRatio: number } {
  const bitrate = stats.producers.reduce((sum, one) => sum + one.bitrate, 0);
  const lost = stats.producers.reduce((sum, one) => sum + one.bitrate * one.lossRatio, 0);
  return { bitrate, lossRatio: bitrate > 0 ? lost / bitrate : 0 };
}

export type Upload = 'good' | 'fair' | 'weak';
/** Whether a line carries a broadcast: 2 Mbit/s for all three qualities, 0.7 for a small picture. */
export const uploadWord = (bitsPerSecond: number): Upload => (bitsPerSecond >= 2_000_000 ? 'good' : bitsPerSecond >= 700_000 ? 'fair' : 'weak');

/** 00:46:14 from milliseconds. */
export function clockOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(n => String(n).padStart(2, '0')).join(':');
}

/** 2.1 Mbps, 640 kbps. */
export const rateOf = (bitsPerSecond: number): string =>
  (bitsPerSecond >= 999_500 ? `${(bitsPerSecond / 1e6).toFixed(1)} Mbps` : `${Math.round(bitsPerSecond / 1000)} kbps`);

/** 75 / 194 / 455 kbps: the unit once, where it is one. `off`: what stands for a rate of nothing. */
export function ratesOf(rates: readonly number[], off: string): string {
  const texts = rates.map(rate => (rate ? rateOf(rate) : off));
  const units = texts.map(text => text.split(' ')[1]);
  return texts.map((text, n) => (units[n] && units.slice(n + 1).find(Boolean) === units[n] ? text.split(' ')[0] : text)).join(' / ');
}

/** The numbers of the sentence that says why somebody's media were ended. */
export const endWords = ({ sent, most, rest }: PublisherEnd): { sent: string; most: string; rest: string } => ({ sent: rateOf(sent), most: rateOf(most), rest: String(rest) });

/** How loud, for the meter: 'quiet' nothing is heard, 'loud' it would clip. Level 0–1. */
export const loudness = (level: number): 'quiet' | 'good' | 'loud' => (level < 0.04 ? 'quiet' : level > 0.95 ? 'loud' : 'good');
