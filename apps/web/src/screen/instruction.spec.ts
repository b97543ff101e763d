import { crowdLevel, type ZoneStatus } from '#libs/contracts';
import { instruction } from './instruction';

const zone = (letter: string, inside: number, approvedNumber: number, more: Partial<ZoneStatus> = {}): ZoneStatus => ({
  zoneId: letter, parentId: letter ? 'venue' : null, letter, name: letter, inside, approvedNumber, level: crowdLevel(inside, approvedNumber),
  earlyLocked: false, stopped: false, reason: null, ...more,
});

it('says nothing while all flows', () => {
  expect(instruction({ venue: zone('', 50, 100), zones: [zone('A', 50, 100)] })).toBeNull();
});
it('puts a full stop before everything', () => {
  expect(instruction({ venue: zone('', 100, 100, { stopped: true, reason: '消防检查' }), zones: [zone('A', 9, 9)] })).toEqual({ kind: 'stopped', reason: '消防检查' });
});
it('puts a full hall before a full zone', () => {
  expect(instruction({ venue: zone('', 100, 100), zones: [zone('A', 9, 9)] })).toEqual({ kind: 'venueFull' });
});
it('sends people from a full zone to the two emptiest that flow and are not locked', () => {
  const zones = [zone('A', 9, 9), zone('B', 70, 100), zone('C', 10, 100, { earlyLocked: true }), zone('D', 90, 100), zone('E', 20, 100), zone('F', 30, 100)];
  const told = instruction({ venue: zone('', 300, 1000), zones });
  expect(told).toMatchObject({ kind: 'zoneFull', zones: [{ letter: 'A' }], free: [{ letter: 'E' }, { letter: 'F' }] });
});
it('tells of an early lock with its reason', () => {
  expect(instruction({ venue: zone('', 3, 100), zones: [zone('A', 3, 9, { earlyLocked: true, reason: '搬设备' })] })).toMatchObject({ kind: 'zoneLocked', zone: { letter: 'A' } });
});
it('says nothing of an online fair, which is approved for nobody', () => {
  expect(instruction({ venue: zone('', 0, 0), zones: [] })).toBeNull();
});
