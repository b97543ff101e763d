/** A bus at two gates that know nothing of one another: one ticket for forty, and more people than it is for. */
import { randomUUID } from 'node:crypto';
import type { OfflineSnapshot } from '#libs/contracts';
import { Consumers } from '#libs/events';
import { scanOf, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { Conflicts, OfflineSnapshots } from './index.js';

let hall: TestHall;
let server: GateServer;
const { part, agrees, numbers, pause } = offlineHall((made) => { ({ hall, server } = made); });

const venue = async (fair: TestFair) => (await numbers(fair))[0];

/** Thirty of it pass the first gate, so many leave by the third, and then thirty pass the second, all without a network. */
async function bus(leave = 0) {
  const fair = await hall.fair({ approved: 100 });
  await hall.database.read.gateRules.create({ data: { fairId: fair.id, leaseShare: 80 } });
  const [first, second, third] = [new OfflineGate(await hall.device(fair, fair.door)), new OfflineGate(await hall.device(fair, fair.door)), new OfflineGate(await hall.device(fair, fair.door))];
  for (const gate of [first, second]) expect((await gate.ask(server, 30)).lease).toMatchObject({ places: 30 });
  const [ticket] = await hall.tickets(fair, 1, { kind: 'group', size: 40 });
  expect(first.offline(ticket!.code, 'entry', randomUUID(), 30)).toBe(true);
  await pause();
  if (leave > 0) third.offline(ticket!.code, 'exit', randomUUID(), leave);
  await pause();
  expect(second.offline(ticket!.code, 'entry', randomUUID(), 30)).toBe(true);
  expect(second.offline(ticket!.code, 'entry')).toBe(false); // its lease is used up
  return { fair, first, second, third, code: ticket!.code };
}

it.each(['first', 'second'] as const)('counts forty and keeps a place for each of the others until somebody decides, whichever gate is heard first: the %s', async (earlier) => {
  const { fair, first, second, code } = await bus();
  expect(await venue(fair)).toEqual([0, 60]);
  const [one, other] = earlier === 'first' ? [first, second] : [second, first];
  await one.upload(server);
  expect(await venue(fair)).toEqual([30, 30]);
  await agrees(fair);
  await other.upload(server);
  for (const gate of [one, other]) await gate.ask(server, 0);
  // Forty are the ticket's; twenty bodies more stand in the hall, and nobody else gets their places.
  expect(await venue(fair)).toEqual([40, 20]);
  await agrees(fair);
  const conflicts = await part(Conflicts).list(fair.organiser, fair.id, true);
  expect(conflicts).toMatchObject([{ kind: 'twice', persons: 20, placeHeld: true, record: { offline: true }, other: { offline: true } }]);
  await part(Conflicts).decide(fair.organiser, conflicts[0]!.id, { decision: 'anotherPerson', reason: '一车来了六十个人' });
  expect(await venue(fair)).toEqual([60, 0]);
  await agrees(fair);
  // The forty leave by the ticket; the twenty are the organiser's to take out.
  const door = await hall.device(fair, fair.door);
  expect(await server.scans.scan(door, { ...scanOf(code, 'exit'), count: 40 })).toMatchObject({ admitted: true, group: { inside: 0 } });
  expect(await venue(fair)).toEqual([20, 0]);
  await agrees(fair);
});

it('is explained by twenty who left in between through a third gate, heard last', async () => {
  const { fair, first, second, third } = await bus(20);
  await first.upload(server);
  await second.upload(server);
  for (const gate of [first, second]) await gate.ask(server, 0);
  expect(await venue(fair)).toEqual([40, 20]);
  await third.upload(server);
  expect(await venue(fair)).toEqual([40, 0]);
  expect(await part(Conflicts).list(fair.organiser, fair.id, false)).toMatchObject([{ decision: 'explained', placeHeld: false }]);
  await agrees(fair);
});

it('tells a gate how many of it are in each zone, where one number does not say it; news tell it of their own tickets alone', async () => {
  const fair = await hall.fair({ approved: 200 });
  const [door, gateA, gateB] = [await hall.device(fair, fair.door), await hall.device(fair, fair.gateA), await hall.device(fair, fair.gateB)];
  const [some, split, together, outside] = await hall.tickets(fair, 4, { kind: 'group', size: 40 });
  const [single] = await hall.tickets(fair, 1);
  const pass = async (device: typeof door, { code }: typeof some & object, count: number, direction: 'entry' | 'exit' = 'entry') =>
    expect(await server.scans.scan(device, { ...scanOf(code, direction), count })).toMatchObject({ admitted: true });
  const snapshot = async (since?: number) => {
    await part(Consumers).settled();
    return JSON.parse((await part(OfflineSnapshots).of(door, since)).snapshot) as OfflineSnapshot;
  };
  const key = (of: typeof some) => of!.ticket.id.replaceAll('-', '').slice(16);
  const groups = (read: OfflineSnapshot) => Object.fromEntries(read.groups.map((group) => [group.key, Object.fromEntries(group.at.map(([place, persons]) => [read.zones[place - 1]!.zoneId, persons]))]));
  const bytes = (read: OfflineSnapshot, of: typeof some) => {
    const all = Buffer.from(read.tickets, 'base64');
    const at = all.indexOf(key(of), 0, 'hex');
    return [all.readUInt8(at + 18), all.readUInt16BE(at + 19), all.readUInt16BE(at + 21)];
  };

  await pass(door, some!, 40);
  await pass(gateA, some!, 5);
  await pass(gateA, split!, 12);
  await pass(gateB, split!, 8);
  await pass(gateA, together!, 9);
  await pass(door, outside!, 3);
  await pass(door, outside!, 3, 'exit');
  await pass(gateA, single!, 1);
  const whole = await snapshot();
  expect(groups(whole)).toEqual({ [key(some)]: { [fair.venue]: 40, [fair.zoneA]: 5 }, [key(split)]: { [fair.venue]: 20, [fair.zoneA]: 12, [fair.zoneB]: 8 } });
  // The bytes are for gates that know nothing of groups as well.
  expect([some, split, together, outside, single].map((of) => bytes(whole, of))).toEqual([[2, 40, 40], [255, 20, 20], [2, 9, 9], [0, 0, 3], [2, 1, 1]]);

  await pass(gateA, some!, 5, 'exit');
  await pass(gateB, together!, 4);
  const news = await snapshot(whole.position);
  expect(news.whole).toBe(false);
  expect(groups(news)).toEqual({ [key(together)]: { [fair.venue]: 9 + 4, [fair.zoneA]: 9, [fair.zoneB]: 4 } });
  expect([some, together].map((of) => bytes(news, of))).toEqual([[1, 40, 40], [255, 13, 13]]);
});
