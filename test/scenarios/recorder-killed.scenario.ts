import { execFileSync } from 'node:child_process';
import { Encoder } from '../support/encoder.js';
import { onAir, recorded, replayPlays, segmentsOf, setStatus } from '../support/on-air.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** Processes of ffmpeg that write this machine's recordings now. */
const recording = (): number => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n').filter((line) => line.startsWith('ffmpeg') && line.includes('frag_keyframe')).length;

/** kill -9 of the process that records: what was closed is there, nothing is left running, and the same recording goes on. */
export const recorderKilled: Story = {
  name: 'the recorder killed with -9: at most the open segment is lost, the recording goes on, the replay plays',
  within: 150_000,
  async tell(world) {
    if (world.servers.shape === 'scaled') return; // there the media node has a scenario of its own
    const show = await onAir(world);
    const encoder = await Encoder.start();
    try {
      await encoder.publish(show.whip.url, show.whip.key);
      await recorded(world, show, 4);
      const before = await segmentsOf(world, show);
      await world.servers.crash(0);
      const kept = await segmentsOf(world, show);
      expect(kept.slice(0, before.length)).toEqual(before);
      await eventually('media again', async () => (await world.anyone.call('GET /media/readiness')).state === 'ready', 30_000);
      await eventually('no ffmpeg of before', () => recording() === 0);
      await eventually('the encoder is let in again', () => encoder.publish(show.whip.url, show.whip.key).then(() => true, () => false), 30_000);
      await recorded(world, show, kept.length + 3);
    } finally {
      await encoder.stop();
    }
    await setStatus(show, 'ended');
    const rows = await segmentsOf(world, show);
    expect(new Set(rows.map(({ recordingId }) => recordingId)).size).toBe(1);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, n) => n));
    expect(rows.filter(({ discontinuity }) => discontinuity).length).toBeGreaterThan(0);
    await replayPlays(world, show);
  },
};
