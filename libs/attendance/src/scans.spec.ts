import { randomUUID } from 'node:crypto';
import type { ScanResult } from '#libs/contracts';
import { Database, DomainError, newId } from '#libs/platform';
import { Consumers, Events } from '#libs/events';
import { Audit } from '#libs/identity';
import { TicketCodes, Tickets } from '#libs/tickets';
import { reasons, scanOf, testHall, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { Attendance, Scans, ZoneCommands } from './index.js';
import { ScanBatch } from './scan-batch.js';
import { Fairs } from '#libs/fairs';

let hall: TestHall, database: Database;
/** Two api processes: each has its own lanes, and they meet in the database. */
let processes: Scans[];
let commands: ZoneCommands, attendance: Attendance;
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });
const code = (error: unknown) => (error as DomainError).code;

beforeAll(async () => {
  hall = await testHall();
  ({ database } = hall);
  processes = Array.from({ length: 2 }, () =>
    new Scans(new ScanBatch(database, part(Events), part(Audit)), part(TicketCodes), database, part(Fairs)));
  commands = part(ZoneCommands);
  attendance = part(Attendance);
});
afterAll(() => hall.close());

const [left, right] = [0, 1];
const counts = async (fair: TestFair) => (await attendance.zoneStatuses(fair.id)).map(({ inside }) => inside);
const kept = (fair: TestFair) => database.read.scan.findMany({ where: { fairId: fair.id }, orderBy: { recordedAt: 'asc' } });
const facts = (fair: TestFair, type: string) => database.read.event.findMany({ where: { scopeId: fair.id, type }, orderBy: { seq: 'asc' } });

describe('one ticket at two gates', () => {
  it('lets one in and tells the other when and where, two hundred times', async () => {
    const fair = await hall.fair();
    const [one, two] = [await hall.device(fair, fair.door), await hall.device(fair, fair.door)];
    const tickets = await hall.tickets(fair, 200);
    const results = await Promise.all(tickets.map(({ code: text }) => Promise.all([processes[left]!.scan(one, scanOf(text)), processes[right]!.scan(two, scanOf(text))])));
    for (const pair of results) {
      const [admitted, refused] = [pair.find((each) => each.admitted)!, pair.find((each) => !each.admitted)!];
      expect([admitted?.reason, refused?.reason]).toEqual([null, 'alreadyInside']);
      expect(refused.previous).toEqual({ at: expect.stringMatching(/Z$/), gateName: '1 号门' });
    }
    expect(await counts(fair)).toEqual([200, 0, 0]);
    expect(await database.read.presence.count({ where: { fairId: fair.id } })).toBe(200);
    expect(await database.read.checkIn.count({ where: { fairId: fair.id } })).toBe(200);
    expect([(await facts(fair, 'checkIn.recorded')).length, (await facts(fair, 'scan.refused')).length]).toEqual([200, 200]);
  });
});

describe('a retry', () => {
  it('is the same scan and hears the same: at once, later, through another process, with other content', async () => {
    const fair = await hall.fair();
    const device = await hall.device(fair, fair.door);
    const [first, second] = await hall.tickets(fair, 2);
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => processes[n % 2]!.scan(device, scanOf(first!.code, 'entry', n % 3 ? id : id.toUpperCase()))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ admitted: true, scanId: id, ticket: { id: first!.ticket.id }, zone: { name: '全场', inside: 1, approvedNumber: 1000, level: 'flow' } });
    expect(await processes[right]!.scan(device, scanOf(second!.code, 'exit', id))).toEqual(answers[0]);
    expect(await counts(fair)).toEqual([1, 0, 0]);
    expect(await kept(fair)).toHaveLength(1);
    expect(await facts(fair, 'checkIn.recorded')).toHaveLength(1);
  });

  it('of a refusal hears the refusal, though its reason is gone', async () => {
    const fair = await hall.fair({ approved: 1 });
    const device = await hall.device(fair, fair.door);
    const [inside, waiting] = await hall.tickets(fair, 2);
    await processes[left]!.scan(device, scanOf(inside!.code));
    const id = randomUUID();
    const refused = await processes[left]!.scan(device, scanOf(waiting!.code, 'entry', id));
    expect(refused.reason).toBe('zoneFull');
    await processes[left]!.scan(device, scanOf(inside!.code, 'exit'));
    expect(await processes[left]!.scan(device, scanOf(waiting!.code, 'entry', id))).toEqual(refused);
    expect((await processes[left]!.scan(device, scanOf(waiting!.code))).admitted).toBe(true);
  });

  it('with the id of another fair’s scan is a conflict, and learns nothing of it', async () => {
    const [mine, other] = [await hall.fair(), await hall.fair()];
    const id = randomUUID();
    await processes[left]!.scan(await hall.device(other, other.door), scanOf('hello', 'entry', id));
    const [ticket] = await hall.tickets(mine, 1);
    expect(await processes[left]!.scan(await hall.device(mine, mine.door), scanOf(ticket!.code, 'entry', id)).catch(code)).toBe('conflict');
    expect(await counts(mine)).toEqual([0, 0, 0]);
  });
});

