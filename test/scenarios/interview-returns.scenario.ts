import { boothWithQueue, calledTo, emptyNodes, fullNodes, joinInterview, mediaReady } from '../support/interviewing.js';
import { MediaLine } from '../support/media-line.js';
import { eventually, within } from '../support/world.js';
import type { Story } from './story.js';

/** Another node takes the room; one process, which is its only node with all else in it, must start first (its workers alone: `interview-node-killed`). */
const BACK_MS = { scaled: 10_000, one: 40_000 };

/** As a killed browser does it: no goodbye. */
const kill = (line: MediaLine) => (line.socket.io.engine as unknown as { transport: { ws: { terminate(): void } } }).transport.ws.terminate();

/** A recruiter's browser is killed, and then the media node under both. */
export const interviewReturns: Story = {
  name: 'a recruiter’s browser killed: the interview stays, they come back into it; a media node killed: both are in another room within 10 s; a full node says so',
  within: 150_000,
  slow: true,
  async tell(world) {
    await mediaReady(world);
    const booth = await boothWithQueue(world);
    const { recruiter } = booth;
    const { candidate, interview } = await calledTo(world, booth);
    const params = { interviewId: interview.id };
    const origin = world.servers.urls[0]!;
    const lines: MediaLine[] = [];
    const enter = async (caller = recruiter.caller) => {
      const line = await MediaLine.enter(await joinInterview(caller, interview.id), origin);
      lines.push(line);
      return line;
    };
    try {
      const guest = await enter(candidate.caller);
      await guest.publish('camera');
      const host = await enter();
      await host.publish('camera');
      await eventually('the candidate sees the recruiter', () => guest.all('producerAdded').length === 1);
      kill(host);
      const view = await candidate.caller.call('GET /me/interviews/:interviewId', { params });
      expect([view.status, guest.socket.connected]).toEqual(['running', true]);
      const again = await enter();
      expect([again.room.roomId, again.room.producers.length]).toEqual([guest.room.roomId, 1]);
      await again.publish('camera');
      await eventually('the candidate sees them again, and no picture that stands still', () => guest.all('producerAdded').length === 2 && guest.all('producerClosed').length === 1);

      const since = Date.now();
      const node = (await joinInterview(recruiter.caller, interview.id)).nodeUrl || origin;
      const killed = world.servers.crashMedia(node);
      const back = async (caller: typeof recruiter.caller) => {
        const line = await eventually('a pass opens a room again', () => enter(caller).catch(() => null), BACK_MS[world.servers.shape]);
        await line.publish('camera');
        return line;
      };
      await within(BACK_MS[world.servers.shape], 'both see each other in another room after kill -9 of the media node', (async () => {
        await eventually('their lines are lost', () => !again.socket.connected && !guest.socket.connected);
        const [one, two] = await Promise.all([back(recruiter.caller), back(candidate.caller)]);
        await eventually('both see each other', () => [one, two].every((line) => line.room.producers.some(({ peerId }) => peerId !== line.room.peerId) || line.all('producerAdded').length > 0));
      })());
      console.log(`${world.servers.shape}: both back ${((Date.now() - since) / 1_000).toFixed(1)} s after kill -9 of the media node`);
      await killed;
      expect((await candidate.caller.call('GET /me/interviews/:interviewId', { params })).status).toBe('running');
      await recruiter.caller.call('POST /interviews/:interviewId/end', { params });

      // Every node carries as much as it can: who is called next is told so, and the meeting goes on by text.
      const next = await calledTo(world, booth);
      await fullNodes(world);
      try {
        const at = { params: { interviewId: next.interview.id } };
        expect(await next.candidate.caller.refusal('POST /interviews/:interviewId/join', at)).toBe('mediaFull');
        expect((await next.candidate.caller.call('POST /interviews/:interviewId/messages', { ...at, body: { text: '能看到吗' } })).seq).toBe(1);
      } finally {
        await emptyNodes(world);
      }
      expect((await joinInterview(next.candidate.caller, next.interview.id)).role).toBe('guest');
    } finally {
      for (const line of lines) line.close();
    }
  },
};
