/** Places that are kept for gates without a network, made from the log: by a lease, by a conflict, and of a log that did not tell them yet. */
import { randomUUID } from 'node:crypto';
import { scanOf, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { Conflicts, rebuildAttendance, Sweeps } from './index.js';

let hall: TestHall;
let server: GateServer;
const { part, agrees, numbers, pause } = offlineHall((made) => { ({ hall, server } = made); });

const gateAt = async (fair: TestFair) => new OfflineGate(await hall.device(fair, fair.door));
const venue = async (fair: TestFair) => (await numbers(fair))[0];

/** Two gates have let one ticket in twice; one of them has three places left besides. */
async function keptByBoth() {
  const fair = await hall.fair({ approved: 40 });
  const [one, two] = [await gateAt(fair), await gateAt(fair)];
  for (const gate of [one, two]) await gate.ask(server, 4);
  const [ticket] = await hall.tickets(fair, 1);
  one.offline(ticket!.code, 'entry');
  await pause();
  two.offline(ticket!.code, 'entry');
  for (const gate of [one, two]) await gate.upload(server);
  await two.ask(server, 0);
  expect(await venue(fair)).toEqual([1, 4]);
  await agrees(fair);
  return { fair, one, two };
}

it('of a lease and of a conflict are told wherever they change, and repaired in the zones and in their own rows', async () => {
  const { fair, one } = await keptByBoth();
  const { read: db } = hall.database;
  await db.zoneState.update({ where: { zoneId: fair.venue }, data: { held: 9 } });
  await db.gateLease.update({ where: { id: one.leaseId! }, data: { held: 0 } });
  await db.gateConflict.updateMany({ where: { fairId: fair.id }, data: { held: 2 } });
  const wrong = await rebuildAttendance(hall.database, fair.id, true);
  expect(wrong.differences.filter((line) => / held /.test(line)).map((line) => line.slice(0, 6)).sort()).toEqual(['+ conf', '+ leas', '+ zone', '- conf', '- zone']);
  await agrees(fair);
  expect(await venue(fair)).toEqual([1, 4]);
  expect(await db.gateLease.findUnique({ where: { id: one.leaseId! } })).toMatchObject({ held: 3 });
  const [conflict] = await part(Conflicts).list(fair.organiser, fair.id, true);
  await part(Conflicts).decide(fair.organiser, conflict!.id, { decision: 'samePerson', reason: '同一个人' });
  expect(await venue(fair)).toEqual([1, 3]);
  await agrees(fair);
});

it('that a full hall’s scan takes of a lease are told', async () => {
  const fair = await hall.fair({ approved: 4 });
  const [device, other] = [await hall.device(fair, fair.door), await hall.device(fair, fair.door)];
  const { lease } = await server.leases.ask(device, { id: randomUUID(), sequence: 1, places: 2 });
  const tickets = await hall.tickets(fair, 4);
  for (const { code } of tickets.slice(0, 2)) await server.scans.scan(other, scanOf(code));
  expect(await server.scans.scan(device, { ...scanOf(tickets[2]!.code), leaseId: lease!.leaseId })).toMatchObject({ leaseUsed: true });
  expect(await venue(fair)).toEqual([3, 1]);
  await agrees(fair);
});

it('are read from their rows where an older log does not tell them, until it does', async () => {
  const { fair, one } = await keptByBoth();
  await hall.database.read.event.deleteMany({ where: { scopeId: fair.id, type: 'places.held' } });
  await agrees(fair);
  const [ticket] = await hall.tickets(fair, 1);
  one.offline(ticket!.code, 'entry');
  await one.upload(server);
  expect(await venue(fair)).toEqual([2, 3]);
  await agrees(fair);
  await one.ask(server, 0);
  expect(await venue(fair)).toEqual([2, 1]);
  await agrees(fair);
});

it('of a conflict that grows after it was decided are kept until the day is swept', async () => {
  const fair = await hall.fair({ approved: 100 });
  await hall.database.read.gateRules.create({ data: { fairId: fair.id, leaseShare: 80 } });
  const [first, late, second] = [await gateAt(fair), await gateAt(fair), await gateAt(fair)];
  const [bus] = await hall.tickets(fair, 1, { kind: 'group', size: 40 });
  for (const [gate, count] of [[first, 30], [late, 10], [second, 30]] as const) {
    await gate.ask(server, count);
    expect(gate.offline(bus!.code, 'entry', randomUUID(), count)).toBe(true);
    await pause();
  }
  await first.upload(server);
  await second.upload(server);
  const [conflict] = await part(Conflicts).list(fair.organiser, fair.id, true);
  expect(conflict).toMatchObject({ persons: 20, placeHeld: true });
  await part(Conflicts).decide(fair.organiser, conflict!.id, { decision: 'anotherPerson', reason: '一车来了六十个人' });
  expect(await venue(fair)).toEqual([60, 10]);
  await agrees(fair);
  // Ten more, who came before the last thirty: so many of those are beyond the ticket too, and they do stand there.
  await late.upload(server);
  expect(await venue(fair)).toEqual([60, 10]);
  await agrees(fair);
  expect(await part(Conflicts).list(fair.organiser, fair.id, false)).toMatchObject([{ persons: 30, decision: 'anotherPerson', placeHeld: true }]);
  await part(Sweeps).sweep(fair.organiser, fair.id, { reason: '闭馆清场' });
  expect(await venue(fair)).toEqual([0, 0]);
  await agrees(fair);
});

it('are not kept for a second body of a day that is over', async () => {
  const fair = await hall.fair({ approved: 40 });
  const [one, two] = [await gateAt(fair), await gateAt(fair)];
  for (const gate of [one, two]) await gate.ask(server, 2);
  const [ticket] = await hall.tickets(fair, 1);
  for (const gate of [one, two]) {
    gate.offline(ticket!.code, 'entry');
    await pause();
  }
  await one.upload(server);
  await part(Sweeps).sweep(fair.organiser, fair.id, { reason: '闭馆清场' });
  await two.upload(server);
  expect(await part(Conflicts).list(fair.organiser, fair.id, true)).toMatchObject([{ kind: 'twice', placeHeld: false }]);
  for (const gate of [one, two]) await gate.ask(server, 0);
  expect(await venue(fair)).toEqual([0, 0]);
  await agrees(fair);
});