describe('the gate lock', () => {
  it('gives the last place to one of fifty', async () => {
    const fair = await hall.fair({ approved: 1 });
    const devices = await Promise.all([fair.door, fair.gateA, fair.gateB].map((gate) => hall.device(fair, gate)));
    const tickets = await hall.tickets(fair, 50);
    const results = await Promise.all(tickets.map(({ code: text }, n) => processes[n % 2]!.scan(devices[n % 3]!, scanOf(text))));
    expect(results.filter(({ admitted }) => admitted)).toHaveLength(1);
    expect(reasons(results).filter((reason) => reason === 'zoneFull')).toHaveLength(49);
    expect((await counts(fair))[0]).toBe(1);
  });

  it('holds from the answer to the command on, and exits go on', async () => {
    const fair = await hall.fair({ approved: 5 });
    const [door, gateA] = [await hall.device(fair, fair.door), await hall.device(fair, fair.gateA)];
    const [one, two, three] = await hall.tickets(fair, 3);
    await processes[left]!.scan(door, scanOf(one!.code));

    expect(await commands.setLock(fair.organiser, fair.zoneA, { locked: true, reason: '搬设备' })).toMatchObject({ earlyLocked: true, reason: '搬设备' });
    expect((await processes[right]!.scan(gateA, scanOf(two!.code))).reason).toBe('zoneLocked');
    expect((await processes[right]!.scan(door, scanOf(two!.code))).admitted).toBe(true);
    expect(await commands.setLock(fair.organiser, fair.zoneA, { locked: false, reason: '搬完了' })).toMatchObject({ earlyLocked: false, reason: null });
    expect((await processes[right]!.scan(gateA, scanOf(two!.code))).admitted).toBe(true);

    await commands.setStop(fair.organiser, fair.id, { stopped: true, reason: '消防检查' });
    expect((await processes[left]!.scan(gateA, scanOf(one!.code))).reason).toBe('fairStopped');
    expect((await processes[left]!.scan(door, scanOf(one!.code, 'exit'))).admitted).toBe(true);
    await commands.setStop(fair.organiser, fair.id, { stopped: false, reason: '查完了' });

    expect(await commands.setCapacity(fair.organiser, fair.zoneA, { approvedNumber: 1, reason: '核定' })).toMatchObject({ approvedNumber: 1, inside: 1, level: 'lock' });
    expect((await processes[left]!.scan(gateA, scanOf(three!.code))).reason).toBe('zoneFull');
    await commands.setCapacity(fair.organiser, fair.zoneA, { approvedNumber: 0, reason: '清场' });
    expect((await processes[left]!.scan(gateA, scanOf(two!.code, 'exit'))).admitted).toBe(true);
    expect(await counts(fair)).toEqual([1, 0, 0]);

    expect(await commands.setCapacity(fair.organiser, fair.zoneA, { approvedNumber: 6, reason: '太大' }).catch(code)).toBe('zoneOverVenue');
    expect(await commands.setLock(fair.organiser, fair.zoneA, { locked: true, reason: '' }).catch(code)).toBe('reasonRequired');
    const stranger = { ...fair.organiser, organisationId: newId() };
    expect(await commands.setStop(stranger, fair.id, { stopped: true, reason: '捣乱' }).catch(code)).toBe('notFound');
    expect((await facts(fair, 'zone.lockChanged')).map(({ data }) => (data as { locked: boolean }).locked)).toEqual([true, false]);
    expect(await facts(fair, 'fair.stopChanged')).toHaveLength(2);
    expect((await facts(fair, 'zone.capacityChanged')).map(({ data }) => data)).toMatchObject([{ from: 5, to: 1, reason: '核定' }, { from: 1, to: 0, reason: '清场' }]);
    const audit = await database.read.auditEntry.findMany({ where: { actorId: fair.organiser.accountId }, orderBy: { at: 'asc' } });
    expect(audit.map(({ action }) => action)).toEqual(['zone.locked', 'zone.unlocked', 'fair.stopped', 'fair.resumed', 'zone.capacityChanged', 'zone.capacityChanged']);
  });

  it('is passed by name and with a reason, and only by what it can excuse', async () => {
    const fair = await hall.fair({ approved: 1 });
    const other = await hall.fair();
    const [one, two] = await hall.tickets(fair, 2);
    const override = (text: string, gateId = fair.door.id, reason = '家长带着孩子') => processes[left]!.override(fair.organiser, fair.id, { id: randomUUID(), gateId, code: text, reason });
    expect(await override(one!.code)).toMatchObject({ admitted: true, override: false });
    expect(await override(two!.ticket.shortCode)).toMatchObject({ admitted: true, override: true, zone: { inside: 2, level: 'lock' } });
    expect((await override(two!.code)).reason).toBe('alreadyInside');
    expect((await override(`${one!.code.slice(0, -8)}AAAAAAAA`)).reason).toBe('forged');
    expect(await override(one!.code, other.door.id).catch(code)).toBe('gateWrongFair');
    expect(await override(one!.code, fair.door.id, '').catch(code)).toBe('reasonRequired');
    const [event, ...more] = await facts(fair, 'entry.overridden');
    expect(more).toEqual([]);
    expect(event).toMatchObject({ actorId: fair.organiser.accountId, data: { ticketId: two!.ticket.id, gateId: fair.door.id, reason: '家长带着孩子' } });
    expect((await kept(fair)).map(({ reason, deviceId }) => [reason, deviceId])).toEqual([[null, null], ['override', null], ['alreadyInside', null], ['forged', null]]);
    expect(await database.read.auditEntry.count({ where: { action: 'entry.overridden', actorId: fair.organiser.accountId, reason: '家长带着孩子' } })).toBe(4);
    const lines = await database.read.auditEntry.findMany({ where: { action: 'entry.overridden', actorId: fair.organiser.accountId }, orderBy: { id: 'asc' } });
    const number = ({ ticket: { shortCode } }: typeof one) => `${shortCode.slice(0, 4)} ${shortCode.slice(4)}`;
    expect(lines.map(({ details }) => (details as { name: string }).name)).toEqual([`1 号门 · ${number(one)}`, `1 号门 · ${number(two)}`, `1 号门 · ${number(two)}`, '1 号门']);
  });
});

