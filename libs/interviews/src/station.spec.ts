import { Consents, DataRights, Vault, type MemberActor } from '#libs/identity';
import { code } from '../../../test/support/market.js';
import type { Desk } from '../../../test/support/meetings.js';
import { minutes, queueing, type Queueing } from '../../../test/support/queueing.js';
import { Bookings } from './bookings.js';
import { Calling } from './calling.js';
import { Decisions } from './decisions.js';
import { PlaceJoining } from './place-joining.js';
import { Places } from './places.js';
import { QueueViews } from './queue.view.js';
import { SlotCalls } from './slot-calls.js';
import { StationPeople } from './station-people.js';
import { StationRegistry } from './station-registry.js';
import { StationViews } from './station.view.js';

let testing: Queueing;
let desk: Desk;
let clerk: MemberActor;
beforeAll(async () => {
  testing = await queueing();
}, 60_000);
beforeEach(async () => {
  [desk, clerk] = [await testing.open(), await testing.station()];
});
afterAll(() => testing?.close());

const ID_NUMBERS = ['11010519491231002X', '440524188001010014', '110101199003070134'];
const minutesFromNow = (n: number) => new Date(Date.now() + n * 60_000);
const read = () => testing.database.read;
const register = (body: object = {}, by = clerk) => testing.get(StationRegistry).register(by, { name: '钟水生', idNumber: ID_NUMBERS[0], consent: true, ...body });
const view = (id: string, by = clerk) => testing.get(StationViews).one(by, id);
const join = (accountId: string, at = desk, by = clerk) =>
  testing.get(PlaceJoining).join(by, { accountId, stationId: by.organisationId }, at.boothId, { mode: 'online', consent: true });
const looks = (accountId: string) => read().auditEntry.findMany({ where: { subjectId: accountId, organisationId: clerk.organisationId }, orderBy: { id: 'asc' } });

