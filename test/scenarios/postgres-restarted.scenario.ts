import type { DeskSnapshot } from '#libs/contracts';
import { GatesAtWork } from '../support/gates-at-work.js';
import { RestartablePostgres } from '../support/restartable.js';
import { Servers } from '../support/servers.js';
import { eventually, hear, insideIs, subscribe, World } from '../support/world.js';
import type { Story } from './story.js';

/** How it goes down: by an administrator's restart, and as after a crash, with its log to be gone through. */
const DOWNS = ['SIGINT', 'SIGQUIT', 'SIGINT'] as const;
const AWAY_MS = 6_000;
const BETWEEN_MS = 4_000;

/**
 * The database goes away under the gates and comes back. They go on by their leases, tell it what they have done, and a screen
 * that was open all the time comes to the exact number by itself.
 */
export const postgresRestarted: Story = {
  name: `PostgreSQL restarted ${DOWNS.length} times under load: gates go on alone, screens catch up, nothing is lost or there twice`,
  slow: true,
  within: 300_000,
  async tell({ servers: { shape } }) {
    const postgres = await RestartablePostgres.start(shape === 'one' ? 'embedded' : 'debian');
    let servers: Servers | undefined;
    let world: World | undefined;
    try {
      servers = await Servers.start(shape, { databaseUrl: postgres.url });
      world = await World.open(servers);
      const bureau = await world.bureau();
      const opened = await world.openFair(bureau, { approved: 5_000 });
      const gates = await GatesAtWork.stand(world, bureau, opened, { count: 4, people: 10, places: 300 });
      const screens = await Promise.all(servers.urls.map((_, index) => world!.live(bureau.admin.token, index)));
      const heard = screens.map(hear);
      for (const screen of screens) await subscribe(screen, { topic: { kind: 'desk', id: opened.fair.id } });

      gates.begin();
      for (const signal of DOWNS) {
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
        const alone = gates.alone;
        await postgres.end(signal);
        await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
        expect(gates.alone).toBeGreaterThan(alone);
        await postgres.start();
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      await gates.end();

      await insideIs(bureau, gates.fairId, gates.inside.size);
      for (const { snapshots } of heard) {
        await eventually(`${gates.inside.size} inside on every screen`, () => {
          const last = snapshots.filter(({ topic }) => topic.kind === 'desk').at(-1);
          return (last?.data as DeskSnapshot | undefined)?.venue.inside === gates.inside.size;
        }, 20_000);
      }
      await gates.expectExact();
    } finally {
      world?.close();
      await servers?.stop();
      await postgres.stop();
    }
  },
};