describe('a refused scan', () => {
  it('is kept with its own reason, what was read only as its hash', async () => {
    const fair = await hall.fair();
    const door = await hall.device(fair, fair.door);
    const past = new Date(Date.now() - 60_000);
    const [good, revoked, limited] = await hall.tickets(fair, 3);
    const [expired] = await hall.tickets(fair, 1, { validUntil: past });
    const [early] = await hall.tickets(fair, 1, { validFrom: new Date(Date.now() + 60_000) });
    const [foreign] = await hall.tickets(await hall.fair(), 1);
    const gone = (await hall.tickets(fair, 1))[0]!;
    await database.read.ticket.delete({ where: { id: gone.ticket.id } });
    await part(Tickets).revoke(fair.organiser, revoked!.ticket.id, '倒票');
    await database.read.ticket.update({ where: { id: limited!.ticket.id }, data: { zoneIds: [fair.zoneA] } });
    const texts: [string, string | null][] = [
      ['', 'unreadable'], ['https://example.org/\u0000', 'unreadable'], [`${good!.code.slice(0, -5)}AAAAA`, 'forged'], [gone.code, 'unknownTicket'], ['00000000', 'unknownTicket'],
      [foreign!.code, 'wrongFair'], [revoked!.code, 'revoked'], [expired!.code, 'expired'], [early!.code, 'notYetValid'],
    ];
    for (const [text, reason] of texts) expect((await processes[left]!.scan(door, scanOf(text))).reason).toBe(reason);
    const gateB = await hall.device(fair, fair.gateB);
    expect(await processes[left]!.scan(gateB, scanOf(limited!.code))).toMatchObject({ reason: 'wrongZone', allowedZones: ['A 区'] });
    expect((await processes[left]!.scan(door, scanOf(good!.code, 'exit'))).reason).toBe('notInside');

    const scans = await kept(fair);
    expect(scans.map(({ reason }) => reason)).toEqual([...texts.map(([, reason]) => reason), 'wrongZone', 'notInside']);
    for (const scan of scans) expect(scan).toMatchObject({ admitted: false, deviceId: expect.any(String), codeHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await facts(fair, 'scan.refused')).map(({ data }) => (data as { reason: string }).reason)).toEqual(scans.map(({ reason }) => reason));
    expect(JSON.stringify(scans)).not.toContain(good!.code.slice(0, 40));
    expect(await counts(fair)).toEqual([0, 0, 0]);
  });

  it('from a clock that is ahead is an error; the past is kept', async () => {
    const fair = await hall.fair();
    const door = await hall.device(fair, fair.door);
    const [one] = await hall.tickets(fair, 1);
    const at = (ms: number) => ({ ...scanOf(one!.code), happenedAt: new Date(Date.now() + ms).toISOString() });
    const ahead = await processes[left]!.scan(door, at(180_000)).catch((error: DomainError) => error);
    expect(ahead).toMatchObject({ code: 'scanFromFuture', details: { seconds: expect.any(Number) } });
    expect(await kept(fair)).toEqual([]);
    const past = at(-3_600_000);
    expect((await processes[left]!.scan(door, past)).admitted).toBe(true);
    const [row] = await kept(fair);
    expect(row!.happenedAt.toISOString()).toBe(past.happenedAt);
    expect(Date.now() - row!.recordedAt.getTime()).toBeLessThan(10_000);
  });
});

