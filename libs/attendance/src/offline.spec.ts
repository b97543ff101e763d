import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import type { OfflineSnapshot } from '#libs/contracts';
import { Consumers, Events } from '#libs/events';
import { type DomainError } from '#libs/platform';
import { FairsService } from '#libs/fairs';
import { TicketKeys, validityOf } from '#libs/tickets';
import { scanOf, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { Conflicts, Corrections, GateRules, OfflineSnapshots, rebuildAttendance, Sweeps } from './index.js';

let hall: TestHall;
let server: GateServer;
const code = (error: unknown) => (error as DomainError).code;

const { part, agrees, numbers, pause } = offlineHall((made) => { ({ hall, server } = made); });

/** A snapshot's tickets, and one of them. */
const ticketRows = (text: string) => {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / 23 }, (_, n) => bytes.subarray(n * 23, n * 23 + 23));
};
const rowOf = (rows: Buffer[], id: string) => rows.find((row) => row.toString('hex', 0, 8) === id.replaceAll('-', '').slice(16))!;

const gateAt = async (fair: TestFair, gate = fair.door, skew = 0) => new OfflineGate(await hall.device(fair, gate), skew);

describe('a lease', () => {
  it('holds places on the whole way, leaves the last ones to those who ask, and comes back by a report', async () => {
    const fair = await hall.fair({ approved: 20, approvedA: 8 });
    const gate = await gateAt(fair, fair.gateA);
    expect((await gate.ask(server, 100)).lease).toMatchObject({ places: 4, durationMs: 3_600_000, zoneIds: [fair.venue, fair.zoneA] });
    expect(await numbers(fair)).toEqual([[0, 4], [0, 4], [0, 0]]);
    expect(await (await gateAt(fair, fair.gateA)).ask(server, 1)).toEqual({ lease: null, why: 'full' });
    const [one] = await hall.tickets(fair, 1);
    expect(gate.offline(one!.code, 'entry')).toBe(true);
    expect(await gate.ask(server, 0)).toEqual({ lease: null, why: 'gaveBack' });
    expect(await numbers(fair)).toEqual([[0, 1], [0, 1], [0, 0]]);
    await gate.upload(server);
    expect(await numbers(fair)).toEqual([[1, 0], [1, 0], [0, 0]]);
    await agrees(fair);
  });

  it('is the same for the same question, none for an older one, and asked back when somebody waits at a full gate', async () => {
    const fair = await hall.fair({ approved: 4 });
    const [device, other] = [await hall.device(fair, fair.door), await hall.device(fair, fair.door)];
    const question = { id: randomUUID(), sequence: 1, places: 2 };
    const { lease } = await server.leases.ask(device, question);
    expect((await server.leases.ask(device, question)).lease).toEqual(lease);
    expect(await numbers(fair)).toEqual([[0, 2], [0, 0], [0, 0]]);
    expect(await server.leases.ask(device, { id: randomUUID(), sequence: 0 + 1, places: 2 })).toEqual({ lease: null, why: 'gaveBack' });
    const tickets = await hall.tickets(fair, 4);
    for (const { code: text } of tickets.slice(0, 2)) expect((await server.scans.scan(other, scanOf(text))).admitted).toBe(true);
    expect(await server.scans.scan(other, scanOf(tickets[2]!.code))).toMatchObject({ admitted: false, reason: 'zoneFull' });
    expect(await hall.database.read.event.count({ where: { scopeId: fair.id, type: 'lease.recalled' } })).toBe(1);
    // Its own places are for its own gate, with a network too.
    expect(await server.scans.scan(device, { ...scanOf(tickets[2]!.code), leaseId: lease!.leaseId })).toMatchObject({ admitted: true, leaseUsed: true });
    expect(await numbers(fair)).toEqual([[3, 1], [0, 0], [0, 0]]);
    await server.leases.ask(device, { id: randomUUID(), sequence: 2, places: 0, previous: { leaseId: lease!.leaseId, used: 1 } });
    expect((await server.scans.scan(other, scanOf(tickets[3]!.code))).admitted).toBe(true);
    expect(await server.leases.ask(device, { ...question, id: randomUUID() }).catch(code)).toBe('leaseStale');
    await agrees(fair);
  });

  it('is asked back by hand, and no other with it', async () => {
    const fair = await hall.fair({ approved: 20 });
    const [device, other] = [await hall.device(fair, fair.door), await hall.device(fair, fair.door)];
    const ask = async (of: typeof device) => (await server.leases.ask(of, { id: randomUUID(), sequence: 1, places: 2 })).lease!.leaseId;
    const [mine, theirs] = [await ask(device), await ask(other)];
    expect((await server.leases.recall(fair.organiser, mine)).recalledAt).not.toBeNull();
    expect((await hall.database.read.gateLease.findUniqueOrThrow({ where: { id: theirs } })).recalledAt).toBeNull();
    const told = await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: 'lease.recalled' } });
    expect(told.map(({ data }) => data)).toEqual([expect.objectContaining({ leaseId: mine, deviceId: device.deviceId })]);
  });

  it('of a dead device is presumed used, until somebody says how many; what it uploads later takes their place', async () => {
    const fair = await hall.fair({ approved: 10 });
    const gate = await gateAt(fair);
    await gate.ask(server, 5);
    const tickets = await hall.tickets(fair, 2);
    for (const { code: text } of tickets) gate.offline(text, 'entry');
    await hall.database.transaction((tx) => server.leases.expire(tx, gate.leaseId!));
    expect(await numbers(fair)).toEqual([[0, 5], [0, 0], [0, 0]]);
    const [lease] = await server.leases.list(fair.organiser, fair.id);
    expect(lease).toMatchObject({ status: 'presumed', held: 5, places: 5 });
    expect(await server.leases.settle(fair.organiser, lease!.id, { persons: 6, reason: '试' }).catch(code)).toBe('correctionTooLow');
    expect(await server.leases.settle(fair.organiser, lease!.id, { persons: 2, reason: '手机没电，门岗说进了两人' })).toMatchObject({ status: 'settled', held: 0 });
    expect(await numbers(fair)).toEqual([[2, 0], [0, 0], [0, 0]]);
    await agrees(fair);
    await gate.upload(server);
    expect(await numbers(fair)).toEqual([[2, 0], [0, 0], [0, 0]]);
    expect(await hall.database.read.zoneState.findUnique({ where: { zoneId: fair.venue } })).toMatchObject({ bodies: 0 });
    expect(await hall.database.read.presence.count({ where: { fairId: fair.id } })).toBe(2);
    await agrees(fair);
  });
});

