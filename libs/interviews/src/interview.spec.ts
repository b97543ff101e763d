import { Consumers } from '#libs/events';
import { Members } from '#libs/identity';
import { newId, Timers } from '#libs/platform';
import { RoomTokens } from '#libs/rooms';
import { code, refused } from '../../../test/support/market.js';
import { meetings, type Desk, type Meetings } from '../../../test/support/meetings.js';
import { Calling, type CallSource } from './calling.js';
import { InterviewConduct } from './interview-conduct.js';
import { InterviewJoining } from './interview-joining.js';
import { InterviewMessages } from './interview-messages.js';
import { InterviewReactors } from './interview-reactors.js';
import { timerNames } from './interview-timers.js';
import { InterviewViews } from './interview.view.js';

let testing: Meetings;
let desk: Desk;
let conduct: InterviewConduct;
let joining: InterviewJoining;
const told: string[] = [];

beforeAll(async () => {
  testing = await meetings();
  [conduct, joining] = [testing.get(InterviewConduct), testing.get(InterviewJoining)];
  const note = (what: string): CallSource['began'] => async (_tx, { id }) => void told.push(`${what} ${id}`);
  testing.get(Calling).add({ began: note('began'), missed: note('missed'), ended: note('ended') });
  await testing.node();
}, 60_000);
beforeEach(async () => {
  desk = await testing.desk();
  told.splice(0);
});
afterAll(() => testing.close());

const status = async (id: string) => (await testing.row(id)).status;
const timer = (name: string, key: string) => testing.database.read.timer.findUnique({ where: { name_key: { name, key } } });
/** Its time has come. */
async function due(name: string, key: string): Promise<void> {
  await testing.database.transaction(async (tx) => {
    await testing.get(Timers)['handlers'].get(name)!(tx, { ...(await timer(name, key))!, key });
  });
}

describe('a call', () => {
  it('is answered by the candidate’s first pass, for this room and this person', async () => {
    const person = await testing.candidate();
    const { id, roomId } = await testing.call(desk, person);
    const before = await joining.join(desk.recruiter, id);
    expect([before.role, await status(id), told]).toEqual(['host', 'called', []]);
    const pass = await joining.join(person, id);
    expect([pass.interviewId, pass.roomId, pass.role, pass.sources]).toEqual([id, roomId, 'guest', ['camera', 'microphone', 'screen', 'screenAudio']]);
    expect(await testing.get(RoomTokens).read(pass.token, roomId!)).toMatchObject({ personKey: `account:${person.accountId}`, role: 'guest', accountId: person.accountId });
    expect(told).toEqual([`began ${id}`]);
    const row = await testing.row(id);
    expect(row.endsAt!.getTime() - row.startedAt!.getTime()).toBe(8 * 60_000);
    await joining.join(person, id);
    expect(told).toHaveLength(1);
  });

  it('is nobody else’s: other candidates, other employers and colleagues who were not asked', async () => {
    const person = await testing.candidate();
    const { id } = await testing.call(desk, person);
    const other = await testing.elsewhere();
    expect([await code(joining.join(await testing.candidate(), id)), await code(joining.join(other.recruiter, id)), await code(joining.join(testing.organiser, id))]).toEqual(['notFound', 'notFound', 'notFound']);
    expect(await code(joining.join(desk.colleague, id))).toBe('forbidden');
    expect(await code(conduct.end(other.recruiter, id))).toBe('notFound');
    expect(await code(conduct.end(desk.colleague, id))).toBe('forbidden');
    await conduct.invite(desk.recruiter, id, desk.colleague.accountId);
    expect((await joining.join(desk.colleague, id)).role).toBe('host');
  });

  it('is missed at its time, by itself, and cannot be answered afterwards', async () => {
    const person = await testing.candidate();
    const { id, roomId } = await testing.call(desk, person, { within: -1 });
    expect(await code(joining.join(person, id))).toBe('callExpired');
    await due(timerNames.missed, id);
    expect([await status(id), told, (await testing.database.read.room.findUnique({ where: { id: roomId! } }))!.closedAt]).toEqual(['missed', [`missed ${id}`], expect.any(Date)]);
    expect([await code(joining.join(person, id)), await code(joining.join(desk.recruiter, id))]).toEqual(['callExpired', 'interviewStateRefused']);
    await due(timerNames.missed, id);
    expect(told).toHaveLength(1);
  });

  it('whose time was moved waits for the new one', async () => {
    const person = await testing.candidate();
    const { id } = await testing.call(desk, person, { within: -1 });
    await testing.database.read.interview.update({ where: { id }, data: { callUntil: new Date(Date.now() + 30_000) } });
    await due(timerNames.missed, id);
    expect([await status(id), (await timer(timerNames.missed, id))!.dueAt.getTime() > Date.now()]).toEqual(['called', true]);
  });

  it('is missed by hand, or cancelled; both are told to where it came from', async () => {
    const [one, two] = [await testing.call(desk, await testing.candidate()), await testing.desk()];
    await conduct.missed(desk.recruiter, one.id);
    const other = await testing.call(two, await testing.candidate());
    await conduct.end(two.recruiter, other.id);
    expect([await status(one.id), await status(other.id), told]).toEqual(['missed', 'cancelled', [`missed ${one.id}`, `ended ${other.id}`]]);
    expect(await code(conduct.missed(two.recruiter, other.id))).toBe('interviewStateRefused');
  });

  it('at the table begins by hand, and has no room', async () => {
    const person = await testing.candidate();
    const { id, roomId } = await testing.call(desk, person, { mode: 'onSite' });
    expect([roomId, await code(joining.join(person, id))]).toEqual([null, 'interviewStateRefused']);
    await conduct.begin(desk.recruiter, id);
    expect([await status(id), told, await code(conduct.begin(desk.recruiter, id))]).toEqual(['running', [`began ${id}`], 'interviewStateRefused']);
  });

  it('of full nodes says so; the meeting itself began', async () => {
    await testing.database.read.mediaNode.updateMany({ data: { load: 100 } });
    const person = await testing.candidate();
    const { id } = await testing.call(desk, person);
    expect([await code(joining.join(person, id)), await status(id)]).toEqual(['mediaFull', 'running']);
    await testing.database.read.mediaNode.updateMany({ data: { load: 0 } });
    expect((await joining.join(person, id)).role).toBe('guest');
  });
});

