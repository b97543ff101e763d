import { randomUUID } from 'node:crypto';
import { PlacementService } from '#libs/booths';
import { Consumers, Events } from '#libs/events';
import { FairsService } from '#libs/fairs';
import { Licences, Members, OrganisationCommands } from '#libs/identity';
import { JobsService } from '#libs/jobs';
import { newId, Timers } from '#libs/platform';
import { RoomKeys } from '#libs/rooms';
import { code, refused } from '../../../test/support/market.js';
import { hours, shows, type Show, type Shows } from '../../../test/support/show.js';
import { Airing } from './airing.js';
import { BroadcastViews } from './broadcast.view.js';
import { PATIENCE } from './broadcast.rules.js';
import { Cards } from './cards.js';
import { Joining } from './joining.js';
import { Replays } from './replays.js';
import { Scheduling } from './scheduling.js';
import { Tour } from './tour.js';

let testing: Shows;
beforeAll(async () => { testing = await shows(); }, 60_000);
afterAll(() => testing.close());

const anyone = { role: 'anyone' } as const;
const read = () => testing.database.read;
const row = ({ broadcast }: Show) => read().broadcast.findUniqueOrThrow({ where: { id: broadcast.id } });
const room = ({ broadcast }: Show) => read().room.findUniqueOrThrow({ where: { id: broadcast.roomId } });
const change = (show: Show, status: Parameters<Airing['changeStatus']>[2]['status'], actor = show.host) => testing.get(Airing).changeStatus(actor, show.broadcast.id, { status });
const view = (show: Show, actor: Parameters<BroadcastViews['one']>[0] = anyone) => testing.get(BroadcastViews).one(actor, show.broadcast.id);
const settled = () => testing.get(Consumers).settled();
/** What a media node says of a room. */
async function publishing(show: Show, on: boolean): Promise<void> {
  const { id: broadcastId, roomId, fairId } = show.broadcast;
  await testing.database.transaction(async (tx) => {
    await tx.room.update({ where: { id: roomId }, data: { publishing: on } });
    await testing.get(Events).append(tx, 'room.mediaChanged', { kind: 'fair', id: fairId }, { roomId, kind: 'broadcast', ownerId: broadcastId, publishing: on });
  });
  await settled();
}
/** Lets a timer's time come, and waits until it was done. */
async function timeComes(name: string, key: string): Promise<void> {
  await read().timer.update({ where: { name_key: { name, key } }, data: { dueAt: new Date(Date.now() - 1_000) } });
  testing.get(Timers)['ticking'].wake();
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((done) => setTimeout(done, 20))) {
    if ((await read().timer.findUniqueOrThrow({ where: { name_key: { name, key } } })).doneAt) return;
  }
  throw new Error(`the timer ${name} was not done`);
}

