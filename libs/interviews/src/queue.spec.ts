import { PlacementService } from '#libs/booths';
import { FairsService } from '#libs/fairs';
import { Consents, DataRights, OrganisationCommands, type CandidateActor } from '#libs/identity';
import { code, refused } from '../../../test/support/market.js';
import type { Desk } from '../../../test/support/meetings.js';
import { minutes, queueing, type Queueing } from '../../../test/support/queueing.js';
import { InterviewReports } from './interview-report.js';
import { Places } from './places.js';
import { QueueControl } from './queue-control.js';
import { QueueStates } from './queue-states.js';
import { QueueViews } from './queue.view.js';
import { SlotCalls } from './slot-calls.js';

let testing: Queueing;
let desk: Desk;
beforeAll(async () => {
  testing = await queueing();
}, 60_000);
beforeEach(async () => {
  desk = await testing.open();
});
afterAll(() => testing?.close());

const people = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => testing.candidate(undefined, `林${n}`)));
const read = () => testing.database.read;
const status = async (id: string) => (await testing.place(id)).status;
const places = () => testing.get(Places);
const control = () => testing.get(QueueControl);
/** The order of those who wait, as anyone sees it. */
const order = async () => (await testing.get(QueueStates).fresh(desk.boothId))!.state.waiting.map(({ placeId }) => placeId);
const minutesAgo = (n: number) => new Date(Date.now() - n * 60_000);
const line = async (count: number): Promise<[CandidateActor[], string[]]> => {
  const all = await people(count);
  const ids: string[] = [];
  for (const person of all) ids.push((await testing.join(desk, person)).id);
  return [all, ids];
};

describe('joining', () => {
  it('is one place a person, online or in the hall, with a yes of their own', async () => {
    const [person, other] = await people(2);
    expect(await code(testing.join(desk, person!, { consent: false }))).toBe('consentRequired');
    const taps = await Promise.all([testing.join(desk, person!), testing.join(desk, person!), testing.join(desk, person!)]);
    expect(new Set(taps.map(({ id }) => id)).size).toBe(1);
    const later = await testing.join(desk, other!, { mode: 'onSite', jobId: desk.job.id });
    expect(await order()).toEqual([taps[0]!.id, later.id]);
    // The same place by the booth's QR in the hall.
    expect(await testing.join(desk, person!, { mode: 'onSite' })).toMatchObject({ id: taps[0]!.id, seq: 1, mode: 'onSite' });
    expect(await read().consent.count({ where: { accountId: person!.accountId, organisationId: desk.recruiter.organisationId, purpose: 'interview', withdrawnAt: null } })).toBe(1);
    expect(await read().event.count({ where: { type: 'queuePlace.changed', data: { path: ['placeId'], equals: later.id } } })).toBe(1);
    const [mine] = await testing.get(QueueViews).places(await places().mine(other!.accountId));
    expect(mine).toMatchObject({ position: 2, mode: 'onSite', status: 'waiting', job: { id: desk.job.id }, interviewId: null });
    expect(mine!.latest).toBeGreaterThan(mine!.earliest);
    expect((await testing.place(later.id)).latest).toBeGreaterThan(0);
  });

  it('stops at the limit, exactly, and goes on when somebody leaves', async () => {
    desk = await testing.open(3);
    const all = await people(8);
    const outcomes = await Promise.all(all.map((person) => testing.join(desk, person).then(({ id }) => id, (error: { code: string }) => error.code)));
    expect(outcomes.filter((each) => each === 'queueFull')).toHaveLength(5);
    const first = outcomes.findIndex((each) => each !== 'queueFull');
    await places().leave(all[first]!, all[first]!, outcomes[first]!);
    await places().leave(all[first]!, all[first]!, outcomes[first]!);
    const again = await Promise.all(all.filter((_, n) => outcomes[n] === 'queueFull').map((person) => testing.join(desk, person).then(() => 1, () => 0)));
    expect(again.reduce<number>((sum, got) => sum + got, 0)).toBe(1);
  });

  it('needs an open queue, an employer who may recruit, a fair that is on, and a job of theirs', async () => {
    const [person] = await people(1);
    const never = await testing.desk();
    expect(await code(testing.join(never, person!))).toBe('queueClosed');
    expect(await code(testing.join(desk, person!, { jobId: never.job.id }))).toBe('validationFailed');
    await control().set(desk.recruiter, desk.boothId, { status: 'paused' });
    expect(await code(testing.join(desk, person!))).toBe('queueClosed');
    await control().set(desk.recruiter, desk.boothId, { status: 'open' });
    await read().licence.updateMany({ where: { organisationId: desk.recruiter.organisationId }, data: { expiresOn: new Date('2020-01-01') } });
    expect([await code(testing.join(desk, person!)), await code(testing.next(desk)), await code(control().set(desk.recruiter, desk.boothId, { status: 'open' }))]).toEqual(['licenceExpired', 'licenceExpired', 'licenceExpired']);
    const over = await testing.open();
    await read().fair.update({ where: { id: over.fairId }, data: { status: 'closed' } });
    expect([await code(testing.join(over, person!)), await code(testing.next(over))]).toEqual(['fairStateRefused', 'fairStateRefused']);
    await read().fair.update({ where: { id: over.fairId }, data: { status: 'draft' } });
    expect(await code(testing.join(over, person!))).toBe('notFound');
  });
});

