import { randomUUID } from 'node:crypto';
import type { Sanctioning } from '#libs/contracts';
import type { CandidateActor } from '#libs/identity';
import { newId, Timers } from '#libs/platform';
import { code, refused } from '../../../test/support/market.js';
import { shows, type Show, type Shows } from '../../../test/support/show.js';
import { Airing } from './airing.js';
import { Joining } from './joining.js';
import { Moderating } from './moderating.js';
import { Stage } from './stage.js';
import { INVITATION } from './stage.rules.js';
import { States } from './states.js';

let testing: Shows;
let show: Show;
let stage: Stage;
beforeAll(async () => {
  testing = await shows();
  stage = testing.get(Stage);
}, 60_000);
beforeEach(async () => { show = await testing.show(); });
afterAll(() => testing.close());

const raise = (person: CandidateActor & { deviceId: string }) => stage.raise(person, show.broadcast.id, person);
const invite = (handId: string, actor = show.host) => stage.invite(actor, show.broadcast.id, handId);
const answer = (person: CandidateActor, accept = true) => stage.answer(person, show.broadcast.id, accept);
const queue = async () => (await stage.list(show.host, show.broadcast.id)).filter(({ status }) => status === 'raised').map(({ id }) => id);
const sanction = (facts: Pick<Sanctioning, 'messageId' | 'handId' | 'minutes'>, kind: Sanctioning['kind']) =>
  testing.get(Moderating).sanction(show.host, show.broadcast.id, { ...facts, kind, reason: '骂人' });
const people = (count: number) => Promise.all(Array.from({ length: count }, () => testing.viewer()));
const takings = () => testing.database.read.event.count({ where: { type: 'room.sourcesTaken', data: { path: ['roomId'], equals: show.broadcast.roomId } } });

