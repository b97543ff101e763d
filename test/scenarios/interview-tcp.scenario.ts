import { callView, onWeakNetwork } from '../support/call-page.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** A firewall that lets no UDP through, from the beginning: media find their way over TCP by themselves. */
export const interviewTcp: Story = {
  name: 'an interview behind a firewall that blocks UDP: picture and sound come over TCP',
  within: 120_000,
  slow: true,
  tell: (world) => onWeakNetwork(world, async ({ recruiter, phone, network }) => {
    // It is looked at once a second.
    await eventually('TCP there, UDP here', async () => (await callView(phone)).way === 'tcp' && (await callView(recruiter)).way === 'udp');
    expect(network.passed).toBe(0);
  }, { udpBlocked: true }),
};
