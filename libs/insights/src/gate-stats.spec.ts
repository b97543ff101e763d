import { gateStats, perMinute, silentSince } from './gate-stats.js';
import { arrivals } from './arrivals.js';

const now = new Date('2026-03-07T02:22:30.000Z');
const device = (lastSeenAt: string | null, revokedAt: string | null = null) =>
  ({ id: 'd', gateId: 'g', name: '手机', pairedAt: '2026-03-07T01:00:00.000Z', lastSeenAt, revokedAt });

describe('a gate', () => {
  it.each([
    ['that was heard of ten seconds ago is not silent', [device('2026-03-07T02:22:20.000Z')], true, null],
    ['that was heard of longer ago is silent since then', [device('2026-03-07T02:22:19.999Z')], true, '2026-03-07T02:22:19.999Z'],
    ['with one live device of two is not silent', [device('2026-03-07T02:00:00.000Z'), device('2026-03-07T02:22:29.000Z')], true, null],
    ['whose device never spoke is silent since it was signed in', [device(null)], true, '2026-03-07T01:00:00.000Z'],
    ['whose devices were all revoked is silent', [device('2026-03-07T02:22:29.000Z', '2026-03-07T02:22:29.500Z')], true, '2026-03-07T02:22:29.000Z'],
    ['that never had a device is no source, so it cannot be missing', [], true, null],
    ['of a fair that is not open is not missed', [device('2026-03-06T02:00:00.000Z')], false, null],
  ])('%s', (_, devices, open, since) => {
    expect(silentSince({ devices }, open, now)).toBe(since);
  });

  it('counts a minute as the sixty seconds before now', () => {
    const rates = [{ minute: '2026-03-07T02:21:00+00:00', passed: 20 }, { minute: '2026-03-07T02:22:00+00:00', passed: 7 }];
    expect(perMinute(rates, now)).toBe(17);
    expect(perMinute(rates, new Date('2026-03-07T02:22:00.000Z'))).toBe(27);
    expect(perMinute([], now)).toBe(0);
  });

  it('without a scan has zeros and no last scan', () => {
    const gate = { id: 'g', fairId: 'f', zoneId: 'z', zoneName: 'A 区', name: '1 号门', direction: 'both' as const, deskHint: '', devices: [] };
    expect(gateStats([gate], { gates: [], rates: [] }, true, now)).toEqual([
      { gateId: 'g', name: '1 号门', zoneName: 'A 区', entered: 0, left: 0, refused: 0, perMinute: 0, lastScanAt: null, devices: 0, devicesOnline: 0, silentSince: null },
    ]);
  });
});

describe('the curve', () => {
  const rows = [
    { minute: '2026-03-07T02:18:00+00:00', entered: 5, left: 0, swept: 0, before: 3 },
    { minute: '2026-03-07T02:20:00+00:00', entered: 2, left: 4, swept: 0, before: 8 },
  ];

  it('has a point for each minute, those without a passage too, up to now', () => {
    expect(arrivals(rows, now).map(({ minute, entered, left, inside }) => [minute.slice(11, 16), entered, left, inside])).toEqual([
      ['02:18', 5, 0, 8], ['02:19', 0, 0, 8], ['02:20', 2, 4, 6], ['02:21', 0, 0, 6], ['02:22', 0, 0, 6],
    ]);
  });

  it('of a fair that is over ends with its last passage', () => {
    expect(arrivals(rows, null)).toHaveLength(3);
    expect(arrivals([], now)).toEqual([]);
  });

  it('of a very long day shows its end', () => {
    const long = arrivals(rows, new Date('2026-03-08T02:00:00.000Z'));
    expect(long).toHaveLength(720);
    expect(long.at(-1)!.minute).toBe('2026-03-08T02:00:00.000Z');
  });
});
