import { randomUUID } from 'node:crypto';
import { Consumers } from '#libs/events';
import { FairsService } from '#libs/fairs';
import { DataRights } from '#libs/identity';
import { ApplicationsService } from '#libs/jobs';
import { Timers } from '#libs/platform';
import { code } from '../../../test/support/market.js';
import { hours, shows, type Show, type Shows } from '../../../test/support/show.js';
import { Airing } from './airing.js';
import { Cards } from './cards.js';
import { Chat } from './chat.js';
import { Complaints } from './complaints.js';
import { Joining } from './joining.js';
import { Reminders } from './reminders.js';
import { Scheduling } from './scheduling.js';
import { Stage } from './stage.js';

let testing: Shows;
beforeAll(async () => { testing = await shows(); }, 60_000);
afterAll(() => testing.close());

const read = () => testing.database.read;
const anyone = { role: 'anyone' } as const;
const texts = (accountId: string) => read().message.findMany({ where: { accountId, cause: { startsWith: 'broadcast/' } }, orderBy: { createdAt: 'asc' } });
const dueAt = async ({ broadcast }: Show) => (await read().timer.findUniqueOrThrow({ where: { name_key: { name: 'live.reminder', key: broadcast.id } } })).dueAt;
async function remind({ broadcast }: Show): Promise<void> {
  const where = { name_key: { name: 'live.reminder', key: broadcast.id } };
  await read().timer.update({ where, data: { dueAt: new Date(Date.now() - 1_000), doneAt: null } });
  testing.get(Timers)['ticking'].wake();
  for (const end = Date.now() + 10_000; !(await read().timer.findUniqueOrThrow({ where })).doneAt;) {
    if (Date.now() > end) throw new Error('nobody was reminded');
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('reminders', () => {
  it('come a quarter of an hour before, once, to those who asked', async () => {
    const show = await testing.show({ live: false, starts: 5, ends: 6 });
    const [asked, other] = [await testing.viewer(), await testing.viewer()];
    const reminders = testing.get(Reminders);
    for (const person of [asked, asked, other]) await reminders.ask(person, show.broadcast.id);
    await reminders.forget(other, show.broadcast.id);
    expect(show.broadcast.startsAt.getTime() - (await dueAt(show)).getTime()).toBe(15 * 60_000);
    expect((await testing.get(Joining).place(asked, show.broadcast.id, undefined)).reminded).toBe(true);
    await remind(show);
    await remind(show);
    expect([(await texts(asked.accountId)).length, (await texts(other.accountId)).length]).toEqual([1, 0]);
  });

  it('follow a move of the broadcast and of the fair, once each', async () => {
    const show = await testing.show({ live: false, starts: 1, ends: 2 });
    const person = await testing.viewer();
    await testing.get(Reminders).ask(person, show.broadcast.id);
    await remind(show);
    await testing.get(Scheduling).update(show.host, show.broadcast.id, { startsAt: hours(3), endsAt: hours(4) });
    const moved = await read().broadcast.findUniqueOrThrow({ where: { id: show.broadcast.id } });
    expect(moved.startsAt.getTime() - (await dueAt(show)).getTime()).toBe(15 * 60_000);
    await remind(show);
    expect(await texts(person.accountId)).toHaveLength(2);
    const { startsAt, endsAt, venueName, venueAddress } = await read().fair.findUniqueOrThrow({ where: { id: show.fairId } });
    const later = (at: Date) => new Date(at.getTime() + 86_400_000).toISOString();
    await testing.get(FairsService).reschedule(testing.organiser, show.fairId, { startsAt: later(startsAt), endsAt: later(endsAt), venueName, venueAddress, reason: '台风' });
    await testing.get(Consumers).settled();
    const again = await read().broadcast.findUniqueOrThrow({ where: { id: show.broadcast.id } });
    expect(again.startsAt.getTime() - moved.startsAt.getTime()).toBe(86_400_000);
    expect(again.startsAt.getTime() - (await dueAt(show)).getTime()).toBe(15 * 60_000);
  });

  it('say that it was called off, and are not asked for what has begun', async () => {
    const [show, live] = [await testing.show({ live: false }), await testing.show()];
    const person = await testing.viewer();
    await testing.get(Reminders).ask(person, show.broadcast.id);
    await testing.get(Airing).changeStatus(show.host, show.broadcast.id, { status: 'cancelled' });
    const told = async () => (await texts(person.accountId)).filter(({ cause }) => cause.includes('/cancelled/')).length;
    for (const end = Date.now() + 10_000; (await told()) === 0 && Date.now() < end;) await new Promise((done) => setTimeout(done, 20));
    expect(await told()).toBe(1);
    expect(await code(testing.get(Reminders).ask(person, live.broadcast.id))).toBe('broadcastStateRefused');
  });
});

describe('the funnel', () => {
  it('counts persons, not clicks, by job', async () => {
    const show = await testing.show();
    const [first, second] = show.jobs;
    const [person, deviceId] = [await testing.viewer(), randomUUID()];
    const see = (actor: Parameters<Cards['see']>[0], jobId: string, what: 'saw' | 'tapped', device = deviceId) => testing.get(Cards).see(actor, show.broadcast.id, { jobId, what, deviceId: device });
    await Promise.all([see(person, first!.id, 'saw'), see(person, first!.id, 'saw', randomUUID()), see(anyone, first!.id, 'saw'), see(anyone, first!.id, 'saw')]);
    await see(person, first!.id, 'tapped');
    await see(anyone, second!.id, 'tapped');
    await testing.get(ApplicationsService).apply(person, { jobId: first!.id, broadcastId: show.broadcast.id, source: 'broadcast', consent: true });
    const { jobs } = await testing.get(Cards).funnel(show.host, show.broadcast.id);
    expect(jobs.map(({ saw, tapped, applied }) => [saw, tapped, applied])).toEqual([[2, 1, 1], [1, 1, 0]]);
    expect((await testing.get(Joining).place(person, show.broadcast.id, undefined)).appliedJobIds).toEqual([first!.id]);
    expect(await code(see(anyone, (await testing.job(show.host)).id, 'saw'))).toBe('notFound');
    expect(await code(testing.get(Cards).funnel(await testing.verified(), show.broadcast.id))).toBe('forbidden');
  });
});

describe('a person’s rights', () => {
  it('their copy has what they wrote and did', async () => {
    const show = await testing.show();
    const person = await testing.viewer();
    await testing.say(person, show.broadcast.id, '我想问夜班');
    await testing.get(Stage).raise(person, show.broadcast.id, person);
    await testing.get(Complaints).make(person, show.broadcast.id, { kind: 'fee', text: '要押金', deviceId: person.deviceId }, '');
    const { live } = await testing.get(DataRights).export(person);
    expect(live).toEqual([expect.objectContaining({ part: 'message', text: '我想问夜班' }), expect.objectContaining({ part: 'hand', status: 'raised' }), expect.objectContaining({ part: 'complaint', text: '要押金', status: 'waiting' })]);
  });

  it('their deletion leaves the texts as evidence, and nothing of their name', async () => {
    const [show, planned] = [await testing.show(), await testing.show({ live: false })];
    const person = await testing.viewer('司马小满');
    await testing.say(person, show.broadcast.id, '工资怎么发');
    await testing.get(Stage).raise(person, show.broadcast.id, person);
    await testing.get(Reminders).ask(person, planned.broadcast.id);
    await testing.get(Complaints).make(person, show.broadcast.id, { kind: 'fee', text: '要押金', deviceId: person.deviceId }, '');
    await testing.get(DataRights).erase(person);
    expect((await testing.get(Chat).list(anyone, show.broadcast.id, {})).map(({ author, text }) => [author, text])).toEqual([['已注销', '工资怎么发']]);
    expect(await testing.get(Complaints).ofFair(testing.organiser, show.fairId, undefined)).toMatchObject([{ author: '已注销', text: '要押金' }]);
    expect(await read().hand.findMany({ where: { accountId: person.accountId }, select: { name: true } })).toEqual([{ name: '已注销' }]);
    expect(await read().broadcastReminder.count({ where: { accountId: person.accountId } })).toBe(0);
  });
});
