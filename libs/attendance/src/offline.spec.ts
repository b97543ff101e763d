import { createHash, createPublicKey, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import type { OfflineRecord, OfflineSnapshot } from '#libs/contracts';
import { Consumers, Events } from '#libs/events';
import { newId, type DomainError } from '#libs/platform';
import { TicketKeys } from '#libs/tickets';
import { scanOf, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { Conflicts, Corrections, GateRules, OfflineSnapshots, Pairing, Quarantine, rebuildAttendance, Sweeps } from './index.js';
import { walkInText } from './upload-walk-ins.js';

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

describe('an upload', () => {
  it('is taken once, says what is missing and what the server would have refused, and drops nothing', async () => {
    const fair = await hall.fair({ approved: 10 });
    const gate = await gateAt(fair, fair.door, 3_600_000);
    await gate.ask(server, 1);
    const [good, revoked, third] = await hall.tickets(fair, 3);
    gate.offline(good!.code, 'entry');
    await hall.database.read.ticket.update({ where: { id: revoked!.ticket.id }, data: { status: 'revoked' } });
    const record = (text: string, sequence: number): OfflineRecord => ({
      id: randomUUID(), sequence, direction: 'entry', code: text, walkIn: null, happenedAt: new Date().toISOString(), offsetMs: 0, agoMs: 5_000, leaseId: null, admitted: true, reason: null,
    });
    gate.queue.push(record(revoked!.code, 2), record('FW1.nothing', 3), record(third!.code, 5));
    const answer = (await gate.upload(server, 9, true))!;
    expect(answer.records.map(({ outcome, conflict }) => [outcome, conflict])).toEqual([['accepted', null], ['conflict', 'noPlace'], ['conflict', 'notValid'], ['conflict', 'noPlace']]);
    expect(answer).toMatchObject({ contiguous: 3, clock: { wrong: true }, revoked: false });
    expect(Math.abs(answer.clock.offsetMs + 3_600_000)).toBeLessThan(5_000);
    expect((await gate.upload(server))!.records.map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate']);
    // Four bodies are inside, whatever their papers were.
    expect(await numbers(fair)).toEqual([[4, 0], [0, 0], [0, 0]]);
    expect(await hall.database.read.scan.count({ where: { fairId: fair.id } })).toBe(4);
    expect(await hall.database.read.event.count({ where: { scopeId: fair.id, type: 'device.clockChanged' } })).toBe(1);
    await agrees(fair);
  });

  it('of what a gate did after a question that the server took up too late comes after it', async () => {
    const fair = await hall.fair({ approved: 10 });
    const gate = await gateAt(fair);
    await gate.ask(server, 2);
    const [one] = await hall.tickets(fair, 1);
    const id = randomUUID();
    expect([gate.offline(one!.code, 'entry', id), gate.offline(one!.code, 'exit')]).toEqual([true, true]);
    await pause();
    expect((await server.scans.scan(gate.device, scanOf(one!.code, 'entry', id))).admitted).toBe(true);
    await pause();
    expect((await gate.upload(server))!.records.map(({ outcome }) => outcome)).toEqual(['duplicate', 'accepted']);
    expect(await numbers(fair)).toEqual([[0, 1], [0, 0], [0, 0]]);
    // The next time is after both.
    gate.offline(one!.code, 'entry');
    await gate.upload(server);
    expect(await numbers(fair)).toEqual([[1, 0], [0, 0], [0, 0]]);
    await agrees(fair);
  });

  describe('of who was let in by a place of a full hall’s lease, and sent away before the answer was heard,', () => {
    /** A full hall; a gate has held two places of it, has sent away whom the server gave one of them, and is about to tell. */
    async function sentAway() {
      const fair = await hall.fair({ approved: 4 });
      const [gate, other] = [await gateAt(fair), await hall.device(fair, fair.door)];
      await gate.ask(server, 2);
      const tickets = await hall.tickets(fair, 6);
      for (const { code: text } of tickets.slice(0, 2)) await server.scans.scan(other, scanOf(text));
      const id = randomUUID();
      expect(await server.scans.scan(gate.device, { ...scanOf(tickets[2]!.code, 'entry', id), leaseId: gate.leaseId! })).toMatchObject({ admitted: true, leaseUsed: true });
      expect(await numbers(fair)).toEqual([[3, 1], [0, 0], [0, 0]]);
      await pause();
      const sequence = gate.sequence += 1;
      gate.queue.push({
        id, sequence, direction: 'entry', code: tickets[2]!.code, walkIn: null, happenedAt: new Date().toISOString(), offsetMs: 0, agoMs: 0, leaseId: null, admitted: false, reason: 'revoked',
      });
      return { fair, gate, other, tickets, leaseId: gate.leaseId! };
    }
    const leaseOf = (id: string) => hall.database.read.gateLease.findUniqueOrThrow({ where: { id } });

    it('gives the place back to the lease: the gate may still give it to somebody', async () => {
      const { fair, gate, other, tickets, leaseId } = await sentAway();
      for (const lost of [true, false]) {
        expect((await gate.upload(server, 1, lost))!.records).toMatchObject([{ outcome: 'accepted' }]);
        expect(await numbers(fair)).toEqual([[2, 2], [0, 0], [0, 0]]);
        expect(await leaseOf(leaseId)).toMatchObject({ status: 'outstanding', held: 2, used: 0 });
      }
      await agrees(fair);
      expect((await server.scans.scan(other, scanOf(tickets[3]!.code))).reason).toBe('zoneFull');
      for (const { code: text } of tickets.slice(3, 5)) expect(gate.offline(text, 'entry')).toBe(true);
      expect((await gate.upload(server))!.records).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
      expect(await numbers(fair)).toEqual([[4, 0], [0, 0], [0, 0]]);
      await agrees(fair);
    });

    it('gives it back to one that ended in between, if that still keeps places: they are for records that come', async () => {
      const { fair, gate, tickets, leaseId } = await sentAway();
      for (const { code: text } of tickets.slice(3, 5)) gate.offline(text, 'entry');
      await gate.ask(server, 0);
      expect([(await leaseOf(leaseId)).status, await numbers(fair)]).toEqual(['reported', [[3, 1], [0, 0], [0, 0]]]);
      expect((await gate.upload(server))!.records).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted', conflict: null }, { outcome: 'accepted', conflict: null }]);
      expect([(await leaseOf(leaseId)).status, await numbers(fair)]).toEqual(['settled', [[4, 0], [0, 0], [0, 0]]]);
      await agrees(fair);
    });

    it('gives it back to one that ended without a report', async () => {
      const { fair, gate, leaseId } = await sentAway();
      await hall.database.transaction((tx) => server.leases.expire(tx, leaseId));
      await gate.upload(server);
      expect([(await leaseOf(leaseId)).status, await numbers(fair)]).toEqual(['presumed', [[2, 2], [0, 0], [0, 0]]]);
      await gate.ask(server, 0);
      expect([(await leaseOf(leaseId)).status, await numbers(fair)]).toEqual(['settled', [[2, 0], [0, 0], [0, 0]]]);
      await agrees(fair);
    });

    it('frees it when that lease is settled, whatever the gate holds since', async () => {
      const { fair, gate, leaseId } = await sentAway();
      expect((await gate.ask(server, 1)).lease).toBeNull(); // full
      await hall.database.read.zone.update({ where: { id: fair.venue }, data: { approvedNumber: 6 } });
      expect((await gate.ask(server, 1)).lease).toMatchObject({ places: 1 });
      expect(await numbers(fair)).toEqual([[3, 1], [0, 0], [0, 0]]);
      await gate.upload(server);
      expect([(await leaseOf(leaseId)).status, await numbers(fair)]).toEqual(['settled', [[2, 1], [0, 0], [0, 0]]]);
      expect(await leaseOf(gate.leaseId!)).toMatchObject({ status: 'outstanding', held: 1, used: 0 });
      await agrees(fair);
    });
  });

  it('of a revoked device is kept apart, and counted when the organiser says so', async () => {
    const fair = await hall.fair({ approved: 10 });
    const gate = await gateAt(fair);
    await gate.ask(server, 3);
    const tickets = await hall.tickets(fair, 2);
    for (const { code: text } of tickets) gate.offline(text, 'entry');
    await part(Pairing).revoke(fair.organiser, gate.device.deviceId, '手机被偷');
    expect(await numbers(fair)).toEqual([[0, 3], [0, 0], [0, 0]]);
    expect(await server.leases.ask(gate.device, { id: randomUUID(), sequence: 9, places: 3 }).catch(code)).toBe('deviceRevoked');
    const answer = (await gate.upload(server, 9, true))!;
    expect(answer).toMatchObject({ revoked: true, records: [{ outcome: 'quarantined' }, { outcome: 'quarantined' }] });
    await gate.upload(server);
    expect(await numbers(fair)).toEqual([[0, 3], [0, 0], [0, 0]]);
    const waiting = await part(Quarantine).list(fair.organiser, fair.id);
    expect(waiting).toMatchObject([{ decision: null, admitted: true }, { decision: null }]);
    await part(Quarantine).decide(fair.organiser, fair.id, { ids: [waiting[0]!.id], accept: true, reason: '门岗认得' });
    await part(Quarantine).decide(fair.organiser, fair.id, { ids: [waiting[1]!.id], accept: false, reason: '不是我们扫的' });
    expect(await numbers(fair)).toEqual([[1, 2], [0, 0], [0, 0]]);
    const [lease] = await server.leases.list(fair.organiser, fair.id);
    await server.leases.settle(fair.organiser, lease!.id, { persons: 0, reason: '核对过了' });
    expect(await numbers(fair)).toEqual([[1, 0], [0, 0], [0, 0]]);
    await agrees(fair);
    // What is still to be decided comes first, however much of older devices has been.
    const { quarantinedRecord } = hall.database.read;
    const { record, ...row } = await quarantinedRecord.findUniqueOrThrow({ where: { id: waiting[1]!.id } });
    await quarantinedRecord.createMany({ data: Array.from({ length: 2_000 }, (_, n) => ({ ...row, record: record as object, id: newId(), sequence: n - 2_000 })) });
    await quarantinedRecord.create({ data: { ...row, record: record as object, id: newId(), sequence: 3, decision: null } });
    const all = await part(Quarantine).list(fair.organiser, fair.id);
    expect([all.length, ...all.slice(0, 2).map(({ decision }) => decision)]).toEqual([2_000, null, 'accepted']);
  });

  it('brings people without a ticket, if the device’s own key has signed them', async () => {
    const fair = await hall.fair({ approved: 10 });
    const device = await hall.device(fair, fair.door);
    const pair = generateKeyPairSync('ed25519');
    await part(Pairing).setKey(device, pair.publicKey.export({ format: 'jwk' }).x!);
    expect(await part(Pairing).setKey(device, 'A'.repeat(42)).catch(code)).toBe('deviceKeyInvalid');
    const { lease } = await server.leases.ask(device, { id: randomUUID(), sequence: 1, places: 5 });
    const facts = { ticketId: newId(), persons: 3, madeAt: new Date().toISOString() };
    const signature = sign(null, Buffer.from(walkInText(fair.id, fair.door.id, facts), 'utf8'), pair.privateKey).toString('base64url');
    const record = { direction: 'entry' as const, code: null, happenedAt: facts.madeAt, offsetMs: 0, agoMs: 10, leaseId: lease!.leaseId, admitted: true, reason: null };
    const answer = await server.uploads.upload(device, { sentAt: facts.madeAt, records: [
      { ...record, id: randomUUID(), sequence: 1, count: 3, walkIn: { ...facts, signature } },
      { ...record, id: randomUUID(), sequence: 2, walkIn: { ...facts, ticketId: newId(), persons: 1, signature } },
    ] });
    expect(answer.records.map(({ outcome, conflict }) => [outcome, conflict])).toEqual([['accepted', null], ['conflict', 'notValid']]);
    expect(await hall.database.read.ticket.findUnique({ where: { id: facts.ticketId } })).toMatchObject({ kind: 'walkIn', size: 3, status: 'valid' });
    expect(await numbers(fair)).toEqual([[4, 1], [0, 0], [0, 0]]);
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
    await hall.database.read.fair.update({ where: { id: fair.id }, data: { timeZone: 'Asia/Urumqi' } });
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
  });
});