describe('scheduling', () => {
  it('is for a booth, jobs and people of one’s own, and a time to come', async () => {
    const [{ fairId, boothId, host, jobs }, other] = [await testing.stand(), await testing.stand()];
    const plan = { boothId, kind: 'talk', title: '装配工专场', startsAt: hours(1), endsAt: hours(2), jobIds: [jobs[1]!.id, jobs[0]!.id], hostIds: [host.accountId] } as const;
    const schedule = (changes = {}, actor = host) => testing.get(Scheduling).schedule(actor, fairId, { ...plan, jobIds: [...plan.jobIds], hostIds: [...plan.hostIds], ...changes });
    expect(await code(schedule({ boothId: other.boothId }))).toBe('boothNotOwn');
    expect(await code(schedule({}, other.host))).toBe('boothNotOwn');
    expect(await code(schedule({ jobIds: [jobs[0]!.id, other.jobs[0]!.id] }))).toBe('jobsNotOwn');
    expect(await code(schedule({ jobIds: [randomUUID()] }))).toBe('jobsNotOwn');
    expect(await code(schedule({ hostIds: [host.accountId, other.host.accountId] }))).toBe('hostsNotOwn');
    expect(await code(schedule({ endsAt: hours(0.5) }))).toBe('timesReversed');
    expect(await refused(schedule({ startsAt: hours(-2), endsAt: hours(-1) }))).toMatchObject({ details: { fields: [{ field: 'endsAt' }] } });
    expect(await read().room.count({ where: { scopeId: fairId } })).toBe(0);
    const { id } = await schedule();
    const made = await testing.get(BroadcastViews).one(anyone, id);
    expect(made).toMatchObject({ status: 'scheduled', title: '装配工专场', hosts: [{ accountId: host.accountId, name: '林人事' }], jobCount: 2, replay: false, tour: [], stopped: null });
    expect(made.jobs.map((job) => job.id)).toEqual(plan.jobIds);
    // Its cards can be applied from: they are jobs of the fair.
    expect(await read().fairJob.count({ where: { fairId, jobId: { in: [...plan.jobIds] } } })).toBe(2);
    expect(made.organisation.verifiedBy).toBeTruthy();
  });

  it('needs a licence that was verified and is good, and an employer in good standing', async () => {
    const { fairId, boothId, host, jobs } = await testing.stand();
    const schedule = () => testing.get(Scheduling).schedule(host, fairId, { boothId, kind: 'talk', title: '专场', startsAt: hours(1), endsAt: hours(2), jobIds: [jobs[0]!.id], hostIds: [host.accountId] });
    await read().licence.updateMany({ where: { organisationId: host.organisationId }, data: { expiresOn: new Date('2020-01-01') } });
    expect(await code(schedule())).toBe('licenceExpired');
    await read().licence.updateMany({ where: { organisationId: host.organisationId }, data: { status: 'pending' } });
    expect(await code(schedule())).toBe('licenceMissing');
    await testing.get(OrganisationCommands).setStatus(testing.platform, host.organisationId, { status: 'suspended', reason: '收押金' });
    expect(await code(schedule())).toBe('organisationSuspended');
  });

  it('can be changed until it is over; its times until it begins', async () => {
    const show = await testing.show({ live: false });
    const { host, broadcast: { id }, jobs } = show;
    await testing.get(Scheduling).update(host, id, { title: '改了名', startsAt: hours(2), endsAt: hours(3), jobIds: [jobs[0]!.id] });
    expect(await view(show)).toMatchObject({ title: '改了名', jobCount: 1 });
    expect(await code(testing.get(Scheduling).update(await testing.verified(), id, { title: '别人的' }))).toBe('notFound');
    await change(show, 'live');
    await testing.get(Scheduling).update(host, id, { title: '又改了名' });
    expect(await code(testing.get(Scheduling).update(host, id, { endsAt: hours(4) }))).toBe('broadcastStateRefused');
    await change(show, 'ended');
    expect(await code(testing.get(Scheduling).update(host, id, { title: '太晚了' }))).toBe('broadcastStateRefused');
  });
});