describe('somebody without a phone', () => {
  it('is found again by the ID number, which nobody is shown', async () => {
    expect(await code(register({ consent: false }))).toBe('consentRequired');
    expect(await code(register({ idNumber: undefined }))).toBe('validationFailed');
    const id = await register({ education: '小学', experienceYears: 25, wish: '什么活都行' });
    expect(await register()).toBe(id);
    const shown = await view(id);
    expect(shown).toMatchObject({ id, name: '钟水生', phoneMasked: null, hasCv: false, tickets: [], places: [], bookings: [] });
    expect(JSON.stringify(shown)).not.toContain('19491231');
    const row = await read().personalData.findUniqueOrThrow({ where: { accountId: id } });
    expect([row.phoneHash, row.idNumberHash?.includes('1949'), Buffer.from(row.idNumberSealed!).includes('19491231')]).toEqual([null, false, false]);
    expect(await read().consent.findFirst({ where: { accountId: id, organisationId: clerk.organisationId, purpose: 'station', withdrawnAt: null } })).toMatchObject({ wording: expect.stringContaining('当着工作人员的面说') });
    const actions = (await looks(id)).map(({ action }) => action);
    expect(actions.filter((each) => each === 'station.personSeen')).toHaveLength(1);
    expect(actions.filter((each) => each === 'station.personRegistered')).toHaveLength(2);
  });

  it('is not somebody else: a name or a number that is another’s opens nothing', async () => {
    const person = await testing.candidate(undefined, '林小满');
    expect(await code(register({ name: '陌生人', idNumber: undefined, phone: person.phone }))).toBe('validationFailed');
    expect(await read().stationPerson.count({ where: { accountId: person.accountId } })).toBe(0);
    const id = await register({ name: '林小满', idNumber: undefined, phone: person.phone });
    expect([id, testing.texts(person).at(-1)]).toEqual([person.accountId, expect.stringContaining('刚登记了您')]);
    await register({ name: '钟水生', idNumber: ID_NUMBERS[0] });
    expect(await code(register({ name: '林小满', phone: person.phone, idNumber: ID_NUMBERS[0] }))).toBe('validationFailed');
    // Taken back from their own phone: the station sees nothing any more.
    const consent = await read().consent.findFirstOrThrow({ where: { accountId: id, purpose: 'station' } });
    await testing.database.transaction((tx) => testing.get(Consents).withdraw(tx, id, consent.id));
    await testing.settled();
    expect(await code(view(id))).toBe('personNotHere');
  });

  it('of two clerks at once is one person', async () => {
    const ids = await Promise.all([register({ name: '何美玲', idNumber: ID_NUMBERS[2] }), register({ name: '何美玲', idNumber: ID_NUMBERS[2] }), register({ name: '何美玲', idNumber: ID_NUMBERS[2] })]);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('a clerk', () => {
  it('acts only for people of their own station who are there today', async () => {
    const id = await register();
    const other = await testing.station();
    expect([await code(view(id, other)), await code(testing.get(StationPeople).require(other, id))]).toEqual(['personNotHere', 'personNotHere']);
    await read().stationPerson.updateMany({ where: { accountId: id }, data: { registeredAt: new Date(Date.now() - 86_400_000) } });
    expect([await code(view(id)), await testing.get(StationViews).list(clerk)]).toEqual(['personNotHere', []]);
    await register();
    expect((await testing.get(StationViews).list(clerk, '水')).map((each) => each.id)).toEqual([id]);
    expect(await testing.get(StationViews).list(clerk, '火')).toEqual([]);
  });

  it('takes a place with the person’s own yes to that employer; the employer sees a name and nothing that marks them', async () => {
    const id = await register();
    const place = await join(id);
    expect(await read().consent.findFirst({ where: { accountId: id, organisationId: desk.recruiter.organisationId, purpose: 'interview' } })).toMatchObject({ wording: expect.stringContaining('当着驿站工作人员的面说') });
    const shown = await testing.get(QueueViews).desk(desk.recruiter, desk.boothId);
    expect(shown.places).toEqual([expect.objectContaining({ id: place.id, candidate: { name: '钟水生', education: '小学', experienceYears: 25, hasCv: false, atStation: true } })]);
    expect(JSON.stringify(shown)).not.toMatch(/11010519491231002X|idNumber|stationId/);
    expect((await view(id)).places).toEqual([expect.objectContaining({ id: place.id, position: 1, status: 'waiting' })]);
  });

  it('sees what the station holds, not what the person does by themselves', async () => {
    const person = await testing.candidate(undefined, '林小满');
    const own = await testing.join(desk, person);
    const id = await register({ name: '林小满', idNumber: undefined, phone: person.phone });
    expect((await view(id)).places).toEqual([]);
    expect(await code(testing.get(Places).leave(clerk, { accountId: id, stationId: clerk.organisationId }, own.id))).toBe('notFound');
    expect((await testing.place(own.id)).status).toBe('waiting');
  });

  it('has one computer: of two people the second keeps the place until the first has done', async () => {
    const other = await testing.open();
    const [one, two] = [await register(), await register({ name: '叶桂香', idNumber: ID_NUMBERS[1] })];
    await join(one);
    const waiting = await join(two, other);
    const race = await Promise.allSettled([testing.next(desk), testing.next(other)]);
    expect(race.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    const [running] = race.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const rest = running!.accountId === one ? other : desk;
    expect(await code(testing.next(rest))).toBe('queueEmpty');
    expect((await testing.get(QueueViews).desk(rest.recruiter, rest.boothId)).places[0]).toMatchObject({ busy: true, status: 'waiting' });
    await testing.meet(running!, 'begin');
    await testing.meet(running!, 'end');
    const last = await testing.next(rest);
    expect([one, two]).toContain(last.accountId);
    // Whoever lost the race is nobody's when the next test finds them by the same number.
    await testing.meet(last, 'begin');
    await testing.meet(last, 'end');
    expect(waiting.stationId).toBe(clerk.organisationId);
  });

  it('brings back who missed a call: by a button, or by joining again', async () => {
    const [id, other] = [await register(), await register({ name: '叶桂香', idNumber: ID_NUMBERS[1] })];
    const place = await join(id);
    await join(other);
    const holder = { accountId: id, stationId: clerk.organisationId };
    const miss = async () => testing.meet(await testing.next(desk, desk.recruiter, place.id), 'miss');
    await miss();
    expect((await view(id)).places[0]).toMatchObject({ id: place.id, status: 'missed', position: 0, until: expect.any(String) as string });
    // Nobody else's clerk, and not another person's place.
    expect([
      await code(testing.get(Places).comeBack(clerk, { ...holder, stationId: (await testing.station()).organisationId }, place.id)),
      await code(testing.get(Places).comeBack(clerk, { ...holder, accountId: other }, place.id)),
    ]).toEqual(['notFound', 'notFound']);
    expect((await testing.get(Places).comeBack(clerk, holder, place.id)).status).toBe('waiting');
    expect((await view(id)).places[0]).toMatchObject({ id: place.id, status: 'waiting', position: 1, queueStatus: 'open' });
    await miss();
    expect(await join(id)).toMatchObject({ id: place.id, status: 'waiting', seq: place.seq });
    // Kept long enough: joining again is another place at the end, also before the timer has said so.
    await read().queuePlace.update({ where: { id: place.id }, data: { missed: 0 } });
    await miss();
    await read().queuePlace.update({ where: { id: place.id }, data: { until: minutesFromNow(-1) } });
    expect(await code(testing.get(Places).comeBack(clerk, holder, place.id))).toBe('placeStateRefused');
    expect(await join(id)).toMatchObject({ status: 'waiting', seq: place.seq + 2 });
    expect(await testing.place(place.id)).toMatchObject({ status: 'dropped', reason: '保留时间已过' });
  });

  it('reads what came of it, for who has no phone to be told by', async () => {
    await read().interview.updateMany({ where: { stationId: clerk.organisationId, status: { in: ['called', 'running'] } }, data: { status: 'cancelled' } });
    const id = await register();
    await join(id);
    const call = await testing.next(desk);
    await testing.meet(call, 'begin');
    await testing.meet(call, 'end');
    expect((await view(id)).interviews).toEqual([expect.objectContaining({ id: call.id, status: 'ended', decision: null })]);
    await testing.get(Decisions).decide(desk.recruiter, call.id, { outcome: 'nextRound', reason: '下周二来厂里' });
    await testing.due('interview.decided', call.id);
    expect(testing.texts({ accountId: id })).toEqual([]);
    expect((await view(id)).interviews[0]!.decision).toMatchObject({ outcome: 'nextRound', reason: '下周二来厂里' });
  });

  it('moves a booked time of the station’s, and nobody else’s', async () => {
    const id = await register();
    const [first, second, third] = await testing.publish(desk, { startsAt: minutes(900) });
    const holder = { accountId: id, stationId: clerk.organisationId };
    const booking = await testing.get(Bookings).book(clerk, holder, first!.id, { consent: true });
    const move = (to: string, stationId = holder.stationId, bookingId = booking.id) => testing.get(Bookings).move(clerk, { accountId: id, stationId }, bookingId, to);
    expect(await code(move(second!.id, (await testing.station()).organisationId))).toBe('notFound');
    const moved = await move(second!.id);
    expect([(await testing.slot(first!.id)).status, (await testing.slot(second!.id)).status, moved.stationId]).toEqual(['open', 'booked', clerk.organisationId]);
    expect((await view(id)).bookings.filter(({ status, reason }) => status === 'booked' && reason === null)).toEqual([expect.objectContaining({ id: moved.id })]);
    expect(await code(move(third!.id))).toBe('slotStateRefused'); // it was moved already
  });

  it('books for them, and never two of the station’s people at once', async () => {
    const other = await testing.desk();
    const [one, two] = [await register(), await register({ name: '叶桂香', idNumber: ID_NUMBERS[1] })];
    const [here] = await testing.publish(desk);
    const [there] = await testing.publish(other);
    const book = (accountId: string, slotId: string) => testing.get(Bookings).book(clerk, { accountId, stationId: clerk.organisationId }, slotId, { consent: true });
    const booking = await book(one, here!.id);
    expect(await code(book(two, there!.id))).toBe('slotOverlaps');
    expect((await view(one)).bookings).toEqual([expect.objectContaining({ id: booking.id, status: 'booked' })]);
  });

  it('is called to a booked time only when nobody else is being called to its computer in the same moment', async () => {
    await read().interview.updateMany({ where: { status: { in: ['called', 'running'] } }, data: { status: 'cancelled' } }); // other tests' calls of the same people
    const [slot] = await testing.publish(desk, { startsAt: minutes(400), count: 1 });
    const one = await register();
    await testing.get(Bookings).book(clerk, { accountId: one, stationId: clerk.organisationId }, slot!.id, { consent: true });
    await read().slot.update({ where: { id: slot!.id }, data: { startsAt: minutesFromNow(5), endsAt: minutesFromNow(20), expectedAt: minutesFromNow(5) } });
    await testing.database.transaction(async (tx) => {
      expect(await testing.get(Calling).holdStation(tx, clerk.organisationId)).toBe(true); // a queue's call that has not committed yet
      expect(await code(testing.get(SlotCalls).call(desk.recruiter, slot!.id))).toBe('candidateBusy');
    });
    expect(await testing.get(SlotCalls).call(desk.recruiter, slot!.id)).toMatchObject({ accountId: one, stationId: clerk.organisationId });
  });
});

describe('who goes home', () => {
  it('leaves the queues, keeps the bookings, and is seen by nobody until they are back', async () => {
    const id = await register();
    const place = await join(id);
    const [slot] = await testing.publish(desk, { startsAt: minutes(600) });
    await testing.get(Bookings).book(clerk, { accountId: id, stationId: clerk.organisationId }, slot!.id, { consent: true });
    await testing.get(StationRegistry).goHome(clerk, id);
    expect([await code(view(id)), await code(testing.get(StationRegistry).goHome(clerk, id)), await testing.get(StationViews).list(clerk)]).toEqual(['personNotHere', 'personNotHere', []]);
    expect([(await testing.place(place.id)).status, (await testing.slot(slot!.id)).status]).toEqual(['left', 'booked']);
    await register();
    expect((await view(id)).bookings).toHaveLength(1);
  });

  it('and is erased, is gone here too', async () => {
    const id = await register();
    const place = await join(id);
    const copy = await testing.get(DataRights).export({ role: 'candidate', accountId: id });
    expect(copy).toMatchObject({ profile: { idNumber: ID_NUMBERS[0] } });
    expect(copy.stations).toContainEqual({ stationId: clerk.organisationId, registeredAt: expect.any(Date), leftAt: null });
    await testing.get(DataRights).erase({ role: 'candidate', accountId: id });
    expect([await read().stationPerson.count({ where: { accountId: id } }), (await testing.place(place.id)).status]).toEqual([0, 'left']);
    expect((await testing.get(Vault).names([id])).size).toBe(0);
    // The number is free: whoever has it is somebody new.
    expect(await register()).not.toBe(id);
  });
});
