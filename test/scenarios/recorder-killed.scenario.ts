import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
      await recorded(world, show, 4);
      const pids = recorders(world.servers.databaseUrl);
      expect(pids.length).toBeGreaterThan(0);
      const before = await segmentsOf(world, show);
      await world.servers.crashMedia(world.servers.mediaUrls[0]!);
      expect((await segmentsOf(world, show)).slice(0, before.length)).toEqual(before);
      await eventually('no ffmpeg of before', () => pids.every((pid) => !existsSync(`/proc/${pid}`)));
      await mediaReady(world, 30_000);
      await eventually('the encoder is let in, on another node where there is one', () => encoder.publish(whipAt(world, show, 1), show.whip.key).then(() => true, () => false), 30_000);
      await recorded(world, show, before.length + 4);
    } finally {
      await encoder.stop();
    }
    await setStatus(show, 'ended');
    await replayPlays(world, show);
    const rows = await segmentsOf(world, show);
    expect(new Set(rows.map(({ recordingId }) => recordingId)).size).toBe(1);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, n) => n));
    expect(rows.filter(({ discontinuity }) => discontinuity).length).toBeGreaterThan(0);
  },
};
