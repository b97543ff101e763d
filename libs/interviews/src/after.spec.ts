import { Readable } from 'node:stream';
import { Consents, DataRights, Profiles, type CandidateActor, type MemberActor } from '#libs/identity';
import { Context, newId, Notify, Timers, type TextMessage } from '#libs/platform';
import { Recordings } from '#libs/rooms';
import { onePixelPng } from '../../../test/support/world.js';
import { code, refused } from '../../../test/support/market.js';
import { meetings, type Desk, type Meetings } from '../../../test/support/meetings.js';
import { Criteria } from './criteria.js';
import { Decisions } from './decisions.js';
import { InterviewConduct } from './interview-conduct.js';
import { InterviewCounts } from './interview-counts.js';
import { InterviewFiles } from './interview-files.js';
import { InterviewJoining } from './interview-joining.js';
import { InterviewMessages } from './interview-messages.js';
import { InterviewReactors } from './interview-reactors.js';
import { timerNames } from './interview-timers.js';
import { InterviewViews } from './interview.view.js';
import { RecordingConsents } from './recording-consents.js';
import { ScoreSheets } from './score-sheets.js';

let testing: Meetings;
let desk: Desk;
let person: CandidateActor;
let id: string;
let roomId: string;
/** What is sent keeps no text: it is noted on its way. */
const sent: TextMessage[] = [];
beforeAll(async () => {
  testing = await meetings();
  const notify = testing.get(Notify);
  const sms = notify.sms.bind(notify);
  notify.sms = async (tx, message) => {
    sent.push(message);
    await sms(tx, message);
  };
  await testing.node();
}, 60_000);
beforeEach(async () => {
  desk = await testing.desk();
  person = await testing.candidate(undefined, '林小满');
  ({ id } = await testing.call(desk, person));
  await testing.get(InterviewJoining).join(person, id);
  roomId = (await testing.row(id)).roomId!;
});
afterAll(() => testing.close());

const get: Meetings['get'] = (type) => testing.get(type);
const end = () => get(InterviewConduct).end(desk.recruiter, id);
const invite = () => get(InterviewConduct).invite(desk.recruiter, id, desk.colleague.accountId);
const takeBack = async () => {
  const consent = await testing.database.read.consent.findFirstOrThrow({ where: { accountId: person.accountId, purpose: 'interview' } });
  await testing.database.transaction((tx) => get(Consents).withdraw(tx, person.accountId, consent.id));
};
const due = (name: string, key: string) => testing.database.transaction(async (tx) => {
  await get(Timers)['handlers'].get(name)!(tx, (await tx.timer.findUnique({ where: { name_key: { name, key } } }))!);
});

