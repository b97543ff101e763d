import { bothFlow, callView, onWeakNetwork, type CallView } from '../support/call-page.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Two Chromiums, real media, and a relay that loses every packet of the candidate's for a while. */
export const interviewCut: Story = {
  name: 'a candidate’s network is cut for 2 s and for 30 s: the same seat is kept, and it goes on by itself',
  within: 300_000,
  slow: true,
  tell: (world) => onWeakNetwork(world, async ({ recruiter, phone, network, candidate, interview }) => {
    expect(network.passed).toBeGreaterThan(100);
    const before = await callView(recruiter);
    expect(before.people).toHaveLength(1);

    network.cut = true;
    const hints: CallView['hint'][] = [];
    for (let n = 0; n < 4; n++) {
      await pause(500);
      hints.push((await callView(phone)).hint);
    }
    network.cut = false;
    await eventually('it goes on', () => bothFlow(recruiter, phone), 6_000);
    const short = await callView(phone);
    expect([short.step, short.steps, hints.filter((hint) => hint === 'repairing')]).toEqual(['video', [], []]);
    expect((await callView(recruiter)).people.map(({ peerId }) => peerId)).toEqual(before.people.map(({ peerId }) => peerId));

    const flowed = await callView(phone);
    network.hangUp();
    // The same seat and the same media: nobody left, nothing was made anew.
    await eventually('another line', async () => (await callView(phone)).resumed === 1, 5_000);
    expect(await bothFlow(recruiter, phone)).toBe(true);
    expect((await callView(recruiter)).people.map(({ peerId }) => peerId)).toEqual(before.people.map(({ peerId }) => peerId));
    const unbroken = await callView(phone);
    expect([unbroken.entered, unbroken.frames > flowed.frames, unbroken.steps]).toEqual([1, true, []]);

    // Connections that hang, so that the node hears of it late; and such as end at once, so that all of the thirty seconds are the seat's.
    for (const hangsUp of [false, true]) {
      const { entered, resumed } = await callView(phone);
      network.cut = true;
      if (hangsUp) network.hangUp();
      await pause(30_000);
      const seat = await callView(recruiter);
      expect([(await callView(phone)).hint, seat.people.length, seat.closed]).toEqual(['repairing', 1, null]);
      network.cut = false;
      const since = Date.now();
      await eventually('picture and sound on both sides again', () => bothFlow(recruiter, phone), 20_000);
      const after = await callView(phone);
      console.log(`${world.servers.shape}: back ${((Date.now() - since) / 1000).toFixed(1)} s after a cut of 30 s${hangsUp ? ' whose connections ended' : ''}`);
      expect([after.step, after.hint, after.closed]).toEqual(['video', null, null]);
      // The same seat: nobody left, nothing was made anew.
      expect([after.entered, after.resumed > resumed]).toEqual([entered, true]);
      // Their own network was whole: they stayed as they were, and found each other at once.
      const desk = await callView(recruiter);
      expect([desk.people.map(({ peerId }) => peerId), desk.step, desk.steps]).toEqual([before.people.map(({ peerId }) => peerId), 'video', []]);
    }
    expect((await candidate.caller.call('GET /me/interviews/:interviewId', { params: { interviewId: interview.id } })).status).toBe('running');
  }),
};
