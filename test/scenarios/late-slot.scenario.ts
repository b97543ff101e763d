import { callNext, joinQueue, meet, publishSlots, setQueue, stand } from '../support/standing.js';
import { eventually, hear, subscribe } from '../support/world.js';
import type { Story } from './story.js';

/** A meeting that will run over: who booked the next time is told at once, and told again when it is on time after all. */
export const lateSlot: Story = {
  name: 'a late slot: the next ones shift and people are told, and they shift back',
  async tell(world) {
    const here = await stand(world);
    await setQueue(here, { status: 'open', minutes: 60 });
    const [slot, next] = await publishSlots(here, 10, 2);
    const [walker, booker] = await Promise.all([world.candidate(), world.candidate()]);
    const socket = await world.live(booker.caller.token, 1);
    const heard = hear(socket);
    await subscribe(socket, { topic: { kind: 'account' } });
    await booker.caller.call('POST /slots/:slotId/booking', { params: { slotId: slot!.id }, body: { consent: true } });
    const shifts = () => heard.events.flatMap((event) => (event.type === 'slot.shifted' ? [event.data] : []));
    const mine = async () => (await booker.caller.call('GET /me/bookings'))[0]!;

    // An hour's talk begins ten minutes before it.
    await joinQueue(here, walker.caller);
    const interview = await callNext(here, here.recruiter);
    await meet(here.recruiter, interview, 'begin');
    const late = await eventually('the shift, told', () => shifts()[0]);
    expect(late).toMatchObject({ slotId: slot!.id, accountId: booker.accountId });
    expect((Date.parse(late.expectedAt) - Date.parse(slot!.startsAt)) / 60_000).toBeGreaterThan(40);
    expect((await mine()).slot).toMatchObject({ startsAt: slot!.startsAt, expectedAt: late.expectedAt });
    const desk = await here.recruiter.call('GET /slots/mine');
    expect(desk.find(({ id }) => id === next!.id)!.expectedAt > next!.startsAt).toBe(true);
    expect(await walker.caller.call('GET /me/bookings')).toEqual([]);

    // It ends soon after all.
    await meet(here.recruiter, interview, 'end');
    await eventually('back on time, told', () => shifts()[1]);
    expect(shifts().map(({ expectedAt }) => expectedAt)).toEqual([late.expectedAt, slot!.startsAt]);
    expect((await mine()).slot.expectedAt).toBe(slot!.startsAt);

    // Called ten minutes before, and called off with a reason.
    const called = await here.recruiter.call('POST /slots/:slotId/call', { params: { slotId: slot!.id } });
    expect((await mine()).interviewId).toBe(called.id);
    await here.recruiter.call('POST /slots/:slotId/cancel', { params: { slotId: slot!.id }, body: { reason: '停电了' } });
    expect(await mine()).toMatchObject({ status: 'cancelled', reason: '停电了' });
  },
};