describe('the next', () => {
  it('is another one for each recruiter, however many press at once', async () => {
    const [, ids] = await line(5);
    const recruiters = [desk.recruiter, desk.colleague, await testing.member(desk.recruiter)];
    const called = await Promise.all(recruiters.map((recruiter) => testing.next(desk, recruiter)));
    expect(new Set(called.map(({ accountId }) => accountId)).size).toBe(3);
    expect(called.map(({ placeId }) => placeId).sort()).toEqual(ids.slice(0, 3).sort());
    expect(await order()).toEqual(ids.slice(3));
    expect(await code(testing.next(desk))).toBe('recruiterBusy');
  });

  it('is told on the page and by text, online and in the hall', async () => {
    const [online, hall] = await people(2);
    const one = await testing.join(desk, online!);
    await testing.join(desk, hall!, { mode: 'onSite' });
    const [first, second] = [await testing.next(desk), await testing.next(desk, desk.colleague)];
    expect([first.roomId !== null, second.roomId]).toEqual([true, null]);
    expect(testing.texts(online!).at(-1)).toMatch(/叫到您了，请在 \d\d:\d\d 前点开进入面试：http/);
    expect(testing.texts(hall!).at(-1)).toMatch(/叫到您了，请在 \d\d:\d\d 前到 A-\d+ 展位。/);
    const [mine] = await testing.get(QueueViews).places(await places().mine(online!.accountId));
    expect(mine).toMatchObject({ id: one.id, status: 'called', position: 0, interviewId: first.id, until: first.callUntil!.toISOString() });
    await testing.meet(first, 'begin');
    expect(await status(one.id)).toBe('interviewing');
    expect(await code(places().leave(online!, online!, one.id))).toBe('placeStateRefused');
    await testing.meet(first, 'end');
    expect(await status(one.id)).toBe('done');
  });

  it('passes over who is in another room, and keeps their place', async () => {
    const [both, free] = await people(2);
    const other = await testing.open();
    await testing.join(other, both!);
    const elsewhere = await testing.next(other);
    const [kept, next] = [await testing.join(desk, both!), await testing.join(desk, free!)];
    const view = await testing.get(QueueViews).desk(desk.recruiter, desk.boothId);
    expect(view.places.map(({ id, busy }) => [id, busy])).toEqual([[kept.id, true], [next.id, false]]);
    expect((await testing.next(desk)).placeId).toBe(next.id);
    expect(await code(testing.next(desk, desk.colleague))).toBe('queueEmpty');
    expect(await code(testing.next(desk, desk.colleague, kept.id))).toBe('candidateBusy');
    await testing.meet(elsewhere, 'begin');
    await testing.meet(elsewhere, 'end');
    expect((await testing.next(desk, desk.colleague)).placeId).toBe(kept.id);
  });

  it('of several booths at once is never in two rooms', async () => {
    const others = [desk, await testing.open(), await testing.open(), await testing.open()];
    const [wanted, second] = await people(2);
    for (const each of others) await testing.join(each, wanted!);
    await testing.join(desk, second!);
    const calls = await Promise.allSettled(others.map((each) => testing.next(each)));
    const called = calls.flatMap((each) => (each.status === 'fulfilled' ? [each.value.accountId] : []));
    expect(called.filter((id) => id === wanted!.accountId)).toHaveLength(1);
    expect(calls.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : [])).every((each) => each === 'queueEmpty')).toBe(true);
    expect(await read().interview.count({ where: { accountId: wanted!.accountId, status: { in: ['called', 'running'] } } })).toBe(1);
  });

  it('may be one that is named', async () => {
    const [, ids] = await line(3);
    expect((await testing.next(desk, desk.recruiter, ids[1])).placeId).toBe(ids[1]);
    expect(await code(testing.next(desk, desk.colleague, ids[1]))).toBe('placeStateRefused');
    expect(await order()).toEqual([ids[0], ids[2]]);
  });

  it('is for the employer who stands there', async () => {
    await line(1);
    const stranger = await testing.verified();
    expect([await code(testing.next(desk, stranger)), await code(testing.next(desk, testing.organiser)), await code(testing.get(QueueViews).desk(stranger, desk.boothId)), await code(control().set(stranger, desk.boothId, { status: 'closed' }))])
      .toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden']);
  });
});

