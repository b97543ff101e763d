import { randomUUID } from 'node:crypto';
import type { MakeComplaint } from '#libs/contracts';
import { limitTable } from '../../platform/src/limits/limit-table.js';
import { code } from '../../../test/support/market.js';
import { shows, type Show, type Shows } from '../../../test/support/show.js';
import { Complaints } from './complaints.js';
import { Moderating } from './moderating.js';

let testing: Shows;
let show: Show;
beforeAll(async () => { testing = await shows(); }, 60_000);
beforeEach(async () => { show = await testing.show(); });
afterAll(() => testing.close());

const anyone = { role: 'anyone' } as const;
const make = (actor: Parameters<Complaints['make']>[0] & { deviceId?: string }, body: Partial<MakeComplaint> = {}, address = randomUUID()) =>
  testing.get(Complaints).make(actor, show.broadcast.id, { kind: 'fee', text: '进厂前要交 300 元', deviceId: actor.deviceId ?? randomUUID(), ...body }, address);
const mine = (actor: Parameters<Complaints['mine']>[0], deviceId?: string) => testing.get(Complaints).mine(actor, show.broadcast.id, deviceId);
const received = (broadcastId?: string) => testing.get(Complaints).ofFair(testing.organiser, show.fairId, broadcastId);
const decide = (complaintId: string, upheld: boolean, reason = '已经核实') => testing.get(Complaints).decide(testing.organiser, complaintId, { upheld, reason });

describe('a complaint', () => {
  it('is taken from whoever watches, about the broadcast, a host or a message, and waits for the organiser', async () => {
    const viewer = await testing.viewer('欧阳小满');
    const message = await testing.say(viewer, show.broadcast.id, '我老乡说这里好');
    const deviceId = randomUUID();
    const first = await make(viewer);
    expect(first).toMatchObject({ status: 'waiting', decision: null, subject: { kind: 'broadcast', name: '', text: '' } });
    await make(anyone, { deviceId, kind: 'pay', text: '', hostId: show.host.accountId });
    await make(anyone, { deviceId, kind: 'abuse', text: '', messageId: message.id });
    expect(await received()).toMatchObject([
      { id: first.id, author: '欧**', text: '进厂前要交 300 元', broadcastTitle: '装配工专场', messageId: null, offset: expect.any(Number) },
      { author: '求职者', kind: 'pay', subject: { kind: 'host', name: '林人事' } },
      { author: '求职者', kind: 'abuse', subject: { kind: 'message', name: '欧**', text: '我老乡说这里好' }, messageShown: true },
    ]);
    await testing.get(Moderating).remove(testing.organiser, message.id);
    expect((await received(show.broadcast.id))[2]).toMatchObject({ messageShown: false, subject: { text: '我老乡说这里好' } });
  });

  it('is decided once, with a reason that its author reads; the book and the log have it, without a word of the text', async () => {
    const [viewer, deviceId] = [await testing.viewer(), randomUUID()];
    const [one, two] = [await make(viewer), await make(anyone, { deviceId })];
    const both = await Promise.allSettled([decide(one.id, true, '讲师说了押金，已停播'), decide(one.id, false, '没听到')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await decide(two.id, false, '回放里没有这句话');
    expect((await mine(viewer))[0]!.decision!.reason).toMatch(/已停播|没听到/);
    expect(await mine(anyone, deviceId)).toMatchObject([{ status: 'dismissed', decision: { reason: '回放里没有这句话' } }]);
    expect(await code(decide(two.id, true))).toBe('complaintDecided');
    const audit = await testing.database.read.auditEntry.findMany({ where: { subjectId: show.broadcast.id, action: { startsWith: 'complaint.' } } });
    expect(audit).toHaveLength(2);
    expect(audit.find(({ action, reason }) => action === 'complaint.dismissed' && reason === '回放里没有这句话')).toMatchObject({ actorId: testing.organiser.accountId });
    const events = await testing.database.read.event.findMany({ where: { type: { startsWith: 'complaint.' }, data: { path: ['broadcastId'], equals: show.broadcast.id } } });
    expect(events.map(({ type }) => type).sort()).toEqual(['complaint.decided', 'complaint.decided', 'complaint.made', 'complaint.made']);
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('300 元');
  });

  it('is the organiser’s to see and to decide: not the employer’s, not another bureau’s, not another viewer’s', async () => {
    const { id } = await make(await testing.viewer());
    const complaints = testing.get(Complaints);
    const bureau = await testing.bureau();
    expect(await code(complaints.ofFair(bureau, show.fairId, undefined))).toBe('notFound');
    expect(await code(complaints.decide(bureau, id, { upheld: true, reason: '不归我管' }))).toBe('notFound');
    expect(await code(complaints.ofFair(show.host, show.fairId, undefined))).toBe('notFound');
    expect([await mine(await testing.viewer()), await mine(show.host), await mine(anyone, randomUUID()), await mine(anyone)]).toEqual([[], [], [], []]);
  });

  it('follows its author through a sign-in on the same browser, and no further', async () => {
    const viewer = await testing.viewer();
    await make(anyone, { deviceId: viewer.deviceId });
    await make(viewer, { kind: 'fraud' });
    expect((await mine(viewer, viewer.deviceId)).map(({ kind }) => kind)).toEqual(['fraud', 'fee']);
    expect((await mine(anyone, viewer.deviceId)).map(({ kind }) => kind)).toEqual(['fee']);
  });

  it('is one while it waits, and may come again when it was decided; who was sent away is heard as well', async () => {
    const viewer = await testing.viewer();
    const { id: messageId } = await testing.say(viewer, show.broadcast.id, '骗子');
    await testing.get(Moderating).sanction(show.host, show.broadcast.id, { messageId, kind: 'ban', reason: '骂人' });
    const twice = await Promise.allSettled([make(viewer), make(viewer)]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await code(make(viewer))).toBe('complaintStands');
    await make(viewer, { kind: 'fraud' });
    await decide((await mine(viewer)).find(({ kind }) => kind === 'fee')!.id, false);
    await make(viewer);
  });

  it('says something, and of something that is there', async () => {
    const viewer = await testing.viewer();
    expect(await code(make(viewer, { kind: 'other', text: '' }))).toBe('validationFailed');
    expect(await code(make(viewer, { hostId: show.host.accountId, messageId: randomUUID() }))).toBe('validationFailed');
    expect(await code(make(viewer, { hostId: viewer.accountId }))).toBe('notFound');
    expect(await code(make(viewer, { messageId: randomUUID() }))).toBe('notFound');
    const held = await testing.say(await testing.viewer(), show.broadcast.id, '先交培训费 300 元');
    expect(await code(make(viewer, { messageId: held.id }))).toBe('notFound');
    await testing.get(Moderating).remove(testing.organiser, held.id); // nobody has ever seen it, and a complaint would say what it says
    expect(await code(make(viewer, { messageId: held.id }))).toBe('notFound');
  });

  it('is limited by person, and by address for who is not signed in, with room for a hall', async () => {
    const address = randomUUID();
    for (let n = 0; n < limitTable.complaintByAddress.points; n += 1) expect(await code(make(anyone, { hostId: randomUUID() }, address))).toBe('notFound');
    expect(await code(make(anyone, {}, address))).toBe('tooManyRequests');
    const viewer = await testing.viewer();
    for (let n = 0; n < limitTable.complaintByPerson.points; n += 1) expect(await code(make(viewer, { hostId: randomUUID() }, address))).toBe('notFound');
    expect(await code(make(viewer, {}, address))).toBe('tooManyRequests');
  });
});
