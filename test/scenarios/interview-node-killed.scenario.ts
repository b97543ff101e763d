import { bothFlow, callView, launchCalls, openCall } from '../support/call-page.js';
import { boothWithQueue, calledTo, joinInterview, mediaReady } from '../support/interviewing.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** `interview-returns` tells it of the signalling; here two pages in Chromium find the other room by themselves. */
export const interviewNodeKilled: Story = {
  name: 'a media node is killed under two browsers: both see and hear each other in another room within 10 s',
  within: 120_000,
  slow: true,
  async tell(world) {
    await mediaReady(world);
    const { servers } = world;
    const booth = await boothWithQueue(world);
    const { candidate, interview } = await calledTo(world, booth);
    const [origin] = servers.urls as [string];
    const browser = await launchCalls();
    try {
      const pages = await Promise.all([booth.recruiter.caller, candidate.caller].map((caller) => openCall(browser, { origin, token: caller.token!, interviewId: interview.id })));
      await eventually('picture and sound on both sides', () => bothFlow(...pages), 30_000);
      const node = (await joinInterview(booth.recruiter.caller, interview.id)).nodeUrl || origin;
      const since = Date.now();
      const killed = servers.crashMedia(node);
      await eventually('both notice', async () => (await Promise.all(pages.map(callView))).every(({ hint }) => hint === 'repairing'), 10_000);
      await eventually('both are back by themselves', () => bothFlow(...pages), 30_000);
      const took = Date.now() - since;
      console.log(`${servers.shape}: two browsers back ${(took / 1_000).toFixed(1)} s after kill -9 of the media node`);
      if (servers.shape === 'scaled') expect(took).toBeLessThan(10_000);
      await killed;
      const views = await Promise.all(pages.map(callView));
      expect(views.map(({ step, closed, people }) => [step, closed, people.length])).toEqual([['video', null, 1], ['video', null, 1]]);
    } finally {
      await browser.close();
    }
  },
};
