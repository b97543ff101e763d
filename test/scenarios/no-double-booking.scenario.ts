import type { Refused } from '../support/caller.js';
import { publishSlots, stand } from '../support/standing.js';
import type { Candidate } from '../support/world.js';
import type { Story } from './story.js';

/** A time is one person's, and a person is in one place at a time, whatever the processes do at once. */
export const noDoubleBooking: Story = {
  name: 'no double booking: of a slot, of a recruiter, of a candidate',
  async tell(world) {
    const here = await stand(world);
    const there = await stand(world, { bureau: here.bureau, fairId: here.fairId });
    const fulfilled = <T>(all: PromiseSettledResult<T>[]) => all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const codes = (all: PromiseSettledResult<unknown>[]) => all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Refused).code] : []));
    const book = (who: Candidate, slotId: string) => who.caller.call('POST /slots/:slotId/booking', { params: { slotId }, body: { consent: true } });
    const move = (who: Candidate, bookingId: string, slotId: string) => who.caller.call('PUT /bookings/:bookingId/slot', { params: { bookingId }, body: { slotId } });

    // The recruiter presses twice, and a colleague publishes for the same time on their own.
    const published = await Promise.allSettled([publishSlots(here, 120, 4), publishSlots(here, 120, 4), publishSlots(here, 120, 4, here.employer.admin)]);
    expect([fulfilled(published).length, codes(published)]).toEqual([2, ['slotOverlaps']]);
    const slots = fulfilled(published)[0]!.map(({ id }) => id);
    const [overlapping] = await publishSlots(there, 125, 1);

    const people = await Promise.all(Array.from({ length: 6 }, () => world.candidate()));
    const race = await Promise.allSettled(people.map((who) => book(who, slots[0]!)));
    expect([fulfilled(race).length, codes(race)]).toEqual([1, Array.from({ length: 5 }, () => 'slotTaken')]);
    const holder = people[race.findIndex(({ status }) => status === 'fulfilled')]!;
    const booking = fulfilled(race)[0]!;
    expect((await book(holder, slots[0]!)).id).toBe(booking.id);

    // The holder wants another employer's time that overlaps, and to move, all at once; somebody else wants where they move to.
    const rival = people.find((who) => who !== holder)!;
    await Promise.allSettled([book(holder, overlapping!.id), move(holder, booking.id, slots[2]!), move(holder, booking.id, slots[3]!), book(rival, slots[2]!), book(rival, slots[3]!)]);
    const desk = [...await here.recruiter.call('GET /slots/mine', { query: { boothId: here.boothId } }), ...await there.recruiter.call('GET /slots/mine')];
    const bookings = (await Promise.all(people.map(async (who) => (await who.caller.call('GET /me/bookings')).filter(({ status }) => status === 'booked').map(({ slot }) => ({ who: who.accountId, slot }))))).flat();
    expect(desk.filter(({ status }) => status === 'booked').map(({ id }) => id).sort()).toEqual(bookings.map(({ slot }) => slot.id).sort());
    expect(new Set(bookings.map(({ slot }) => slot.id)).size).toBe(bookings.length);
    for (const a of bookings) for (const b of bookings) if (a !== b && a.who === b.who) expect(a.slot.startsAt < b.slot.endsAt && b.slot.startsAt < a.slot.endsAt).toBe(false);

    // Given back: exactly one of those who want it gets it.
    const [kept] = (await holder.caller.call('GET /me/bookings')).filter(({ status }) => status === 'booked');
    const ics = await (await holder.caller.fetch('GET /bookings/:bookingId/calendar', { params: { bookingId: kept!.id } })).text();
    const china = new Date(Date.parse(kept!.slot.startsAt) + 8 * 3_600_000).toISOString().replace(/[-:]|\.\d+Z/g, '');
    expect(ics).toContain(`DTSTART;TZID=Asia/Shanghai:${china}`);
    await holder.caller.call('DELETE /bookings/:bookingId', { params: { bookingId: kept!.id } });
    const others = people.filter((who) => who !== holder && who !== rival);
    expect(fulfilled(await Promise.allSettled(others.map((who) => book(who, kept!.slot.id))))).toHaveLength(1);
  },
};
