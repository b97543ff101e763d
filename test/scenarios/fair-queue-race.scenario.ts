import type { QueueState } from '#libs/contracts';
import type { Refused } from '../support/caller.js';
import { callNext, joinQueue, meet, setQueue, stand } from '../support/standing.js';
import { eventually, hear, subscribe } from '../support/world.js';
import type { Story } from './story.js';

/** One queue for the page and the hall: nobody overtakes, nobody is called twice, nobody stands in two rooms. */
export const fairQueueRace: Story = {
  name: 'a fair queue: an exact limit, one order for all, and two recruiters who press at once',
  async tell(world) {
    const here = await stand(world);
    const there = await stand(world, { bureau: here.bureau, fairId: here.fairId });
    const { employer, recruiter, boothId } = here;
    const params = { boothId };
    await Promise.all([setQueue(here, { status: 'open', limit: 7 }), setQueue(there, { status: 'open' })]);
    const watching = await world.live(undefined, 1);
    const heard = hear(watching);
    await subscribe(watching, { topic: { kind: 'queue', id: boothId } });

    // Ten want one of seven places, each with two taps, on the page and in the hall, on any process.
    const people = await Promise.all(Array.from({ length: 10 }, () => world.candidate()));
    const taps = await Promise.all(people.flatMap(({ caller }, n) => [0, 1].map(() =>
      joinQueue(here, caller, n % 2 === 0 ? 'online' : 'onSite').then(({ id }) => ({ n, id }), (error: Refused) => ({ n, code: error.code })))));
    const placeOf = new Map(taps.flatMap((tap) => ('id' in tap ? [[tap.id, tap.n] as const] : [])));
    expect(placeOf.size).toBe(7);
    expect(taps.filter((tap) => 'code' in tap && tap.code === 'queueFull')).toHaveLength(6);
    const state = () => world.anyone.call('GET /booths/:boothId/queue', { params });
    const { waiting } = await eventually('seven who wait', async () => { const now = await state(); return now.waiting.length === 7 && now; });
    const order = waiting.map(({ placeId }) => placeId);
    for (const [n, placeId] of order.entries()) {
      const [mine] = await people[placeOf.get(placeId)!]!.caller.call('GET /me/queue-places');
      expect([mine!.id, mine!.position, mine!.latest >= mine!.earliest]).toEqual([placeId, n + 1, true]);
    }

    // The first of them is called at the other booth meanwhile, and keeps the place here.
    const first = people[placeOf.get(order[0]!)!]!;
    await joinQueue(there, first.caller);
    const elsewhere = await callNext(there, there.recruiter);
    const called = await Promise.all([callNext(here, employer.admin), callNext(here, recruiter)]);
    expect(new Set(called.map(({ candidate, id }) => `${candidate!.name}/${id}`)).size).toBe(2);
    const desk = await employer.admin.call('GET /booths/:boothId/queue/desk', { params });
    expect(desk.places.filter(({ status }) => status === 'called').map(({ id }) => id).sort()).toEqual(order.slice(1, 3).sort());
    expect(desk.places.filter(({ status }) => status === 'waiting').map(({ id, position, busy }) => [id, position, busy])).toEqual(
      [order[0]!, ...order.slice(3)].map((id, n) => [id, n + 1, n === 0]));
    expect(await recruiter.refusal('POST /booths/:boothId/queue/call', { params, body: {} })).toBe('recruiterBusy');
    expect(await world.anyone.refusal('POST /booths/:boothId/queue/call', { params, body: {} })).toBe('unauthenticated');
    expect(await there.recruiter.refusal('POST /booths/:boothId/queue/call', { params, body: {} })).toBe('forbidden');

    // Free again: the very next, whoever else waits.
    await meet(there.recruiter, elsewhere, 'begin');
    await meet(there.recruiter, elsewhere, 'end');
    const mine = called[1]!;
    await recruiter.call('POST /interviews/:interviewId/missed', { params: { interviewId: mine.id } });
    await callNext(here, recruiter);
    const [again] = (await first.caller.call('GET /me/queue-places')).filter((place) => place.boothId === boothId);
    expect([again!.id, again!.status, again!.interviewId !== null]).toEqual([order[0], 'called', true]);

    // Who missed the call comes back and is the next.
    const missed = (await eventually('a missed place', async () => (await employer.admin.call('GET /booths/:boothId/queue/desk', { params })).places.find(({ status }) => status === 'missed'))).id;
    const back = await people[placeOf.get(missed)!]!.caller.call('POST /queue-places/:placeId/return', { params: { placeId: missed } });
    expect(back.position).toBe(1);

    // Closed: everybody is told, on every process.
    await setQueue(here, { status: 'closed' });
    await eventually('an empty queue, pushed', () => heard.snapshots.some(({ topic, data }) => topic.kind === 'queue' && (data as QueueState).status === 'closed' && (data as QueueState).waiting.length === 0));
    for (const placeId of order.slice(3)) expect((await people[placeOf.get(placeId)!]!.caller.call('GET /me/queue-places'))[0]).toMatchObject({ id: placeId, status: 'dropped' });
    expect(JSON.stringify(heard.snapshots)).not.toContain(first.accountId);
  },
};
