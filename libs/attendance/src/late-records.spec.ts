/** What gates without a network have done, heard when the organiser has corrected, ended the day or revoked the phone meanwhile. */
import { randomUUID } from 'node:crypto';
import { scanOf, type HallGate, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { Conflicts, Corrections, Pairing, Quarantine, Scans, Sweeps } from './index.js';

let hall: TestHall;
let server: GateServer;
const { part, agrees, numbers: zones, pause } = offlineHall((made) => { ({ hall, server } = made); });

/** A gate with so many places. */
const gateAt = async (fair: TestFair, gate: HallGate, places: number) => {
  const made = new OfflineGate(await hall.device(fair, gate));
  if (places > 0) expect((await made.ask(server, places)).lease).toMatchObject({ places });
  return made;
};
/** Inside and held of the venue, of A and of B, which are also what the log makes of them. */
const numbers = async (fair: TestFair) => {
  await agrees(fair);
  return zones(fair);
};
const conflicts = (fair: TestFair) => part(Conflicts).list(fair.organiser, fair.id, false);

it('whom somebody has counted in by hand is the same person as a gate had let in before: no conflict, and no place kept', async () => {
  const fair = await hall.fair({ approved: 10 });
  const gate = await gateAt(fair, fair.gateA, 1);
  const [one] = await hall.tickets(fair, 1);
  gate.offline(one!.code, 'entry');
  await pause();
  await part(Corrections).correct(fair.organiser, fair.zoneA, { id: randomUUID(), persons: 1, shortCode: one!.ticket.shortCode, reason: '没扫上' });
  expect((await gate.upload(server))!.records).toMatchObject([{ outcome: 'accepted', conflict: null }]);
  expect(await numbers(fair)).toEqual([[1, 0], [1, 0], [0, 0]]);
  expect(await conflicts(fair)).toEqual([]);
});

it('a day ends also when nobody is known to be inside: who had come in at a gate without a network is not there the next day', async () => {
  const fair = await hall.fair({ approved: 10 });
  const gate = await gateAt(fair, fair.door, 2);
  const [one] = await hall.tickets(fair, 1);
  gate.offline(one!.code, 'entry');
  await pause();
  expect(await part(Sweeps).sweep(fair.organiser, fair.id, { reason: '闭馆' })).toMatchObject({ persons: 0 });
  await gate.upload(server);
  expect(await numbers(fair)).toEqual([[0, 1], [0, 0], [0, 0]]);
  expect(await server.scans.scan(await hall.device(fair, fair.door), scanOf(one!.code))).toMatchObject({ admitted: true });
  expect(await numbers(fair)).toEqual([[1, 1], [0, 0], [0, 0]]);
});

it('a second body of a day that was ended is told of, keeps no place, and is nobody to be counted', async () => {
  const fair = await hall.fair({ approved: 10 });
  const [first, second] = [await gateAt(fair, fair.door, 1), await gateAt(fair, fair.door, 1)];
  const [one] = await hall.tickets(fair, 1);
  first.offline(one!.code, 'entry');
  await pause();
  second.offline(one!.code, 'entry');
  await pause();
  await part(Sweeps).sweep(fair.organiser, fair.id, { reason: '闭馆' });
  for (const gate of [second, first]) await gate.upload(server);
  expect(await numbers(fair)).toEqual([[0, 0], [0, 0], [0, 0]]);
  const [conflict] = await conflicts(fair);
  expect(conflict).toMatchObject({ kind: 'twice', decision: null, placeHeld: false, record: { offline: true }, other: { offline: true } });
  await part(Conflicts).decide(fair.organiser, conflict!.id, { decision: 'anotherPerson', reason: '截图票' });
  expect(await numbers(fair)).toEqual([[0, 0], [0, 0], [0, 0]]);
});

it('a place is kept where the second body stands, not where the first has gone: the zone never is above its number', async () => {
  const fair = await hall.fair({ approved: 10, approvedA: 2 });
  const gate = await gateAt(fair, fair.gateA, 1);
  const [one] = await hall.tickets(fair, 1);
  gate.offline(one!.code, 'entry');
  await pause();
  expect(await server.scans.scan(await hall.device(fair, fair.door), scanOf(one!.code))).toMatchObject({ admitted: true });
  expect(await numbers(fair)).toEqual([[1, 1], [0, 1], [0, 0]]);
  await gate.upload(server);
  expect(await numbers(fair)).toEqual([[1, 1], [1, 0], [0, 0]]);
  const [conflict] = await conflicts(fair);
  expect(conflict).toMatchObject({ kind: 'twice', placeHeld: true });
  await part(Conflicts).decide(fair.organiser, conflict!.id, { decision: 'samePerson', reason: '同一个人' });
  expect(await numbers(fair)).toEqual([[1, 0], [1, 0], [0, 0]]);
});

it('a stolen phone’s record of somebody whom the server had let in as well, unheard, gives its place back when it is accepted', async () => {
  const fair = await hall.fair({ approved: 10 });
  const gate = await gateAt(fair, fair.door, 1);
  const [one] = await hall.tickets(fair, 1);
  expect(await gate.online(server, one!.code, 'entry', { heard: false })).toBe(true);
  expect(await numbers(fair)).toEqual([[1, 1], [0, 0], [0, 0]]);
  await part(Pairing).revoke(fair.organiser, gate.device.deviceId, '被偷');
  await gate.upload(server);
  const waiting = await part(Quarantine).list(fair.organiser, fair.id);
  await part(Quarantine).decide(fair.organiser, fair.id, { ids: waiting.map(({ id }) => id), accept: true, reason: '门岗认得' });
  expect(await numbers(fair)).toEqual([[1, 0], [0, 0], [0, 0]]);
});

describe('three bodies with one ticket, at the door and twice at zone B', () => {
  /** The door’s gate is heard, then B’s second passage (which looks like a walk further in), and B’s first when `meanwhile` has happened. */
  async function bodies(fair: TestFair, meanwhile = async () => {}) {
    const [door, gateB] = [await gateAt(fair, fair.door, 1), await gateAt(fair, fair.gateB, 2)];
    const [one] = await hall.tickets(fair, 1);
    for (const gate of [gateB, door, gateB]) {
      expect(gate.offline(one!.code, 'entry')).toBe(true);
      await pause();
    }
    const [first, second] = gateB.queue.splice(0, 2);
    await door.upload(server);
    gateB.queue.push(second!);
    await gateB.upload(server);
    expect(await numbers(fair)).toEqual([[1, 1], [0, 0], [1, 1]]);
    await meanwhile();
    gateB.queue.push(first!);
    await gateB.upload(server);
    return (await conflicts(fair)).map(({ persons, placeHeld }) => [persons, placeHeld]);
  }

  it('keep their places, in whatever order they are heard of', async () => {
    const fair = await hall.fair({ approved: 10 });
    expect(await bodies(fair)).toEqual([[1, true], [1, true]]);
    expect(await numbers(fair)).toEqual([[1, 2], [0, 0], [1, 1]]);
  });

  it('keep what there is when somebody else has come meanwhile', async () => {
    const fair = await hall.fair({ approved: 3 });
    await hall.database.read.gateRules.create({ data: { fairId: fair.id, leaseShare: 100 } });
    const left = await bodies(fair, async () => {
      const [other] = await hall.tickets(fair, 1);
      expect((await part(Scans).scan(await hall.device(fair, fair.gateA), scanOf(other!.code))).admitted).toBe(true);
    });
    expect(left.map(([, placeHeld]) => placeHeld).sort()).toEqual([false, true]);
    expect(await numbers(fair)).toEqual([[2, 1], [1, 0], [1, 0]]);
  });
});
