/** How a lease ends: asked back, or by its own timer: after the device’s time and the server’s margin, and what becomes of a device that comes back. */
import { randomUUID } from 'node:crypto';
import type { EventMap } from '#libs/contracts';
import { Timers } from '#libs/platform';
import { scanOf, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { GateContexts } from './gate-contexts.js';
import { ZoneCommands } from './index.js';
import { lockZones } from './scan-store.js';

const HOUR = 3_600_000;
const MARGIN = 120_000;

let hall: TestHall;
let server: GateServer;
let timers: Timers;

const { part, agrees, numbers } = offlineHall((made) => { ({ hall, server } = made); });
beforeAll(() => { timers = part(Timers); });

/** As if the lease had been granted so long ago. */
async function age(leaseId: string, ms: number): Promise<void> {
  const seconds = ms / 1_000;
  await hall.database.transaction(async (tx) => {
    await tx.$executeRaw`UPDATE "GateLease" SET "grantedAt" = "grantedAt" - make_interval(secs => ${seconds}), "endsAt" = "endsAt" - make_interval(secs => ${seconds}) WHERE id = ${leaseId}::uuid`;
    await tx.$executeRaw`UPDATE "Timer" SET "dueAt" = "dueAt" - make_interval(secs => ${seconds}) WHERE name = 'attendance.leaseEnd' AND key = ${leaseId}`;
  });
}
/** The timers look, and do all that is due. */
async function timersLook(): Promise<void> {
  await timers['ticking']['running'];
  timers['ticking'].wake();
  await timers['ticking']['running'];
}
/** Counts transactions that were the victim of a deadlock and were done again. @returns so many, and nothing is counted any more */
function countingAgain(): () => number {
  const database = hall.database as unknown as Partial<Record<'transaction' | 'once', (work: unknown) => Promise<unknown>>>;
  const count = { transaction: 0, once: 0 };
  for (const name of ['transaction', 'once'] as const) {
    const own = database[name]!;
    database[name] = (work) => { count[name] += 1; return own.call(database, work); };
  }
  return () => {
    delete database.transaction;
    delete database.once;
    return count.once - count.transaction;
  };
}
const status = async (leaseId: string) => (await hall.database.read.gateLease.findUniqueOrThrow({ where: { id: leaseId } })).status;
const venue = async (fair: TestFair) => (await numbers(fair))[0];
const ends = async (fair: TestFair) => (await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: 'lease.ended' }, orderBy: { seq: 'asc' } }))
  .map(({ data }) => data as EventMap['lease.ended']).map(({ how, held }) => [how, held]);

/** A gate that has let two in by its lease of five, and then its time is over. */
async function twoInside() {
  const fair = await hall.fair({ approved: 20 });
  const gate = new OfflineGate(await hall.device(fair, fair.door));
  const { lease } = await gate.ask(server, 5);
  const { leaseId } = lease!;
  for (const { code } of await hall.tickets(fair, 2)) expect(gate.offline(code, 'entry')).toBe(true);
  const { grantedAt, endsAt } = await hall.database.read.gateLease.findUniqueOrThrow({ where: { id: leaseId } });
  expect([lease!.durationMs, endsAt.getTime() - grantedAt.getTime()]).toEqual([HOUR, HOUR + MARGIN]);
  expect((await hall.database.read.timer.findFirstOrThrow({ where: { name: 'attendance.leaseEnd', key: leaseId } })).dueAt).toEqual(endsAt);
  gate.leaseEnds();
  return { fair, gate, leaseId };
}

it('is not ended within the margin, and a device that comes back then loses nothing', async () => {
  const { fair, gate, leaseId } = await twoInside();
  await age(leaseId, HOUR + MARGIN - 30_000);
  await timersLook();
  expect([await status(leaseId), await venue(fair)]).toEqual(['outstanding', [0, 5]]);
  expect((await gate.upload(server))!.records).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
  expect(await venue(fair)).toEqual([2, 3]);
  expect((await gate.ask(server, 4)).lease).toMatchObject({ places: 4 });
  expect([await status(leaseId), await venue(fair)]).toEqual(['settled', [2, 4]]);
  // Its time comes all the same, and finds that it is over.
  await age(leaseId, 60_000);
  await timersLook();
  expect([await status(leaseId), await status(gate.leaseId!), await venue(fair)]).toEqual(['settled', 'outstanding', [2, 4]]);
  expect(await ends(fair)).toEqual([['reported', 0]]);
  await agrees(fair);
});

it('is presumed used when the margin is over: its places stay kept until the device is heard after all', async () => {
  const { fair, gate, leaseId } = await twoInside();
  await age(leaseId, HOUR + MARGIN);
  await timersLook();
  expect([await status(leaseId), await venue(fair)]).toEqual(['presumed', [0, 5]]);
  expect(await ends(fair)).toEqual([['presumed', 5]]);
  await agrees(fair);
  await gate.upload(server);
  expect([await status(leaseId), await venue(fair)]).toEqual(['presumed', [2, 3]]);
  await agrees(fair);
  await gate.ask(server, 0);
  expect([await status(leaseId), await venue(fair)]).toEqual(['settled', [2, 0]]);
  await agrees(fair);
});

