import { callView, flows, launchCalls, openCall } from '../support/call-page.js';
import { boothWithQueue, calledTo, joinInterview, mediaReady, portsOf } from '../support/interviewing.js';
import { WeakNetwork } from '../support/weak-network.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** A firewall that lets no UDP through, from the beginning: media find their way over TCP by themselves. */
export const interviewTcp: Story = {
  name: 'an interview behind a firewall that blocks UDP: picture and sound come over TCP',
  within: 120_000,
  slow: true,
  async tell(world) {
    await mediaReady(world);
    const booth = await boothWithQueue(world);
    const { candidate, interview } = await calledTo(world, booth);
    const [origin] = world.servers.urls as [string];
    const pass = await joinInterview(booth.recruiter.caller, interview.id);
    const network = await WeakNetwork.open([...world.servers.urls, ...world.servers.mediaUrls], await portsOf(world, pass));
    network.udpBlocked = true;
    const browser = await launchCalls();
    try {
      const recruiter = await openCall(browser, { origin, token: booth.recruiter.caller.token!, interviewId: interview.id });
      const phone = await openCall(browser, { origin, token: candidate.caller.token!, interviewId: interview.id, network });
      await eventually('picture and sound on both sides', async () => (await flows(phone)) && flows(recruiter), 40_000);
      expect([(await callView(phone)).way, (await callView(recruiter)).way]).toEqual(['tcp', 'udp']);
      expect(network.passed).toBe(0);
    } finally {
      await browser.close();
      network.close();
    }
  },
};