describe('on air', () => {
  it('rehearses, goes live, pauses, goes on and ends; the room records meanwhile and closes', async () => {
    const show = await testing.show({ live: false });
    await change(show, 'rehearsing');
    expect([(await view(show)).status, (await view(show)).state.status, (await view(show, show.host)).status]).toEqual(['scheduled', 'scheduled', 'rehearsing']);
    expect(await room(show)).toMatchObject({ recording: false, isPublic: false });
    await change(show, 'live');
    await change(show, 'live');
    expect(await view(show)).toMatchObject({ status: 'live', startedAt: expect.any(String) });
    expect(await room(show)).toMatchObject({ recording: true, isPublic: true });
    const { startedAt } = await row(show);
    await change(show, 'paused');
    await change(show, 'live');
    expect((await row(show)).startedAt).toEqual(startedAt);
    expect(await code(change(show, 'cancelled'))).toBe('broadcastStateRefused');
    await change(show, 'ended');
    expect(await code(change(show, 'live'))).toBe('broadcastStateRefused');
    expect(await room(show)).toMatchObject({ recording: false, closedAt: expect.any(Date) });
    const told = await read().event.findMany({ where: { type: 'broadcast.statusChanged', data: { path: ['broadcastId'], equals: show.broadcast.id } }, orderBy: { seq: 'asc' } });
    expect(told.map(({ data }) => (data as { to: string }).to)).toEqual(['rehearsing', 'live', 'paused', 'live', 'ended']);
  });

  it('is for its hosts and their administrators only', async () => {
    const show = await testing.show({ live: false });
    const colleague = await testing.colleague(show.host, 'recruiter');
    expect(await code(change(show, 'live', colleague))).toBe('forbidden');
    expect(await code(change(show, 'live', testing.organiser))).toBe('forbidden');
    expect(await code(change(show, 'live', await testing.verified()))).toBe('forbidden');
    await testing.get(Scheduling).update(show.host, show.broadcast.id, { hostIds: [colleague.accountId] });
    await change(show, 'live', colleague);
  });

  it('needs the licence on the very day, also after a pause', async () => {
    const show = await testing.show({ live: false });
    const expire = (day: string) => read().licence.updateMany({ where: { organisationId: show.host.organisationId }, data: { expiresOn: new Date(day) } });
    await expire('2020-01-01');
    expect(await code(change(show, 'live'))).toBe('licenceExpired');
    await expire('2099-01-01');
    await change(show, 'live');
    await change(show, 'paused');
    await expire('2020-01-01');
    expect(await code(change(show, 'live'))).toBe('licenceExpired');
    const { id } = await testing.get(Licences).submit(show.host, show.host.organisationId, { number: 'YZ1', expiresOn: '2098-01-01' }, { name: 'a.png', mediaType: 'image/png', bytes: (await import('../../../test/support/world.js')).onePixelPng });
    await testing.get(Licences).review(testing.platform, id, { approved: true });
    await change(show, 'live');
  });

  it('needs the booth still', async () => {
    const show = await testing.show({ live: false });
    await testing.get(PlacementService).assign(testing.organiser, show.boothId, null);
    expect(await code(change(show, 'live'))).toBe('boothNotOwn');
  });

  it('ends when its employer is suspended or its fair is called off', async () => {
    const [one, two, three] = [await testing.show(), await testing.show(), await testing.show({ live: false })];
    await testing.get(OrganisationCommands).setStatus(testing.platform, one.host.organisationId, { status: 'suspended', reason: '收押金' });
    for (const { fairId } of [two, three]) await testing.get(FairsService).changeStatus(testing.organiser, fairId, { to: 'cancelled', reason: '台风' });
    await settled();
    expect([(await row(one)).status, (await row(two)).status, (await row(three)).status]).toEqual(['ended', 'ended', 'cancelled']);
  });

  it('ends when its employer loses the booth, and goes on when they only move', async () => {
    const [gone, moved] = [await testing.show(), await testing.show()];
    const { zoneId } = await read().booth.findUniqueOrThrow({ where: { id: moved.boothId } });
    const [other] = await testing.get(PlacementService).layOut(testing.organiser, moved.fairId, { zoneId, count: 1 });
    await testing.get(PlacementService).assign(testing.organiser, other!.id, moved.host.organisationId);
    await testing.get(PlacementService).assign(testing.organiser, gone.boothId, null);
    await settled();
    expect([(await row(gone)).status, (await row(moved)).status]).toEqual(['ended', 'live']);
  });

  it('is nothing any more to a colleague who was removed or disabled: they leave the room, and their encoder’s key ends', async () => {
    const show = await testing.show();
    const { host, broadcast: { id, roomId } } = show;
    const { key } = await testing.get(Joining).makeKey(host, id);
    const away = () => read().event.findMany({ where: { type: 'room.sourcesTaken', data: { path: ['roomId'], equals: roomId } } });
    await testing.database.transaction((tx) => testing.get(Events).append(tx, 'member.statusChanged', { kind: 'organisation', id: host.organisationId }, { organisationId: host.organisationId, accountId: host.accountId, disabled: false }));
    await settled();
    expect([await away(), (await testing.get(RoomKeys).holder(key))?.accountId]).toEqual([[], host.accountId]);
    await testing.get(Members).remove(testing.platform, host.organisationId, host.accountId);
    await settled();
    expect((await away()).map(({ data }) => data)).toEqual([expect.objectContaining({ personKey: `account:${host.accountId}`, removed: true })]);
    expect(await testing.get(RoomKeys).holder(key)).toBeNull();
  });

  it('is stopped by the fair’s organiser, with a reason that everybody is told', async () => {
    const show = await testing.show();
    expect(await code(testing.get(Airing).stop(await testing.bureau(), show.broadcast.id, '别人的'))).toBe('notFound');
    await testing.get(Airing).stop(testing.organiser, show.broadcast.id, '收培训费');
    expect(await view(show)).toMatchObject({ status: 'ended', stopped: { reason: '收培训费' } });
    expect((await testing.get(BroadcastViews).ofFair(anyone, show.fairId))).toEqual([]);
    expect((await testing.get(BroadcastViews).ofFair(testing.organiser, show.fairId))).toHaveLength(1);
    expect(await read().auditEntry.findMany({ where: { action: 'broadcast.stopped', subjectId: show.broadcast.id } })).toEqual([expect.objectContaining({ reason: '收培训费', actorId: testing.organiser.accountId })]);
    expect(await code(testing.get(Airing).stop(testing.organiser, show.broadcast.id, '再来'))).toBe('broadcastStateRefused');
  });
});