describe('a running interview', () => {
  async function running(minutes = 8) {
    const person = await testing.candidate(undefined, '林小满');
    const { id, roomId } = await testing.call(desk, person, { minutes });
    await joining.join(person, id);
    return { id, roomId: roomId!, person };
  }
  const endsIn = (id: string, minutes: number) => testing.database.read.interview.update({ where: { id }, data: { endsAt: new Date(Date.now() + minutes * 60_000) } });
  const slot = (startsIn: number) => testing.database.read.slot.create({ data: {
    id: newId(), fairId: desk.fairId, boothId: desk.boothId, organisationId: desk.recruiter.organisationId, recruiterId: desk.recruiter.accountId, status: 'booked',
    startsAt: new Date(Date.now() + startsIn * 60_000), endsAt: new Date(Date.now() + (startsIn + 8) * 60_000), expectedAt: new Date(Date.now() + startsIn * 60_000),
  } });

  it('is given more time in its last two minutes, not into the next booking', async () => {
    const { id } = await running();
    expect(await code(conduct.extend(desk.recruiter, id, 5))).toBe('extendTooEarly');
    await endsIn(id, 1.5);
    await conduct.extend(desk.recruiter, id, 5);
    expect((await testing.row(id)).extended).toBe(5);
    await endsIn(id, 1.5);
    await slot(6);
    expect(await refused(conduct.extend(desk.recruiter, id, 5))).toMatchObject({ code: 'extendBlocked', details: { minutes: 4, at: expect.stringMatching(/^\d\d:\d\d$/) } });
    await conduct.extend(desk.recruiter, id, 4);
    expect((await testing.row(id)).extended).toBe(9);
  });

  it('is handed over to a colleague who leads no other', async () => {
    const { id } = await running();
    const { colleague, recruiter } = desk;
    const busy = await testing.call(desk, await testing.candidate(), { leader: colleague });
    expect(await code(conduct.handOver(recruiter, id, colleague.accountId))).toBe('recruiterBusy');
    await conduct.end(colleague, busy.id);
    expect(await code(conduct.handOver(recruiter, id, newId()))).toBe('validationFailed');
    await conduct.handOver(recruiter, id, colleague.accountId);
    const view = await testing.get(InterviewViews).one(recruiter, id);
    expect([view.interviewers.map(({ accountId }) => accountId), view.candidate]).toEqual([[colleague.accountId, recruiter.accountId], { name: '林小满', hasCv: false, atStation: false }]);
    // The one who handed it over is free for the next.
    await testing.call(desk, await testing.candidate());
  });

  it('is left by a colleague who was removed, at once', async () => {
    const { id } = await running();
    const { colleague, recruiter } = desk;
    await conduct.invite(recruiter, id, colleague.accountId);
    await testing.get(Members).remove(testing.platform, recruiter.organisationId, colleague.accountId);
    await testing.get(Consumers).settled();
    const { roomId } = await testing.row(id);
    const away = await testing.database.read.event.findMany({ where: { type: 'room.sourcesTaken', data: { path: ['roomId'], equals: roomId! } } });
    expect(away.map(({ data }) => data)).toEqual([expect.objectContaining({ personKey: `account:${colleague.accountId}`, removed: true })]);
  });

  it('of which two are handed to one colleague at once lets one through', async () => {
    const one = await running();
    const two = await testing.desk();
    const third = await testing.candidate();
    const other = await testing.call(desk, third, { leader: two.colleague });
    const settled = await Promise.allSettled([conduct.handOver(desk.recruiter, one.id, desk.colleague.accountId), conduct.handOver({ ...desk.recruiter, role: 'employerAdmin' }, other.id, desk.colleague.accountId)]);
    expect(settled.map((each) => (each.status === 'fulfilled' ? 'done' : (each.reason as { code: string }).code)).sort()).toEqual(['done', 'recruiterBusy']);
  });

  it('ends once, with its room; its people cannot come in again', async () => {
    const { id, roomId, person } = await running();
    await conduct.end(desk.recruiter, id);
    await conduct.end(desk.recruiter, id);
    expect([await status(id), told.filter((each) => each.startsWith('ended')), (await testing.database.read.room.findUnique({ where: { id: roomId } }))!.closedAt]).toEqual(['ended', [`ended ${id}`], expect.any(Date)]);
    expect([await code(joining.join(person, id)), await code(joining.join(desk.recruiter, id))]).toEqual(['interviewStateRefused', 'interviewStateRefused']);
  });

  it('stays when its interviewers are gone, and ends by itself when nobody comes back', async () => {
    const { id, roomId } = await running();
    const react = (publishing: boolean) => testing.get(InterviewReactors)['watch'](id).then(() => testing.database.read.room.update({ where: { id: roomId }, data: { publishing } }));
    await react(true);
    expect(await timer(timerNames.deserted, id)).not.toBeNull();
    await due(timerNames.deserted, id);
    expect(await status(id)).toBe('running'); // somebody came back
    await react(false);
    await due(timerNames.deserted, id);
    expect(await status(id)).toBe('ended');
  });

  it('goes on by text alone while its interviewer writes or asks to come in, and ends when only the candidate still writes', async () => {
    const { id, roomId, person } = await running();
    const send = (who: typeof person | typeof desk.recruiter) => testing.get(InterviewMessages).send(who, id, '听不到，打字谈吧');
    const earlier = (minutes: number) => testing.database.read.interviewMessage.updateMany({ where: { interviewId: id }, data: { sentAt: new Date(Date.now() - minutes * 60_000) } });
    await testing.get(InterviewReactors)['watch'](id);
    await testing.database.read.room.update({ where: { id: roomId }, data: { publishing: false } }); // WebRTC is blocked, for good
    await send(desk.recruiter);
    await earlier(4);
    await due(timerNames.deserted, id);
    const looksAt = async () => (await timer(timerNames.deserted, id))!.dueAt.getTime() - Date.now();
    expect(await status(id)).toBe('running');
    expect(await looksAt()).toBeGreaterThan(50_000); // five minutes after that line
    expect(await looksAt()).toBeLessThanOrEqual(60_000);
    await joining.join(desk.recruiter, id); // tries once more: five minutes from now
    expect(await looksAt()).toBeGreaterThan(290_000);
    await earlier(6);
    await send(person);
    await due(timerNames.deserted, id);
    expect(await status(id)).toBe('ended');
  });

  it('that nobody ends is over after its overtime', async () => {
    const { id } = await running();
    expect((await timer(timerNames.longest, id))!.dueAt.getTime()).toBeGreaterThan((await testing.row(id)).endsAt!.getTime());
    await due(timerNames.longest, id);
    expect(await status(id)).toBe('ended');
  });

  it('is seen by its candidate and its employer, and by nobody else', async () => {
    const { id, person } = await running();
    const views = testing.get(InterviewViews);
    expect(await views.mine(person.accountId, id)).toMatchObject({ id, status: 'running', candidateName: '林小满', decision: null, interviewers: [{ accountId: desk.recruiter.accountId }] });
    expect((await views.allMine(person.accountId)).map((each) => each.id)).toEqual([id]);
    expect((await views.list(desk.colleague, { status: 'running' })).items[0]!.id).toBe(id);
    expect((await views.list((await testing.elsewhere()).recruiter, {})).items).toEqual([]);
    expect(await code(views.mine((await testing.candidate()).accountId, id))).toBe('notFound');
  });
});
