import { Consumers, eventsModule } from '#libs/events';
import type { CreateFair, Fair, ZoneInput } from '#libs/contracts';
import type { MemberActor } from '#libs/identity';
import { newId, type DomainError } from '#libs/platform';
import { people, type People } from '../../../test/support/identity.js';
import { ClonesService } from './clones.service.js';
import { FairList } from './fair-list.js';
import { FairViews } from './fair.view.js';
import { FairsModule } from './fairs.module.js';
import { Fairs, type FairRow } from './fairs.js';
import { FairsService } from './fairs.service.js';
import { TemplatesService } from './templates.service.js';
import { ZonesService } from './zones.service.js';

let testing: People;
let commands: FairsService;
let zones: ZonesService;
let fairs: Fairs;
let bureau: MemberActor;
const get = <T>(type: new (...args: never[]) => T): T => testing.module.get(type);
beforeAll(async () => {
  testing = await people({ imports: [eventsModule, FairsModule] });
  [commands, zones, fairs] = [get(FairsService), get(ZonesService), get(Fairs)];
  bureau = await testing.bureau();
}, 60_000);
afterAll(() => testing.close());

const hours = (n: number) => new Date(Date.UTC(2099, 2, 7, 1) + n * 3_600_000).toISOString();
const hall: CreateFair = {
  name: '春风招聘会', campaign: '2026年春风行动暨就业援助季', channel: 'hall', venueName: '澜江会展中心', regionCode: '350100', startsAt: hours(0), endsAt: hours(7.5), approvedNumber: 3_600,
};
const zone = (letter: string, rest: Partial<ZoneInput> = {}): ZoneInput =>
  ({ letter, name: `${letter} 区`, approvedNumber: 900, x: (letter.charCodeAt(0) - 65) * 200, y: 0, width: 180, height: 180, ...rest });
const refusal = async (work: Promise<unknown>): Promise<{ code: string; details: Record<string, unknown> }> => {
  const error = await work.then(() => null, (thrown: unknown) => thrown as { code: string; details: Record<string, unknown> });
  if (!error) throw new Error('it was not refused');
  return error;
};
const code = async (work: Promise<unknown>) => (await refusal(work)).code;
const eventsOf = async (fairId: string) => (await testing.database.read.event.findMany({ where: { scopeId: fairId }, orderBy: { seq: 'asc' } })).map((event) => event.type);
const view = (row: FairRow, actor: MemberActor = bureau): Promise<Fair> => get(FairViews).fair(actor, row);
const register = (fairId: string, registered: number) => testing.database.read.fair.update({ where: { id: fairId }, data: { registered } });

