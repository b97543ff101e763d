import { Encoder } from '../support/encoder.js';
import { onAir, recorded, replayPlays, segmentsOf, setStatus, whipAt } from '../support/on-air.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** A phone loses its network for a moment: the broadcast and its recording are the same ones when it is back. */
export const publisherReturns: Story = {
  slow: true,
  name: 'the publisher drops and comes back: one broadcast, one recording, a discontinuity',
  within: 150_000,
  async tell(world) {
    const show = await onAir(world);
    const params = { broadcastId: show.broadcast.id };
    const encoder = await Encoder.start();
    try {
      await encoder.publish(whipAt(world, show), show.whip.key);
      await recorded(world, show, 3);
      await encoder.drop();
      await eventually('the interruption is seen', async () => (await world.anyone.call('GET /broadcasts/:broadcastId/state', { params })).interruptedSince !== null, 40_000);
      const before = (await segmentsOf(world, show)).length;
      await encoder.publish(whipAt(world, show), show.whip.key);
      await eventually('it goes on', async () => (await world.anyone.call('GET /broadcasts/:broadcastId/state', { params })).interruptedSince === null, 20_000);
      await recorded(world, show, before + 3);
    } finally {
      await encoder.stop();
    }
    await setStatus(show, 'ended');
    const rows = await segmentsOf(world, show);
    expect(new Set(rows.map(({ recordingId }) => recordingId)).size).toBe(1);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, n) => n));
    expect(rows.filter(({ discontinuity }) => discontinuity).length).toBeGreaterThan(0);
    expect((await replayPlays(world, show)).text).toContain('#EXT-X-DISCONTINUITY\n');
  },
};
