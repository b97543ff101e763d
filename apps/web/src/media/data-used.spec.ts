import { DataUsed, flow, MinuteCost, sample, type Report } from './data-used';

const report = (...stats: object[]) => stats as unknown as Report;
const video = (framesDecoded: number, packetsReceived: number, packetsLost: number, bytesReceived: number) => ({ type: 'inbound-rtp', kind: 'video', framesDecoded, packetsReceived, packetsLost, bytesReceived });

describe('data used', () => {
  it('counts a transport as a whole, and its streams where the browser has no transport', () => {
    const chrome = report({ type: 'transport', bytesReceived: 5000, bytesSent: 700 }, video(10, 4, 0, 4000));
    const safari = report(video(10, 4, 0, 4000), { type: 'inbound-rtp', kind: 'audio', bytesReceived: 300 }, { type: 'outbound-rtp', bytesSent: 90 });
    expect(sample([chrome], 0)).toMatchObject({ bytesIn: 5000, bytesOut: 700 });
    expect(sample([safari], 0)).toMatchObject({ bytesIn: 4300, bytesOut: 90 });
    expect(sample([chrome, safari], 0)).toMatchObject({ bytesIn: 9300, frames: 20 });
  });

  it('tells losses and rates between two moments, and nothing across a new transport', () => {
    const from = sample([report(video(100, 900, 5, 1000))], 1000);
    const to = sample([report(video(125, 990, 15, 126_000))], 2000);
    expect(flow(from, to)).toMatchObject({ lossRatio: 0.1, bitsIn: 1_000_000, framesPerSecond: 25, packets: 90 });
    expect(flow(to, from)).toBeNull();
    expect(flow(to, { ...from, at: 3000 })).toBeNull();
  });

  it('takes late packets that lower the losses for none', () => {
    const from = sample([report(video(1, 10, 8, 10))], 0);
    expect(flow(from, sample([report(video(2, 20, 6, 20))], 1000))?.lossRatio).toBe(0);
  });

  it('knows no picture from a picture that stands', () => {
    expect(sample([report({ type: 'inbound-rtp', kind: 'audio' })], 0).frames).toBeNull();
    expect(flow(sample([report(video(9, 1, 0, 1))], 0), sample([report(video(9, 1, 0, 1))], 1000))?.framesPerSecond).toBe(0);
  });

  it('adds up over transports that come and go', () => {
    const used = new DataUsed();
    for (const bytes of [100, 250, 30, 90]) used.count(bytes);
    used.add(1000);
    expect(used.bytes).toBe(250 + 90 + 1000);
  });

  it('knows what a minute costs after some seconds, and forgets what was long ago', () => {
    const cost = new MinuteCost();
    for (let n = 0; n < 4; n++) cost.count(1e6);
    expect(cost.bytes).toBeNull();
    cost.count(1e6);
    expect(cost.bytes).toBe(7.5e6);
    for (let n = 0; n < 30; n++) cost.count(4e5);
    expect(cost.bytes).toBe(3e6);
  });
});
