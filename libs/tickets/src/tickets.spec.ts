import { randomUUID } from 'node:crypto';
import { DomainError, newId } from '#libs/platform';
import { Consumers, Events } from '#libs/events';
import type { CandidateActor } from '#libs/identity';
import { Scans } from '#libs/attendance';
import { scanOf, testHall, type TestHall } from '../../../test/support/hall.js';
import { Issuing, Registration, TicketCodes, TicketKeys, Tickets, validityOf } from './index.js';

let hall: TestHall;
let registration: Registration, tickets: Tickets, issuing: Issuing, scans: Scans;
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });
const code = (error: unknown) => (error as DomainError).code;
const person = (): CandidateActor => ({ role: 'candidate', accountId: newId() });
const registered = async (fairId: string) => (await hall.database.read.fair.findUniqueOrThrow({ where: { id: fairId } })).registered;
const valid = (fairId: string) => hall.database.read.ticket.count({ where: { fairId, kind: 'visitor', status: 'valid' } });

beforeAll(async () => {
  hall = await testHall();
  registration = part(Registration);
  tickets = part(Tickets);
  issuing = part(Issuing);
  scans = part(Scans);
});
afterAll(() => hall.close());

describe('registration', () => {
  it('is exact under a race: ten places, sixty people', async () => {
    const fair = await hall.fair({ status: 'published', quota: 10 });
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => registration.register(newId(), fair.id).then(() => 'ticket', code)));
    expect(outcomes.filter((outcome) => outcome === 'ticket')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'quotaFull')).toHaveLength(50);
    expect([await registered(fair.id), await valid(fair.id)]).toEqual([10, 10]);
  });

  it('of one person is one ticket, however often and at once it is asked', async () => {
    const fair = await hall.fair({ quota: 5 });
    const { accountId } = person();
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => registration.register(accountId, fair.id, `tap-${n % 3}`)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await registered(fair.id)).toBe(1);
    const log = await hall.database.read.event.count({ where: { type: 'ticket.registered', scopeId: fair.id } });
    expect(log).toBe(1);
  });

  it('may use one request key at two fairs', async () => {
    const [first, second] = [await hall.fair(), await hall.fair()];
    const { accountId } = person();
    expect((await registration.register(accountId, first.id, 'tap')).fairId).toBe(first.id);
    expect((await registration.register(accountId, second.id, 'tap')).fairId).toBe(second.id);
  });

  it('after a cancelling takes a place again; the late repetition of the first request does not', async () => {
    const fair = await hall.fair({ quota: 1 });
    const [one, other] = [person(), person()];
    const ticket = await registration.register(one.accountId, fair.id, 'first');
    expect(await registration.register(other.accountId, fair.id).catch(code)).toBe('quotaFull');
    await tickets.cancel(one, ticket.id);
    await tickets.cancel(one, ticket.id);
    expect(await registered(fair.id)).toBe(0);
    expect((await registration.register(one.accountId, fair.id, 'first')).status).toBe('cancelled');
    expect(await registration.register(one.accountId, fair.id, 'second')).toMatchObject({ id: ticket.id, status: 'valid' });
    expect(await registration.register(other.accountId, fair.id).catch(code)).toBe('quotaFull');
    expect([await registered(fair.id), await valid(fair.id)]).toEqual([1, 1]);
  });

  it('races with cancelling, and the count stays the number of valid tickets', async () => {
    const fair = await hall.fair({ quota: 4 });
    const people = Array.from({ length: 8 }, person);
    await Promise.all(people.map(async (each) => {
      for (let round = 0; round < 4; round += 1) {
        const ticket = await registration.register(each.accountId, fair.id).catch(() => null);
        if (ticket && round < 3) await tickets.cancel(each, ticket.id);
      }
    }));
    expect(await registered(fair.id)).toBe(await valid(fair.id));
    expect(await valid(fair.id)).toBeLessThanOrEqual(4);
  });

  it('is closed before publishing, after the end and after closing', async () => {
    const attempt = async (options: Parameters<TestHall['fair']>[0]) => registration.register(newId(), (await hall.fair(options)).id).catch(code);
    expect(await attempt({ status: 'draft' })).toBe('notFound');
    expect(await attempt({ status: 'open', starts: -6, ends: -1 })).toBe('registrationClosed');
    expect(await attempt({ status: 'closed' })).toBe('registrationClosed');
    expect(await attempt({ status: 'cancelled' })).toBe('registrationClosed');
  });
});

