import { AudioSlot } from './audio-slot.js';

/** What went out: sequence number, timestamp, length of what it carries. */
function slot() {
  const sent: { sequence: number; timestamp: number; bytes: number }[] = [];
  const way = new AudioSlot(100, 7, (packet) => sent.push({ sequence: packet.readUInt16BE(2), timestamp: packet.readUInt32BE(4), bytes: packet.length - 12 }));
  return { way, sent };
}
const voice = (sequence: number, timestamp: number) => ({ sequence, timestamp, payload: Buffer.from([0xfc, 1, 2, 3, 4]) });

describe('a way into the mix', () => {
  it('is silence while nobody speaks, without a gap', () => {
    const { way, sent } = slot();
    for (let at = 0; at <= 1_000; at += 20) way.fill(at);
    expect(sent.map(({ timestamp }) => timestamp)).toEqual(sent.map((_, n) => n * 960));
    expect(sent.map(({ sequence }) => sequence)).toEqual(sent.map((_, n) => n));
    expect(sent.at(-1)!.timestamp / 48).toBeGreaterThan(850);
  });

  it('goes by the clock of the track while it speaks, whatever its jitter', () => {
    const { way, sent } = slot();
    for (let n = 0; n < 50; n++) {
      way.take(voice(65_500 + n & 0xffff, 4_294_960_000 + n * 960 >>> 0), 1_000 + n * 20 + (n % 3) * 7);
      way.fill(1_000 + n * 20);
    }
    const spoken = sent.filter(({ bytes }) => bytes === 5).map(({ timestamp }) => timestamp);
    expect(spoken).toHaveLength(50);
    expect(spoken.slice(1).every((timestamp, n) => timestamp - spoken[n]! === 960)).toBe(true);
  });

  it('is at the right time again after a pause, a loss or another track, and never goes back', () => {
    const { way, sent } = slot();
    way.take(voice(1, 5_000), 0);
    for (let at = 0; at <= 2_000; at += 20) way.fill(at);
    way.take(voice(2, 5_960), 2_000); // two seconds late
    way.take(voice(2, 5_960), 2_010); // twice
    way.take(voice(1, 5_000), 2_015); // out of order
    way.change();
    way.take(voice(900, 77), 2_100);
    const spoken = sent.filter(({ bytes }) => bytes === 5).map(({ timestamp }) => timestamp / 48);
    expect(spoken).toEqual([20, 2_000, 2_100]);
    expect(sent.every(({ timestamp }, n) => n === 0 || timestamp > sent[n - 1]!.timestamp)).toBe(true);
  });
});
