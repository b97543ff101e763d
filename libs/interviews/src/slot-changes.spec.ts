import { FairsService } from '#libs/fairs';
import { DataRights, Members } from '#libs/identity';
import type { Desk } from '../../../test/support/meetings.js';
import { minutes, queueing, type Queueing } from '../../../test/support/queueing.js';
import { Bookings } from './bookings.js';

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

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const read = () => testing.database.read;
const later = (at: Date, by: number) => new Date(at.getTime() + by);

async function moveFair(by: number, reason = '大风'): Promise<void> {
  const { startsAt, endsAt, venueName } = await read().fair.findUniqueOrThrow({ where: { id: desk.fairId } });
  await testing.get(FairsService).reschedule(testing.organiser, desk.fairId, { startsAt: later(startsAt, by).toISOString(), endsAt: later(endsAt, by).toISOString(), venueName, reason });
  await testing.settled();
}
/** What the log says of a slot's changes, the oldest first. */
const changes = async (slotId: string) => (await read().event.findMany({ where: { type: 'slot.changed', data: { path: ['slotId'], equals: slotId } }, orderBy: { id: 'asc' } })).map(({ data }) => data as { status: string; stationId: string | null });

describe('a fair that is moved', () => {
  it('takes its slots along, once; who booked keeps the booking, is told, and is reminded at the new time', async () => {
    const [open, booked] = await testing.publish(desk);
    const person = await testing.candidate();
    const booking = await testing.book(person, booked!.id);
    await moveFair(DAY);
    for (const before of [open!, booked!]) {
      const after = await testing.slot(before.id);
      expect([after.startsAt, after.endsAt, after.expectedAt]).toEqual([later(before.startsAt, DAY), later(before.endsAt, DAY), later(before.startsAt, DAY)]);
    }
    expect((await testing.slot(booked!.id)).status).toBe('booked');
    expect(testing.texts(person).at(-1)).toMatch(/^招聘会改期了（大风），您约的 .+ 面试改到 .+：https:\/\/fair\.example\.cn\/me\/interviews$/);
    expect((await testing.get(Bookings).mine(person.accountId))[0]).toMatchObject({ id: booking.id, moves: 1, endedAt: null });
    const reminder = await read().timer.findUniqueOrThrow({ where: { name_key: { name: 'slots.reminder', key: booking.id } } });
    expect(reminder.dueAt).toEqual(later(booked!.startsAt, DAY - HOUR / 2));
    const published = await testing.publish(desk, { startsAt: minutes(600), count: 1 });
    await testing.settled();
    expect((await testing.slot(published[0]!.id)).startsAt).toEqual(published[0]!.startsAt);
  });

  it('calls off what would be past, and whoever would be in two places', async () => {
    const [slot, second] = await testing.publish(desk, { startsAt: minutes(120), count: 2 });
    const person = await testing.candidate();
    await testing.book(person, slot!.id);
    const elsewhere = await testing.desk();
    const [other] = await testing.publish(elsewhere, { startsAt: later(slot!.startsAt, DAY).toISOString(), count: 1 });
    await testing.book(person, other!.id);
    await moveFair(DAY);
    expect(await testing.slot(slot!.id)).toMatchObject({ status: 'cancelled', cancelReason: '招聘会改期了，新的时间排不开' });
    expect((await testing.slot(second!.id)).status).toBe('open');
    expect((await testing.slot(other!.id)).status).toBe('booked');
    expect(testing.texts(person).at(-1)).toContain('取消了：招聘会改期了');
    await moveFair(-DAY - 3 * HOUR);
    expect((await testing.slot(second!.id)).status).toBe('cancelled');
  });
});

describe('a recruiter who is removed', () => {
  it('leaves booked times to a colleague who is free, and open ones to nobody; who booked is told', async () => {
    const { recruiter, colleague } = desk;
    const theirs = await testing.publish(desk, { recruiterId: colleague.accountId });
    const [taken] = await testing.publish(desk, { startsAt: theirs[1]!.startsAt.toISOString(), count: 1 });
    const [first, second] = [await testing.candidate(), await testing.candidate()];
    await testing.book(first, theirs[0]!.id);
    await testing.book(second, theirs[1]!.id);
    await testing.get(Members).remove({ ...recruiter, role: 'employerAdmin' }, recruiter.organisationId, colleague.accountId);
    await testing.settled();
    expect(await testing.slot(theirs[0]!.id)).toMatchObject({ status: 'booked', recruiterId: recruiter.accountId });
    expect(testing.texts(first).at(-1)).toContain('面试换了面试人');
    expect(await testing.slot(theirs[1]!.id)).toMatchObject({ status: 'cancelled', cancelReason: '面试的同事不在这个单位了' });
    expect(testing.texts(second).at(-1)).toContain('取消了');
    expect(await testing.slot(theirs[2]!.id)).toMatchObject({ status: 'cancelled' });
    expect((await testing.slot(taken!.id)).status).toBe('open');
  });
});

describe('who is told, and what one has of oneself', () => {
  it('a station hears of its people’s bookings, and no other booking says where somebody sits', async () => {
    const [slot, own] = await testing.publish(desk);
    const clerk = await testing.station();
    const [person, other] = [await testing.candidate(), await testing.candidate()];
    await testing.get(Bookings).book(clerk, { accountId: person.accountId, stationId: clerk.organisationId }, slot!.id, { consent: true });
    await testing.book(other, own!.id);
    expect((await changes(slot!.id)).at(-1)).toMatchObject({ status: 'booked', stationId: clerk.organisationId });
    expect((await changes(own!.id)).at(-1)).toMatchObject({ status: 'booked', stationId: null });
  });

  it('a copy of one’s data has the places and bookings, and only one’s own', async () => {
    const desk2 = await testing.open();
    const [slot] = await testing.publish(desk2, { jobId: desk2.job.id });
    const [person, other] = [await testing.candidate(), await testing.candidate()];
    await testing.join(desk2, person);
    await testing.join(desk2, other);
    await testing.book(person, slot!.id);
    const copy = await testing.get(DataRights).export({ role: 'candidate', accountId: person.accountId });
    expect(copy.places).toEqual([expect.objectContaining({ boothId: desk2.boothId, organisationId: desk2.recruiter.organisationId, status: 'waiting' })]);
    expect(copy.bookings).toEqual([expect.objectContaining({ jobId: desk2.job.id, status: 'booked', startsAt: slot!.startsAt })]);
  });
});
