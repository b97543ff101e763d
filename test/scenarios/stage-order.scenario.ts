import { randomUUID } from 'node:crypto';
import { broadcasting, stateOf } from '../support/broadcasting.js';
import { eventually, type Candidate } from '../support/world.js';
import type { Story } from './story.js';

/** 连麦: raised hands in order, nobody on stage without having been asked and having said yes (what hurts today: domain, 13). */
export const stageOrder: Story = {
  name: 'the stage: hands in one order, three places, a yes of one’s own',
  async tell(world) {
    const { employer, broadcast } = await broadcasting(world);
    const params = { broadcastId: broadcast.id };
    const people = await Promise.all(Array.from({ length: 6 }, () => world.candidate()));
    const raise = ({ caller }: Candidate) => caller.call('POST /broadcasts/:broadcastId/hand', { params, body: { deviceId: randomUUID() } });
    const hands = await Promise.all(people.map(raise));
    const again = await Promise.all(people.map(raise));
    expect(again.map(({ id }) => id)).toEqual(hands.map(({ id }) => id));

    const queue = async () => (await employer.admin.call('GET /broadcasts/:broadcastId/hands', { params })).filter(({ status }) => status === 'raised').map(({ id }) => id);
    const order = await queue();
    expect([...order].sort()).toEqual(hands.map(({ id }) => id).sort());
    const person = (handId: string) => people[hands.findIndex(({ id }) => id === handId)]!.caller;
    // What each was told of their place is the host's own order.
    for (const [n, handId] of order.entries()) {
      const place = await person(handId).call('GET /broadcasts/:broadcastId/me', { params });
      expect([place.hand!.id, place.hand!.place]).toEqual([handId, n + 1]);
    }

    const invite = (handId: string) => employer.admin.call('POST /broadcasts/:broadcastId/hands/:handId/invite', { params: { ...params, handId } });
    const answer = (handId: string, accept: boolean) => person(handId).call('POST /broadcasts/:broadcastId/hand/answer', { params, body: { accept } });
    expect(await person(order[0]!).refusal('POST /broadcasts/:broadcastId/hand/answer', { params, body: { accept: true } })).toBe('handStateRefused');
    expect((await stateOf(world.anyone, broadcast.id)).stage).toEqual([]);

    // Asked on two processes at once, more than there are places: exactly three.
    const asked = await Promise.allSettled(order.slice(0, 5).map(invite));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const invited = order.slice(0, 5).filter((_, n) => asked[n]!.status === 'fulfilled');
    expect((await stateOf(world.anyone, broadcast.id)).stage).toEqual([]);
    await answer(invited[0]!, true);
    await answer(invited[1]!, false);
    await Promise.allSettled([answer(invited[2]!, true), person(invited[2]!).call('DELETE /broadcasts/:broadcastId/hand', { params })]);
    const onStage = await eventually('one on stage', async () => {
      const { stage } = await stateOf(world.anyone, broadcast.id);
      return stage.length === 1 && stage;
    });
    expect(onStage[0]).toMatchObject({ handId: invited[0] });
    // Those who still wait have kept their order.
    expect(await queue()).toEqual(order.filter((id) => !invited.includes(id)));

    // Who leaves may not come back with an old yes; the next in line may.
    await person(invited[0]!).call('DELETE /broadcasts/:broadcastId/hand', { params });
    expect(await person(invited[0]!).refusal('POST /broadcasts/:broadcastId/hand/answer', { params, body: { accept: true } })).toBe('handStateRefused');
    const [next] = await queue();
    await invite(next!);
    await answer(next!, true);
    await employer.admin.call('POST /broadcasts/:broadcastId/status', { params, body: { status: 'ended' } });
    await eventually('an empty stage', async () => (await stateOf(world.anyone, broadcast.id)).stage.length === 0);
  },
};