describe('a ticket', () => {
  it('cannot be cancelled once it was used, nor by somebody else', async () => {
    const fair = await hall.fair();
    const holder = person();
    const ticket = await registration.register(holder.accountId, fair.id);
    expect(await tickets.cancel(person(), ticket.id).catch(code)).toBe('notFound');
    const device = await hall.device(fair, fair.door);
    expect((await scans.scan(device, scanOf(ticket.shortCode))).admitted).toBe(true);
    expect(await tickets.cancel(holder, ticket.id).catch(code)).toBe('ticketAlreadyUsed');
  });

  it('is either cancelled or used, never both, when both are asked at once', async () => {
    const fair = await hall.fair();
    const device = await hall.device(fair, fair.door);
    for (let round = 0; round < 20; round += 1) {
      const holder = person();
      const ticket = await registration.register(holder.accountId, fair.id);
      const [scan, cancelling] = await Promise.all([scans.scan(device, scanOf(ticket.shortCode)), tickets.cancel(holder, ticket.id).then(() => 'cancelled', code)]);
      expect([scan.reason, cancelling]).toEqual(scan.admitted ? [null, 'ticketAlreadyUsed'] : ['cancelled', 'cancelled']);
    }
  });

  it('that is revoked stays so, gives its place back, and says why', async () => {
    const fair = await hall.fair({ quota: 1 });
    const holder = person();
    const ticket = await registration.register(holder.accountId, fair.id);
    expect(await tickets.revoke(fair.organiser, ticket.id, '').catch(code)).toBe('reasonRequired');
    const stranger = { ...fair.organiser, organisationId: newId() };
    expect(await tickets.revoke(stranger, ticket.id, '倒票').catch(code)).toBe('notFound');
    expect(await tickets.revoke(fair.organiser, ticket.id, '倒票')).toMatchObject({ status: 'revoked', inside: false });
    await tickets.revoke(fair.organiser, ticket.id, '再来一次');
    expect(await registration.register(holder.accountId, fair.id)).toMatchObject({ status: 'revoked', revokedReason: '倒票' });
    expect(await registered(fair.id)).toBe(0);
    const audit = await hall.database.read.auditEntry.findMany({ where: { subjectId: ticket.id } });
    expect(audit.map(({ action, reason }) => [action, reason])).toEqual([['ticket.revoked', '倒票']]);
  });

  it('moves with its fair; the code is made anew and the old one names the same ticket', async () => {
    const fair = await hall.fair({ status: 'published' });
    const holder = person();
    await registration.register(holder.accountId, fair.id);
    const [before] = await tickets.mine(holder.accountId);
    const times = { startsAt: new Date(Date.now() + 170 * 3_600_000), endsAt: new Date(Date.now() + 176 * 3_600_000) };
    await hall.database.transaction(async (tx) => {
      await tx.fair.update({ where: { id: fair.id }, data: times });
      const when = { startsAt: times.startsAt.toISOString(), endsAt: times.endsAt.toISOString(), venueName: '' };
      await part(Events).append(tx, 'fair.rescheduled', { kind: 'fair', id: fair.id }, { fairId: fair.id, from: when, to: when, reason: '台风' });
    });
    await part(Consumers).settled();
    const [after] = await tickets.mine(holder.accountId);
    const { validFrom, validUntil } = validityOf('visitor', times);
    expect([after!.validFrom, after!.validUntil]).toEqual([validFrom.toISOString(), validUntil.toISOString()]);
    expect(after!.code).not.toBe(before!.code);
    for (const text of [before!.code, after!.code]) expect(await part(TicketCodes).read(text)).toMatchObject({ kind: 'ticket', ticketId: after!.id });
    expect(after!.shortCode).toBe(before!.shortCode);
  });

  it('is not in the organiser’s list of another organiser, and is found by its first digits', async () => {
    const fair = await hall.fair();
    await hall.tickets(fair, 7);
    const first = await tickets.list(fair.organiser, fair.id, { limit: 5 });
    const second = await tickets.list(fair.organiser, fair.id, { limit: 5, after: first.next! });
    expect([first.items.length, second.items.length, second.next]).toEqual([5, 2, null]);
    const [one] = first.items;
    const found = await tickets.list(fair.organiser, fair.id, { q: `${one!.shortCode.slice(0, 4)} ${one!.shortCode.slice(4)}` });
    expect(found.items.map(({ id }) => id)).toEqual([one!.id]);
    expect(await tickets.list({ ...fair.organiser, organisationId: newId() }, fair.id, {}).catch(code)).toBe('notFound');
  });
});

