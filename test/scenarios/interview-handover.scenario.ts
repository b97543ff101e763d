import { boothWithQueue, calledTo, joinInterview, mediaReady } from '../support/interviewing.js';
import { MediaLine } from '../support/media-line.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** A recruiter hands an interview over and takes the next; the candidate notices another face, nothing else. */
export const interviewHandover: Story = {
  name: 'an interview is handed over: the colleague comes in and leads it, the recruiter is free for the next, the candidate’s line stays',
  within: 90_000,
  slow: true,
  async tell(world) {
    await mediaReady(world);
    const booth = await boothWithQueue(world);
    const { recruiter, colleague } = booth;
    const { candidate, interview } = await calledTo(world, booth);
    const params = { interviewId: interview.id };
    const origin = world.servers.urls[0]!;
    const guest = await MediaLine.enter(await joinInterview(candidate.caller, interview.id), origin);
    const first = await MediaLine.enter(await joinInterview(recruiter.caller, interview.id), origin);
    const lines = [guest, first];
    try {
      await guest.publish('microphone');
      expect(await colleague.caller.refusal('POST /interviews/:interviewId/join', { params })).toBe('forbidden');
      const handed = await recruiter.caller.call('POST /interviews/:interviewId/hand-over', { params, body: { accountId: colleague.accountId } });
      expect(handed.interviewers.map(({ accountId }) => accountId)).toEqual([colleague.accountId, recruiter.accountId]);
      const second = await MediaLine.enter(await joinInterview(colleague.caller, interview.id), origin);
      lines.push(second);
      expect([second.room.peers.length, second.room.producers.length]).toEqual([2, 1]);
      await eventually('the candidate is told of the colleague', () => guest.all('peerJoined').some(({ name }) => name === '陈同事'));
      first.close();
      await eventually('and that the recruiter left', () => guest.all('peerLeft').length === 1);
      expect(guest.socket.connected).toBe(true);
      const next = await calledTo(world, booth);
      expect(next.interview.status).toBe('called');
      // Busy with this one, the colleague takes no other; of two hand-overs at once to one colleague, one goes through.
      expect(await recruiter.caller.refusal('POST /interviews/:interviewId/hand-over', { params: { interviewId: next.interview.id }, body: { accountId: colleague.accountId } })).toBe('recruiterBusy');
      await colleague.caller.call('POST /interviews/:interviewId/end', { params });
      await eventually('the candidate is told of the end', () => guest.all('roomClosed').length === 1);
      expect(guest.all('roomClosed')).toEqual([{ reason: 'ended' }]);
      const settled = await Promise.all([1, 2].map(() => recruiter.caller.call('POST /interviews/:interviewId/hand-over', { params: { interviewId: next.interview.id }, body: { accountId: colleague.accountId } }).then(() => 'done', () => 'refused')));
      expect(settled).toContain('done');
    } finally {
      for (const line of lines) line.close();
    }
  },
};