describe('written lines', () => {
  it('are numbered, sealed with the candidate’s key, and read by the two sides only', async () => {
    const messages = get(InterviewMessages);
    expect(await messages.send(person, id, '听得到吗？')).toMatchObject({ seq: 1, mine: true, author: '林小满', text: '听得到吗？' });
    await messages.send(desk.recruiter, id, '听得到');
    expect((await messages.list(person, id)).map(({ seq, text, mine }) => [seq, text, mine])).toEqual([[1, '听得到吗？', true], [2, '听得到', false]]);
    expect((await messages.list(desk.recruiter, id, 1)).map(({ seq, mine }) => [seq, mine])).toEqual([[2, true]]);
    const [row] = await testing.database.read.interviewMessage.findMany({ where: { interviewId: id } });
    expect(Buffer.from(row!.textSealed).includes(Buffer.from('听得到'))).toBe(false);
    for (const other of [await testing.candidate(), (await testing.elsewhere()).recruiter, testing.organiser]) expect(await code(messages.list(other, id))).toBe('notFound');
    expect([await code(messages.list(desk.colleague, id)), await code(messages.send(desk.colleague, id, 'x'))]).toEqual(['forbidden', 'forbidden']);
    await end();
    expect(await code(messages.send(person, id, '再见'))).toBe('interviewStateRefused');
    expect(await messages.list(person, id)).toHaveLength(2);
  });

  it('that are sent at once get one number each', async () => {
    const sent = await Promise.all(Array.from({ length: 8 }, (_, n) => get(InterviewMessages).send(n % 2 ? person : desk.recruiter, id, String(n))));
    expect(sent.map(({ seq }) => seq).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('recording', () => {
  const consents = () => get(RecordingConsents);
  const running = async () => (await testing.database.read.room.findUniqueOrThrow({ where: { id: roomId } })).recording;

  it('runs only with a yes of everybody, and stops at once without one', async () => {
    expect(await code(consents().ask(person, id, true))).toBe('forbidden');
    const asked = await consents().ask(desk.recruiter, id, true);
    expect(asked).toMatchObject({ asked: true, running: false, keptDays: 30, answers: [{ name: '林小满', mine: false, yes: null }, { mine: true, yes: true }] });
    expect(await consents().answer(person, id, true)).toMatchObject({ running: true });
    expect(await running()).toBe(true);
    await consents().answer(person, id, false);
    expect(await running()).toBe(false);
    await consents().answer(person, id, true);
    expect(await running()).toBe(true);
    await invite(); // stops before the colleague can be in
    expect(await running()).toBe(false);
    await get(InterviewJoining).join(desk.colleague, id);
    await consents().answer(desk.colleague, id, true);
    expect(await running()).toBe(true);
    expect(await consents().ask(desk.recruiter, id, false)).toMatchObject({ asked: false, running: false });
    expect([await running(), await code(consents().answer(await testing.candidate(), id, true))]).toEqual([false, 'notFound']);
    await end();
    expect(await code(consents().ask(desk.recruiter, id, true))).toBe('interviewStateRefused');
  });

  it('is played by interviewers with a token of its own, and deleted with its bytes after its time', async () => {
    const { id: recordingId } = await get(Recordings).begin(roomId, { anew: true });
    await get(Recordings).addSegment(recordingId, { sequence: 0, storageKey: `${recordingId}/a-0.m4s`, initKey: `${recordingId}/a-init.mp4`, duration: 900, bytes: 5, discontinuity: false });
    expect(await get(InterviewFiles).recorded(desk.recruiter, id)).toEqual([]);
    await get(Recordings).end(recordingId);
    await end();
    const [seen] = await get(InterviewFiles).recorded(desk.recruiter, id);
    expect(seen).toMatchObject({ id: recordingId, duration: 900, hlsUrl: expect.stringContaining(`/media/hls/${recordingId}/replay.m3u8`), token: expect.any(String) });
    expect(Date.parse(seen!.deletedOn) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    expect([await code(get(InterviewFiles).recorded(desk.colleague, id)), await code(get(InterviewFiles).recorded((await testing.elsewhere()).recruiter, id))]).toEqual(['forbidden', 'notFound']);
    await get(InterviewReactors)['keep'](id, recordingId);
    await due(timerNames.kept, recordingId);
    expect([await get(Recordings).find(recordingId), await testing.database.read.recordingSegment.count({ where: { recordingId } })]).toEqual([null, 0]);
  });
});

describe('the CV', () => {
  it('is opened by interviewers, and each look is written down', async () => {
    const files = get(InterviewFiles);
    expect(await code(files.cv(desk.recruiter, id))).toBe('notFound');
    await get(Profiles).uploadCv(person.accountId, { name: '简历.png', mediaType: 'image/png', bytes: onePixelPng });
    const { file, stream } = await files.cv(desk.recruiter, id);
    expect([file.name, Buffer.concat(await Readable.from(stream).toArray()).equals(onePixelPng)]).toEqual(['简历.png', true]);
    expect(await testing.database.read.auditEntry.count({ where: { action: 'cv.opened', subjectId: person.accountId } })).toBe(1);
    expect([await code(files.cv(desk.colleague, id)), await code(files.cv({ ...desk.colleague, role: 'employerAdmin' }, id))]).toEqual(['forbidden', 'forbidden']);
    await takeBack();
    expect(await code(files.cv(desk.recruiter, id))).toBe('consentWithdrawn');
  });
});

describe('judging', () => {
  const scores = { skill: 5, experience: 3, communication: 4, stability: 2 };
  const sheet = { scores, note: '上手快', recommends: 'offerIntent' as const };

  it('is by the job’s criteria; those that keep their name keep their key', async () => {
    const { recruiter, job } = desk;
    expect((await get(Criteria).read(recruiter, job.id)).map(({ key }) => key)).toEqual(Object.keys(scores));
    const set = await get(Criteria).set(recruiter, job.id, { criteria: [{ name: '焊接', weight: 10 }, { name: '岗位技能', weight: 5 }] });
    const zh = await Context.run({ requestId: 'r', language: 'zh' }, () => get(Criteria).set(recruiter, job.id, { criteria: [{ name: '焊接', weight: 8 }] }));
    expect([set.length, zh[0]!.key, zh[0]!.weight]).toEqual([2, set[0]!.key, 8]);
    expect(await code(get(Criteria).set(recruiter, job.id, { criteria: [{ name: 'a', weight: 1 }, { name: 'a', weight: 2 }] }))).toBe('validationFailed');
    expect([await code(get(Criteria).read((await testing.elsewhere()).recruiter, job.id)), await code(get(Criteria).set((await testing.elsewhere()).recruiter, job.id, { criteria: [] }))]).toEqual(['notFound', 'notFound']);
    expect(await get(Criteria).set(recruiter, job.id, { criteria: [] })).toHaveLength(4);
  });

  it('shows others’ sheets once there is one’s own', async () => {
    const sheets = get(ScoreSheets);
    await invite();
    expect(await refused(sheets.save(desk.recruiter, id, { ...sheet, scores: { skill: 5 } }))).toMatchObject({ code: 'sheetIncomplete' });
    expect(await code(sheets.save(desk.recruiter, id, { ...sheet, scores: { ...scores, shoes: 1 } }))).toBe('validationFailed');
    expect((await sheets.save(desk.recruiter, id, sheet)).sheets).toMatchObject([{ mine: true, total: 3.8, note: '上手快', scores, recommends: 'offerIntent' }]);
    expect(await sheets.list(desk.colleague, id)).toEqual({ sheets: [], hidden: 1 });
    const both = await sheets.save(desk.colleague, id, { scores: { skill: 1, experience: 1, communication: 1, stability: 1 }, note: '', recommends: null });
    expect([both.hidden, both.sheets.map(({ mine, total }) => [mine, total])]).toEqual([0, [[false, 3.8], [true, 1]]]);
    const stranger: MemberActor = { role: 'recruiter', accountId: newId(), organisationId: desk.recruiter.organisationId };
    expect([await sheets.list(stranger, id), await code(sheets.save(stranger, id, sheet))]).toEqual([{ sheets: [], hidden: 2 }, 'forbidden']);
    expect(await code(sheets.list((await testing.elsewhere()).recruiter, id))).toBe('notFound');
  });

  it('ends in a decision that the candidate sees, with its reason, and no sheet', async () => {
    await get(ScoreSheets).save(desk.recruiter, id, sheet);
    const before = await get(InterviewCounts).of(desk.fairId);
    await get(Decisions).decide(desk.recruiter, id, { outcome: 'nextRound', reason: '请来复试' });
    expect((await get(InterviewCounts).of(desk.fairId)).nextRounds).toBe(before.nextRounds + 1);
    await get(Decisions).decide(desk.recruiter, id, { outcome: 'offerIntent', reason: '欢迎入职' });
    expect(await get(InterviewCounts).of(desk.fairId)).toEqual({ ...before, intents: before.intents + 1 });
    const mine = await get(InterviewViews).mine(person.accountId, id);
    expect(mine.decision).toMatchObject({ outcome: 'offerIntent', reason: '欢迎入职' });
    expect(JSON.stringify(mine)).not.toContain('上手快');
    const events = await testing.database.read.event.findMany({ where: { type: 'interview.decided', data: { path: ['interviewId'], equals: id } }, orderBy: { seq: 'asc' } });
    expect(events.map(({ data }) => data as { outcome: string; was: string | null }).map(({ outcome, was }) => [outcome, was])).toEqual([['nextRound', null], ['offerIntent', 'nextRound']]);
    expect(JSON.stringify(events.map(({ data }) => data))).not.toMatch(/复试|入职/);
    expect(await code(get(Decisions).decide(desk.colleague, id, { outcome: 'unsuited', reason: 'x' }))).toBe('forbidden');
    const missed = await testing.call(await testing.desk(), await testing.candidate());
    expect(await code(get(Decisions).decide({ ...desk.recruiter, organisationId: missed.organisationId, accountId: missed.leaderId }, missed.id, { outcome: 'unsuited', reason: 'x' }))).toBe('interviewStateRefused');
  });
});

describe('an outcome', () => {
  const decide = (outcome: 'nextRound' | 'offerIntent' | 'unsuited', reason: string) => get(Decisions).decide(desk.recruiter, id, { outcome, reason });
  const tellsAt = async () => (await testing.database.read.timer.findUniqueOrThrow({ where: { name_key: { name: timerNames.decided, key: id } } })).dueAt.getTime();
  const messages = () => testing.database.read.message.count({ where: { cause: { startsWith: `interviews/${id}/decided/` } } });

  it('is told by text message, neither which nor why: once when it is changed at once, again when it is another one', async () => {
    await decide('nextRound', '请来复试');
    const first = await tellsAt();
    await decide('unsuited', '手滑了，这次不合适');
    expect(await tellsAt()).toBeGreaterThan(first);
    await due(timerNames.decided, id);
    await due(timerNames.decided, id);
    expect(await messages()).toBe(1);
    const { accountId, text } = sent.at(-1)!;
    expect([accountId, text]).toEqual([person.accountId, expect.stringMatching(new RegExp(`的面试有结果了，打开看：http.*/interviews/${id}$`))]);
    expect(text).not.toMatch(/复试|不合适|下一轮|录用/);
    const before = await tellsAt();
    await decide('unsuited', '这个岗位要会看图纸');
    expect(await tellsAt()).toBe(before); // other words are no news
    await decide('offerIntent', '欢迎入职');
    expect(await tellsAt()).toBeGreaterThan(before);
    await due(timerNames.decided, id);
    expect(await messages()).toBe(2);
  });

  it('is told to nobody who is erased', async () => {
    await decide('nextRound', '请来复试');
    await get(DataRights).erase(person);
    await due(timerNames.decided, id);
    expect(await messages()).toBe(0);
  });
});

describe('a person’s rights', () => {
  it('consent taken back ends the meeting and hides the person at once', async () => {
    await get(InterviewMessages).send(person, id, '你好');
    await get(ScoreSheets).save(desk.recruiter, id, { scores: { skill: 5, experience: 3, communication: 4, stability: 2 }, note: '', recommends: null });
    await takeBack();
    expect(await get(InterviewViews).one(desk.recruiter, id)).toMatchObject({ candidate: null, decision: null, recording: { answers: [{ name: '' }, {}] } });
    expect((await get(InterviewViews).list(desk.recruiter, {})).items[0]!.candidate).toBeNull();
    const hidden = [get(InterviewMessages).list(desk.recruiter, id), get(ScoreSheets).list(desk.recruiter, id), get(InterviewFiles).recorded(desk.recruiter, id)];
    for (const each of hidden) expect(await code(each)).toBe('consentWithdrawn');
    await get(InterviewReactors)['leave'](person.accountId, desk.recruiter.organisationId);
    expect((await testing.row(id)).status).toBe('ended');
    expect(await get(InterviewMessages).list(person, id)).toHaveLength(1); // their own copy stays theirs
  });

  it('are a copy and a deletion: the row stays, and nothing of what was written, told or recorded', async () => {
    await get(InterviewMessages).send(person, id, '腰不好');
    await get(ScoreSheets).save(desk.recruiter, id, { scores: { skill: 5, experience: 3, communication: 4, stability: 2 }, note: '可用', recommends: null });
    await get(Decisions).decide(desk.recruiter, id, { outcome: 'unsuited', reason: '不合适' });
    const { id: recordingId } = await get(Recordings).begin(roomId, { anew: true });
    const copy = (await get(DataRights).export(person)).interviews;
    expect(copy).toEqual([expect.objectContaining({ id, sheets: 1, messages: [expect.objectContaining({ mine: true, text: '腰不好' })], decision: expect.objectContaining({ reason: '不合适' }) })]);
    await get(DataRights).erase(person);
    const { read } = testing.database;
    expect(await testing.row(id)).toMatchObject({ status: 'ended', reasonSealed: null, outcome: 'unsuited' });
    expect([await read.interviewMessage.count({ where: { interviewId: id } }), (await read.scoreSheet.findMany({ where: { interviewId: id } })).map(({ noteSealed }) => noteSealed)]).toEqual([0, [null]]);
    expect((await get(InterviewViews).one(desk.recruiter, id)).candidate).toBeNull();
    const goesAt = async () => (await read.timer.findUniqueOrThrow({ where: { name_key: { name: timerNames.kept, key: recordingId } } })).dueAt.getTime();
    expect(await goesAt()).toBeLessThanOrEqual(Date.now());
    // The node closes the file only now: that gives it no more days.
    await read.recording.updateMany({ where: { id: recordingId }, data: { endedAt: new Date() } });
    await get(InterviewReactors)['keep'](id, recordingId);
    expect(await goesAt()).toBeLessThanOrEqual(Date.now());
  });
});