describe('one ticket at two gates without a network', () => {
  it('keeps both records, counts one, keeps a place for the other body until somebody decides', async () => {
    const fair = await hall.fair({ approved: 10 });
    const [one, two] = [await gateAt(fair), await gateAt(fair)];
    await one.ask(server, 2);
    await two.ask(server, 2);
    const [ticket] = await hall.tickets(fair, 1);
    one.offline(ticket!.code, 'entry');
    await pause();
    two.offline(ticket!.code, 'entry');
    // The later one comes first.
    expect((await two.upload(server))!.records).toMatchObject([{ outcome: 'accepted' }]);
    expect((await one.upload(server))!.records).toMatchObject([{ outcome: 'accepted' }]);
    await one.ask(server, 0);
    await two.ask(server, 0);
    expect(await numbers(fair)).toEqual([[1, 1], [0, 0], [0, 0]]);
    const [conflict] = await part(Conflicts).list(fair.organiser, fair.id, true);
    expect(conflict).toMatchObject({ kind: 'twice', persons: 1, placeHeld: true, ticket: { id: ticket!.ticket.id }, record: { offline: true }, other: { offline: true } });
    expect(Date.parse(conflict!.other!.happenedAt)).toBeLessThan(Date.parse(conflict!.record.happenedAt));
    await agrees(fair);
    expect(await part(Conflicts).decide(fair.organiser, conflict!.id, { decision: 'anotherPerson', reason: '' }).catch(code)).toBe('reasonRequired');
    expect(await part(Conflicts).decide(fair.organiser, conflict!.id, { decision: 'anotherPerson', reason: '截图票，两个人都在里面' })).toMatchObject({ decision: 'anotherPerson', placeHeld: false });
    expect(await part(Conflicts).decide(fair.organiser, conflict!.id, { decision: 'noted', reason: '试' }).catch(code)).toBe('conflictDecided');
    expect(await numbers(fair)).toEqual([[2, 0], [0, 0], [0, 0]]);
    await agrees(fair);
  });

  it('is explained by the exit between them that a third gate brings later', async () => {
    const fair = await hall.fair({ approved: 10 });
    const [one, out, two] = [await gateAt(fair), await gateAt(fair), await gateAt(fair)];
    await one.ask(server, 1);
    await two.ask(server, 1);
    const [ticket] = await hall.tickets(fair, 1);
    one.offline(ticket!.code, 'entry');
    await pause();
    out.offline(ticket!.code, 'exit');
    await pause();
    two.offline(ticket!.code, 'entry');
    await one.upload(server);
    expect((await two.upload(server))!.records).toMatchObject([{ outcome: 'conflict', conflict: 'twice' }]);
    expect(await numbers(fair)).toEqual([[1, 1], [0, 0], [0, 0]]);
    await out.upload(server);
    expect(await numbers(fair)).toEqual([[1, 0], [0, 0], [0, 0]]);
    expect(await part(Conflicts).list(fair.organiser, fair.id, false)).toMatchObject([{ decision: 'explained', placeHeld: false }]);
    expect(await hall.database.read.zoneState.findUnique({ where: { zoneId: fair.venue } })).toMatchObject({ entered: 2, left: 1 });
    await agrees(fair);
  });
});