describe('a fair', () => {
  it('stands in the book of its bureau: who made, published, moved and cancelled it, and why', async () => {
    const own = await testing.bureau();
    const fair = await commands.create(own, hall);
    await commands.changeStatus(own, fair.id, { to: 'published' });
    await commands.reschedule(own, fair.id, { startsAt: hours(24), endsAt: hours(30), venueName: '澜江会展中心', venueAddress: '', reason: '暴雨' });
    await commands.changeStatus(own, fair.id, { to: 'cancelled', reason: '台风' });
    const book = await testing.database.read.auditEntry.findMany({ where: { organisationId: own.organisationId, subjectKind: 'fair' }, orderBy: { id: 'asc' } });
    expect(book.map(({ action, actorId, reason, details }) => [action, actorId, reason, (details as { name: string }).name])).toEqual([
      ['fair.created', own.accountId, null, hall.name], ['fair.published', own.accountId, null, hall.name], ['fair.rescheduled', own.accountId, '暴雨', hall.name], ['fair.cancelled', own.accountId, '台风', hall.name],
    ]);
  });

  it('is made with its venue and the counters of it, and says so', async () => {
    const fair = await view(await commands.create(bureau, hall));
    expect(fair).toMatchObject({ status: 'draft', venue: { parentId: null, approvedNumber: 3_600 }, zones: [], nextStatuses: ['published', 'cancelled'], timeZone: 'Asia/Shanghai' });
    expect(await testing.database.read.zoneState.count({ where: { zoneId: fair.venue.id, fairId: fair.id } })).toBe(1);
    expect(await eventsOf(fair.id)).toEqual(['fair.created']);
  });

  it('is not made with an end before its start, or in no region', async () => {
    expect(await code(commands.create(bureau, { ...hall, endsAt: hours(-1) }))).toBe('timesReversed');
    expect(await code(commands.create(bureau, { ...hall, regionCode: '359999' }))).toBe('validationFailed');
  });

  it('goes its way, and each step is refused where it does not lead', async () => {
    const { id } = await commands.create(bureau, { ...hall, venueName: '' });
    expect(await refusal(commands.changeStatus(bureau, id, { to: 'open' }))).toMatchObject({ code: 'fairStateRefused', details: { status: '草稿', is: 'draft' } });
    expect(await refusal(commands.changeStatus(bureau, id, { to: 'published' }))).toMatchObject({ code: 'fairIncomplete', details: { missing: '场馆', fields: ['venueName'] } });
    await commands.update(bureau, id, { venueName: '澜江会展中心' });
    await commands.changeStatus(bureau, id, { to: 'published' });
    await commands.changeStatus(bureau, id, { to: 'draft' });
    await commands.changeStatus(bureau, id, { to: 'published' });
    await register(id, 1);
    expect(await code(commands.changeStatus(bureau, id, { to: 'draft' }))).toBe('fairStateRefused');
    expect(await code(commands.changeStatus(bureau, id, { to: 'cancelled' }))).toBe('reasonRequired');
    await commands.changeStatus(bureau, id, { to: 'open' });
    await commands.changeStatus(bureau, id, { to: 'closed' });
    expect(await code(commands.update(bureau, id, { name: '晚了' }))).toBe('fairStateRefused');
    await commands.changeStatus(bureau, id, { to: 'archived' });
    expect((await eventsOf(id)).filter((type) => type === 'fair.statusChanged')).toHaveLength(6);
  });

  it('once published stays publishable: its quota, its hall, its place', async () => {
    const { id } = await commands.create(bureau, { ...hall, quota: 10 });
    await commands.changeStatus(bureau, id, { to: 'published' });
    await register(id, 5);
    expect(await code(commands.update(bureau, id, { quota: 4 }))).toBe('validationFailed');
    expect(await code(commands.update(bureau, id, { venueName: '别处' }))).toBe('validationFailed');
    expect((await commands.update(bureau, id, { quota: null, name: '新名字' })).name).toBe('新名字');
    const online = await commands.create(bureau, { ...hall, channel: 'online', venueName: '', approvedNumber: 0 });
    await commands.changeStatus(bureau, online.id, { to: 'published' });
    expect(await code(commands.update(bureau, online.id, { channel: 'both' }))).toBe('fairIncomplete');
  });

  it('is nobody else’s: a foreign draft does not exist, a foreign public fair cannot be changed', async () => {
    const other = await testing.bureau();
    const { id } = await commands.create(bureau, hall);
    const anyone = { role: 'anyone' } as const;
    for (const actor of [other, anyone]) expect(await code(fairs.requireVisible(actor, id))).toBe('notFound');
    expect(await code(commands.update(other, id, { name: '我的' }))).toBe('notFound');
    await commands.changeStatus(bureau, id, { to: 'published' });
    expect((await view(await fairs.requireVisible(other, id), other)).nextStatuses).toEqual([]);
    expect(await code(commands.changeStatus(other, id, { to: 'open' }))).toBe('notFound');
    expect(await code(fairs.requireOwn(other, id))).toBe('notFound');
  });

  it('of two people who change its state at once, one is told', async () => {
    const { id } = await commands.create(bureau, hall);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => commands.changeStatus(bureau, id, { to: 'published' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await eventsOf(id)).filter((type) => type === 'fair.statusChanged')).toHaveLength(1);
  });
});

