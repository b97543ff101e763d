import type { Report } from '../media/data-used';
import { callSample, CallWindow } from './call-stats';

const report = (packets: number, lost: number, lossOut: number, more: object[] = []): Report => [
  { type: 'transport', bytesReceived: packets * 1000, bytesSent: packets * 500 },
  { type: 'inbound-rtp', kind: 'audio', packetsReceived: packets, packetsLost: lost },
  { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: lossOut / 2 }, { type: 'remote-inbound-rtp', kind: 'video', fractionLost: lossOut },
  ...more,
] as unknown as Report;
const pair = (local: object) => [{ type: 'candidate-pair', nominated: true, state: 'succeeded', localCandidateId: 'l', currentRoundTripTime: 0.08 }, { type: 'local-candidate', id: 'l', ...local }];

it('reads losses of both directions and the way', () => {
  const window = new CallWindow();
  expect(window.add(callSample([report(100, 0, 0)], 1000))).toBeNull();
  expect(window.add(callSample([report(180, 20, 0.1, pair({ candidateType: 'host', protocol: 'udp' }))], 2000))).toMatchObject({ lossIn: 0.2, lossOut: 0.1, roundTrip: 80, bitsIn: 640_000 });
  const way = (local: object) => callSample([report(1, 0, 0, pair(local))], 0).way;
  expect([way({ candidateType: 'host', protocol: 'tcp' }), way({ candidateType: 'relay', protocol: 'udp' }), callSample([[]], 0).way]).toEqual(['tcp', 'relay', null]);
});

it('looks at some seconds together, and says nothing of a few packets', () => {
  const window = new CallWindow();
  window.add(callSample([report(1000, 0, 0)], 0));
  expect(window.add(callSample([report(1004, 4, 0)], 1000))!.lossIn).toBe(0); // 4 of 8
  const later = [2, 3, 4].map(n => window.add(callSample([report(1000 + n * 40, 4, 0)], n * 1000))!);
  expect(later.at(-1)!.lossIn).toBeCloseTo(4 / 164, 3);
  expect(window.add(callSample([report(1240, 4, 0)], 6000))!.lossIn).toBe(0); // out of the window
});

it('begins anew with a new transport', () => {
  const window = new CallWindow();
  window.add(callSample([report(1000, 50, 0)], 0));
  expect(window.add(callSample([report(10, 0, 0)], 1000))).toBeNull();
  expect(window.add(callSample([report(60, 0, 0)], 2000))).toMatchObject({ lossIn: 0 });
});
