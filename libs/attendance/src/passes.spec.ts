/** Passes for children and staff at the gate, with a network and without: who they let in, when, where, and as how many. */
import type { FairStatus, OfflineSnapshot } from '#libs/contracts';
import { Issuing, TicketCodes, validityOf } from '#libs/tickets';
import { scanOf, type HallGate, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { Attendance, Conflicts, OfflineSnapshots } from './index.js';

type Kind = 'child' | 'staff';

let hall: TestHall;
let server: GateServer;
const { part, agrees } = offlineHall((made) => { ({ hall, server } = made); });

const inside = async (fair: TestFair) => (await part(Attendance).zoneStatuses(fair.id)).map((zone) => zone.inside);
/** The pass's code, made as the organiser makes it. */
async function pass(fair: TestFair, kind: Kind, zoneIds: string[] = []): Promise<string> {
  const [ticket] = await part(Issuing).passes(fair.organiser, fair.id, { kind, count: 1, zoneIds });
  return (await part(TicketCodes).signer())(ticket!);
}
const at = async (fair: TestFair, gate: HallGate) => {
  const device = await hall.device(fair, gate);
  return async (code: string, direction: 'entry' | 'exit' = 'entry') => {
    const { admitted, reason } = await server.scans.scan(device, scanOf(code, direction));
    return admitted ? 'in' : reason;
  };
};

it('a child’s pass is one person: in once, counted once, out again', async () => {
  const fair = await hall.fair();
  const [door, gateA] = [await at(fair, fair.door), await at(fair, fair.gateA)];
  const code = await pass(fair, 'child');
  expect([await door(code), await door(code), await gateA(code)]).toEqual(['in', 'alreadyInside', 'in']);
  expect(await inside(fair)).toEqual([1, 1, 0]);
  expect(await hall.database.read.presence.findMany({ where: { fairId: fair.id }, select: { persons: true } })).toEqual([{ persons: 1 }, { persons: 1 }]);
  expect([await door(code, 'exit'), await door(code, 'exit')]).toEqual(['in', 'notInside']);
  expect(await inside(fair)).toEqual([0, 0, 0]);
  expect(await hall.database.read.zoneState.findUnique({ where: { zoneId: fair.venue } })).toMatchObject({ entered: 1, left: 1, bodies: 0 });
  await agrees(fair);
});

it('a pass opens its zones and the way to them, and takes a place like everybody', async () => {
  const fair = await hall.fair({ approved: 3, approvedA: 1 });
  const [door, gateA, gateB] = [await at(fair, fair.door), await at(fair, fair.gateA), await at(fair, fair.gateB)];
  const [child, staff] = [await pass(fair, 'child', [fair.zoneA]), await pass(fair, 'staff', [fair.zoneA])];
  expect([await gateB(child), await door(child), await gateA(child)]).toEqual(['wrongZone', 'in', 'in']);
  expect([await gateB(staff), await gateA(staff)]).toEqual(['wrongZone', 'zoneFull']);
  expect(await gateA(child, 'exit')).toBe('in');
  expect(await gateA(staff)).toBe('in');
  expect(await inside(fair)).toEqual([2, 1, 0]);
});

type Told = Record<Kind, string>;
it.each<[string, { status?: FairStatus; starts: number; ends: number }, Told]>([
  ['published, and a day before its time', { status: 'published', starts: 20, ends: 26 }, { child: 'fairNotOpen', staff: 'in' }],
  ['published, and two days before', { status: 'published', starts: 40, ends: 46 }, { child: 'fairNotOpen', staff: 'notYetValid' }],
  ['open, and three hours before', { starts: 3, ends: 6 }, { child: 'notYetValid', staff: 'in' }],
  ['open, and an hour before', { starts: 1, ends: 6 }, { child: 'in', staff: 'in' }],
  ['open, and an hour after', { starts: -6, ends: -1 }, { child: 'expired', staff: 'in' }],
  ['open, and seven hours after', { starts: -12, ends: -7 }, { child: 'expired', staff: 'expired' }],
  ['closed', { status: 'closed', starts: -1, ends: 6 }, { child: 'fairNotOpen', staff: 'fairNotOpen' }],
])('a fair that is %s lets in whom it should', async (_, { status = 'open', starts, ends }, told) => {
  const fair = await hall.fair();
  const codes = { child: await pass(fair, 'child'), staff: await pass(fair, 'staff') };
  const [startsAt, endsAt] = [starts, ends].map((hours) => new Date(Date.now() + hours * 3_600_000)) as [Date, Date];
  await hall.database.read.fair.update({ where: { id: fair.id }, data: { status, startsAt, endsAt } });
  for (const kind of ['child', 'staff'] as const) await hall.database.read.ticket.updateMany({ where: { fairId: fair.id, kind }, data: validityOf(kind, { startsAt, endsAt }) });
  const door = await at(fair, fair.door);
  expect({ child: await door(codes.child), staff: await door(codes.staff) }).toEqual(told);
});

describe('without a network', () => {
  it('a gate knows a pass by its snapshot, and what it let in is one person', async () => {
    const fair = await hall.fair();
    const gate = new OfflineGate(await hall.device(fair, fair.gateA));
    await gate.ask(server, 5);
    const [child, staff] = [await pass(fair, 'child', [fair.zoneA]), await pass(fair, 'staff')];
    const snapshot = JSON.parse((await part(OfflineSnapshots).of(gate.device)).snapshot) as OfflineSnapshot;
    expect(snapshot.profiles.map(({ kind, size, zoneIds }) => ({ kind, size, zoneIds })).sort((a, b) => (a.kind < b.kind ? -1 : 1)))
      .toEqual([{ kind: 'child', size: 1, zoneIds: [fair.zoneA] }, { kind: 'staff', size: 1, zoneIds: [] }]);
    for (const code of [child, staff]) expect(gate.offline(code, 'entry')).toBe(true);
    expect((await gate.upload(server))!.records.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(await inside(fair)).toEqual([2, 2, 0]);
    expect(gate.offline(child, 'exit')).toBe(true);
    await gate.upload(server);
    expect(await inside(fair)).toEqual([2, 1, 0]);
    await agrees(fair);
  });

  it('one that a gate knew too little of is counted, and the organiser is told: a wrong zone, a child before its time', async () => {
    const fair = await hall.fair({ starts: 3, ends: 6 });
    const [atB, door] = [new OfflineGate(await hall.device(fair, fair.gateB)), new OfflineGate(await hall.device(fair, fair.door))];
    for (const gate of [atB, door]) await gate.ask(server, 5);
    const [child, staff] = [await pass(fair, 'child'), await pass(fair, 'staff', [fair.zoneA])];
    expect([atB.offline(staff, 'entry'), door.offline(child, 'entry'), door.offline(await pass(fair, 'staff'), 'entry')]).toEqual([true, true, true]);
    expect((await atB.upload(server))!.records.map(({ conflict }) => conflict)).toEqual(['wrongZone']);
    expect((await door.upload(server))!.records.map(({ conflict }) => conflict)).toEqual(['notValid', null]);
    expect((await part(Conflicts).list(fair.organiser, fair.id, true)).map(({ kind, persons, ticket }) => [kind, persons, ticket!.kind]).sort())
      .toEqual([['notValid', 1, 'child'], ['wrongZone', 1, 'staff']]);
    expect(await inside(fair)).toEqual([3, 0, 1]);
    await agrees(fair);
  });
});