describe('a batch', () => {
  it('loses only the scan that the database will not take', async () => {
    const fair = await hall.fair();
    const door = await hall.device(fair, fair.door);
    const tickets = await hall.tickets(fair, 20);
    const results = await Promise.allSettled(tickets.map(({ code: text }, n) => n === 7
      // No door lets such an instant through; PostgreSQL cannot hold it.
      ? processes[left]!.scan(door, { ...scanOf(text), happenedAt: '-200000-01-01T00:00:00.000Z' })
      : processes[left]!.scan(door, scanOf(text))));
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(tickets.map((_, n) => n !== 7));
    expect(await counts(fair)).toEqual([19, 0, 0]);
    expect(await kept(fair)).toHaveLength(19);
  });

  it('tells the events of a person’s way in the order in which it was', async () => {
    const fair = await hall.fair();
    const [door, gateA, gateB] = await Promise.all([fair.door, fair.gateA, fair.gateB].map((gate) => hall.device(fair, gate)));
    const [one] = await hall.tickets(fair, 1);
    const steps: [typeof door, 'entry' | 'exit'][] = [[door, 'entry'], [gateA, 'entry'], [gateB, 'entry'], [gateB, 'exit'], [door, 'exit'], [gateA, 'entry']];
    const results: ScanResult[] = await Promise.all(steps.map(([device, direction]) => processes[left]!.scan(device!, scanOf(one!.code, direction))));
    expect(reasons(results)).toEqual(steps.map(() => null));
    const log = (await facts(fair, 'checkIn.recorded')).map(({ data }) => data as unknown as { first: boolean; zones: { zoneId: string; change: number; inside: number }[] });
    expect(log.map(({ first }) => first)).toEqual([true, false, false, false, false, false]);
    const name = new Map([[fair.venue, 'venue'], [fair.zoneA, 'A'], [fair.zoneB, 'B']]);
    expect(log.map(({ zones }) => zones.map(({ zoneId, change, inside }) => `${name.get(zoneId)}${change > 0 ? '+' : '-'}${inside}`).join(' '))).toEqual(
      ['venue+1', 'A+1', 'A-0 B+1', 'B-0', 'venue-0', 'venue+1 A+1']);
    await part(Consumers).settled();
    expect(await counts(fair)).toEqual([1, 1, 0]);
    const present = await database.read.presence.findMany({ where: { ticketId: one!.ticket.id } });
    expect(new Set(present.map(({ zoneId }) => zoneId))).toEqual(new Set([fair.venue, fair.zoneA]));
    const states = await database.read.zoneState.findMany({ where: { fairId: fair.id } });
    expect(new Map(states.map(({ zoneId, entered, left: out }) => [name.get(zoneId), [entered, out]]))).toEqual(new Map([['venue', [2, 1]], ['A', [2, 1]], ['B', [1, 1]]]));
  });
});