describe('hands', () => {
  it('that go up at once stand in one order, each person once, and everybody is told the same place', async () => {
    const all = await people(8);
    const hands = await Promise.all(all.flatMap((person) => [raise(person), raise(person)]));
    expect(new Set(hands.map(({ id }) => id)).size).toBe(8);
    const order = await queue();
    expect(order).toHaveLength(8);
    for (const [n, person] of all.entries()) {
      const own = await stage.handOf(person.accountId, show.broadcast.id);
      expect(own!.place).toBe(order.indexOf(hands[n * 2]!.id) + 1);
      expect(own!.name).toBe('林**');
    }
    await stage.leave(all[0]!, show.broadcast.id);
    expect(await queue()).toEqual(order.filter((id) => id !== hands[0]!.id));
    // Whoever comes again stands last.
    const again = await raise(all[0]!);
    expect((await queue()).at(-1)).toBe(again.id);
  });

  it('come on stage by invitation and their own yes, and get a pass with sources then', async () => {
    const [person, other] = [await testing.viewer(), await testing.viewer()];
    await testing.database.read.mediaNode.create({ data: { id: newId(), url: `https://${randomUUID()}.cn`, capacity: 100, seenAt: new Date(Date.now() + 60_000) } });
    const pass = () => testing.get(Joining).join(person, show.broadcast.id, { deviceId: randomUUID(), as: 'guest' });
    const hand = await raise(person);
    expect([await code(answer(person)), await code(pass()), await code(answer(other))]).toEqual(['handStateRefused', 'handStateRefused', 'handStateRefused']);
    expect(await code(invite(hand.id, await testing.verified()))).toBe('forbidden');
    expect(await invite(hand.id)).toMatchObject({ status: 'invited', invitedAt: expect.any(String) });
    expect((await pass()).sources).toEqual([]);
    expect((await answer(person)).status).toBe('onStage');
    expect(await pass()).toMatchObject({ role: 'guest', sources: ['microphone', 'camera'] });
    expect((await testing.get(States).fresh(show.broadcast.id)).stage).toEqual([{ handId: hand.id, name: '林**' }]);
    await stage.leave(person, show.broadcast.id);
    expect([await takings(), await code(pass())]).toEqual([1, 'handStateRefused']);
  });

  it('may say no, and are never put on stage', async () => {
    const person = await testing.viewer();
    const hand = await raise(person);
    await invite(hand.id);
    expect((await answer(person, false)).status).toBe('declined');
    expect([await code(invite(hand.id)), await code(answer(person))]).toEqual(['handStateRefused', 'handStateRefused']);
    expect(await takings()).toBe(0);
  });

  it('find three places, however many are asked at once', async () => {
    const all = await people(6);
    const hands = await Promise.all(all.map(raise));
    const asked = await Promise.allSettled(hands.map(({ id }) => invite(id)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(asked.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []))).toEqual(['stageFull', 'stageFull', 'stageFull']);
    const up = all.filter((_, n) => asked[n]!.status === 'fulfilled');
    await Promise.all(up.map((person) => answer(person)));
    expect((await testing.get(States).fresh(show.broadcast.id))).toMatchObject({ stage: [{}, {}, {}], raisedHands: 3 });
    await stage.takeOff(show.host, show.broadcast.id, hands[all.indexOf(up[0]!)]!.id);
    expect(await takings()).toBe(1);
    await invite((await queue())[0]!);
  });

  it('that are asked and do not answer within a minute lose the place', async () => {
    const person = await testing.viewer();
    const hand = await raise(person);
    await invite(hand.id);
    await testing.database.read.hand.update({ where: { id: hand.id }, data: { invitedAt: new Date(Date.now() - INVITATION) } });
    expect(await code(answer(person))).toBe('handStateRefused');
    await testing.database.read.timer.update({ where: { name_key: { name: 'live.invitation', key: hand.id } }, data: { dueAt: new Date(Date.now() - 1_000) } });
    testing.get(Timers)['ticking'].wake();
    for (const end = Date.now() + 10_000; (await stage.handOf(person.accountId, show.broadcast.id)) !== null;) {
      if (Date.now() > end) throw new Error('the invitation did not expire');
      await new Promise((done) => setTimeout(done, 20));
    }
    expect((await raise(person)).id).not.toBe(hand.id);
  });

  it('a yes and a host’s no in the same moment: one of them counts, and nobody keeps the microphone', async () => {
    for (let n = 0; n < 5; n += 1) {
      const person = await testing.viewer();
      const hand = await raise(person);
      await invite(hand.id);
      await Promise.allSettled([answer(person), stage.takeOff(show.host, show.broadcast.id, hand.id)]);
      const { status } = await testing.database.read.hand.findUniqueOrThrow({ where: { id: hand.id } });
      expect(['left', 'lowered']).toContain(status);
    }
  });

  it('go down with a ban, and with the end of the show', async () => {
    const [bad, good] = [await testing.viewer(), await testing.viewer()];
    for (const person of [bad, good]) await invite((await raise(person)).id).then(() => answer(person));
    const message = await testing.say(bad, show.broadcast.id, '坏话');
    await sanction({ messageId: message.id }, 'ban');
    expect((await testing.get(States).fresh(show.broadcast.id)).stage).toHaveLength(1);
    expect(await code(raise(bad))).toBe('banned');
    await testing.get(Airing).changeStatus(show.host, show.broadcast.id, { status: 'ended' });
    expect((await testing.get(States).fresh(show.broadcast.id)).stage).toEqual([]);
    expect(await code(raise(good))).toBe('broadcastStateRefused');
  });
});

