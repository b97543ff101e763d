import { randomUUID } from 'node:crypto';
import { mediaSocketPath, type InterviewPass } from '#libs/contracts';
import { boothWithQueue, calledTo, joinInterview, mediaReady } from '../support/interviewing.js';
import { MediaLine } from '../support/media-line.js';
import type { World } from '../support/world.js';
import type { Story } from './story.js';

/** What somebody is refused with when they try to come in; null: they are in. */
async function tried(url: string, auth: Record<string, unknown>): Promise<string | null> {
  try {
    (await MediaLine.open(url, auth, { path: mediaSocketPath })).close();
    return null;
  } catch (error) {
    return (error as { data?: { code?: string } }).data?.code ?? String(error);
  }
}

const code = (work: Promise<unknown>): Promise<string> => work.then(() => 'it went through', (error: { code?: string }) => error.code ?? String(error));

/** A token of the same form with other claims, signed by nobody. */
function forged(pass: InterviewPass, change: Record<string, unknown>): string {
  const [head, body, signature] = pass.token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  return [head, Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url'), signature].join('.');
}

/** Everything that a curious person may try, at two interviews that go on side by side. */
export const interviewPrivacy: Story = {
  name: 'nobody else hears an interview: guessed rooms, foreign passes, other interviews’ tokens, viewers, and tracks of another room',
  within: 90_000,
  async tell(world: World) {
    await mediaReady(world);
    const booth = await boothWithQueue(world);
    const one = await calledTo(world, booth);
    const two = await calledTo(world, booth, booth.colleague);
    const origin = world.servers.urls[0]!;
    const passes = {
      host: await joinInterview(booth.recruiter.caller, one.interview.id), guest: await joinInterview(one.candidate.caller, one.interview.id),
      otherHost: await joinInterview(booth.colleague.caller, two.interview.id), otherGuest: await joinInterview(two.candidate.caller, two.interview.id),
    };
    const url = passes.host.nodeUrl || origin;
    const lines = [await MediaLine.enter(passes.host, origin), await MediaLine.enter(passes.guest, origin), await MediaLine.enter(passes.otherGuest, origin)] as const;
    try {
      const [host, guest, stranger] = lines;
      const secret = await guest.publish('microphone');
      expect((await guest.room).roomId).toBe(passes.guest.roomId);

      // By the API: people whose interview it is not.
      const refusals = await Promise.all([
        two.candidate.caller.refusal('POST /interviews/:interviewId/join', { params: { interviewId: one.interview.id } }),
        booth.colleague.caller.refusal('POST /interviews/:interviewId/join', { params: { interviewId: one.interview.id } }),
        booth.bureau.admin.refusal('POST /interviews/:interviewId/join', { params: { interviewId: one.interview.id } }),
        world.anyone.refusal('POST /interviews/:interviewId/join', { params: { interviewId: one.interview.id } }),
        two.candidate.caller.refusal('GET /interviews/:interviewId/messages', { params: { interviewId: one.interview.id } }),
        two.candidate.caller.refusal('GET /me/interviews/:interviewId', { params: { interviewId: one.interview.id } }),
      ]);
      expect(refusals).toEqual(['notFound', 'forbidden', 'forbidden', 'unauthenticated', 'notFound', 'notFound']);

      // By the node: guessed rooms, no token, an access token, forged ones.
      const attempts = [
        {}, { token: passes.guest.roomId }, { token: one.candidate.caller.token }, { token: booth.colleague.caller.token },
        { token: forged(passes.otherGuest, { aud: passes.guest.roomId }) }, { token: forged(passes.guest, { role: 'host' }) },
        { token: forged(passes.guest, { exp: Math.floor(Date.now() / 1_000) + 86_400 }) }, { token: `${passes.guest.token}x` },
      ];
      for (const auth of attempts) expect([auth, await tried(url, auth)]).toEqual([auth, 'roomTokenInvalid']);

      // A pass into one's own room opens no other, whatever it names.
      const wrong = await MediaLine.open(passes.otherGuest.nodeUrl || origin, { token: passes.otherGuest.token, roomId: passes.guest.roomId, resume: guest.room.peerId, replace: guest.room.peerId });
      expect([wrong.room.roomId, wrong.room.peers.some(({ peerId }) => peerId === guest.room.peerId), wrong.room.producers]).toEqual([passes.otherGuest.roomId, false, []]);
      wrong.close();
      expect(guest.socket.connected).toBe(true); // nobody took their place

      // Inside another room: its tracks cannot be received, closed, paused or even seen; foreign tokens renew nothing.
      const { transportId } = await stranger.transport('receive');
      const rtpCapabilities = stranger.room.rtpCapabilities;
      expect([
        await code(stranger.ask('consume', { transportId, producerId: secret, rtpCapabilities })), await code(stranger.ask('setProducerPaused', { producerId: secret, paused: true })),
        await code(stranger.ask('closeProducer', { producerId: secret })), await code(stranger.ask('consume', { transportId, producerId: randomUUID(), rtpCapabilities })),
        await code(stranger.ask('renewToken', { token: passes.guest.token })), await code(stranger.ask('renewToken', { token: passes.otherHost.token })),
      ]).toEqual(['notFound', 'notFound', 'notFound', 'notFound', 'roomTokenInvalid', 'roomTokenInvalid']);
      expect((await stranger.ask('receive', { rtpCapabilities, tracks: [{ producerId: secret }] })).consumers).toEqual([]);
      expect([stranger.all('producerAdded').length, stranger.all('speakers').flat().length]).toEqual([0, 0]);

      // By WHEP, WHIP and HLS.
      const get = (path: string, token?: string) => fetch(`${url}${path}`, { headers: token ? { Authorization: `Bearer ${token}` } : {} }).then(({ status }) => status);
      const { roomId } = passes.guest;
      for (const list of ['live', 'live-sound']) for (const token of [undefined, passes.guest.token, passes.otherGuest.token]) expect([404, 401, 403]).toContain(await get(`/media/hls/${roomId}/${list}.m3u8`, token));
      const offer = await fetch(`${url}/media/whep/${roomId}`, { method: 'POST', headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${passes.guest.token}` }, body: 'v=0\r\n' });
      const push = await fetch(`${url}/media/whip/${roomId}`, { method: 'POST', headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${passes.guest.token}` }, body: 'v=0\r\n' });
      expect([offer.ok, push.ok]).toEqual([false, false]);

      // The two themselves hear each other.
      await host.watch(secret);
      expect(host.room.peers.length + host.all('peerJoined').length).toBeGreaterThan(0);

      // When it is over, its tokens open nothing.
      await booth.recruiter.caller.call('POST /interviews/:interviewId/end', { params: { interviewId: one.interview.id } });
      expect(await tried(url, { token: passes.guest.token })).toBe('roomClosed');
    } finally {
      for (const line of lines) line.close();
    }
  },
};
