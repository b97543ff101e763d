import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { BoothsModule } from '#libs/booths';
import type { AnyEnvelope } from '#libs/contracts';
import { Consumers, Events, Feed, type AnyDraft } from '#libs/events';
import { Scans, ZoneCommands } from '#libs/attendance';
import { newId } from '#libs/platform';
import { scanOf, testHall, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { Dashboard, InsightsModule } from './index.js';

let hall: TestHall;
let events: Events, consumers: Consumers, dashboard: Dashboard, feed: Feed;

beforeAll(async () => {
  hall = await testHall([BoothsModule, InsightsModule]);
  events = hall.module.get(Events, { strict: false });
  consumers = hall.module.get(Consumers, { strict: false });
  dashboard = hall.module.get(Dashboard, { strict: false });
  feed = hall.module.get(Feed, { strict: false });
});
afterAll(() => hall.close());

const append = (drafts: AnyDraft[]) => hall.database.transaction((tx) => events.appendMany(tx, drafts));
const scopeOf = (fair: TestFair) => ({ kind: 'fair', id: fair.id }) as const;

/** A check-in at the venue's door, with the number inside after it. */
function passage(fair: TestFair, direction: 'entry' | 'exit', inside: number, options: { ticketId?: string; first?: boolean; at?: string } = {}): AnyDraft {
  const { ticketId = randomUUID(), first = direction === 'entry', at } = options;
  return {
    type: 'checkIn.recorded', scope: scopeOf(fair), ...(at && { happenedAt: new Date(at) }),
    data: {
      fairId: fair.id, checkInId: randomUUID(), scanId: randomUUID(), ticketId, gateId: fair.door.id, direction, first, override: false,
      zones: [{ zoneId: fair.venue, change: direction === 'entry' ? 1 : -1, inside }],
    },
  };
}

describe('the dashboards, from real scans', () => {
  it('show who is where, what every gate did, and add up', async () => {
    const fair = await hall.fair({ approved: 100 });
    const scans = hall.module.get(Scans, { strict: false });
    const [door, gateA] = [await hall.device(fair, fair.door), await hall.device(fair, fair.gateA)];
    const tickets = await hall.tickets(fair, 6);
    for (const { code } of tickets.slice(0, 4)) await scans.scan(door, scanOf(code));
    await scans.scan(gateA, scanOf(tickets[0]!.code));
    await scans.scan(gateA, scanOf(tickets[4]!.code));
    await scans.scan(door, scanOf(tickets[1]!.code, 'exit'));
    await scans.scan(door, scanOf(tickets[2]!.code)); // inside already
    await scans.scan(door, scanOf('not one of ours'));
    await consumers.settled();

    const { data } = await dashboard.desk(fair.id);
    const truth = await hall.database.read.zoneState.findMany({ where: { fairId: fair.id } });
    const inside = new Map(truth.map((row) => [row.zoneId, row.inside]));
    expect([data.venue, ...data.zones].map((zone) => zone.inside)).toEqual([fair.venue, fair.zoneA, fair.zoneB].map((id) => inside.get(id)));
    expect(data).toMatchObject({ entered: 5, left: 1, refused: 2, visitorsToday: 5, peakInside: 5, unzoned: 2 });
    expect(data.venue.inside).toBe(data.entered - data.left);
    expect(data.zones.reduce((sum, zone) => sum + zone.inside, data.unzoned)).toBe(data.venue.inside);
    expect(data.gates.map(({ name, entered, left, refused }) => [name, entered, left, refused])).toEqual([['1 号门', 4, 1, 2], ['A 门', 2, 0, 0], ['B 门', 0, 0, 0]]);
    expect(data.refusals).toEqual([{ reason: 'alreadyInside', count: 1 }, { reason: 'unreadable', count: 1 }]);
    expect(data.arrivals.reduce((sum, point) => sum + point.entered, 0)).toBe(5);
    expect(data.arrivals.at(-1)!.inside).toBe(4);
    expect(data.feed.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'admitted', 'admitted', 'admitted', 'admitted', 'admitted', 'admitted', 'admitted']);

    const crowd = await dashboard.crowd(fair.id);
    expect(crowd.position).toBeGreaterThanOrEqual(data.feed[0]!.position);
    const { venue, zones, unzoned, visitorsToday, applications, fairId, fairName, status } = data;
    expect(crowd.data).toMatchObject({ fairId, fairName, status, venue, zones, unzoned, visitorsToday, applications });
    expect(JSON.stringify(crowd.data)).not.toContain(fair.door.id);
  });

  it('show a lock, a stop and a new number with who and why', async () => {
    const fair = await hall.fair({ approved: 100 });
    const commands = hall.module.get(ZoneCommands, { strict: false });
    await hall.database.read.account.create({ data: { id: fair.organiser.accountId, kind: 'staff', displayName: '陈科长' } });
    await commands.setLock(fair.organiser, fair.zoneA, { locked: true, reason: '人多' });
    await commands.setStop(fair.organiser, fair.id, { stopped: true, reason: '消防检查' });
    await commands.setCapacity(fair.organiser, fair.zoneB, { approvedNumber: 50, reason: '改了布展' });
    await consumers.settled();
    const { data } = await dashboard.desk(fair.id);
    expect(data.venue).toMatchObject({ stopped: true, reason: '消防检查' });
    expect(data.zones).toMatchObject([{ earlyLocked: true, reason: '人多' }, { approvedNumber: 50 }]);
    expect(data.feed).toMatchObject([
      { kind: 'command', what: 'capacity', subject: 'B B 区 100 → 50', reason: '改了布展', actorName: '陈科长' },
      { kind: 'command', what: 'stop', reason: '消防检查' },
      { kind: 'command', what: 'lock', subject: 'A A 区', reason: '人多' },
    ]);
  });

  it('of a fair that does not exist are not found', async () => {
    await expect(dashboard.crowd(newId())).rejects.toMatchObject({ code: 'notFound' });
    await expect(dashboard.desk(newId())).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('the totals', () => {
  it('count a visitor once a day by the fair’s clock, and put a late upload into its own minute and day', async () => {
    const fair = await hall.fair();
    const ticketId = randomUUID();
    await append([
      passage(fair, 'entry', 1, { ticketId, at: '2026-03-07T15:30:10Z' }), // 23:30 in Shanghai
      passage(fair, 'exit', 0, { ticketId, at: '2026-03-07T15:40:10Z' }),
      passage(fair, 'entry', 1, { ticketId, first: false, at: '2026-03-07T15:50:00Z' }),
      passage(fair, 'entry', 2, { ticketId: randomUUID(), at: '2026-03-07T16:00:00Z' }), // midnight
      passage(fair, 'exit', 1, { ticketId, at: '2026-03-07T16:01:00Z' }),
      passage(fair, 'entry', 2, { ticketId, first: false, at: '2026-03-07T16:02:00Z' }),
    ]);
    await append([passage(fair, 'entry', 3, { at: '2026-03-07T15:30:50Z' })]);
    await consumers.settled();
    const visitors = async (now: string) => (await dashboard.crowd(fair.id, { now: new Date(now) })).data.visitorsToday;
    expect(await visitors('2026-03-07T15:59:59Z')).toBe(2);
    expect(await visitors('2026-03-07T16:00:00Z')).toBe(2);
    expect(await visitors('2026-03-06T12:00:00Z')).toBe(0);
    const total = await hall.database.read.fairTotal.findUniqueOrThrow({ where: { fairId: fair.id } });
    expect(total).toMatchObject({ visitors: 3, entered: 5, left: 2, inside: 3, peakInside: 3, peakAt: new Date('2026-03-07T15:30:50Z') });
    expect(await hall.database.read.fairMinute.findFirst({ where: { fairId: fair.id }, orderBy: { minute: 'asc' } })).toMatchObject({ minute: new Date('2026-03-07T15:30:00Z'), entered: 2 });
  });

  it('end a day without anybody having left: nobody is inside, the desk keeps the day’s curve, and the next begins with nobody', async () => {
    const fair = await hall.fair();
    const sweep = (at: string, ...zones: [string, number][]): AnyDraft => ({ type: 'presence.swept', scope: scopeOf(fair), happenedAt: new Date(at), data: {
      fairId: fair.id, sweepId: randomUUID(), persons: zones[0]![1], reason: '', order: 1, zones: zones.map(([zoneId, persons]) => ({ zoneId, change: -persons, inside: 0 })) } });
    const look = async (now: string) => {
      await consumers.settled();
      const { data } = await dashboard.desk(fair.id, { now: new Date(now) });
      const passed = data.arrivals.map(({ minute, entered, left, inside }) => [minute.slice(11, 16), entered, left, inside]).filter(([, entered, left], n) => entered || left || n === data.arrivals.length - 1);
      return { passed, counts: [data.entered, data.left, data.venue.inside, ...data.zones.map(({ inside }) => inside)] };
    };
    await hall.database.read.fair.update({ where: { id: fair.id }, data: { status: 'closed' } });
    await append([
      passage(fair, 'entry', 1, { at: '2026-03-07T02:18:00Z' }), passage(fair, 'entry', 2, { at: '2026-03-07T02:18:10Z' }), passage(fair, 'entry', 3, { at: '2026-03-07T02:20:00Z' }),
      passage(fair, 'exit', 2, { at: '2026-03-07T02:21:00Z' }),
      { type: 'presence.corrected', scope: scopeOf(fair), happenedAt: new Date('2026-03-07T02:21:00Z'), data: {
        fairId: fair.id, correctionId: randomUUID(), zoneId: fair.zoneA, gateId: null, persons: 1, ticketId: null, reason: '', zones: [{ zoneId: fair.zoneA, change: 1, inside: 1 }], order: 1 } },
    ]);
    const day = [['02:18', 2, 0, 2], ['02:20', 1, 0, 3], ['02:21', 0, 1, 2]];
    expect(await look('2026-03-07T03:00:00Z')).toEqual({ passed: day, counts: [3, 1, 2, 1, 0] });
    // Three in the night, in Shanghai.
    await append([sweep('2026-03-07T19:00:00Z', [fair.venue, 2], [fair.zoneA, 1])]);
    expect(await look('2026-03-07T20:00:00Z')).toEqual({ passed: day, counts: [3, 1, 0, 0, 0] });
    // A market that goes on past midnight; and a day that somebody ends by hand, and that goes on.
    await append([passage(fair, 'entry', 1, { at: '2026-03-08T15:50:00Z' }), passage(fair, 'entry', 2, { at: '2026-03-08T15:51:00Z' }), passage(fair, 'exit', 1, { at: '2026-03-08T16:10:00Z' })]);
    expect(await look('2026-03-08T16:20:00Z')).toEqual({ passed: [['16:10', 0, 1, 1]], counts: [5, 2, 1, 0, 0] });
    await append([sweep('2026-03-08T16:30:00Z', [fair.venue, 1])]);
    expect(await look('2026-03-08T16:31:00Z')).toEqual({ passed: [['16:10', 0, 1, 1], ['16:30', 0, 0, 0]], counts: [5, 2, 0, 0, 0] });
    await append([passage(fair, 'entry', 1, { at: '2026-03-08T16:40:00Z' })]);
    expect(await look('2026-03-08T16:41:00Z')).toEqual({ passed: [['16:10', 0, 1, 1], ['16:40', 1, 0, 1]], counts: [6, 2, 1, 0, 0] });
    expect(await hall.database.read.dayTotal.findMany({ where: { fairId: fair.id }, orderBy: { day: 'asc' } })).toMatchObject([{ entered: 3, left: 1 }, { entered: 2, left: 0 }, { entered: 1, left: 1 }]);
  });

  it('keep who is inside when a batch moves nobody', async () => {
    const fair = await hall.fair();
    await append([passage(fair, 'entry', 1)]);
    await consumers.settled();
    await append([{ type: 'ticket.registered', scope: scopeOf(fair), data: { fairId: fair.id, ticketId: newId(), accountId: null, kind: 'visitor' } }]);
    await consumers.settled();
    expect(await hall.database.read.fairTotal.findUniqueOrThrow({ where: { fairId: fair.id } })).toMatchObject({ registered: 1, inside: 1 });
  });

  it('count applications, leads and registrations, and take back what was taken back', async () => {
    const fair = await hall.fair();
    const [one, two] = [newId(), newId()];
    const booth = (organisationId: string, number: string) => ({ id: newId(), fairId: fair.id, zoneId: fair.zoneA, number, organisationId, leadCode: newId() });
    await hall.database.read.organisation.createMany({ data: [{ id: one, kind: 'employer', name: '海峤精密', regionCode: '350100' }, { id: two, kind: 'employer', name: '屿禾食品', regionCode: '350100' }] });
    await hall.database.read.booth.createMany({ data: [booth(one, 'A-01'), booth(two, 'A-02')] });
    const application = (organisationId: string, fairId: string | null = fair.id) => ({ applicationId: newId(), jobId: newId(), fairId, organisationId, accountId: newId() });
    const withdrawn = application(two);
    await append([
      ...[application(one), application(two), withdrawn, application(two), application(two, null)].map((data): AnyDraft =>
        ({ type: 'application.submitted', scope: scopeOf(fair), data: { ...data, broadcastId: null, source: 'page' } })),
      { type: 'application.statusChanged', scope: scopeOf(fair), data: { ...withdrawn, status: 'withdrawn' } },
      { type: 'application.statusChanged', scope: scopeOf(fair), data: { ...withdrawn, status: 'seen' } },
      { type: 'lead.collected', scope: scopeOf(fair), data: { fairId: fair.id, leadId: newId(), boothId: newId(), organisationId: one, accountId: newId() } },
      ...(['visitor', 'visitor', 'visitor', 'visitor', 'walkIn', 'staff'] as const).map((kind): AnyDraft =>
        ({ type: 'ticket.registered', scope: scopeOf(fair), data: { fairId: fair.id, ticketId: newId(), accountId: null, kind } })),
      { type: 'ticket.cancelled', scope: scopeOf(fair), data: { fairId: fair.id, ticketId: newId(), accountId: newId() } },
      { type: 'ticket.cancelled', scope: scopeOf(fair), data: { fairId: fair.id, ticketId: newId(), accountId: newId(), placeFreed: false } },
      ...[true, false].map((placeFreed): AnyDraft =>
        ({ type: 'ticket.revoked', scope: scopeOf(fair), data: { fairId: fair.id, ticketId: newId(), accountId: null, reason: '重复', placeFreed } })),
    ]);
    await consumers.settled();
    const { data } = await dashboard.desk(fair.id);
    expect(data).toMatchObject({ applications: 3, leads: 1, registered: 2 });
    expect(data.booths).toEqual([
      { boothNumber: 'A-02', organisationName: '屿禾食品', applications: 2, leads: 0 },
      { boothNumber: 'A-01', organisationName: '海峤精密', applications: 1, leads: 1 },
    ]);
  });

  it('come out the same however the events fall into batches', async () => {
    const walk = fc.array(fc.record({ enters: fc.boolean(), minute: fc.integer({ min: 0, max: 90 }), cut: fc.boolean() }), { minLength: 1, maxLength: 40 });
    await fc.assert(fc.asyncProperty(walk, async (steps) => {
      const fair = await hall.fair();
      let inside = 0;
      let peak = 0;
      const truth = { entered: 0, left: 0, minutes: new Map<string, number>() };
      let batch: AnyDraft[] = [];
      for (const { enters, minute, cut } of steps) {
        const direction = enters || inside === 0 ? 'entry' : 'exit';
        inside += direction === 'entry' ? 1 : -1;
        peak = Math.max(peak, inside);
        truth[direction === 'entry' ? 'entered' : 'left'] += 1;
        const at = new Date(Date.UTC(2026, 2, 7, 1, minute, 30)).toISOString();
        truth.minutes.set(`${at.slice(0, 16)}:00.000Z`, (truth.minutes.get(`${at.slice(0, 16)}:00.000Z`) ?? 0) + (direction === 'entry' ? 1 : -1));
        batch.push(passage(fair, direction, inside, { at }));
        if (!cut) continue;
        await append(batch);
        await consumers.settled();
        batch = [];
      }
      await append(batch);
      await consumers.settled();
      const total = await hall.database.read.fairTotal.findUniqueOrThrow({ where: { fairId: fair.id } });
      expect(total).toMatchObject({ entered: truth.entered, left: truth.left, inside, peakInside: peak });
      const minutes = await hall.database.read.fairMinute.findMany({ where: { fairId: fair.id } });
      expect(new Map(minutes.map((row) => [row.minute.toISOString(), row.entered - row.left]))).toEqual(truth.minutes);
      const gates = await hall.database.read.gateMinute.aggregate({ where: { fairId: fair.id }, _sum: { entered: true, left: true } });
      expect(gates._sum).toEqual({ entered: truth.entered, left: truth.left });
    }), { numRuns: 12 });
  }, 60_000);

  it('can be made again from the log alone', async () => {
    const fair = await hall.fair();
    await append([passage(fair, 'entry', 1), passage(fair, 'entry', 2), passage(fair, 'exit', 1)]);
    await consumers.settled();
    const tables = ['FairTotal', 'ZoneTotal', 'GateMinute', 'FairMinute', 'GateTotal', 'RefusalTotal', 'BoothTotal', 'VisitorDay', 'DayTotal'];
    const content = async () => Object.fromEntries(await Promise.all(tables.map(async (table) => {
      const [row] = await hall.database.read.$queryRawUnsafe<{ rows: unknown }[]>(`SELECT jsonb_agg((to_jsonb(t) - 'updatedAt') ORDER BY to_jsonb(t)::text) AS rows FROM (SELECT * FROM "${table}") AS t`);
      return [table, JSON.stringify(((row?.rows as object[] | null) ?? []).map((each) => JSON.stringify(each)).sort())] as const;
    })));
    const before = await content();
    const alerts = await hall.database.read.alert.count();
    await hall.database.transaction(async (tx) => {
      await tx.$executeRaw`UPDATE "Consumer" SET position = 0 WHERE name = 'insights.totals'`;
      for (const table of tables) await tx.$executeRawUnsafe(`DELETE FROM "${table}"`);
    });
    // What it knows of its position is ahead now; the next event makes it look.
    await append([passage(await hall.fair(), 'entry', 1)]);
    for (let end = Date.now() + 10_000; Date.now() < end;) {
      await consumers.settled();
      const { position } = await hall.database.read.consumer.findUniqueOrThrow({ where: { name: 'insights.totals' } });
      if (Number(position) >= (await feed.latest())) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const after = await content();
    for (const table of tables) expect(JSON.parse(after[table]!)).toEqual(expect.arrayContaining(JSON.parse(before[table]!) as unknown[]));
    expect(await hall.database.read.alert.count()).toBeGreaterThanOrEqual(alerts);
  });
});

describe('alerts', () => {
  it('ring at 80, 95 and 100 %, are cleared three points below, and are events of the desk', async () => {
    const fair = await hall.fair({ approved: 20 });
    const since = feed.head();
    await append(Array.from({ length: 20 }, (_, n) => passage(fair, 'entry', n + 1)));
    await consumers.settled();
    await append([19, 18, 19, 20, 19].map((inside, n) => passage(fair, n === 2 || n === 3 ? 'entry' : 'exit', inside)));
    await consumers.settled();
    await consumers.settled(); // and what the alerts themselves appended
    const told = (await feed.since(since, { scopeId: fair.id, types: ['alert.raised', 'alert.cleared'] }))
      .map((event: AnyEnvelope) => [event.type, 'level' in event.data && event.data.level, 'inside' in event.data && event.data.inside]);
    expect(told).toEqual([
      ['alert.raised', 'busy', 16], ['alert.raised', 'near', 19], ['alert.raised', 'lock', 20],
      ['alert.cleared', 'lock', false], ['alert.cleared', 'near', false], ['alert.raised', 'near', 19], ['alert.raised', 'lock', 20], ['alert.cleared', 'lock', false],
    ]);
    const { alerts } = (await dashboard.desk(fair.id)).data;
    expect(alerts.filter(({ clearedAt }) => clearedAt === null).map(({ level }) => level)).toEqual(['busy', 'near']);
    expect(alerts.filter(({ clearedAt }) => clearedAt !== null)).toHaveLength(3);
  });

  it('go with what is taken back, corrected or swept at night', async () => {
    const fair = await hall.fair({ approved: 20 });
    const open = async () => (await dashboard.desk(fair.id)).data.alerts.filter(({ clearedAt }) => clearedAt === null).map(({ level }) => level);
    const zones = (change: number, inside: number) => ({ fairId: fair.id, reason: '', zones: [{ zoneId: fair.venue, change, inside }] });
    await append([
      ...Array.from({ length: 19 }, (_, n) => passage(fair, 'entry', n + 1)),
      { type: 'presence.corrected', scope: scopeOf(fair), data: { ...zones(1, 20), correctionId: randomUUID(), zoneId: fair.venue, gateId: null, persons: 1, ticketId: null, order: 1 } },
    ]);
    await consumers.settled();
    expect(await open()).toEqual(['busy', 'near', 'lock']);
    await append([{ type: 'checkIn.voided', scope: scopeOf(fair), data: { ...zones(-1, 19), checkInId: randomUUID(), ticketId: randomUUID() } }]);
    await consumers.settled();
    expect(await open()).toEqual(['busy', 'near']);
    await append([{ type: 'presence.swept', scope: scopeOf(fair), data: { ...zones(-19, 0), sweepId: randomUUID(), persons: 19, order: 2 } }]);
    await consumers.settled();
    expect(await open()).toEqual([]);
  });

  it('follow a changed number, up and down', async () => {
    const fair = await hall.fair({ approved: 100 });
    const commands = hall.module.get(ZoneCommands, { strict: false });
    const scans = hall.module.get(Scans, { strict: false });
    const door = await hall.device(fair, fair.door);
    for (const { code } of await hall.tickets(fair, 5)) await scans.scan(door, scanOf(code));
    for (const zoneId of [fair.zoneA, fair.zoneB]) await commands.setCapacity(fair.organiser, zoneId, { approvedNumber: 5, reason: '先改小' });
    await commands.setCapacity(fair.organiser, fair.venue, { approvedNumber: 5, reason: '临时核减' });
    await consumers.settled();
    expect((await dashboard.desk(fair.id)).data.alerts.map(({ level, clearedAt }) => [level, clearedAt])).toEqual([['busy', null], ['near', null], ['lock', null]]);
    await commands.setCapacity(fair.organiser, fair.venue, { approvedNumber: 100, reason: '恢复' });
    await consumers.settled();
    expect((await dashboard.desk(fair.id)).data.alerts.every(({ clearedAt }) => clearedAt !== null)).toBe(true);
  });
});
