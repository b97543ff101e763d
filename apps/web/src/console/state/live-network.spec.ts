import { barsOf, clockOf, loudness, rateOf, ratesOf, sent, uploadWord, viewerBars } from './live-network';

describe('the word of a network', () => {
  it('follows the score, and the losses where they are worse', () => {
    expect([barsOf(5), barsOf(4), barsOf(3), barsOf(2), barsOf(0)]).toEqual([4, 3, 2, 1, 1]);
    expect([barsOf(5, 0.02), barsOf(5, 0.05), barsOf(4, 0.2), barsOf(3, 0)]).toEqual([3, 2, 1, 2]);
    expect([viewerBars(0), viewerBars(0.5)]).toEqual([4, 1]);
  });
  it('says whether the line is enough before going live', () => {
    expect([uploadWord(5e6), uploadWord(1e6), uploadWord(2e5)]).toEqual(['good', 'fair', 'weak']);
  });
});

describe('what is sent', () => {
  const producer = (bitrate: number, lossRatio: number) => ({ producerId: 'p', source: 'camera' as const, bitrate, lossRatio, score: 10, layers: [] });
  const received = { high: 0, middle: 0, low: 0, sound: 0 };
  it('adds rates, and weighs losses by them', () => {
    expect(sent({ producers: [producer(900_000, 0.1), producer(100_000, 0)], consumers: 3, received, viewerLossRatio: 0, viewerBitrate: 0 })).toEqual({ bitrate: 1_000_000, lossRatio: 0.09 });
  });
  it('is nothing when nothing is sent', () => expect(sent({ producers: [], consumers: 0, received, viewerLossRatio: 0, viewerBitrate: 0 })).toEqual({ bitrate: 0, lossRatio: 0 }));
});

it('writes time on air, rates and loudness', () => {
  expect([clockOf(2_774_900), clockOf(-5), clockOf(36_000_000)]).toEqual(['00:46:14', '00:00:00', '10:00:00']);
  expect([rateOf(2_140_000), rateOf(640_400), rateOf(999_600), rateOf(0)]).toEqual(['2.1 Mbps', '640 kbps', '1.0 Mbps', '0 kbps']);
  expect([ratesOf([75_000, 194_000, 455_000], '没开'), ratesOf([75_000, 455_000, 1_300_000], '没开'), ratesOf([75_000, 0, 455_000], '没开'), ratesOf([75_000, 194_000, 0], '没开'), ratesOf([], '没开')])
    .toEqual(['75 / 194 / 455 kbps', '75 / 455 kbps / 1.3 Mbps', '75 / 没开 / 455 kbps', '75 / 194 kbps / 没开', '']);
  expect([loudness(0), loudness(0.4), loudness(1)]).toEqual(['quiet', 'good', 'loud']);
});
