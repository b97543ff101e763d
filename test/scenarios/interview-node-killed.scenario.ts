import { bothFlow, callView, inCall } from '../support/call-page.js';
import { joinInterview } from '../support/interviewing.js';
import { eventually, within } from '../support/world.js';
import type { Story } from './story.js';

/** Another worker or another node takes the room. */
const BACK_MS = 10_000;
/** One process is its only node, with API and pages in it: it must start first. */
const STARTED_MS = { scaled: BACK_MS, one: 40_000 };

/** `interview-returns` tells it of the signalling; here two pages in Chromium find the other room by themselves. */
export const interviewNodeKilled: Story = {
  name: 'media workers, then a media node are killed under two browsers: both see and hear each other in another room within 10 s',
  within: 120_000,
  slow: true,
  tell: (world) => inCall(world, async ({ booth, origin, recruiter, phone, interview }) => {
    const { servers } = world;
    const pages = [recruiter, phone];
    const node = (await joinInterview(booth.recruiter.caller, interview.id)).nodeUrl || origin;
    // What carries the media in one process as in many: everything is made anew, by another worker.
    const workers = await servers.mediaWorkers();
    expect(workers.length).toBeGreaterThan(0);
    const began = Date.now();
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    await within(BACK_MS, 'two browsers see and hear each other after kill -9 of the media workers', (async () => {
      await eventually('both are in the new room', async () => (await Promise.all(pages.map(callView))).every(({ entered }) => entered === 2), BACK_MS);
      await eventually('both flow', () => bothFlow(...pages), BACK_MS);
    })());
    console.log(`${servers.shape}: two browsers back ${((Date.now() - began) / 1_000).toFixed(1)} s after kill -9 of the media workers`);

    const since = Date.now();
    const killed = servers.crashMedia(node);
    await within(STARTED_MS[servers.shape], 'two browsers see and hear each other in another room after kill -9 of the media node', (async () => {
      await eventually('both notice', async () => (await Promise.all(pages.map(callView))).every(({ hint }) => hint === 'repairing'));
      await eventually('both are back by themselves', () => bothFlow(...pages), STARTED_MS[servers.shape]);
    })());
    console.log(`${servers.shape}: two browsers back ${((Date.now() - since) / 1_000).toFixed(1)} s after kill -9 of the media node`);
    await killed;
    const views = await Promise.all(pages.map(callView));
    expect(views.map(({ step, closed, people }) => [step, closed, people.length])).toEqual([['video', null, 1], ['video', null, 1]]);
  }),
};