describe('a missed call', () => {
  it('keeps the place, and who comes back is the next', async () => {
    const [all, ids] = await line(3);
    await testing.meet(await testing.next(desk), 'miss');
    expect(await testing.place(ids[0]!)).toMatchObject({ status: 'missed', missed: 1 });
    expect(testing.texts(all[0]!).at(-1)).toMatch(/位置保留到 \d\d:\d\d/);
    expect((await testing.next(desk)).placeId).toBe(ids[1]);
    expect((await places().comeBack(all[0]!, all[0]!, ids[0]!)).status).toBe('waiting');
    expect(await order()).toEqual([ids[0], ids[2]]);
    expect((await testing.next(desk, desk.colleague)).placeId).toBe(ids[0]);
  });

  it('is given up when the time is over, and after three', async () => {
    const [all, ids] = await line(2);
    await testing.meet(await testing.next(desk), 'miss');
    await testing.due('queue.kept', ids[0]!);
    expect(await status(ids[0]!)).toBe('missed'); // not yet
    await read().queuePlace.update({ where: { id: ids[0]! }, data: { until: new Date(Date.now() - 1_000) } });
    expect(await code(places().comeBack(all[0]!, all[0]!, ids[0]!))).toBe('placeStateRefused');
    await testing.due('queue.kept', ids[0]!);
    expect(await testing.place(ids[0]!)).toMatchObject({ status: 'dropped', reason: '保留时间已过' });
    expect(testing.texts(all[0]!).at(-1)).toContain('保留时间已过');
    for (let n = 0; n < 3; n += 1) {
      await testing.meet(await testing.next(desk), 'miss');
      if (n < 2) await places().comeBack(all[1]!, all[1]!, ids[1]!);
    }
    expect(await status(ids[1]!)).toBe('dropped');
    await testing.join(desk, all[1]!);
    expect(await order()).toHaveLength(1);
  });

  it('may be said: not now', async () => {
    const [[person], [id]] = await line(1);
    expect(await code(places().later(person!, person!.accountId, id!))).toBe('placeStateRefused');
    const call = await testing.next(desk);
    expect(await code(places().later(person!, (await testing.candidate()).accountId, id!))).toBe('notFound');
    expect((await places().later(person!, person!.accountId, id!)).status).toBe('missed');
    expect((await testing.row(call.id)).status).toBe('missed');
    await testing.next(desk, desk.recruiter, id); // the recruiter calls them once more by name
    expect(await status(id!)).toBe('called');
    await places().leave(person!, person!, id!);
    expect(await read().interview.count({ where: { placeId: id, status: 'cancelled' } })).toBe(1);
  });
});