it('whose device asks in the moment of its end is ended by the device, and nobody waits for anybody', async () => {
  const { fair, gate, leaseId } = await twoInside();
  /** Until so many wait for a lock. */
  const waiting = async (count: number) => {
    for (let tries = 0; tries < 500; tries += 1) {
      const [found] = await hall.database.read.$queryRaw<[{ n: number }]>`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      if (found.n === count) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${count} should wait for a lock`);
  };
  const again = countingAgain();
  let both: Promise<unknown> = Promise.resolve();
  await hall.database.transaction(async (tx) => {
    await lockZones(tx, fair.id);
    const answer = gate.ask(server, 3);
    await waiting(1);
    await age(leaseId, HOUR + MARGIN);
    both = Promise.all([answer, timersLook()]);
    await waiting(2);
  });
  await both;
  expect(again()).toBe(0);
  expect([await status(leaseId), await venue(fair)]).toEqual(['reported', [0, 5]]);
  expect(await ends(fair)).toEqual([['reported', 2]]);
  await gate.upload(server);
  expect(await venue(fair)).toEqual([2, 3]);
  await agrees(fair);
});

it('is free again when its device, away for longer than it lasted, asks the same once more: it never got the answer', async () => {
  const fair = await hall.fair({ approved: 20 });
  const device = await hall.device(fair, fair.door);
  const question = { id: randomUUID(), sequence: 1, places: 5 };
  await server.leases.ask(device, question); // the answer is lost
  await age(question.id, HOUR + MARGIN + 1_000);
  await timersLook();
  expect([await status(question.id), await venue(fair)]).toEqual(['presumed', [0, 5]]);
  expect(await server.leases.ask(device, question)).toEqual({ lease: null, why: 'gaveBack' });
  expect([await status(question.id), await venue(fair)]).toEqual(['settled', [0, 0]]);
  expect(await server.leases.ask(device, question)).toEqual({ lease: null, why: 'gaveBack' });
  expect(await ends(fair)).toEqual([['presumed', 5], ['reported', 0]]);
  expect((await server.leases.ask(device, { id: randomUUID(), sequence: 2, places: 5 })).lease).toMatchObject({ places: 5 });
  await agrees(fair);
});

describe('asked back', () => {
  const heartbeat = async (gate: OfflineGate) => (await part(GateContexts).of(gate.device.deviceId)).recalledLeaseId;
  const recalled = async (fair: TestFair) => (await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: 'lease.recalled' }, orderBy: { seq: 'asc' } }))
    .map(({ data }) => (data as EventMap['lease.recalled']).leaseId);
  const gateAt = async (fair: TestFair, gate = fair.door) => new OfflineGate(await hall.device(fair, gate));

  it('because somebody waits at a full gate, is told with each heartbeat until it has come back; the next one is not meant', async () => {
    const fair = await hall.fair({ approved: 4 });
    const [gate, other] = [await gateAt(fair), await hall.device(fair, fair.door)];
    const { leaseId } = (await gate.ask(server, 2)).lease!;
    const refused = async (text: string) => expect((await server.scans.scan(other, scanOf(text))).reason).toBe('zoneFull');
    const [one, two, three] = (await hall.tickets(fair, 3)).map(({ code }) => code) as [string, string, string];
    for (const code of [one, two]) await server.scans.scan(other, scanOf(code));
    expect(await heartbeat(gate)).toBeUndefined();
    for (let times = 0; times < 2; times += 1) {
      await refused(three);
      expect([await heartbeat(gate), await recalled(fair)]).toEqual([leaseId, [leaseId]]);
    }
    await gate.ask(server, 0);
    expect(await heartbeat(gate)).toBeUndefined();
    // Places that are free are lent again, and are asked back only when somebody waits for them again.
    const next = (await gate.ask(server, 1)).lease!.leaseId;
    expect([await heartbeat(gate), await recalled(fair)]).toEqual([undefined, [leaseId]]);
    expect((await server.scans.scan(other, scanOf(three))).admitted).toBe(true);
    await refused((await hall.tickets(fair, 1))[0]!.code);
    expect([await heartbeat(gate), await recalled(fair)]).toEqual([next, [leaseId, next]]);
  });

  it('because a zone’s number was lowered below who is in it and what is kept there: in that zone alone', async () => {
    const fair = await hall.fair({ approved: 40 });
    const [gateA, gateB] = [await gateAt(fair, fair.gateA), await gateAt(fair, fair.gateB)];
    const [inA] = [(await gateA.ask(server, 5)).lease!.leaseId, await gateB.ask(server, 5)];
    const lower = (zoneId: string, approvedNumber: number) => part(ZoneCommands).setCapacity(fair.organiser, zoneId, { approvedNumber, reason: '核减' });
    await lower(fair.zoneA, 5);
    await lower(fair.venue, 40);
    expect([await heartbeat(gateA), await recalled(fair)]).toEqual([undefined, []]);
    await lower(fair.zoneA, 4);
    expect([await heartbeat(gateA), await heartbeat(gateB), await recalled(fair)]).toEqual([inA, undefined, [inA]]);
    await lower(fair.zoneA, 3);
    expect(await recalled(fair)).toEqual([inA]);
  });
});
