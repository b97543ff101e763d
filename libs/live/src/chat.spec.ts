import { randomUUID } from 'node:crypto';
import { newId } from '#libs/platform';
import { code, refused } from '../../../test/support/market.js';
import { shows, type Show, type Shows } from '../../../test/support/show.js';
import { Airing } from './airing.js';
import { Chat } from './chat.js';
import { HeldWords } from './held-words.js';
import { Moderating } from './moderating.js';
import { States } from './states.js';

let testing: Shows;
let show: Show;
beforeAll(async () => { testing = await shows(); }, 60_000);
beforeEach(async () => { show = await testing.show(); });
afterAll(() => testing.close());

const anyone = { role: 'anyone' } as const;
const list = (query = {}, actor: Parameters<Chat['list']>[0] = anyone) => testing.get(Chat).list(actor, show.broadcast.id, query);
const texts = async (...args: Parameters<typeof list>) => (await list(...args)).map(({ text }) => text);
const say = (actor: Parameters<Shows['say']>[0], text: string, kind?: 'chat' | 'question') => testing.say(actor, show.broadcast.id, text, kind);

describe('messages', () => {
  it('are numbered 1, 2, 3 however many come at once, none twice and none left out', async () => {
    const viewers = await Promise.all(Array.from({ length: 8 }, () => testing.viewer()));
    const posted = await Promise.all(viewers.flatMap((viewer) => Array.from({ length: 6 }, (_, n) => say(viewer, `第 ${n} 句`))));
    expect(posted.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 48 }, (_, n) => n + 1));
    expect((await list({ limit: 200 })).map(({ seq }) => seq)).toEqual(Array.from({ length: 48 }, (_, n) => n + 1));
    expect(await testing.database.read.event.count({ where: { type: 'message.posted', data: { path: ['broadcastId'], equals: show.broadcast.id } } })).toBe(48);
  });

  it('300 honest viewers write as people do, and nobody is refused or held', async () => {
    const lines = ['工资怎么算', '要不要上夜班', '有宿舍吗', '主播好', '666', '请问要押金吗'];
    const viewers = Array.from({ length: 300 }, () => ({ role: 'candidate', accountId: newId(), deviceId: randomUUID() }) as const);
    const posted = await Promise.all(viewers.flatMap((viewer, n) => [0, 1, 2].map((turn) => say(viewer, lines[(n + turn) % lines.length]!))));
    expect(posted.filter(({ status }) => status !== 'shown')).toEqual([]);
    expect(posted.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 900 }, (_, n) => n + 1));
  }, 30_000);

  it('show a viewer’s first character only, a host’s own name, and who one is oneself', async () => {
    const viewer = await testing.viewer('欧阳小满');
    expect(await say(viewer, '工资多少')).toMatchObject({ author: '欧**', byHost: false, mine: true, seq: 1, status: 'shown' });
    expect(await say(show.host, '底薪 2,400 元')).toMatchObject({ author: '林人事', byHost: true });
    expect((await say(testing.organiser, '请大家文明发言')).author).toContain('人社局');
    expect((await say(await testing.viewer(''), '你好')).author).toBe('求职者');
    expect((await list()).map(({ mine }) => mine)).toEqual([false, false, false, false]);
    expect((await list({}, viewer)).map(({ mine }) => mine)).toEqual([true, false, false, false]);
  });

  it('are read in pages, forwards and backwards', async () => {
    for (let n = 1; n <= 5; n += 1) await say(show.host, `${n}`);
    expect(await texts({ limit: 2 })).toEqual(['4', '5']);
    expect(await texts({ before: 4, limit: 2 })).toEqual(['2', '3']);
    expect(await texts({ after: 1, limit: 2 })).toEqual(['2', '3']);
    expect(await texts({ after: 5 })).toEqual([]);
  });

  it('belong to the time on air', async () => {
    const viewer = await testing.viewer();
    await testing.get(Airing).changeStatus(show.host, show.broadcast.id, { status: 'paused' });
    await say(viewer, '等等你');
    await testing.get(Airing).changeStatus(show.host, show.broadcast.id, { status: 'ended' });
    expect(await code(say(viewer, '还在吗'))).toBe('broadcastStateRefused');
  });

  it('slow mode: one message in so many seconds, moderators as they like', async () => {
    await testing.get(Moderating).setSlowMode(show.host, show.broadcast.id, 30);
    const viewer = await testing.viewer();
    await say(viewer, '一');
    expect(await refused(say(viewer, '二'))).toMatchObject({ code: 'slowMode', details: { seconds: expect.any(Number) } });
    const another = await testing.viewer();
    const both = await Promise.allSettled([say(another, '一'), say(another, '二')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await say(show.host, '一');
    await say(show.host, '二');
  });

  it('leave no text in the log', async () => {
    await say(await testing.viewer(), '一句很特别的话');
    const events = await testing.database.read.event.findMany();
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('一句很特别的话');
  });
});

