import { bothFlow, callView, inCall } from '../support/call-page.js';
import { joinInterview } from '../support/interviewing.js';
import { eventually, within } from '../support/world.js';
import type { Story } from './story.js';

/** Another node takes the room; one process, which is its only node, must start first. */
const BACK_MS = { scaled: 10_000, one: 40_000 };

/** `interview-returns` tells it of the signalling; here two pages in Chromium find the other room by themselves. */
export const interviewNodeKilled: Story = {
  name: 'a media node is killed under two browsers: both see and hear each other in another room within 10 s',
  within: 120_000,
  slow: true,
  tell: (world) => inCall(world, async ({ booth, origin, recruiter, phone, interview }) => {
    const { servers } = world;
    const pages = [recruiter, phone];
    const node = (await joinInterview(booth.recruiter.caller, interview.id)).nodeUrl || origin;
    const since = Date.now();
    const killed = servers.crashMedia(node);
    await within(BACK_MS[servers.shape], 'two browsers see and hear each other in another room after kill -9 of the media node', (async () => {
      await eventually('both notice', async () => (await Promise.all(pages.map(callView))).every(({ hint }) => hint === 'repairing'));
      await eventually('both are back by themselves', () => bothFlow(...pages), BACK_MS[servers.shape]);
    })());
    console.log(`${servers.shape}: two browsers back ${((Date.now() - since) / 1_000).toFixed(1)} s after kill -9 of the media node`);
    await killed;
    const views = await Promise.all(pages.map(callView));
    expect(views.map(({ step, closed, people }) => [step, closed, people.length])).toEqual([['video', null, 1], ['video', null, 1]]);
  }),
};