describe('media that stop', () => {
  it('are waited for, and ended after five minutes; whoever comes back goes on', async () => {
    const show = await testing.show({ live: false });
    await publishing(show, true);
    await change(show, 'live');
    expect((await row(show)).interruptedSince).toBeNull();
    await publishing(show, false);
    expect((await row(show)).interruptedSince).not.toBeNull();
    await publishing(show, true);
    expect((await row(show)).interruptedSince).toBeNull();
    await publishing(show, false);
    // The timer of an interruption before this one does nothing.
    await timeComes('live.interrupted', show.broadcast.id);
    expect((await row(show)).status).toBe('live');
    await read().broadcast.update({ where: { id: show.broadcast.id }, data: { interruptedSince: new Date(Date.now() - PATIENCE) } });
    await read().timer.update({ where: { name_key: { name: 'live.interrupted', key: show.broadcast.id } }, data: { doneAt: null } });
    await timeComes('live.interrupted', show.broadcast.id);
    expect((await row(show)).status).toBe('ended');
    const told = await read().event.findMany({ where: { type: 'broadcast.interrupted', data: { path: ['broadcastId'], equals: show.broadcast.id } }, orderBy: { seq: 'asc' } });
    expect(told.map(({ data }) => (data as { interrupted: boolean }).interrupted)).toEqual([true, false, true]);
  });

  it('are nobody’s business in a pause', async () => {
    const show = await testing.show();
    expect((await row(show)).interruptedSince).not.toBeNull();
    await change(show, 'paused');
    expect((await row(show)).interruptedSince).toBeNull();
    await publishing(show, false);
    expect((await row(show)).interruptedSince).toBeNull();
  });

  it('end by themselves hours later, and what never began is called off', async () => {
    const [live, planned] = [await testing.show(), await testing.show({ live: false })];
    await timeComes('live.longest', live.broadcast.id);
    await timeComes('live.missed', planned.broadcast.id);
    await timeComes('live.missed', live.broadcast.id);
    expect([(await row(live)).status, (await row(planned)).status]).toEqual(['ended', 'cancelled']);
  });
});