describe('held words', () => {
  it('wait for a moderator: their author and moderators see them, nobody else', async () => {
    const [author, other] = [await testing.viewer(), await testing.viewer()];
    const held = await say(author, '先交培训费 300 元');
    expect(held.status).toBe('held');
    expect([await texts({}, author), await texts({}, other), await texts()]).toEqual([['先交培训费 300 元'], [], []]);
    expect((await testing.get(States).fresh(show.broadcast.id))).toMatchObject({ heldMessages: 1, recent: [], lastSeq: 0 });
    const waiting = await testing.get(Moderating).waiting(show.host, show.broadcast.id);
    expect(waiting.held).toEqual([expect.objectContaining({ id: held.id, words: [{ text: '培训费', kind: 'fee' }] })]);
    expect(await code(testing.get(Moderating).waiting(await testing.verified(), show.broadcast.id))).toBe('forbidden');
  });

  it('one decided and another held between two pictures leave the count alike, and the picture not', async () => {
    const before = await say(await testing.viewer(), '先交培训费 300 元');
    const first = await testing.get(States).fresh(show.broadcast.id);
    await testing.get(Moderating).decide(show.host, before.id, false);
    await say(await testing.viewer(), '押金要现金');
    const second = await testing.get(States).fresh(show.broadcast.id);
    expect([first.heldMessages, second.heldMessages]).toEqual([1, 1]);
    expect(second.waitingSeq).toBeGreaterThan(first.waitingSeq);
  });

  it('are let through, or not, once', async () => {
    const author = await testing.viewer();
    const [one, two] = [await say(author, '加微信 abc'), await say(author, '押金 500')];
    const decided = await Promise.allSettled([testing.get(Moderating).decide(show.host, one.id, true), testing.get(Moderating).decide(testing.organiser, one.id, false)]);
    expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await testing.get(Moderating).decide(testing.organiser, two.id, false);
    expect(await texts({}, author)).not.toContain('押金 500');
    expect((await testing.get(States).fresh(show.broadcast.id)).removed).toContain(two.id);
  });

  it('do not hold what the hosts say', async () => {
    expect((await say(show.host, '我们不收培训费，押金也没有，贷款更不会')).status).toBe('shown');
  });

  it('are the bureau’s to change, at once in every message', async () => {
    const words = testing.get(HeldWords);
    const bureau = await testing.bureau();
    expect(await code(words.replace(bureau, [{ text: '- 钱 -', kind: 'fee' }]))).toBe('validationFailed');
    await words.replace(testing.organiser, [{ text: '黑中介', kind: 'fraud' }]);
    const viewer = await testing.viewer();
    expect([(await say(viewer, '押金 500')).status, (await say(viewer, '是不是黑 中 介')).status]).toEqual(['shown', 'held']);
    expect((await words.replace(testing.organiser, [])).length).toBeGreaterThan(50);
    expect((await say(viewer, '押金 500')).status).toBe('held');
    expect(await words.list(bureau.organisationId)).toEqual(await words.list(testing.organiser.organisationId));
  });
});

describe('moderation', () => {
  it('takes messages away and marks questions', async () => {
    const viewer = await testing.viewer();
    const [message, question] = [await say(viewer, '广告广告'), await say(viewer, '有没有夜班', 'question')];
    await testing.get(Moderating).remove(show.host, message.id);
    await testing.get(Moderating).remove(show.host, message.id);
    expect(await texts({}, viewer)).toEqual(['有没有夜班']);
    expect((await testing.get(Moderating).waiting(show.host, show.broadcast.id)).questions.map(({ id }) => id)).toEqual([question.id]);
    expect(await testing.get(Moderating).markAnswered(show.host, question.id)).toMatchObject({ answered: true });
    expect((await testing.get(States).fresh(show.broadcast.id))).toMatchObject({ waitingQuestions: 0, removed: [message.id] });
    expect(await code(testing.get(Moderating).markAnswered(show.host, message.id))).toBe('notFound');
    expect(await code(testing.get(Moderating).remove(await testing.verified(), question.id))).toBe('forbidden');
  });

  it('mutes a person and their browser, for a time', async () => {
    const viewer = await testing.viewer();
    const made = await testing.get(Moderating).sanction(show.host, show.broadcast.id, { messageId: (await say(viewer, '刷屏')).id, kind: 'mute', minutes: 5, reason: '刷屏' });
    expect(await refused(say(viewer, '还说'))).toMatchObject({ code: 'muted', details: { at: made.until } });
    expect(await code(say({ ...viewer, deviceId: randomUUID() }, '换手机'))).toBe('muted');
    expect(await code(say({ ...await testing.viewer(), deviceId: viewer.deviceId }, '换账号'))).toBe('muted');
    await testing.get(Moderating).lift(show.host, show.broadcast.id, made.id);
    await say(viewer, '谢谢');
  });

  it('bans for good: messages, hand and line go, and the next account on the same browser', async () => {
    const viewer = await testing.viewer();
    const bad = await say(viewer, '坏话');
    await say(viewer, '又一句');
    await testing.get(Moderating).sanction(testing.organiser, show.broadcast.id, { messageId: bad.id, kind: 'ban', reason: '诈骗' });
    expect([await texts({}, viewer), await code(say(viewer, '我'))]).toEqual([[], 'banned']);
    expect(await code(say({ ...await testing.viewer(), deviceId: viewer.deviceId }, '我又来了'))).toBe('banned');
    const taken = await testing.database.read.event.findMany({ where: { type: 'room.sourcesTaken', data: { path: ['roomId'], equals: show.broadcast.roomId } } });
    expect(taken.map(({ data }) => (data as { personKey: string }).personKey).sort()).toEqual([`account:${viewer.accountId}`, `device:${viewer.deviceId}`]);
    const audited = await testing.database.read.auditEntry.findMany({ where: { action: 'person.banned', subjectId: show.broadcast.id } });
    expect(audited).toEqual([expect.objectContaining({ reason: '诈骗', actorId: testing.organiser.accountId })]);
  });

  it('never turns on its own side', async () => {
    const message = await say(show.host, '大家好');
    expect(await code(testing.get(Moderating).sanction(testing.organiser, show.broadcast.id, { messageId: message.id, kind: 'ban', reason: '试试' }))).toBe('forbidden');
  });
});
