import type { Page } from 'playwright-core';
import { callView, flows, launchCalls, openCall, type CallView } from '../support/call-page.js';
import { boothWithQueue, calledTo, joinInterview, mediaReady, portsOf } from '../support/interviewing.js';
import { WeakNetwork } from '../support/weak-network.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const both = async (pages: Page[]) => (await Promise.all(pages.map((page) => flows(page)))).every(Boolean);

/** Two Chromiums, real media, and a relay that loses every packet of the candidate's for a while. */
export const interviewCut: Story = {
  name: 'a candidate’s network is cut for 2 s and for 30 s: the seat is kept, and it goes on by itself',
  within: 240_000,
  slow: true,
  async tell(world) {
    await mediaReady(world);
    const booth = await boothWithQueue(world);
    const { candidate, interview } = await calledTo(world, booth);
    const [origin] = world.servers.urls as [string];
    const pass = await joinInterview(booth.recruiter.caller, interview.id);
    const network = await WeakNetwork.open([...world.servers.urls, ...world.servers.mediaUrls], await portsOf(world, pass));
    const browser = await launchCalls();
    try {
      const recruiter = await openCall(browser, { origin, token: booth.recruiter.caller.token!, interviewId: interview.id });
      const phone = await openCall(browser, { origin, token: candidate.caller.token!, interviewId: interview.id, network });
      await eventually('picture and sound on both sides', () => both([recruiter, phone]), 30_000);
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
      await eventually('it goes on', () => both([recruiter, phone]), 6_000);
      const short = await callView(phone);
      expect([short.step, short.steps, hints.filter((hint) => hint === 'repairing')]).toEqual(['video', [], []]);
      expect((await callView(recruiter)).people.map(({ peerId }) => peerId)).toEqual(before.people.map(({ peerId }) => peerId));

      network.cut = true;
      await pause(30_000);
      const seat = await callView(recruiter);
      expect([(await callView(phone)).hint, seat.people.length, seat.closed]).toEqual(['repairing', 1, null]);
      network.cut = false;
      const since = Date.now();
      await eventually('picture and sound on both sides again', () => both([recruiter, phone]), 20_000);
      console.log(`${world.servers.shape}: back ${((Date.now() - since) / 1000).toFixed(1)} s after a cut of 30 s`);
      const after = await callView(phone);
      expect([after.step, after.hint, after.closed]).toEqual(['video', null, null]);
      expect((await callView(recruiter)).people).toHaveLength(1);
      expect((await candidate.caller.call('GET /me/interviews/:interviewId', { params: { interviewId: interview.id } })).status).toBe('running');
    } finally {
      await browser.close();
      network.close();
    }
  },
};