describe('an end', () => {
  it('by the recruiter says why', async () => {
    const [[person, other], [id, second]] = await line(2);
    await places().skip(desk.colleague, id!, '岗位招满了');
    expect(testing.texts(person!).at(-1)).toContain('岗位招满了');
    expect(await testing.place(id!)).toMatchObject({ status: 'dropped', reason: '岗位招满了' });
    expect([await code(places().skip(desk.recruiter, id!, '再来')), await code(places().skip(await testing.verified(), second!, '别人的'))]).toEqual(['placeStateRefused', 'notFound']);
    const called = await testing.next(desk);
    await places().skip(desk.recruiter, second!, '资料不符');
    expect([(await testing.row(called.id)).status, await status(second!)]).toEqual(['cancelled', 'dropped']);
    expect(testing.texts(other!).at(-1)).toContain('资料不符');
  });

  it('of the queue tells everybody; who is in a room stays there', async () => {
    const [all, ids] = await line(4);
    const running = await testing.next(desk);
    await testing.meet(running, 'begin');
    await testing.next(desk, desk.colleague);
    await control().set(desk.recruiter, desk.boothId, { status: 'closed' });
    expect(await Promise.all(ids.map(status))).toEqual(['interviewing', 'dropped', 'dropped', 'dropped']);
    for (const person of all.slice(1)) expect(testing.texts(person).at(-1)).toContain('排队结束了');
    expect(await code(testing.next(desk, desk.colleague))).toBe('queueClosed');
    await testing.meet(running, 'end');
    expect(await status(ids[0]!)).toBe('done');
    // Open again: it goes on with new numbers.
    await control().set(desk.recruiter, desk.boothId, { status: 'open' });
    expect(await testing.join(desk, all[1]!)).toMatchObject({ seq: 5, status: 'waiting' });
  });

  it('comes with the fair’s, with another employer at the booth, and with a suspension', async () => {
    const [a, b, c] = [await testing.open(), await testing.open(), await testing.open()];
    const [person] = await people(1);
    const ids = [(await testing.join(a, person!)).id, (await testing.join(b, person!)).id, (await testing.join(c, person!)).id];
    await testing.get(FairsService).changeStatus(testing.organiser, a.fairId, { to: 'cancelled', reason: '台风' });
    const other = await testing.verified();
    await testing.admit(b.fairId, other);
    await testing.get(PlacementService).assign(testing.organiser, b.boothId, null);
    await testing.get(PlacementService).assign(testing.organiser, b.boothId, other.organisationId);
    await testing.get(OrganisationCommands).setStatus(testing.platform, c.recruiter.organisationId, { status: 'suspended', reason: '收押金' });
    await testing.settled();
    expect(await Promise.all(ids.map(status))).toEqual(['dropped', 'dropped', 'dropped']);
    expect((await testing.get(QueueStates).fresh(b.boothId))!.state).toMatchObject({ status: 'closed', waiting: [] });
    expect(await code(testing.next(b))).toBe('forbidden');
  });

  it('comes with a consent that is taken back, and with an erasure', async () => {
    const [[taker, eraser], [taken, erased]] = await line(2);
    const consent = await read().consent.findFirstOrThrow({ where: { accountId: taker!.accountId, purpose: 'interview' } });
    await testing.database.transaction((tx) => testing.get(Consents).withdraw(tx, taker!.accountId, consent.id));
    const view = await testing.get(QueueViews).desk(desk.recruiter, desk.boothId);
    expect(view.places.find(({ id }) => id === taken)?.candidate ?? null).toBeNull();
    expect((await testing.next(desk)).accountId).toBe(eraser!.accountId);
    await testing.settled();
    expect(await status(taken!)).toBe('left');
    await testing.get(DataRights).erase({ role: 'candidate', accountId: eraser!.accountId });
    expect(await status(erased!)).toBe('left');
    expect(await read().interview.count({ where: { accountId: eraser!.accountId, status: 'called' } })).toBe(0);
  });
});