describe('a fair that is moved', () => {
  const session = { title: '开场', startsAt: hours(1), endsAt: hours(1.5) };
  const later = { startsAt: hours(24), endsAt: hours(31.5) };

  it('takes its agenda along, and says from where to where', async () => {
    const { id } = await commands.create(bureau, hall);
    await zones.setAgenda(bureau, id, { sessions: [session] });
    await commands.changeStatus(bureau, id, { to: 'published' });
    const moved = await view(await commands.reschedule(bureau, id, { ...later, venueName: '澜江体育馆', reason: '台风' }));
    expect(moved.agenda[0]).toMatchObject({ startsAt: hours(25), endsAt: hours(25.5) });
    expect(moved.changes).toEqual([expect.objectContaining({
      from: { startsAt: hours(0), endsAt: hours(7.5), venueName: '澜江会展中心' }, to: { ...later, venueName: '澜江体育馆' }, reason: '台风',
    })]);
    await commands.reschedule(bureau, id, { ...later, reason: '台风' });
    expect((await eventsOf(id)).filter((type) => type === 'fair.rescheduled')).toHaveLength(1);
  });

  it('as a draft just has other times', async () => {
    const { id } = await commands.create(bureau, hall);
    expect((await view(await commands.reschedule(bureau, id, { ...later, reason: '改日子' }))).changes).toEqual([]);
    expect(await eventsOf(id)).toEqual(['fair.created', 'fair.updated']);
  });

  it('while open, to a later day, is published again', async () => {
    const { id } = await commands.create(bureau, hall);
    await commands.changeStatus(bureau, id, { to: 'published' });
    await commands.changeStatus(bureau, id, { to: 'open' });
    expect((await commands.reschedule(bureau, id, { ...later, reason: '雷暴' })).status).toBe('published');
  });

  it('is not moved into the past, nor once it is over', async () => {
    const { id } = await commands.create(bureau, hall);
    await commands.changeStatus(bureau, id, { to: 'published' });
    expect(await code(commands.reschedule(bureau, id, { startsAt: '2020-01-01T01:00:00Z', endsAt: '2020-01-01T09:00:00Z', reason: '错' }))).toBe('validationFailed');
    await commands.changeStatus(bureau, id, { to: 'cancelled', reason: '疫情' });
    expect(await code(commands.reschedule(bureau, id, { ...later, reason: '改' }))).toBe('fairStateRefused');
  });
});

describe('zones', () => {
  it('come and go with their counters, and keep their ids', async () => {
    const { id } = await commands.create(bureau, hall);
    const first = await view(await zones.setZones(bureau, id, { zones: [zone('A'), zone('B')] }));
    const [a, b] = first.zones;
    const second = await view(await zones.setZones(bureau, id, { zones: [{ ...zone('B', { name: '社区服务' }), id: a!.id, x: 200 }, { ...zone('A'), id: b!.id, x: 0 }, zone('C')] }));
    expect(second.zones.map((each) => [each.letter, each.id === a!.id, each.id === b!.id])).toEqual([['A', false, true], ['B', true, false], ['C', false, false]]);
    expect(await testing.database.read.zoneState.count({ where: { fairId: id } })).toBe(4);
    await zones.setZones(bureau, id, { zones: [{ ...zone('A'), id: b!.id }] });
    expect(await testing.database.read.zoneState.count({ where: { fairId: id } })).toBe(2);
  });

  it('are not overwritten by somebody who has not seen them as they are', async () => {
    const { id } = await commands.create(bureau, hall);
    const empty = await view(await fairs.require(id));
    const first = await view(await zones.setZones(bureau, id, { zones: [zone('A')], version: empty.zonesVersion }));
    expect(await code(zones.setZones(bureau, id, { zones: [zone('B')], version: empty.zonesVersion }))).toBe('changedMeanwhile');
    expect((await view(await fairs.require(id))).zones).toEqual(first.zones);
    const sessions = [{ title: '开场', startsAt: hours(2), endsAt: hours(3) }];
    // The agenda is another thing: zones that changed do not refuse it.
    const talked = await view(await zones.setAgenda(bureau, id, { sessions, version: empty.agendaVersion }));
    expect(await code(zones.setAgenda(bureau, id, { sessions: [], version: empty.agendaVersion }))).toBe('changedMeanwhile');
    expect((await view(await zones.setAgenda(bureau, id, { sessions, version: talked.agendaVersion }))).agendaVersion).toBe(talked.agendaVersion);
    // And two who save at once: one is told.
    const both = await Promise.all(['A', 'B'].map((letter) => zones.setZones(bureau, id, { zones: [zone(letter)], version: first.zonesVersion }).then(() => 'saved', (error: DomainError) => error.code)));
    expect(both.sort()).toEqual(['changedMeanwhile', 'saved']);
  });

  it('are approved for no more than the venue, letter by letter, each in its own place', async () => {
    const { id } = await commands.create(bureau, hall);
    expect(await refusal(zones.setZones(bureau, id, { zones: [zone('A', { approvedNumber: 3_601 })] }))).toMatchObject({ code: 'zoneOverVenue', details: { approved: 3_600 } });
    expect((await refusal(zones.setZones(bureau, id, { zones: [zone('A'), zone('B', { x: 100 })] }))).details).toMatchObject({ fields: [{ field: 'zones.1.x' }] });
    expect(await code(zones.setZones(bureau, id, { zones: [{ ...zone('A'), id: newId() }] }))).toBe('notFound');
  });

  it.each(['booth', 'gate', 'person', 'ticket'] as const)('are kept while a %s is in them', async (what) => {
    const { id } = await commands.create(bureau, hall);
    const { zones: [a] } = await view(await zones.setZones(bureau, id, { zones: [zone('A')] }));
    const { read } = testing.database;
    const zoneId = a!.id;
    if (what === 'booth') await read.booth.create({ data: { id: newId(), fairId: id, zoneId, number: 'A-01', leadCode: newId() } });
    if (what === 'gate') await read.gate.create({ data: { id: newId(), fairId: id, zoneId, name: '1 号门' } });
    if (what === 'person') await read.zoneState.update({ where: { zoneId }, data: { inside: 1 } });
    if (what === 'ticket') await read.ticket.create({ data: { id: newId(), fairId: id, shortCode: '20715530', zoneIds: [zoneId], validFrom: new Date(), validUntil: new Date() } });
    expect(await refusal(zones.setZones(bureau, id, { zones: [] }))).toMatchObject({ code: 'zoneInUse', details: { zones: ['A'] } });
    expect((await view(await fairs.require(id))).zones).toHaveLength(1);
  });

  it('of a fair that is open change their number only by the command that asks for a reason', async () => {
    const { id } = await commands.create(bureau, hall);
    const { zones: [a] } = await view(await zones.setZones(bureau, id, { zones: [zone('A')] }));
    await commands.changeStatus(bureau, id, { to: 'published' });
    await zones.setZones(bureau, id, { zones: [{ ...zone('A', { approvedNumber: 800 }), id: a!.id }] });
    expect(await eventsOf(id)).toContain('zone.capacityChanged');
    await commands.changeStatus(bureau, id, { to: 'open' });
    expect(await code(zones.setZones(bureau, id, { zones: [{ ...zone('A', { approvedNumber: 700 }), id: a!.id }] }))).toBe('validationFailed');
  });
});