describe('a ticket for several', () => {
  it('lets in so many at a time, never more than remain, and never beyond what is free', async () => {
    const fair = await hall.fair({ approved: 30, approvedA: 5 });
    const [door, a] = [await hall.device(fair, fair.door), await hall.device(fair, fair.gateA)];
    const [bus] = await hall.tickets(fair, 1, { kind: 'group', size: 40 });
    const pass = (device: typeof door, count: number, direction: 'entry' | 'exit' = 'entry') => server.scans.scan(device, { ...scanOf(bus!.code, direction), count });
    expect(await pass(door, 25)).toMatchObject({ admitted: true, group: { size: 40, inside: 25, remaining: 15 } });
    expect(await pass(door, 16)).toMatchObject({ admitted: false, reason: 'groupFull' });
    expect(await pass(door, 6)).toMatchObject({ admitted: false, reason: 'zoneFull' });
    expect(await pass(a, 6)).toMatchObject({ admitted: false, reason: 'zoneFull' });
    expect(await pass(a, 4)).toMatchObject({ admitted: true, group: { inside: 25 } });
    expect(await numbers(fair)).toEqual([[25, 0], [4, 0], [0, 0]]);
    expect(await pass(a, 5, 'exit')).toMatchObject({ admitted: false, reason: 'notInside' });
    expect(await pass(door, 23, 'exit')).toMatchObject({ admitted: true, group: { inside: 2, remaining: 38 } });
    expect(await numbers(fair)).toEqual([[2, 0], [2, 0], [0, 0]]);
    const [single] = await hall.tickets(fair, 1);
    expect(await server.scans.scan(door, { ...scanOf(single!.code), count: 2 })).toMatchObject({ admitted: false, reason: 'groupFull' });
    await agrees(fair);
  });
});