describe('the desk', () => {
  it('shows names and facts to the booth’s people, and numbers to nobody', async () => {
    const [person] = await people(1);
    const id = (await testing.join(desk, person!, { jobId: desk.job.id })).id;
    const view = await testing.get(QueueViews).desk(desk.colleague, desk.boothId);
    expect(view.places).toEqual([expect.objectContaining({ id, position: 1, busy: false, candidate: { name: '林0', education: '', experienceYears: null, hasCv: false, atStation: false } })]);
    expect(JSON.stringify(view)).not.toContain(person!.phone.slice(3));
    const picture = JSON.stringify((await testing.get(QueueStates).fresh(desk.boothId))!.state);
    expect(picture).not.toContain('林0');
    expect(picture).not.toContain(person!.accountId);
    expect((await refused(testing.get(QueueStates).of({ role: 'anyone' }, person!.accountId))).code).toBe('notFound');
  });

  it('holds promises against what happened', async () => {
    const [, ids] = await line(3);
    const call = await testing.next(desk);
    const past = new Date(Date.now() - 600_000);
    await read().queuePlace.update({ where: { id: ids[1]! }, data: { joinedAt: past, earliest: 300, latest: 900 } });
    await testing.meet(call, 'begin');
    await testing.meet(call, 'end');
    await testing.next(desk);
    const { accuracy, state } = await testing.get(QueueViews).desk(desk.recruiter, desk.boothId);
    expect(accuracy.calls).toBe(2);
    expect(accuracy.within).toBeGreaterThanOrEqual(0.5);
    expect(state).toMatchObject({ recruiters: 1, called: [ids[1]], status: 'open' });
  });

  it('reports the estimates’ error to the organiser: how far the middle of each range was off, booth by booth', async () => {
    const [, ids] = await line(4);
    // Told 300 to 900 s, so about ten minutes; waited 10, 12 and 20. Who left before the call and who was told nothing do not count.
    const told = async (id: string, waited: number, range: { earliest: number; latest: number } | null) => read().queuePlace.update({
      where: { id }, data: { joinedAt: minutesAgo(waited + 5), calledAt: minutesAgo(5), earliest: range?.earliest ?? null, latest: range?.latest ?? null },
    });
    const range = { earliest: 300, latest: 900 };
    for (const [n, waited] of [10, 12, 20].entries()) await told(ids[n]!, waited, range);
    await told(ids[3]!, 90, null);
    const { booths, accuracy, totals } = await testing.get(InterviewReports).of(desk.fairId);
    expect(accuracy).toEqual({ calls: 3, uncalled: 0, medianError: 2, ninetieth: 10, within: 0.67 });
    expect(booths).toEqual([{ boothId: desk.boothId, boothNumber: expect.any(String) as string, organisationName: expect.any(String) as string, totals, accuracy }]);
    expect(await testing.get(InterviewReports).of((await testing.desk()).fairId)).toMatchObject({ booths: [], accuracy: { calls: 0 }, totals: { held: 0 } });
  });

  it('counts who was never called in the time that was said as outside, and who left before it not at all', async () => {
    const [all, ids] = await line(4);
    const told = (id: string, waited: number) => read().queuePlace.update({ where: { id }, data: { joinedAt: minutesAgo(waited), earliest: 300, latest: 900 } });
    await told(ids[0]!, 5);
    await places().leave(all[0]!, all[0]!, ids[0]!); // had no patience
    await told(ids[1]!, 40);
    await told(ids[2]!, 5);
    const accuracy = async () => (await testing.get(InterviewReports).of(desk.fairId)).accuracy;
    expect(await accuracy()).toMatchObject({ calls: 0, uncalled: 1, within: 0, medianError: 30 }); // waits still
    await control().set(desk.recruiter, desk.boothId, { status: 'closed' });
    expect(await accuracy()).toMatchObject({ calls: 0, uncalled: 1, within: 0, medianError: 30 });
    expect((await testing.get(QueueViews).desk(desk.recruiter, desk.boothId)).accuracy).toEqual(await accuracy());
  });

  it('promises nothing that is booked: times that are due come first, and whoever is called to one is not counted twice', async () => {
    const said = async () => (await testing.get(QueueStates).fresh(desk.boothId))!.state.waiting[0]!;
    await line(1);
    const before = await said();
    const slots = await testing.publish(desk, { startsAt: minutes(60), minutes: 15, count: 3 });
    expect(await said()).toEqual(before); // nobody has booked
    for (const slot of slots) await testing.book(await testing.candidate(), slot.id);
    for (const [n, { id }] of slots.entries()) {
      const [startsAt, endsAt] = [new Date(Date.now() + (n * 15 + 1) * 60_000), new Date(Date.now() + (n * 15 + 16) * 60_000)];
      await read().slot.update({ where: { id }, data: { startsAt, endsAt, expectedAt: startsAt } });
    }
    const due = await said();
    expect([before.earliest < 120, due.earliest > 420, due.latest > 2_400]).toEqual([true, true, true]);
    await testing.get(SlotCalls).call(desk.recruiter, slots[0]!.id);
    const called = await said();
    expect(Math.abs(called.earliest - due.earliest)).toBeLessThan(600);
    await read().slot.updateMany({ where: { id: { in: slots.map(({ id }) => id) }, status: 'booked' }, data: { status: 'cancelled' } });
    expect((await said()).earliest).toBeLessThan(due.earliest);
  });
});
