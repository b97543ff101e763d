import { bothFlow, callView, onWeakNetwork } from '../support/call-page.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** Real packets of the candidate's are lost in both directions, more and more, and then none. */
export const interviewLadder: Story = {
  name: 'the ladder under real packet loss: picture, sound, text by itself, and up again',
  within: 240_000,
  slow: true,
  tell: (world) => onWeakNetwork(world, async ({ recruiter, phone, network, candidate, interview }) => {
    const begun = Date.now();
    const told: string[] = [];
    const seconds = (since: number) => ((Date.now() - since) / 1_000).toFixed(1);
    const steps = async (what: string, to: string, within: number) => {
      const since = Date.now();
      await eventually(`${what}: ${to}`, async () => (await callView(phone)).step === to, within);
      const { step, reason, lossIn, lossOut, dataUsed } = await callView(phone);
      told.push(`${seconds(begun)} s: ${what}: ${step} (${reason}) after ${seconds(since)} s; losses in ${(lossIn * 100).toFixed(0)} %, out ${(lossOut * 100).toFixed(0)} %, ${(dataUsed / 1e6).toFixed(1)} MB`);
    };
    const lose = (share: number) => { network.down = network.up = share; };
    try {
      await new Promise((done) => setTimeout(done, 6_000));
      const usedBefore = (await callView(phone)).dataUsed;
      lose(0.15);
      await steps('15 % are lost', 'audio', 20_000);
      await eventually('the recruiter sees that their picture is off', async () => (await callView(recruiter)).people[0]?.cameraOff === true);
      const { sound } = await callView(phone);
      await eventually('words still come', async () => (await callView(phone)).sound > sound);
      lose(0.5);
      await steps('50 % are lost', 'text', 40_000);
      const sent = await candidate.caller.call('POST /interviews/:interviewId/messages', { params: { interviewId: interview.id }, body: { text: '网络不好，先打字' } });
      expect(sent.seq).toBe(1);
      lose(0);
      await steps('none are lost', 'audio', 60_000);
      await steps('none are lost', 'video', 90_000);
      await eventually('picture and sound again', () => bothFlow(recruiter, phone), 15_000);
      expect((await callView(phone)).dataUsed).toBeGreaterThan(usedBefore);
    } finally {
      const { steps: all } = await callView(phone);
      told.push(`all steps: ${all.map(({ at, step, reason }) => `${((at - begun) / 1_000).toFixed(0)} s ${step} (${reason})`).join(', ')}`);
      console.log(`${world.servers.shape}: the ladder\n  ${told.join('\n  ')}`);
    }
  }),
};
