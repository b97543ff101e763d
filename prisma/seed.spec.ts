import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { AttendanceModule } from '#libs/attendance';
import { BoothsModule } from '#libs/booths';
import { Consumers, eventsModule } from '#libs/events';
import { FairsModule, Fairs } from '#libs/fairs';
import { IdentityModule, SignIns } from '#libs/identity';
import { InterviewsModule } from '#libs/interviews';
import { JobsModule, JobSearch, wordingProblems } from '#libs/jobs';
import { LiveModule } from '#libs/live';
import { TicketsModule } from '#libs/tickets';
import { testModule, type TestModule } from '../test/support/module.js';
import { employers } from './demo/employers.js';
import { licenceScan } from './demo/licence-scan.js';
import { seedDemo } from './seed.js';

let testing: TestModule;
let lines: string[];
beforeAll(async () => {
  testing = await testModule({ imports: [eventsModule, IdentityModule, FairsModule, JobsModule, BoothsModule, TicketsModule, AttendanceModule, LiveModule, InterviewsModule] });
  lines = await seedDemo(testing.module, 'http://localhost:3000');
}, 60_000);
afterAll(() => testing.close());
const read = () => testing.database.read;

describe('the demo', () => {
  it('prints pages and accounts, with a password that nobody can know', async () => {
    expect(lines.join('\n')).toMatch(/chen.*haiqiao[\s\S]*密码 Password: +chunfeng-\d{6}-\d{6}/);
    const password = /chunfeng-[\d-]+/.exec(lines.join('\n'))![0];
    for (const loginName of ['platform', 'chen', 'lin', 'haiqiao', 'hengyu']) {
      expect((await testing.module.get(SignIns).byPassword(loginName, password)).signedIn.accessToken).toBeTruthy();
    }
    const kept = path.join(testing.settings.dataDir, 'demo-accounts.txt');
    expect([readFileSync(kept, 'utf8').includes(password), statSync(kept).mode & 0o777]).toEqual([true, 0o600]);
  });

  it('is made once', async () => {
    const events = await read().event.count();
    expect(await seedDemo(testing.module, 'http://localhost:3000')).toEqual([]);
    expect(await read().event.count()).toBe(events);
  });

  it('has a fair that is open now, one that was moved, one online, and the templates', async () => {
    const fairs = await read().fair.findMany({ where: { isTemplate: false }, orderBy: { createdAt: 'asc' } });
    expect(fairs.map(({ status, channel }) => `${status} ${channel}`).sort()).toEqual(['open both', 'published both', 'published online']);
    const open = fairs.find(({ status }) => status === 'open')!;
    expect(open.startsAt < new Date() && open.endsAt.getTime() > Date.now() + 3 * 3_600_000).toBe(true);
    const zones = await testing.module.get(Fairs).zones(open.id);
    expect(zones.map(({ letter, approvedNumber }) => `${letter}${approvedNumber}`)).toEqual(['3600', 'A1200', 'B900', 'C800', 'D400', 'E300']);
    expect(await read().booth.count({ where: { fairId: open.id } })).toBe(40);
    expect(await read().booth.count({ where: { fairId: open.id, organisationId: { not: null } } })).toBe(12);
    expect(await read().gate.count({ where: { fairId: open.id } })).toBe(9);
    expect(await read().scheduleChange.count()).toBe(1);
    expect(await read().fair.count({ where: { isTemplate: true } })).toBe(4);
  });

  it('has jobs that can be found, by employers that were verified', async () => {
    expect(await read().job.count({ where: { status: 'published' } })).toBeGreaterThanOrEqual(55);
    const found = await testing.module.get(JobSearch).find({ q: '电工' });
    expect(found.items[0]?.title).toBe('电工');
    expect((await testing.module.get(JobSearch).find({ limit: 100 })).items).toHaveLength(employers.flatMap(({ jobs }) => jobs).length);
  });

  it('has people who came in, and nobody is counted twice', async () => {
    const states = await read().zoneState.findMany();
    const venue = await read().zone.findFirstOrThrow({ where: { parentId: null, approvedNumber: 3_600, fair: { status: 'open' } } });
    const inside = new Map(states.map((state) => [state.zoneId, state.inside]));
    expect(inside.get(venue.id)).toBe(await read().presence.count({ where: { zoneId: venue.id } }));
    expect(inside.get(venue.id)).toBeGreaterThan(80);
    expect(await read().scan.count({ where: { admitted: false } })).toBeGreaterThan(0);
    expect(await read().application.count()).toBeGreaterThan(20);
    expect(await read().lead.count()).toBe(6);
    expect(await read().device.count({ where: { revokedAt: null } })).toBe(0);
    await testing.module.get(Consumers).settled();
  });

  it('has a broadcast that comes, a tour, and one that was, with its chat', async () => {
    const broadcasts = await read().broadcast.findMany({ orderBy: { startsAt: 'asc' }, include: { messages: true, jobs: true } });
    expect(broadcasts.map(({ status, kind }) => `${status} ${kind}`)).toEqual(['ended talk', 'scheduled talk', 'scheduled tour']);
    expect(broadcasts.every(({ title, jobs }) => title.includes('（演示）') && jobs.length > 0)).toBe(true);
    expect(broadcasts[0]!.messages.length).toBeGreaterThan(5);
    expect(broadcasts[0]!.messages.every(({ status }) => status === 'shown')).toBe(true);
  });

  it('has queues with people in them, times to book, and a station whose clerk can sign in', async () => {
    const places = await read().queuePlace.groupBy({ by: ['status', 'mode'], _count: true, orderBy: [{ mode: 'asc' }] });
    expect(places.map(({ status, mode, _count }) => `${_count} ${status} ${mode}`)).toEqual(['5 waiting online', '3 waiting onSite']);
    expect(await read().queuePlace.count({ where: { stationId: { not: null }, latest: { gt: 0 } } })).toBe(1);
    const slots = await read().slot.findMany({ orderBy: { startsAt: 'asc' } });
    expect([slots.length, slots.filter(({ status }) => status === 'booked').length, slots.every(({ startsAt }) => startsAt > new Date())]).toEqual([14, 1, true]);
    const password = /chunfeng-[\d-]+/.exec(lines.join('\n'))![0];
    expect(lines.join('\n')).toContain('驿站 station: zhong');
    expect((await testing.module.get(SignIns).byPassword('zhong', password)).signedIn.account).toMatchObject({ role: 'stationClerk', organisation: { name: '澜溪村就业驿站（演示）' } });
    expect(await read().stationPerson.count({ where: { leftAt: null } })).toBe(2);
  });

  it('can be mistaken for nothing real', async () => {
    for (const { name } of await read().organisation.findMany()) expect(name).toContain('（演示）');
    expect(licenceScan('91350100MADEM01XX9').toString('latin1')).toContain('NOT A REAL PAPER');
  });

  it('says nothing that may not be published', () => {
    for (const { name, jobs } of employers) for (const job of jobs) expect([name, job.title, wordingProblems(job, 'zh')]).toEqual([name, job.title, []]);
  });
});
