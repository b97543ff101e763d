import { randomUUID } from 'node:crypto';
import { broadcasting, stateOf } from '../support/broadcasting.js';
import { eventually, subscribe } from '../support/world.js';
import type { Story } from './story.js';

/** Viewers are people: two tabs are one, also on two processes; and they are never added to the people in the hall. */
export const twoTabViewer: Story = {
  slow: true,
  name: 'a viewer in two tabs: one person, on however many processes',
  within: 120_000,
  async tell(world) {
    const { bureau, employer, fairId, broadcast } = await broadcasting(world);
    const topic = { kind: 'broadcast', id: broadcast.id } as const;
    const watch = async (token: string | undefined, index: number, deviceId?: string) => {
      const socket = await world.live(token, index, deviceId);
      await subscribe(socket, { topic });
      return socket;
    };
    // Pictures are a third of a second old on one process or the other, so both numbers are waited for together.
    const viewersAre = (viewers: number, peak: number, within?: number) => eventually(`${viewers} viewers, ${peak} at most`, async () => {
      const state = await stateOf(world.anyone, broadcast.id);
      return state.viewers === viewers && state.peakViewers === peak;
    }, within);

    const person = await world.candidate();
    const device = randomUUID();
    const tabs = [await watch(person.caller.token, 0), await watch(person.caller.token, 1), await watch(person.caller.token, 0)];
    await watch(undefined, 0, device);
    await watch(undefined, 1, device);
    await watch(employer.admin.token, 0); // the host: the show, not a viewer
    await viewersAre(2, 2);
    const last = await watch(undefined, 1, randomUUID());
    await viewersAre(3, 3);
    tabs[0]!.disconnect();
    tabs[1]!.disconnect();
    last.disconnect();
    await viewersAre(2, 3);
    tabs[2]!.disconnect();
    await viewersAre(1, 3);
    // The hall knows nothing of them.
    expect(await bureau.admin.call('GET /fairs/:fairId/desk', { params: { fairId } })).toMatchObject({ venue: { inside: 0 } });

    // A process is killed: whoever watched through it is gone, and comes back as one.
    const lastProcess = world.servers.urls.length - 1;
    await watch(person.caller.token, lastProcess);
    await viewersAre(2, 3);
    await world.servers.crash(lastProcess);
    await viewersAre(lastProcess === 0 ? 0 : 1, 3, 40_000);
    await watch(person.caller.token, lastProcess);
    await viewersAre(lastProcess === 0 ? 1 : 2, 3);
  },
};
