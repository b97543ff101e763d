import fc from 'fast-check';
import { Consents, DataRights, OrganisationCommands } from '#libs/identity';
import { code } from '../../../test/support/market.js';
import type { Desk } from '../../../test/support/meetings.js';
import { minutes, queueing, type Queueing } from '../../../test/support/queueing.js';
import { runs } from '../../../test/support/runs.js';
import { BookingCalendar } from './booking-calendar.js';
import { Bookings } from './bookings.js';
import { SlotCalls } from './slot-calls.js';
import { expectedTimes, isNews, overlap, spansOf } from './slot.rules.js';
import { SlotViews } from './slot.view.js';
import { Slots } from './slots.js';

let testing: Queueing;
let desk: Desk;
beforeAll(async () => {
  testing = await queueing();
  testing.settings.publicUrl = 'https://fair.example.cn';
}, 60_000);
beforeEach(async () => {
  desk = await testing.desk();
});
afterAll(() => testing?.close());

const read = () => testing.database.read;
const bookings = () => testing.get(Bookings);
const calls = () => testing.get(SlotCalls);
const status = async (id: string) => (await testing.slot(id)).status;
const ago = (n: number) => new Date(Date.now() - n * 60_000);

describe('publishing', () => {
  it('makes spans one after the other, and never two at a time for one recruiter, however many publish', async () => {
    const made = await testing.publish(desk, { count: 3, minutes: 20, gap: 5 });
    expect(made.map(({ startsAt }) => (startsAt.getTime() - made[0]!.startsAt.getTime()) / 60_000)).toEqual([0, 25, 50]);
    expect(await code(testing.publish(desk, { startsAt: minutes(70) }))).toBe('slotOverlaps');
    await testing.publish(desk, { recruiterId: desk.colleague.accountId });
    const race = await Promise.allSettled(Array.from({ length: 5 }, (_, n) => testing.publish(desk, { startsAt: minutes(300 + n), count: 2 })));
    expect(race.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    const own = await testing.get(Slots).own(desk.recruiter, {});
    for (const a of own) for (const b of own) if (a.id < b.id && a.recruiterId === b.recruiterId) expect(overlap(a, b)).toBe(false);
    expect(own).toHaveLength(8);
  });

  it('is for a booth, people and jobs of one’s own, in time to come', async () => {
    const other = await testing.desk();
    expect(await code(testing.publish(desk, { startsAt: minutes(-5) }))).toBe('slotPast');
    expect(await code(testing.publish(desk, { startsAt: minutes(60 * 24 * 61) }))).toBe('validationFailed');
    expect(await code(testing.publish(desk, { recruiterId: other.colleague.accountId }))).toBe('validationFailed');
    expect(await code(testing.publish(desk, { jobId: other.job.id }))).toBe('validationFailed');
    expect(await code(testing.publish(desk, { boothId: other.boothId }))).toBe('forbidden');
  });
});

describe('booking', () => {
  it('is one person’s, however many want it at once; each has a yes of their own', async () => {
    const [slot] = await testing.publish(desk, { jobId: desk.job.id });
    const people = await Promise.all(Array.from({ length: 6 }, () => testing.candidate()));
    expect(await code(bookings().book(people[0]!, { accountId: people[0]!.accountId, stationId: null }, slot!.id, { consent: false }))).toBe('consentRequired');
    const outcomes = await Promise.all(people.map((person) => testing.book(person, slot!.id).then(() => 'booked', (error: { code: string }) => error.code)));
    expect(outcomes.filter((each) => each === 'booked')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'slotTaken')).toHaveLength(5);
    const holder = people[outcomes.indexOf('booked')]!;
    expect((await testing.book(holder, slot!.id)).id).toBe((await bookings().mine(holder.accountId))[0]!.id);
    const [view] = await testing.get(SlotViews).desk([await testing.slot(slot!.id)]);
    expect(view).toMatchObject({ status: 'booked', candidate: { atStation: false }, job: { id: desk.job.id } });
    expect((await testing.get(Slots).bookable({ boothId: desk.boothId })).map(({ id }) => id)).not.toContain(slot!.id);
  });

  it('is given back, and moved to another time of the same employer', async () => {
    const slots = await testing.publish(desk);
    const [person, other] = [await testing.candidate(), await testing.candidate()];
    const first = await testing.book(person, slots[0]!.id);
    const moved = await bookings().move(person, person, first.id, slots[1]!.id);
    expect(moved).toMatchObject({ slotId: slots[1]!.id, entryId: first.entryId, moves: 1 });
    expect([await status(slots[0]!.id), await status(slots[1]!.id)]).toEqual(['open', 'booked']);
    expect(await code(bookings().move(person, person, first.id, slots[2]!.id))).toBe('slotStateRefused');
    expect(await code(bookings().move(other, other, moved.id, slots[2]!.id))).toBe('notFound');
    const elsewhere = await testing.desk();
    const [foreign] = await testing.publish(elsewhere, { startsAt: minutes(600) });
    expect(await code(bookings().move(person, person, moved.id, foreign!.id))).toBe('slotStateRefused');
    await testing.book(other, slots[2]!.id);
    expect(await code(bookings().move(person, person, moved.id, slots[2]!.id))).toBe('slotTaken');
    expect(await status(slots[1]!.id)).toBe('booked');
    await bookings().cancel(person, person, moved.id);
    await bookings().cancel(person, person, moved.id);
    expect(await status(slots[1]!.id)).toBe('open');
  });

  it('of one person never overlaps another of theirs, at any employer, also at once', async () => {
    const other = await testing.desk();
    const [here] = await testing.publish(desk, { startsAt: minutes(100) });
    const [there, after] = await testing.publish(other, { startsAt: minutes(105) });
    const person = await testing.candidate();
    const race = await Promise.allSettled([testing.book(person, here!.id), testing.book(person, there!.id)]);
    expect(race.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(race.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []))).toEqual(['slotOverlaps']);
    await testing.book(person, after!.id);
  });

  it('is refused of a suspended employer, and of a time that is past', async () => {
    const [slot, past] = await testing.publish(desk);
    await read().slot.update({ where: { id: past!.id }, data: { startsAt: ago(30), endsAt: ago(15) } });
    const person = await testing.candidate();
    expect(await code(testing.book(person, past!.id))).toBe('slotPast');
    await testing.book(person, slot!.id);
    await testing.get(OrganisationCommands).setStatus(testing.platform, desk.recruiter.organisationId, { status: 'suspended', reason: '收押金' });
    await testing.settled();
    expect(await testing.slot(slot!.id)).toMatchObject({ status: 'cancelled', cancelReason: '单位被暂停招聘' });
    expect(testing.texts(person).at(-1)).toContain('单位被暂停招聘');
  });

  it('ends with a consent that is taken back, and with an erasure; its slot is open again', async () => {
    const slots = await testing.publish(desk);
    const [taker, eraser] = [await testing.candidate(), await testing.candidate()];
    await testing.book(taker, slots[0]!.id);
    await testing.book(eraser, slots[1]!.id);
    const consent = await read().consent.findFirstOrThrow({ where: { accountId: taker.accountId, purpose: 'interview' } });
    await testing.database.transaction((tx) => testing.get(Consents).withdraw(tx, taker.accountId, consent.id));
    await testing.settled();
    await testing.get(DataRights).erase({ role: 'candidate', accountId: eraser.accountId });
    expect([await status(slots[0]!.id), await status(slots[1]!.id)]).toEqual(['open', 'open']);
  });

  it('has a calendar entry in the fair’s zone that moves along, and a reminder', async () => {
    const slots = await testing.publish(desk, { startsAt: '2099-03-07T01:00:00.000Z' }).catch((error: unknown) => error);
    expect(slots).toMatchObject({ code: 'validationFailed' }); // too far ahead to be published, so a nearer one is set there
    const [slot, next] = await testing.publish(desk);
    const [startsAt, endsAt] = [new Date('2099-03-07T01:00:00.000Z'), new Date('2099-03-07T01:15:00.000Z')];
    await read().slot.update({ where: { id: slot!.id }, data: { startsAt, endsAt, expectedAt: startsAt } });
    const person = await testing.candidate();
    const booking = await testing.book(person, slot!.id);
    const lines = async (id: string) => (await testing.get(BookingCalendar).entry(await bookings().require(read(), person.accountId, id))).replace(/\r\n /g, '').split('\r\n');
    // 9:00 in Shanghai is 01:00Z.
    expect(await lines(booking.id)).toEqual(expect.arrayContaining(['DTSTART;TZID=Asia/Shanghai:20990307T090000', 'DTEND;TZID=Asia/Shanghai:20990307T091500', 'TZID:Asia/Shanghai', 'SEQUENCE:0', 'STATUS:CONFIRMED', `UID:${booking.entryId}@fairwind`, 'TRIGGER:-PT30M']));
    await testing.due('slots.reminder', booking.id);
    expect(testing.texts(person).at(-1)).toContain('3月7日 09:00 开始');
    const moved = await bookings().move(person, person, booking.id, next!.id);
    expect(await lines(moved.id)).toEqual(expect.arrayContaining(['SEQUENCE:2', `UID:${booking.entryId}@fairwind`]));
    await bookings().cancel(person, person, moved.id);
    expect(await lines(moved.id)).toEqual(expect.arrayContaining(['SEQUENCE:3', 'STATUS:CANCELLED']));
    const before = testing.texts(person).length;
    await testing.due('slots.reminder', moved.id);
    expect(testing.texts(person)).toHaveLength(before);
  });

  /** What a model says of each slot, whatever is done in whatever order, and two at a time. */
  it('is never double, whoever books, moves and cancels in whatever order', async () => {
    const other = await testing.desk();
    const slots = [...await testing.publish(desk, { count: 4, startsAt: minutes(200) }), ...await testing.publish(other, { count: 4, startsAt: minutes(208) })].map(({ id }) => id);
    const people = await Promise.all(Array.from({ length: 3 }, () => testing.candidate()));
    const act = fc.record({ who: fc.integer({ min: 0, max: 2 }), what: fc.constantFrom('book', 'book', 'move', 'cancel'), slot: fc.integer({ min: 0, max: 7 }) });
    const expected = new Set(['slotTaken', 'slotOverlaps', 'slotStateRefused', 'tooManyRequests']);
    const doOne = async ({ who, what, slot }: { who: number; what: string; slot: number }) => {
      const person = people[who]!;
      const [mine] = (await bookings().mine(person.accountId)).filter(({ endedAt }) => endedAt === null);
      try {
        if (what === 'book') await testing.book(person, slots[slot]!);
        else if (mine && what === 'move') await bookings().move(person, person, mine.id, slots[slot]!);
        else if (mine) await bookings().cancel(person, person, mine.id);
      } catch (error) {
        if (!expected.has((error as { code: string }).code)) throw error;
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(act, act), { minLength: 2, maxLength: 6 }), async (pairs) => {
      for (const pair of pairs) await Promise.all(pair.map(doOne));
      const open = await read().booking.findMany({ where: { endedAt: null, slotId: { in: slots } }, include: { slot: true } });
      expect(new Set(open.map(({ slotId }) => slotId)).size).toBe(open.length);
      for (const a of open) for (const b of open) if (a.id < b.id && a.accountId === b.accountId) expect(overlap(a.slot, b.slot)).toBe(false);
      const booked = await read().slot.findMany({ where: { id: { in: slots }, status: 'booked' }, select: { id: true } });
      expect(booked.map(({ id }) => id).sort()).toEqual(open.map(({ slotId }) => slotId).sort());
    }), runs(6, 60));
  }, 60_000);
});