describe('who sees it', () => {
  it('a cancelled one is there for those who work on it only', async () => {
    const show = await testing.show({ live: false });
    await change(show, 'cancelled');
    expect(await code(view(show))).toBe('notFound');
    expect(await testing.get(BroadcastViews).ofFair(anyone, show.fairId)).toEqual([]);
    // One list for all who ask in one breath; whoever works there has their own.
    const [one, same, own] = await Promise.all([anyone, await testing.viewer(), testing.organiser].map((actor) => testing.get(BroadcastViews).ofFair(actor, show.fairId)));
    expect(same).toBe(one);
    expect(own).not.toBe(one);
    expect((await view(show, show.host)).status).toBe('cancelled');
    expect((await testing.get(BroadcastViews).mine(show.host)).map(({ id }) => id)).toEqual([show.broadcast.id]);
  });

  it('nobody but the organiser sees one of a fair that is not public', async () => {
    const show = await testing.show({ live: false });
    await read().fair.update({ where: { id: show.fairId }, data: { status: 'draft' } });
    expect(await code(view(show))).toBe('notFound');
    expect(await code(testing.get(Joining).place(anyone, show.broadcast.id, undefined))).toBe('notFound');
    expect((await view(show, testing.organiser)).id).toBe(show.broadcast.id);
  });

  it('passes are for who may have them', async () => {
    const show = await testing.show({ live: false });
    const viewer = await testing.viewer();
    const join = (actor: Parameters<Joining['join']>[0], as: 'viewer' | 'guest' | 'host') => testing.get(Joining).join(actor, show.broadcast.id, { deviceId: viewer.deviceId, as });
    expect(await code(join(anyone, 'viewer'))).toBe('broadcastStateRefused');
    expect([await code(join(anyone, 'host')), await code(join(viewer, 'host')), await code(join(testing.organiser, 'host'))]).toEqual(['unauthenticated', 'forbidden', 'forbidden']);
    await read().mediaNode.create({ data: { id: newId(), url: 'https://media.example.cn', capacity: 100, seenAt: new Date(Date.now() + 60_000) } });
    expect(await join(show.host, 'host')).toMatchObject({ role: 'host', sources: ['camera', 'microphone', 'screen', 'screenAudio'], hlsUrl: null });
    await change(show, 'rehearsing');
    expect(await code(join(viewer, 'viewer'))).toBe('broadcastStateRefused');
    expect(await join(testing.organiser, 'viewer')).toMatchObject({ role: 'viewer', sources: [] });
    await change(show, 'live');
    expect(await join(anyone, 'viewer')).toMatchObject({ role: 'viewer', sources: [], hlsUrl: `https://media.example.cn/media/hls/${show.broadcast.roomId}/live.m3u8` });
    expect(await code(join(viewer, 'guest'))).toBe('handStateRefused');
    // A full node takes no more viewers, and says how else it can be watched.
    await read().mediaNode.updateMany({ data: { load: 100 } });
    await expect(join(anyone, 'viewer')).rejects.toMatchObject({ code: 'mediaFull', details: { hlsUrl: `https://media.example.cn/media/hls/${show.broadcast.roomId}/live.m3u8` } });
    expect(await join(show.host, 'host')).toMatchObject({ role: 'host' });
  });
});

describe('a tour', () => {
  it('stamps each place once, by the server’s time, while it is live', async () => {
    const [show, talk] = [await testing.show({ kind: 'tour', live: false }), await testing.show()];
    const stamp = (place: string, facts = {}) => testing.get(Tour).show(show.host, show.broadcast.id, place, facts);
    expect(await code(stamp('workshop'))).toBe('broadcastStateRefused');
    await change(show, 'live');
    const before = Date.now();
    await stamp('workshop', { latitude: 26.08, longitude: 119.3, accuracy: 12 });
    const first = (await view(show)).tour[0]!;
    expect(first).toMatchObject({ place: 'workshop', latitude: 26.08, longitude: 119.3, accuracy: 12 });
    expect(Math.abs(Date.parse(first.shownAt!) - before)).toBeLessThan(60_000);
    await Promise.all([stamp('workshop', { latitude: 1, longitude: 1 }), stamp('canteen'), stamp('canteen')]);
    expect((await view(show)).tour.map(({ place, shownAt, latitude }) => [place, shownAt !== null, latitude])).toEqual([['workshop', true, 26.08], ['dormitory', false, null], ['canteen', true, null], ['contract', false, null]]);
    expect(await read().event.count({ where: { type: 'tourPlace.shown', data: { path: ['broadcastId'], equals: show.broadcast.id } } })).toBe(2);
    // A place that was missing comes later, once, with its own time; one that is there stays.
    const [, , ticked] = (await view(show)).tour;
    expect(ticked).toMatchObject({ place: 'canteen', locatedAt: null });
    expect(first.locatedAt).toBe(first.shownAt);
    await stamp('canteen', { latitude: 26.1, longitude: 119.2, accuracy: 30 });
    await Promise.all([stamp('canteen', { latitude: 2, longitude: 2 }), stamp('workshop', { latitude: 2, longitude: 2 }), stamp('canteen')]);
    const after = (await view(show)).tour;
    expect(after[0]).toEqual(first);
    expect(after[2]).toEqual({ ...ticked, latitude: 26.1, longitude: 119.2, accuracy: 30, locatedAt: expect.any(String) });
    expect(Date.parse(after[2]!.locatedAt!)).toBeGreaterThan(Date.parse(ticked!.shownAt!));
    expect(await read().event.count({ where: { type: 'tourPlace.located', data: { path: ['broadcastId'], equals: show.broadcast.id } } })).toBe(1);
    expect([await code(stamp('pool')), await code(testing.get(Tour).show(talk.host, talk.broadcast.id, 'canteen', {}))]).toEqual(['notFound', 'notFound']);
  });
});