describe('who only speaks', () => {
  it('is banned by their hand: off the stage, with their line and their browser, and raises none again', async () => {
    const bad = await testing.viewer('欧阳小满');
    const hand = await raise(bad);
    await invite(hand.id);
    await answer(bad);
    const another = { ...await testing.viewer(), deviceId: bad.deviceId }; // on the same phone, waiting
    await raise(another);
    expect(await sanction({ handId: hand.id }, 'ban')).toMatchObject({ kind: 'ban', author: '欧**', until: null });
    expect(await stage.list(show.host, show.broadcast.id)).toEqual([]);
    expect((await testing.get(States).fresh(show.broadcast.id)).stage).toEqual([]);
    const away = await testing.database.read.event.findMany({ where: { type: 'room.sourcesTaken', data: { path: ['roomId'], equals: show.broadcast.roomId } } });
    expect(away.filter(({ data }) => (data as { removed: boolean }).removed).map(({ data }) => (data as { personKey: string }).personKey).sort())
      .toEqual([`account:${bad.accountId}`, `device:${bad.deviceId}`]);
    const join = (deviceId: string) => testing.get(Joining).join(bad, show.broadcast.id, { deviceId, as: 'viewer' });
    expect([
      await code(raise(bad)), await code(raise({ ...bad, deviceId: randomUUID() })), await code(raise(another)),
      await code(testing.say(bad, show.broadcast.id, '我')), await code(join(randomUUID())),
    ]).toEqual(['banned', 'banned', 'banned', 'banned', 'banned']);
    await raise(await testing.viewer());
  });

  it('is muted by their hand, also when it is down: neither hand nor word until the mute ends', async () => {
    const [speaker, waiting, next] = [await testing.viewer(), await testing.viewer(), await testing.viewer()];
    const [first, second, third] = [await raise(speaker), await raise(waiting), await raise(next)];
    await invite(first.id);
    await answer(speaker);
    const mute = await sanction({ handId: first.id, minutes: 5 }, 'mute');
    expect([(await testing.get(States).fresh(show.broadcast.id)).stage, await takings(), await queue()]).toEqual([[], 1, [second.id, third.id]]);
    expect(await refused(raise(speaker))).toMatchObject({ code: 'muted', details: { at: mute.until } });
    expect([await code(raise({ ...await testing.viewer(), deviceId: speaker.deviceId })), await code(testing.say(speaker, show.broadcast.id, '我'))]).toEqual(['muted', 'muted']);
    // A message does the same to the hand of its author; an invitation goes too.
    await invite(second.id);
    await sanction({ messageId: (await testing.say(waiting, show.broadcast.id, '坏话')).id }, 'mute');
    expect([await code(answer(waiting)), await queue()]).toEqual(['handStateRefused', [third.id]]);
    await stage.takeOff(show.host, show.broadcast.id, third.id);
    await sanction({ handId: third.id }, 'mute');
    expect(await code(raise(next))).toBe('muted');
    await testing.get(Moderating).lift(show.host, show.broadcast.id, mute.id);
    expect((await raise(speaker)).status).toBe('raised');
  });

  it('is named by a message or by a hand of this broadcast, one of the two, by who may', async () => {
    const person = await testing.viewer();
    const hand = await raise(person);
    const { id: messageId } = await testing.say(person, show.broadcast.id, '你好');
    for (const facts of [{}, { messageId, handId: hand.id }]) {
      expect(await refused(sanction(facts, 'ban'))).toMatchObject({ code: 'validationFailed', details: { fields: [{ field: expect.stringMatching(/^(messageId|handId)$/) }] } });
    }
    const elsewhere = await testing.show();
    expect([
      await code(testing.get(Moderating).sanction(elsewhere.host, elsewhere.broadcast.id, { handId: hand.id, kind: 'ban', reason: '骂人' })),
      await code(testing.get(Moderating).sanction(elsewhere.host, show.broadcast.id, { handId: hand.id, kind: 'ban', reason: '骂人' })),
    ]).toEqual(['notFound', 'forbidden']);
    expect(await queue()).toEqual([hand.id]);
    await testing.get(Moderating).sanction(testing.organiser, show.broadcast.id, { handId: hand.id, kind: 'ban', reason: '骂人' });
    expect(await queue()).toEqual([]);
  });

  it('is taken without their browser where the hand is from before hands named theirs', async () => {
    const [person, other] = [await testing.viewer(), await testing.viewer()];
    const [hand, theirs] = [await raise(person), await raise(other)];
    await testing.database.read.hand.updateMany({ where: { broadcastId: show.broadcast.id }, data: { deviceId: null } });
    await sanction({ handId: hand.id }, 'ban');
    expect([await code(raise(person)), await queue()]).toEqual(['banned', [theirs.id]]);
    await raise({ ...await testing.viewer(), deviceId: person.deviceId });
  });
});
