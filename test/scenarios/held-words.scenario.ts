import { randomUUID } from 'node:crypto';
import { broadcasting, stateOf } from '../support/broadcasting.js';
import { eventually, hear, subscribe, type Candidate } from '../support/world.js';
import type { BroadcastState } from '#libs/contracts';
import type { Story } from './story.js';

/** Fee and fraud words wait for a moderator, and honest viewers wait for nobody (owncast #1348, #3394). */
export const heldWords: Story = {
  name: 'held words: seen by their author and a moderator only, and honest viewers are not slowed',
  async tell(world) {
    const { bureau, employer, broadcast } = await broadcasting(world);
    const params = { broadcastId: broadcast.id };
    const [bad, good, other] = await Promise.all([world.candidate(), world.candidate(), world.candidate()]);
    const say = (who: Candidate, text: string) => who.caller.call('POST /broadcasts/:broadcastId/messages', { params, body: { kind: 'chat', text, deviceId: randomUUID() } });
    const read = async (caller = world.anyone) => (await caller.call('GET /broadcasts/:broadcastId/messages', { params, query: { limit: 200 } })).map(({ text }) => text);
    const socket = await world.live(undefined, 1);
    const heard = hear(socket);
    await subscribe(socket, { topic: { kind: 'broadcast', id: broadcast.id } });

    const held = await say(bad, '入职先交培 训 费，＋微 信');
    expect(held.status).toBe('held');
    for (let n = 0; n < 4; n += 1) {
      expect(await read()).toEqual([]);
      expect(await read(bad.caller)).toEqual(['入职先交培 训 费，＋微 信']);
      expect(await read(good.caller)).toEqual([]);
    }
    // Honest messages of three people, each a dozen within seconds, all from one address: not one is refused or held.
    const honest = await Promise.all([bad, good, other].flatMap((who) => Array.from({ length: 12 }, (_, n) => say(who, `问一下，夜班补贴多少？${n}`))));
    expect(honest.filter(({ status }) => status !== 'shown')).toEqual([]);
    expect([held, ...honest].map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 37 }, (_, n) => n + 1));
    expect(await read()).toHaveLength(36);
    await eventually('the chat, pushed', () => heard.snapshots.some(({ topic, data }) => topic.kind === 'broadcast' && (data as BroadcastState).lastSeq === 37));
    expect(JSON.stringify(heard)).not.toContain('培 训 费');

    const waiting = await employer.admin.call('GET /broadcasts/:broadcastId/moderation', { params });
    expect(waiting.held.map(({ id, words }) => [id, words.map(({ text }) => text)])).toEqual([[held.id, ['培训费', '加微信']]]);
    const decide = (caller: typeof world.anyone, shown: boolean) => caller.call('POST /messages/:messageId/decision', { params: { messageId: held.id }, body: { shown } });
    expect(await good.caller.refusal('POST /messages/:messageId/decision', { params: { messageId: held.id }, body: { shown: true } })).toBe('forbidden');
    const decided = await Promise.allSettled([decide(employer.admin, false), decide(bureau.admin, false)]);
    expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await read(bad.caller)).not.toContain('入职先交培 训 费，＋微 信');

    // The bureau's own list holds at once, on each process; a ban takes the rest.
    await bureau.admin.call('PUT /held-words', { body: { words: [{ text: '黑中介', kind: 'fraud' }] } });
    const [one, two] = [await say(bad, '你们是黑-中-介'), await say(bad, '黑中介')];
    expect([one.status, two.status]).toEqual(['held', 'held']);
    await bureau.admin.call('POST /broadcasts/:broadcastId/sanctions', { params, body: { messageId: one.id, kind: 'ban', reason: '诈骗' } });
    const post = { params, body: { kind: 'chat', text: '我还在', deviceId: randomUUID() } } as const;
    for (let n = 0; n < 2; n += 1) expect(await bad.caller.refusal('POST /broadcasts/:broadcastId/messages', post)).toBe('banned');
    expect(await read()).toHaveLength(24);
    expect(await stateOf(employer.admin, broadcast.id)).toMatchObject({ heldMessages: 0 });
  },
};