describe('at the time', () => {
  /** Two booked slots; the first is on now. */
  async function twoBooked() {
    const [first, second] = await testing.publish(desk, { count: 2, minutes: 15 });
    const [one, two] = [await testing.candidate(), await testing.candidate()];
    await testing.book(one, first!.id);
    await testing.book(two, second!.id);
    const set = (id: string, startsAt: Date, endsAt: Date) => read().slot.update({ where: { id }, data: { startsAt, endsAt, expectedAt: startsAt } });
    await set(first!.id, ago(1), ago(-14));
    await set(second!.id, ago(-14), ago(-29));
    return { first: first!, second: second!, one, two };
  }

  it('who booked is called, by the recruiter or a colleague, once', async () => {
    const [slot] = await testing.publish(desk);
    const person = await testing.candidate();
    expect(await code(calls().call(desk.recruiter, slot!.id))).toBe('slotStateRefused'); // nobody booked
    await testing.book(person, slot!.id);
    expect(await code(calls().call(desk.recruiter, slot!.id))).toBe('slotStateRefused'); // an hour too early
    await read().slot.update({ where: { id: slot!.id }, data: { startsAt: ago(-5), endsAt: ago(-20), expectedAt: ago(-5) } });
    expect(await code(calls().call((await testing.desk()).recruiter, slot!.id))).toBe('notFound');
    const twice = await Promise.allSettled([calls().call(desk.recruiter, slot!.id), calls().call(desk.colleague, slot!.id)]);
    expect(twice.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(testing.texts(person).at(-1)).toContain('在等您面试');
    const interview = await read().interview.findFirstOrThrow({ where: { accountId: person.accountId } });
    expect([interview.minutes, interview.callUntil!.getTime() > Date.now() + 9 * 60_000]).toEqual([15, true]); // five minutes after the time, not after the call
    await testing.meet(interview, 'begin');
    expect(await status(slot!.id)).toBe('running');
    expect(await code(calls().cancel(desk.recruiter, slot!.id, '临时有事'))).toBe('slotStateRefused');
    await testing.meet(interview, 'end');
    expect(await status(slot!.id)).toBe('done');
  });

  it('who does not come has missed it; a call that was taken back can be made again', async () => {
    const { first, one } = await twoBooked();
    const taken = await calls().call(desk.recruiter, first.id);
    await testing.meet(taken, 'end');
    expect(await status(first.id)).toBe('booked');
    await testing.meet(await calls().call(desk.recruiter, first.id), 'miss');
    expect(await status(first.id)).toBe('missed');
    expect(await code(calls().call(desk.recruiter, first.id))).toBe('slotStateRefused');
    expect((await testing.get(SlotViews).bookings(await bookings().mine(one.accountId)))[0]).toMatchObject({ status: 'missed' });
  });

  it('is called off with a reason, which is told; who was called need not come', async () => {
    const { first, one } = await twoBooked();
    const call = await calls().call(desk.recruiter, first.id);
    await calls().cancel(desk.colleague, first.id, '主管临时开会');
    expect([await status(first.id), (await testing.row(call.id)).status]).toEqual(['cancelled', 'cancelled']);
    expect(testing.texts(one).at(-1)).toContain('主管临时开会');
    expect((await testing.get(SlotViews).bookings(await bookings().mine(one.accountId)))[0]).toMatchObject({ status: 'cancelled', reason: '主管临时开会' });
  });

  it('a late one shifts the next ones and tells people, and shifts them back', async () => {
    const { first, second, two } = await twoBooked();
    const interview = await calls().call(desk.recruiter, first.id);
    await testing.meet(interview, 'begin');
    await testing.settled();
    const look = () => testing.due('slots.late', desk.recruiter.accountId);
    await read().interview.update({ where: { id: interview.id }, data: { endsAt: ago(-13) } });
    await look();
    expect((await testing.slot(second.id)).expectedAt).toEqual((await testing.slot(second.id)).startsAt);
    const quiet = testing.texts(two).length;
    // Eleven minutes more than planned.
    await read().interview.update({ where: { id: interview.id }, data: { endsAt: ago(-25) } });
    await look();
    await look();
    const late = await testing.slot(second.id);
    expect((late.expectedAt.getTime() - late.startsAt.getTime()) / 60_000).toBeGreaterThanOrEqual(10);
    expect(testing.texts(two).slice(quiet)).toEqual([expect.stringMatching(/要晚一些，大约 \d\d:\d\d 开始/)]);
    const shifts = () => read().event.count({ where: { type: 'slot.shifted', data: { path: ['slotId'], equals: second.id } } });
    expect(await shifts()).toBe(1);
    // It ends early after all.
    await testing.meet(interview, 'end');
    await testing.settled();
    await look();
    expect((await testing.slot(second.id)).expectedAt).toEqual((await testing.slot(second.id)).startsAt);
    expect(testing.texts(two).at(-1)).toMatch(/还是 \d\d:\d\d 准时开始/);
    expect(await shifts()).toBe(2);
  });

  it('nobody calls: people are told that it is late, and in the end that it is off', async () => {
    const { first, one } = await twoBooked();
    const look = () => testing.due('slots.late', desk.recruiter.accountId);
    await read().slot.update({ where: { id: first.id }, data: { startsAt: ago(7), endsAt: ago(-8), expectedAt: ago(7) } });
    await testing.settled();
    await look();
    expect(testing.texts(one).at(-1)).toContain('要晚一些');
    await read().slot.update({ where: { id: first.id }, data: { startsAt: ago(60), endsAt: ago(45) } });
    await look();
    expect(await testing.slot(first.id)).toMatchObject({ status: 'cancelled', cancelReason: '对方没有按时来' });
    expect(testing.texts(one).at(-1)).toContain('取消了：对方没有按时来');
  });
});

describe('the rules', () => {
  const at = (minute: number) => new Date(1_700_000_040_000 + minute * 60_000);
  const slot = (id: string, from: number, status: 'open' | 'booked' = 'booked') => ({ id, status, startsAt: at(from), endsAt: at(from + 15) });

  it('lateness goes from slot to slot, and an open one takes it away', () => {
    const slots = [slot('a', 0), slot('b', 15), slot('c', 30, 'open'), slot('d', 45)];
    const minutesLate = (freeAt: number) => [...expectedTimes(slots, { now: at(-10), freeAt: at(freeAt) })].map(([, when], n) => (when.getTime() - slots[n]!.startsAt.getTime()) / 60_000);
    expect(minutesLate(-5)).toEqual([0, 0, 0, 0]);
    expect(minutesLate(10)).toEqual([10, 10, 10, 0]);
    expect(minutesLate(40)).toEqual([40, 40, 40, 25]);
  });

  it('never begins before its time, nor two at once', () => {
    fc.assert(fc.property(fc.array(fc.record({ gap: fc.integer({ min: 0, max: 40 }), booked: fc.boolean() }), { minLength: 1, maxLength: 8 }), fc.integer({ min: -60, max: 120 }), (list, free) => {
      let from = 0;
      const slots = list.map(({ gap, booked }, n) => slot(String(n), (from += gap + 15), booked ? 'booked' : 'open'));
      const times = expectedTimes(slots, { now: at(0), freeAt: at(free) });
      const booked = slots.filter(({ status }) => status === 'booked').map(({ id, startsAt }) => ({ startsAt, begins: times.get(id)!.getTime() }));
      for (const { startsAt, begins } of booked) expect(begins).toBeGreaterThanOrEqual(Math.max(startsAt.getTime(), at(Math.max(0, free)).getTime()));
      booked.slice(1).forEach(({ begins }, n) => expect(begins - booked[n]!.begins).toBeGreaterThanOrEqual(15 * 60_000));
    }), runs(100, 1_000));
  });

  it('people are told of minutes, of being on time again, and not every five minutes of a long wait', () => {
    const told = (known: number | null, expected: number) => isNews(at(0), known === null ? null : at(known), at(expected));
    expect([told(null, 4), told(null, 5), told(5, 9), told(5, 10), told(20, 25), told(20, 30), told(20, 14), told(6, 0), told(null, 0)]).toEqual([false, true, false, true, false, true, true, true, false]);
    expect(spansOf({ startsAt: at(0), minutes: 15, count: 2, gap: 5 })).toEqual([{ startsAt: at(0), endsAt: at(15) }, { startsAt: at(20), endsAt: at(35) }]);
  });
});