describe('the organiser', () => {
  it('lets nobody in twice, if the fair says so', async () => {
    const fair = await hall.fair({ approved: 30 });
    const door = await hall.device(fair, fair.door);
    await part(GateRules).set(fair.organiser, fair.id, { reEntry: false, leaseMinutes: 30, leaseShare: 20 });
    const [one] = await hall.tickets(fair, 1);
    const results = [];
    for (const direction of ['entry', 'exit', 'entry'] as const) results.push((await server.scans.scan(door, scanOf(one!.code, direction))).reason);
    expect(results).toEqual([null, null, 'reEntryRefused']);
    // Of a group: everybody once, in as many goes as they like.
    const [bus] = await hall.tickets(fair, 1, { kind: 'group', size: 3 });
    const passed = [];
    for (const [direction, count] of [['entry', 2], ['exit', 2], ['entry', 2], ['entry', 1], ['exit', 1], ['entry', 1]] as const) {
      passed.push((await server.scans.scan(door, { ...scanOf(bus!.code, direction), count })).reason);
    }
    expect(passed).toEqual([null, null, 'groupFull', null, null, 'groupFull']);
    await agrees(fair);
    // Each day anew, here and at a gate without a network, though nobody was inside when the day ended.
    const cameIn = async () => {
      const { tickets } = JSON.parse((await part(OfflineSnapshots).of(door)).snapshot) as OfflineSnapshot;
      return [one!, bus!].map(({ ticket }) => rowOf(ticketRows(tickets), ticket.id).readUInt16BE(21));
    };
    expect((await numbers(fair))[0]).toEqual([0, 0]);
    expect(await cameIn()).toEqual([1, 3]);
    expect(await part(Sweeps).sweep(fair.organiser, fair.id, { reason: '第一天结束' })).toMatchObject({ persons: 0 });
    expect(await cameIn()).toEqual([0, 0]);
    const again = [];
    for (const [ticket, direction, count] of [[one!, 'entry', 1], [one!, 'exit', 1], [one!, 'entry', 1], [bus!, 'entry', 3], [bus!, 'exit', 1], [bus!, 'entry', 1]] as const) {
      again.push((await server.scans.scan(door, { ...scanOf(ticket.code, direction), count })).reason);
    }
    expect(again).toEqual([null, null, 'reEntryRefused', null, null, 'groupFull']);
    await agrees(fair);
  });

  it('corrects by hand, with a reason, once; a ticket’s own presence too', async () => {
    const fair = await hall.fair({ approved: 3 });
    const corrections = part(Corrections);
    const id = randomUUID();
    for (let again = 0; again < 2; again += 1) expect(await corrections.correct(fair.organiser, fair.zoneA, { id, persons: 2, reason: '从员工通道进来的' })).toMatchObject({ inside: 2 });
    expect(await corrections.correct(fair.organiser, fair.venue, { id: randomUUID(), persons: -1, reason: '试' }).catch(code)).toBe('correctionTooLow');
    expect(await corrections.correct(fair.organiser, fair.zoneA, { id: randomUUID(), persons: 1, reason: '' }).catch(code)).toBe('reasonRequired');
    const [one, two] = await hall.tickets(fair, 2);
    await corrections.correct(fair.organiser, fair.zoneB, { id: randomUUID(), persons: 1, shortCode: one!.ticket.shortCode, reason: '闸机没扫上' });
    expect(await numbers(fair)).toEqual([[3, 0], [2, 0], [1, 0]]);
    const door = await hall.device(fair, fair.door);
    expect(await server.scans.scan(door, scanOf(two!.code))).toMatchObject({ reason: 'zoneFull' });
    expect(await server.scans.scan(door, scanOf(one!.code, 'exit'))).toMatchObject({ admitted: true });
    expect(await corrections.list(fair.organiser, fair.id)).toMatchObject([{ persons: 1, shortCode: one!.ticket.shortCode }, { persons: 2, shortCode: null, zoneName: 'A 区' }]);
    await agrees(fair);
  });

  it('ends a day: everybody is out, with a record; what comes later for that day changes nothing of the next', async () => {
    const fair = await hall.fair({ approved: 20 });
    const [door, gate, dead] = [await hall.device(fair, fair.door), await gateAt(fair), await gateAt(fair)];
    const tickets = await hall.tickets(fair, 3);
    await server.scans.scan(door, scanOf(tickets[0]!.code));
    await part(Corrections).correct(fair.organiser, fair.venue, { id: randomUUID(), persons: 2, reason: '试' });
    await gate.ask(server, 2);
    gate.offline(tickets[1]!.code, 'entry');
    await dead.ask(server, 2);
    await hall.database.transaction((tx) => server.leases.expire(tx, dead.leaseId!));
    await pause();
    expect(await part(Sweeps).sweep(fair.organiser, fair.id, { reason: '闭馆清场' })).toMatchObject({ persons: 3 });
    expect(await numbers(fair)).toEqual([[0, 2], [0, 0], [0, 0]]);
    expect(await hall.database.read.checkIn.count({ where: { fairId: fair.id, mark: 'sweep' } })).toBe(1);
    await agrees(fair);
    expect((await gate.upload(server))!.records).toMatchObject([{ outcome: 'accepted' }]);
    expect(await numbers(fair)).toEqual([[0, 1], [0, 0], [0, 0]]);
    // The next day: the same ticket, anew.
    expect((await server.scans.scan(door, scanOf(tickets[0]!.code))).admitted).toBe(true);
    expect(await numbers(fair)).toEqual([[1, 1], [0, 0], [0, 0]]);
    await agrees(fair);
  });

  it('ends each night’s day by itself, at three by the fair’s clock, until the fair is over', async () => {
    const fair = await hall.fair({ approved: 20 });
    const days = (n: number) => new Date(Date.now() + n * 24 * 3_600_000);
    await hall.database.read.fair.update({ where: { id: fair.id }, data: { timeZone: 'Asia/Urumqi', startsAt: days(-1), endsAt: days(1) } });
    await hall.database.transaction((tx) => part(Events).append(tx, 'fair.statusChanged', { kind: 'fair', id: fair.id }, { fairId: fair.id, from: 'published', to: 'open', reason: '' }));
    await part(Consumers).settled();
    const timer = () => hall.database.read.timer.findFirstOrThrow({ where: { name: 'attendance.sweep', key: fair.id } });
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Urumqi', hour: '2-digit', minute: '2-digit' });
    expect(clock.format((await timer()).dueAt)).toBe('03:00');
    const door = await hall.device(fair, fair.door);
    for (const { code: text } of await hall.tickets(fair, 2)) await server.scans.scan(door, scanOf(text));
    await pause();
    await hall.database.transaction((tx) => part(Sweeps).nightly(tx, fair.id));
    expect(await part(Sweeps).list(fair.organiser, fair.id)).toMatchObject([{ persons: 2, reason: '', by: null }]);
    expect(await hall.database.read.event.count({ where: { scopeId: fair.id, type: 'presence.swept' } })).toBe(1);
    // Nobody came since: a night without anybody is no event.
    await hall.database.transaction((tx) => part(Sweeps).nightly(tx, fair.id));
    expect(await hall.database.read.event.count({ where: { scopeId: fair.id, type: 'presence.swept' } })).toBe(1);
    const { dueAt } = await timer();
    expect(clock.format(dueAt)).toBe('03:00');
    await hall.database.read.fair.update({ where: { id: fair.id }, data: { status: 'closed', endsAt: new Date(Date.now() - 1_000) } });
    await hall.database.read.timer.updateMany({ where: { key: fair.id }, data: { dueAt: new Date(0) } });
    await hall.database.transaction((tx) => part(Sweeps).nightly(tx, fair.id));
    expect((await timer()).dueAt).toEqual(new Date(0)); // not planned anew
    await agrees(fair);
  });

  it('is not ended in the night when the fair was to end before it and has been put off, as long as it goes on', async () => {
    const fair = await hall.fair({ approved: 20 });
    const hours = (n: number) => new Date(Date.now() + n * 3_600_000);
    await hall.database.read.fair.update({ where: { id: fair.id }, data: { startsAt: hours(-6), endsAt: hours(1) } });
    const door = await hall.device(fair, fair.door);
    for (const { code: text } of await hall.tickets(fair, 2)) await server.scans.scan(door, scanOf(text));
    const night = () => hall.database.transaction((tx) => part(Sweeps).nightly(tx, fair.id));
    await night();
    expect((await numbers(fair))[0]).toEqual([2, 0]);
    const timer = await hall.database.read.timer.findFirstOrThrow({ where: { name: 'attendance.sweep', key: fair.id } });
    expect(timer.dueAt > hours(1)).toBe(true);
    await hall.database.read.fair.update({ where: { id: fair.id }, data: { endsAt: hours(-1) } });
    await pause();
    await night();
    expect((await numbers(fair))[0]).toEqual([0, 0]);
    await agrees(fair);
  });

  it('rebuilds what was damaged from the log', async () => {
    const fair = await hall.fair({ approved: 20 });
    const door = await hall.device(fair, fair.door);
    for (const { code: text } of await hall.tickets(fair, 3)) await server.scans.scan(door, scanOf(text));
    await hall.database.read.zoneState.update({ where: { zoneId: fair.venue }, data: { inside: 7 } });
    await hall.database.read.presence.deleteMany({ where: { fairId: fair.id } });
    const wrong = await rebuildAttendance(hall.database, fair.id);
    expect(wrong.found).not.toBe(wrong.made);
    expect(wrong.differences.filter((line) => line.startsWith('+ presence'))).toHaveLength(3);
    await rebuildAttendance(hall.database, fair.id, true);
    await agrees(fair);
    expect(await numbers(fair)).toEqual([[3, 0], [0, 0], [0, 0]]);
  });
});

