import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Encoder } from '../support/encoder.js';
import { mediaReady } from '../support/interviewing.js';
import { onAir, recorded, replayPlays, segmentsOf, setStatus, whipAt } from '../support/on-air.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has just ended
  }
};
/** Milliseconds between an encoder's answer and the first picture that is recorded, at most: ICE, DTLS, the first key frame. */
const BEGINS = 1_500;

/** Processes of ffmpeg that record for the servers with this database. */
const recorders = (databaseUrl: string): number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && read(`/proc/${name}/comm`).trim() === 'ffmpeg'
  && read(`/proc/${name}/environ`).includes(databaseUrl)).map(Number);

/** kill -9 of the process that records: what was closed is there, nothing is left running, and another goes on with the same recording. */
export const recorderKilled: Story = {
  slow: true,
  name: 'the recorder killed with -9: at most the open segment is lost, the recording goes on, the replay plays',
  within: 150_000,
  async tell(world) {
    const show = await onAir(world);
    const encoder = await Encoder.start();
    try {
      await encoder.publish(whipAt(world, show), show.whip.key);
      const since = Date.now();
      await recorded(world, show, 6);
      await pause(700); // into the next one, which will be lost
      const pids = recorders(world.servers.databaseUrl);
      expect(pids.length).toBeGreaterThan(0);
      const before = await segmentsOf(world, show);
      const killed = Date.now();
      await world.servers.crashMedia(world.servers.mediaUrls[0]!);
      const kept = await segmentsOf(world, show);
      expect(kept.slice(0, before.length)).toEqual(before);
      // Of what was sent all is there but the segment that was open, and one that was just being stored.
      const lost = killed - since - kept.reduce((sum, { duration }) => sum + duration, 0);
      expect(lost).toBeLessThan(BEGINS + 2 * Math.max(...kept.map(({ duration }) => duration)));
      await eventually('no ffmpeg of before', () => pids.every((pid) => !existsSync(`/proc/${pid}`)));
      await mediaReady(world, 30_000);
      await eventually('the encoder is let in, on another node where there is one', () => encoder.publish(whipAt(world, show, 1), show.whip.key).then(() => true, () => false), 30_000);
      await recorded(world, show, before.length + 4);
    } finally {
      await encoder.stop();
    }
    await setStatus(show, 'ended');
    const { seconds, text, video, audio } = await replayPlays(world, show);
    const rows = await segmentsOf(world, show);
    // One film, without a hole where the process was killed.
    expect(text.match(/#EXTINF/g)).toHaveLength(rows.length);
    for (const { frames, gap, end } of [video, audio]) {
      expect(frames).toBeGreaterThan(10 * seconds);
      expect(gap).toBeLessThan(0.5);
      expect(Math.abs(end - seconds)).toBeLessThan(1);
    }
    expect(new Set(rows.map(({ recordingId }) => recordingId)).size).toBe(1);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, n) => n));
    expect(rows.filter(({ discontinuity }) => discontinuity).length).toBeGreaterThan(0);
  },
};