describe('an agenda', () => {
  it('lies within its fair', async () => {
    const { id } = await commands.create(bureau, hall);
    expect(await code(zones.setAgenda(bureau, id, { sessions: [{ title: '错的日子', startsAt: hours(-30), endsAt: hours(-29) }] }))).toBe('validationFailed');
    expect(await code(zones.setAgenda(bureau, id, { sessions: [{ title: '反了', startsAt: hours(2), endsAt: hours(1) }] }))).toBe('timesReversed');
  });
});

describe('a clone', () => {
  it('has zones, gates and the agenda, moved by the difference of the starts, and nobody in it', async () => {
    const source = await commands.create(bureau, { ...hall, quota: 500, description: '看这里' });
    const { zones: [a], venue } = await view(await zones.setZones(bureau, source.id, { zones: [zone('A'), zone('B')] }));
    await zones.setAgenda(bureau, source.id, { sessions: [{ title: '早', startsAt: hours(1), endsAt: hours(2) }, { title: '晚', startsAt: hours(6), endsAt: hours(7) }] });
    await testing.database.read.gate.createMany({ data: [{ id: newId(), fairId: source.id, zoneId: venue.id, name: '1 号门' }, { id: newId(), fairId: source.id, zoneId: a!.id, name: 'A 门', direction: 'entry' }] });
    await register(source.id, 77);
    const clone = await view(await get(ClonesService).clone(bureau, source.id, { name: '第二场', startsAt: hours(48), endsAt: hours(52) }));
    expect(clone).toMatchObject({ name: '第二场', description: '看这里', status: 'draft', quota: 500, registered: 0, venue: { approvedNumber: 3_600 } });
    expect(clone.zones.map(({ letter, parentId }) => [letter, parentId])).toEqual([['A', clone.venue.id], ['B', clone.venue.id]]);
    expect(clone.agenda.map(({ title, startsAt }) => [title, startsAt])).toEqual([['早', hours(49)]]);
    const gates = await testing.database.read.gate.findMany({ where: { fairId: clone.id }, orderBy: { name: 'asc' } });
    expect(gates.map(({ name, zoneId, direction }) => [name, zoneId, direction])).toEqual([['1 号门', clone.venue.id, 'both'], ['A 门', clone.zones[0]!.id, 'entry']]);
    expect(await testing.database.read.zoneState.count({ where: { fairId: clone.id, inside: 0 } })).toBe(3);
  });
});

