/** What gates have done without a network, and bring when they are heard again. */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { EventMap, OfflineRecord } from '#libs/contracts';
import { newId, type DomainError } from '#libs/platform';
import { scanOf, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { Pairing, Quarantine } from './index.js';
import { walkInText } from './upload-walk-ins.js';

let hall: TestHall;
let server: GateServer;
const code = (error: unknown) => (error as DomainError).code;

const { part, agrees, numbers, pause } = offlineHall((made) => { ({ hall, server } = made); });

const gateAt = async (fair: TestFair, gate = fair.door, skew = 0) => new OfflineGate(await hall.device(fair, gate), skew);

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

  it('of a revoked device is decided once, whoever else decides at the same moment', async () => {
    const fair = await hall.fair({ approved: 20 });
    const gate = await gateAt(fair);
    await gate.ask(server, 8);
    for (const { code: text } of await hall.tickets(fair, 6)) gate.offline(text, 'entry');
    await part(Pairing).revoke(fair.organiser, gate.device.deviceId, '手机被偷');
    await gate.upload(server);
    const ids = (await part(Quarantine).list(fair.organiser, fair.id)).map(({ id }) => id);
    await Promise.all([true, false, true, false].map((accept) => part(Quarantine).decide(fair.organiser, fair.id, { ids, accept, reason: accept ? '门岗认得' : '不是我们扫的' })));
    const told = (await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: 'quarantine.decided' } })).map(({ data }) => data as EventMap['quarantine.decided']);
    expect(told.map(({ records }) => records)).toEqual([6]);
    const { accepted } = told[0]!;
    expect((await part(Quarantine).list(fair.organiser, fair.id)).map(({ decision }) => decision)).toEqual(ids.map(() => (accepted ? 'accepted' : 'rejected')));
    expect(await numbers(fair)).toEqual([accepted ? [6, 2] : [0, 8], [0, 0], [0, 0]]);
    await agrees(fair);
  });

  it('of a revoked device is kept apart, and counted when the organiser says so', async () => {
    const fair = await hall.fair({ approved: 10 });
    const gate = await gateAt(fair);
    await gate.ask(server, 3);
    const tickets = await hall.tickets(fair, 2);
    gate.offline(tickets[0]!.code, 'entry');
    gate.offline(tickets[1]!.ticket.shortCode, 'entry');
    await part(Pairing).revoke(fair.organiser, gate.device.deviceId, '手机被偷');
    expect(await numbers(fair)).toEqual([[0, 3], [0, 0], [0, 0]]);
    expect(await server.leases.ask(gate.device, { id: randomUUID(), sequence: 9, places: 3 }).catch(code)).toBe('deviceRevoked');
    const answer = (await gate.upload(server, 9, true))!;
    expect(answer).toMatchObject({ revoked: true, records: [{ outcome: 'quarantined' }, { outcome: 'quarantined' }] });
    await gate.upload(server);
    expect(await numbers(fair)).toEqual([[0, 3], [0, 0], [0, 0]]);
    const waiting = await part(Quarantine).list(fair.organiser, fair.id);
    expect(waiting).toMatchObject(tickets.map(({ ticket }) => ({ decision: null, admitted: true, shortCode: ticket.shortCode })));
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
