import { randomUUID } from 'node:crypto';
import { Consumers, Events, type AnyDraft } from '#libs/events';
import { Scans } from '#libs/attendance';
import { scanOf, testHall, type TestHall } from '../../../test/support/hall.js';
import { Dashboard } from './dashboard.js';
import { InsightsModule } from './insights.module.js';

let hall: TestHall;
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });
beforeAll(async () => { hall = await testHall([InsightsModule]); });
afterAll(() => hall.close());

it('is shown on the desk and rings once, until the zone empties again', async () => {
  const fair = await hall.fair({ approved: 20, approvedA: 1_000 });
  const door = await hall.device(fair, fair.door);
  const tickets = await hall.tickets(fair, 12);
  const told = async () => (await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: { startsWith: 'forecast.' } }, orderBy: { seq: 'asc' } })).map(({ type }) => type);
  for (const { code } of tickets) expect((await part(Scans).scan(door, scanOf(code))).admitted).toBe(true);
  await part(Consumers).settled();
  expect(await told()).toEqual(['forecast.alarmed']);
  const { data } = await part(Dashboard).desk(fair.id);
  expect(data.forecast).toMatchObject([{ zoneId: fair.venue, perMinute: 3, minutesToFull: 3, alarm: true }]);
  expect(data.offline).toEqual({ conflicts: 0, quarantined: 0, presumedPersons: 0, clocksWrong: 0 });
  for (const { code } of tickets.slice(0, 11)) await part(Scans).scan(door, scanOf(code, 'exit'));
  await part(Consumers).settled();
  expect(await told()).toEqual(['forecast.alarmed', 'forecast.calmed']);
  expect((await part(Dashboard).crowd(fair.id)).data.forecast).toEqual([]);
});

it('tells the truth four minutes after the doors have opened', async () => {
  const fair = await hall.fair({ approved: 1_000 });
  const opened = Math.floor(Date.now() / 60_000) * 60_000 - 5 * 60_000;
  // A hundred a minute.
  const entries = Array.from({ length: 400 }, (_, n): AnyDraft => ({
    type: 'checkIn.recorded', scope: { kind: 'fair', id: fair.id }, happenedAt: new Date(opened + n * 600),
    data: {
      fairId: fair.id, checkInId: randomUUID(), scanId: randomUUID(), ticketId: randomUUID(), gateId: fair.door.id, direction: 'entry', first: true, override: false,
      zones: [{ zoneId: fair.venue, change: 1, inside: n + 1 }],
    },
  }));
  await hall.database.transaction((tx) => part(Events).appendMany(tx, entries));
  await part(Consumers).settled();
  const now = new Date(opened + 4 * 60_000);
  expect((await part(Dashboard).crowd(fair.id, { now })).data.forecast).toEqual([
    { zoneId: fair.venue, perMinute: 100, minutesToFull: 6, fullAt: new Date(now.getTime() + 6 * 60_000).toISOString(), alarm: true },
  ]);
});
