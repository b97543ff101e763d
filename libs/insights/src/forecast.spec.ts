import { randomUUID } from 'node:crypto';
import { Consumers, Events, type AnyDraft } from '#libs/events';
import { Scans } from '#libs/attendance';
import { Timers } from '#libs/platform';
import { scanOf, testHall, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { Dashboard } from './dashboard.js';
import { InsightsModule } from './insights.module.js';

let hall: TestHall;
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });
beforeAll(async () => { hall = await testHall([InsightsModule]); });
afterAll(() => hall.close());

/** What was said of its forecast, in order. */
const told = async (fair: TestFair) => (await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: { startsWith: 'forecast.' } }, orderBy: { seq: 'asc' } })).map(({ type }) => type);

it('is shown on the desk and rings once, until the zone empties again', async () => {
  const fair = await hall.fair({ approved: 20, approvedA: 1_000 });
  const door = await hall.device(fair, fair.door);
  const tickets = await hall.tickets(fair, 12);
  for (const { code } of tickets) expect((await part(Scans).scan(door, scanOf(code))).admitted).toBe(true);
  await part(Consumers).settled();
  expect(await told(fair)).toEqual(['forecast.alarmed']);
  const { data } = await part(Dashboard).desk(fair.id);
  expect(data.forecast).toMatchObject([{ zoneId: fair.venue, perMinute: 3, minutesToFull: 3, alarm: true }]);
  expect(data.offline).toEqual({ conflicts: 0, quarantined: 0, presumedPersons: 0, clocksWrong: 0 });
  for (const { code } of tickets.slice(0, 11)) await part(Scans).scan(door, scanOf(code, 'exit'));
  await part(Consumers).settled();
  expect(await told(fair)).toEqual(['forecast.alarmed', 'forecast.calmed']);
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

describe('an alarm after which nobody passes', () => {
  const timerOf = (fair: TestFair) => hall.database.read.timer.findUnique({ where: { name_key: { name: 'insights.forecast', key: fair.venue } } });
  /** The timer's minute is over. */
  async function aMinuteLater(fair: TestFair): Promise<void> {
    await hall.database.read.$executeRaw`UPDATE "Timer" SET "dueAt" = now() WHERE name = 'insights.forecast' AND key = ${fair.venue} AND "doneAt" IS NULL`;
    const timers = part(Timers);
    await timers['ticking']['running'];
    timers['ticking'].wake();
    await timers['ticking']['running'];
  }
  const quiet = (fair: TestFair) => hall.database.read.$executeRaw`UPDATE "ZoneMinute" SET minute = minute - interval '10 minutes' WHERE "zoneId" = ${fair.venue}::uuid`;
  async function ringing() {
    const fair = await hall.fair({ approved: 20, approvedA: 1_000 });
    const door = await hall.device(fair, fair.door);
    const tickets = await hall.tickets(fair, 12);
    for (const { code } of tickets) await part(Scans).scan(door, scanOf(code));
    await part(Consumers).settled();
    expect(await told(fair)).toEqual(['forecast.alarmed']);
    return { fair, door, tickets };
  }

  it('ends by itself, and not before it is calm', async () => {
    const { fair } = await ringing();
    await aMinuteLater(fair);
    expect(await told(fair)).toEqual(['forecast.alarmed']);
    const { doneAt, dueAt } = (await timerOf(fair))!;
    expect(doneAt).toBeNull();
    expect(Math.round((dueAt.getTime() - Date.now()) / 10_000)).toBe(6);
    await quiet(fair);
    await aMinuteLater(fair);
    expect(await told(fair)).toEqual(['forecast.alarmed', 'forecast.calmed']);
    expect(await hall.database.read.forecastAlarm.count({ where: { fairId: fair.id } })).toBe(0);
    expect((await timerOf(fair))!.doneAt).not.toBeNull();
  });

  it('ends once: the timer of one that a passage has ended comes to nothing', async () => {
    const { fair, door, tickets } = await ringing();
    for (const { code } of tickets.slice(0, 11)) await part(Scans).scan(door, scanOf(code, 'exit'));
    await part(Consumers).settled();
    await aMinuteLater(fair);
    expect(await told(fair)).toEqual(['forecast.alarmed', 'forecast.calmed']);
    expect((await timerOf(fair))!.doneAt).not.toBeNull();
  });

  it('ends with its zone', async () => {
    const { fair } = await ringing();
    await hall.database.read.zone.delete({ where: { id: fair.venue } });
    await aMinuteLater(fair);
    expect(await told(fair)).toEqual(['forecast.alarmed', 'forecast.calmed']);
  });
});
