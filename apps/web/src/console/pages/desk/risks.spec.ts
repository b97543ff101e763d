import { crowdLevel, type DeskAlert, type DeskSnapshot, type GateStat, type ZoneStatus } from '#libs/contracts';
import { risksOf } from './risks';

const zone = (letter: string, inside: number, more: Partial<ZoneStatus> = {}): ZoneStatus => ({
  zoneId: letter || 'venue', parentId: letter ? 'venue' : null, letter, name: letter ? `${letter}区` : '全场', inside, approvedNumber: 100, level: crowdLevel(inside, 100),
  earlyLocked: false, stopped: false, reason: null, ...more,
});
const at = (minute: number) => `2026-03-07T02:${String(minute).padStart(2, '0')}:00.000Z`;
const alert = (zoneId: string, level: DeskAlert['level'], minute: number, cleared = false): DeskAlert =>
  ({ id: `${zoneId}-${level}`, zoneId, zoneName: zoneId, letter: zoneId, level, inside: 0, approved: 100, raisedAt: at(minute), clearedAt: cleared ? at(minute + 1) : null });
const gate = (name: string, minute: number | null): GateStat =>
  ({ gateId: name, name, zoneName: '全场', entered: 0, left: 0, refused: 0, perMinute: 0, lastScanAt: null, devices: 1, devicesOnline: 0, silentSince: minute === null ? null : at(minute) });
const desk = (more: Partial<DeskSnapshot>) => ({ venue: zone('', 50), zones: [], alerts: [], gates: [], feed: [], ...more }) as unknown as DeskSnapshot;

it('shows nothing while all is well', () => expect(risksOf(desk({ gates: [gate('1', null)], alerts: [alert('A', 'busy', 1, true)], zones: [zone('A', 10)] }))).toEqual([]));

it('shows of each zone the highest open level, the oldest risk first, silent gates among them', () => {
  const zones = [zone('A', 100), zone('B', 82)];
  const risks = risksOf(desk({ zones, alerts: [alert('B', 'busy', 20), alert('A', 'busy', 5), alert('A', 'lock', 12), alert('A', 'near', 9)], gates: [gate('3', 15), gate('4', null)] }));
  expect(risks.map(({ kind, key }) => `${kind} ${key}`)).toEqual(['alert A-lock', 'silent 3', 'alert B-busy']);
});

it('says when a zone is below its line again, and where the alert ends', () => {
  const risks = risksOf(desk({ zones: [zone('A', 93), zone('B', 95)], alerts: [alert('A', 'near', 1), alert('B', 'near', 2)] }));
  expect(risks).toMatchObject([{ key: 'A-near', eased: 92 }, { key: 'B-near', eased: null }]);
});

it('ends with what is in force by hand, with its moment where the feed tells it', () => {
  const command = { kind: 'command' as const, position: 1, at: at(3), what: 'lock' as const, subject: 'C C区', reason: '搬设备', actorName: null };
  const risks = risksOf(desk({ venue: zone('', 50, { stopped: true, reason: '消防检查' }), zones: [zone('C', 5, { earlyLocked: true }), zone('D', 99)], alerts: [alert('D', 'near', 30)], feed: [command] }));
  expect(risks).toMatchObject([{ kind: 'alert' }, { kind: 'stopped', since: null, reason: '消防检查' }, { kind: 'locked', since: at(3), zone: { letter: 'C' } }]);
});

it('leaves out alerts of zones that are no more', () => expect(risksOf(desk({ alerts: [alert('Z', 'lock', 1)] }))).toEqual([]));