describe('templates', () => {
  it('come with every bureau, once', async () => {
    const other = await testing.bureau('350200');
    await get(Consumers).settled();
    await get(TemplatesService).ensure(other.organisationId);
    const list = await get(FairList).own(other, { templates: true });
    expect(list.items.map(({ name }) => name).sort()).toEqual(['商超夜市招聘会（模板）', '园区广场招聘会（模板）', '社区乡村招聘会（模板）', '车站景点招聘会（模板）']);
    expect((await get(FairList).own(other, {})).items).toEqual([]);
  });

  it('are drafts for ever, and a fair made from one can be published at once', async () => {
    await get(TemplatesService).ensure(bureau.organisationId);
    const [template] = (await get(FairList).own(bureau, { templates: true })).items;
    expect(await code(commands.changeStatus(bureau, template!.id, { to: 'published' }))).toBe('fairStateRefused');
    const fair = await view(await get(ClonesService).clone(bureau, template!.id, { name: '村里的招聘会', startsAt: hours(0), endsAt: hours(2.5) }));
    expect([fair.isTemplate, fair.zones.length > 0, fair.agenda.length > 0]).toEqual([false, true, true]);
    await commands.update(bureau, fair.id, { venueName: '村部' });
    expect((await commands.changeStatus(bureau, fair.id, { to: 'published' })).status).toBe('published');
  });
});

describe('the list for everybody', () => {
  let lister: MemberActor;
  const publish = async (change: Partial<CreateFair>, to: 'published' | 'cancelled' = 'published') => {
    const { id } = await commands.create(lister, { ...hall, regionCode: '440305', ...change });
    await commands.changeStatus(lister, id, { to: 'published' });
    if (to === 'cancelled') await commands.changeStatus(lister, id, { to, reason: '暴雨' });
  };
  beforeAll(async () => {
    lister = await testing.bureau('440300');
    await publish({ name: '第三', startsAt: hours(72), endsAt: hours(80) });
    await publish({ name: '取消', startsAt: hours(10), endsAt: hours(12) }, 'cancelled');
    await publish({ name: '第一', startsAt: hours(1), endsAt: hours(9) });
    await publish({ name: '第二 100%', startsAt: hours(24), endsAt: hours(30), channel: 'both' });
    await commands.create(lister, { ...hall, name: '草稿', regionCode: '440305' });
  });
  const names = async (query: object) => (await get(FairList).everybody({ regionCode: '440000', ...query })).items.map(({ name }) => name);

  it('has no drafts, the soonest on top and what is over below', async () => {
    expect(await names({})).toEqual(['第一', '第二 100%', '第三', '取消']);
  });

  it('is the same page by page', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await get(FairList).everybody({ regionCode: '440300', limit: 1, after });
      seen.push(...page.items.map(({ name }) => name));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual(['第一', '第二 100%', '第三', '取消']);
    expect(await code(get(FairList).everybody({ after: 'bm90IG91cnM' }))).toBe('validationFailed');
  });

  it('has what is open above all', async () => {
    const { id } = (await get(FairList).own(lister, { q: '第三' })).items[0]!;
    await commands.changeStatus(lister, id, { to: 'open' });
    expect(await names({})).toEqual(['第三', '第一', '第二 100%', '取消']);
  });

  it('is filtered by region, channel, state and words', async () => {
    expect(await names({ regionCode: '440305' })).toHaveLength(4);
    expect(await names({ regionCode: '350000', q: '第一' })).toEqual([]);
    expect(await names({ channel: 'online' })).toEqual(['第二 100%']);
    expect(await names({ status: 'cancelled' })).toEqual(['取消']);
    expect(await names({ status: 'draft' })).toEqual([]);
    expect(await names({ q: '100%' })).toEqual(['第二 100%']);
    expect(await names({ q: '1%0' })).toEqual([]);
    expect(await names({ q: '会展' })).toHaveLength(4);
  });
});