describe('tickets that are handed out', () => {
  it('to a walk-in: once a request key, also at once, and outside of the quota', async () => {
    const fair = await hall.fair({ quota: 0 });
    const device = await hall.device(fair, fair.door);
    const key = randomUUID();
    const made = await Promise.all(Array.from({ length: 10 }, () => issuing.walkIn(device, fair.id, key, [fair.zoneA])));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made[0]).toMatchObject({ kind: 'walkIn', accountId: null, zoneIds: [fair.zoneA] });
    expect(await registered(fair.id)).toBe(0);
    expect(await issuing.walkIn({ ...device, fairId: newId() }, fair.id, key, []).catch(code)).toBe('gateWrongFair');
    expect(await issuing.walkIn(device, fair.id, randomUUID(), [newId()]).catch(code)).toBe('validationFailed');
  });

  it('as passes: as many as asked for, each with a short code of its own, good from the day before', async () => {
    const fair = await hall.fair({ status: 'published', starts: 20, ends: 26 });
    const made = await issuing.passes(fair.organiser, fair.id, { kind: 'staff', count: 150, zoneIds: [] });
    expect(new Set(made.map(({ shortCode }) => shortCode)).size).toBe(150);
    const device = await hall.device(fair, fair.door);
    expect((await scans.scan(device, scanOf(made[0]!.shortCode))).admitted).toBe(true);
  });
});

describe('the keys', () => {
  it('are made once under a race, and a retired one still verifies', async () => {
    const seal = part(TicketKeys)['seal' as never] as ConstructorParameters<typeof TicketKeys>[1];
    await hall.database.read.signingKey.deleteMany();
    const processes = Array.from({ length: 6 }, () => new TicketKeys(hall.database, seal));
    const pairs = await Promise.all(processes.map((keys) => keys.signing()));
    expect(new Set(pairs.map(({ keyId }) => keyId))).toEqual(new Set([1]));
    expect(await hall.database.read.signingKey.count()).toBe(1);

    const fair = await hall.fair();
    const facts = { id: newId(), fairId: fair.id, kind: 'visitor' as const, size: 1, validFrom: new Date(0), validUntil: new Date(1e12) };
    const [mine, others] = [new TicketCodes(processes[0]!), new TicketCodes(processes[1]!)];
    const old = (await mine.signer())(facts);
    await processes[0]!.rotate();
    const fresh = (await mine.signer())(facts);
    expect((await processes[0]!.signing()).keyId).toBe(2);
    expect(await mine.read(old)).toEqual({ kind: 'ticket', fairId: fair.id, ticketId: facts.id });
    // A process that has not heard of the new key looks for it, though not for each forged code.
    await new Promise((resolve) => setTimeout(resolve, 2_050));
    expect(await others.read(fresh)).toEqual({ kind: 'ticket', fairId: fair.id, ticketId: facts.id });
    expect((await processes[0]!.list()).map(({ id, publicKey }) => [id, Buffer.from(publicKey, 'base64url').length])).toEqual([[1, 32], [2, 32]]);
  });

  it('do not lie in the database in the clear', async () => {
    const [row] = await hall.database.read.signingKey.findMany();
    expect(Buffer.from(row!.privateKeySealed).toString('latin1')).not.toContain('PRIVATE');
  });
});

describe('a person who is erased', () => {
  it('has no ticket any more, and gives back what was not used', async () => {
    const fair = await hall.fair({ quota: 3 });
    const account = await hall.database.read.account.create({ data: { id: newId(), kind: 'candidate' } });
    const ticket = await registration.register(account.id, fair.id);
    await hall.database.transaction((tx) => tickets.erase(tx, account.id));
    expect(await hall.database.read.ticket.findUniqueOrThrow({ where: { id: ticket.id } })).toMatchObject({ accountId: null, status: 'cancelled' });
    expect(await registered(fair.id)).toBe(0);
  });
});