describe('a snapshot', () => {
  it('is signed, holds no personal data, finds a ticket by id and short code, and comes in parts', async () => {
    const fair = await hall.fair({ approved: 20 });
    const door = await hall.device(fair, fair.door);
    const [one, two] = await hall.tickets(fair, 2, { accountId: null });
    await server.scans.scan(door, scanOf(one!.code));
    await part(Consumers).settled();
    const snapshots = part(OfflineSnapshots);
    const { keyId, signature, snapshot } = await snapshots.of(door);
    const key = (await part(TicketKeys).list()).find(({ id }) => id === keyId)!;
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' });
    expect(verify(null, Buffer.from(`FWO1.${snapshot}`, 'utf8'), publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    const read = JSON.parse(snapshot) as OfflineSnapshot;
    expect(read).toMatchObject({ whole: true, gate: { path: [fair.venue] }, rules: { reEntry: true }, profiles: [{ kind: 'visitor', size: 1, zoneIds: [] }] });
    const first = rowOf(ticketRows(read.tickets), one!.ticket.id);
    expect([first.readUInt8(18), first.readUInt16BE(19), first.readUInt16BE(21)]).toEqual([1, 1, 1]);
    expect(rowOf(ticketRows(read.tickets), two!.ticket.id).readUInt8(18)).toBe(0);
    const hash = createHash('sha256').update(Buffer.from(read.salt, 'hex')).update(one!.ticket.shortCode).digest().subarray(0, 8);
    expect(first.subarray(8, 16)).toEqual(hash);
    expect(snapshot).not.toContain(one!.ticket.shortCode);

    await server.scans.scan(door, scanOf(two!.code));
    await part(Consumers).settled();
    const part2 = JSON.parse((await snapshots.of(door, read.position)).snapshot) as OfflineSnapshot;
    expect([part2.whole, ticketRows(part2.tickets).length]).toEqual([false, 1]);
    expect(rowOf(ticketRows(part2.tickets), two!.ticket.id).readUInt8(18)).toBe(1);

    // The fair is moved: a gate that hears of it reads at once, maybe before the tickets have their new times. It reads them all again then.
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const times = { startsAt: at(-1), endsAt: at(9) };
    await part(FairsService).reschedule(fair.organiser, fair.id, { ...times, venueName: '澜江会展中心', venueAddress: '', reason: '人多，延长' });
    await part(Consumers).settled();
    const { position } = await hall.database.read.event.findFirstOrThrow({ where: { scopeId: fair.id, type: 'fair.rescheduled' } });
    const moved = JSON.parse((await snapshots.of(door, Number(position))).snapshot) as OfflineSnapshot;
    const { validUntil } = validityOf('visitor', { startsAt: new Date(times.startsAt), endsAt: new Date(times.endsAt) });
    expect(moved).toMatchObject({ whole: true, profiles: [{ validUntil: validUntil.toISOString() }] });
  });
});
