/** A bus at a gate of zone A that has no network: forty by one code, who are not all in the same zones. */
import type { OfflineGroup } from '#libs/contracts';
import { LocalHall, type LocalAnswer } from './local-hall';
import { takeSnapshot, type Snapshot } from './snapshot';
import { group, ids, shortCode, signedSnapshot, type MadeTicket } from './snapshot.fixture';

const gateOfA = { zoneId: ids.zoneA, direction: 'both' as const, path: [ids.venue, ids.zoneA] };
const bus = (at: number): MadeTicket => ({ n: 1, profile: 1, at, inside: 40 });

/** What a gate of zone A knows, and a way to pass it. */
function gateWith(snapshot: Snapshot) {
  const hall = new LocalHall(snapshot, ids.gate);
  const lease = { places: 100, zoneIds: [ids.venue, ids.zoneA] };
  const pass = (direction: 'entry' | 'exit', count: number): string => {
    const { admitted, reason, effect }: LocalAnswer = hall.decide({ ticket: hall.find(shortCode(1)), direction, count, at: new Date(), lease });
    if (effect) hall.apply(effect);
    return admitted ? 'in' : reason!;
  };
  return { hall, pass };
}
/** The zones' own numbers are the bus's: nobody else is there. */
function snapshotOf(at: number, groups: OfflineGroup[] | undefined): Snapshot {
  const taken = takeSnapshot(signedSnapshot([bus(at)], { gate: gateOfA, groups }), ids.device, null);
  const inside = new Map(groups?.flatMap(each => each.at).map(([place, persons]) => [place - 1, persons]));
  return { ...taken, facts: { ...taken.facts, zones: taken.facts.zones.map((zone, n) => ({ ...zone, inside: inside.get(n) ?? 0 })) } };
}
const counts = ({ hall }: ReturnType<typeof gateWith>) => [ids.venue, ids.zoneA, ids.zoneB].map(zoneId => hall.inside(zoneId));

it('lets the other thirty-five into the zone where five are', () => {
  const gate = gateWith(snapshotOf(2, [group(1, 40, 5, 0)]));
  expect([gate.pass('entry', 36), gate.pass('entry', 35), gate.pass('entry', 1)]).toEqual(['groupFull', 'in', 'groupFull']);
  expect(counts(gate)).toEqual([40, 40, 0]);
});

it('lets out the five, and nobody after them', () => {
  const gate = gateWith(snapshotOf(2, [group(1, 40, 5, 0)]));
  expect([gate.pass('exit', 5), gate.pass('exit', 1)]).toEqual(['in', 'notInside']);
  expect(counts(gate)).toEqual([40, 0, 0]);
});

it('knows those who are in A when others of them are in B, and moves no more than remain', () => {
  const gate = gateWith(snapshotOf(255, [group(1, 40, 22, 18)]));
  expect([gate.pass('entry', 19), gate.pass('entry', 10)]).toEqual(['groupFull', 'in']);
  expect(counts(gate)).toEqual([40, 32, 8]);
  expect([gate.pass('entry', 9), gate.pass('exit', 32), gate.pass('exit', 1)]).toEqual(['groupFull', 'in', 'notInside']);
  expect(counts(gate)).toEqual([40, 0, 8]);
});

it('goes by a newer snapshot: more of them in A, and all of them out', () => {
  const first = snapshotOf(255, [group(1, 40, 22, 18)]);
  const news = (ticket: MadeTicket, groups: OfflineGroup[]) => gateWith(takeSnapshot(signedSnapshot([ticket], { whole: false, gate: gateOfA, groups }), ids.device, first));
  const more = news(bus(255), [group(1, 40, 30, 10)]);
  expect([more.pass('entry', 11), more.pass('entry', 10)]).toEqual(['groupFull', 'in']);
  const out = news({ n: 1, profile: 1, arrived: 40 }, []);
  expect([out.pass('entry', 41), out.pass('entry', 40), out.pass('entry', 1)]).toEqual(['groupFull', 'in', 'groupFull']);
});

it('goes by the one number where a snapshot was kept that has no more', () => {
  const gate = gateWith(snapshotOf(2, undefined));
  expect([gate.pass('entry', 1), gate.pass('exit', 40), gate.pass('exit', 1)]).toEqual(['groupFull', 'in', 'notInside']);
});