describe('the replay', () => {
  it('is what was recorded, with cards and chat at their place in it', async () => {
    const show = await testing.show();
    await testing.get(Cards).pin(show.host, show.broadcast.id, show.jobs[0]!.id);
    const message = await testing.say(show.host, show.broadcast.id, '大家好');
    await testing.get(Cards).pin(show.host, show.broadcast.id, show.jobs[1]!.id);
    expect(await code(testing.get(Replays).of(anyone, show.broadcast.id))).toBe('replayMissing');
    await change(show, 'ended');
    expect(await code(testing.get(Replays).of(anyone, show.broadcast.id))).toBe('replayMissing');
    // Recording began eight seconds before the message, with three seconds of media, and went on just before it.
    const [id, said] = [newId(), Date.parse(message.sentAt)];
    await read().recording.create({ data: { id, roomId: show.broadcast.roomId, duration: 4_000, endedAt: new Date() } });
    const segment = (sequence: number, recordedAt: number) => ({ recordingId: id, sequence, storageKey: 'x', initKey: 'x', duration: 1_000, bytes: 1, recordedAt: new Date(recordedAt) });
    await read().recordingSegment.createMany({ data: [segment(0, said - 8_000), segment(1, said - 7_000), segment(2, said - 6_000), segment(3, said + 500)] });
    const replay = await testing.get(Replays).of(anyone, show.broadcast.id);
    expect(replay).toMatchObject({ duration: 4_000, messageCount: 1, cards: [{ jobId: show.jobs[0]!.id, to: expect.any(Number) }, { jobId: show.jobs[1]!.id, to: null }] });
    expect(replay.hlsUrl).toContain(`/media/hls/${id}/replay.m3u8`);
    expect((await view(show)).replay).toBe(true);
    const { Chat } = await import('./chat.js');
    expect((await testing.get(Chat).list(anyone, show.broadcast.id, {}))[0]).toMatchObject({ offset: 3_500 });
  });

  it('of one that was stopped is kept as evidence, and not shown', async () => {
    const show = await testing.show();
    await testing.get(Airing).stop(testing.organiser, show.broadcast.id, '虚假招聘');
    await read().recording.create({ data: { id: newId(), roomId: show.broadcast.roomId, duration: 1_000, endedAt: new Date() } });
    expect([await code(testing.get(Replays).of(anyone, show.broadcast.id)), (await view(show)).replay]).toEqual(['replayMissing', false]);
    const evidence = await testing.get(Replays).of(testing.organiser, show.broadcast.id);
    expect([evidence.duration, /replay\.m3u8\?token=.+/.test(evidence.hlsUrl), (await room(show)).isPublic]).toEqual([1_000, true, false]);
  });
});

describe('cards', () => {
  it('are pinned one at a time, and unpinned when their job closes', async () => {
    const show = await testing.show();
    const other = await testing.job(show.host, { title: '仓管' });
    expect(await code(testing.get(Cards).pin(show.host, show.broadcast.id, other.id))).toBe('validationFailed');
    for (const { id } of show.jobs) await testing.get(Cards).pin(show.host, show.broadcast.id, id);
    expect((await read().cardPin.findMany({ where: { broadcastId: show.broadcast.id, unpinnedAt: null } })).map(({ jobId }) => jobId)).toEqual([show.jobs[1]!.id]);
    await testing.get(JobsService).close(show.host, show.jobs[1]!.id);
    await settled();
    expect((await row(show)).pinnedJobId).toBeNull();
    expect(await code(testing.get(Cards).pin(show.host, show.broadcast.id, show.jobs[1]!.id))).toBe('jobClosed');
  });
});
