import { RestartablePostgres } from '../support/restartable.js';
import { whileGatesWork } from '../support/while-gates-work.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** How it goes down: by an administrator's restart, and as after a crash, with its log to be gone through. */
const DOWNS = ['SIGINT', 'SIGQUIT', 'SIGINT'] as const;
const AWAY_MS = 6_000;

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
    try {
      await whileGatesWork(shape, { databaseUrl: postgres.url }, DOWNS, async (signal, { gates }) => {
        const { alone } = gates;
        await postgres.end(signal);
        await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
        await eventually('gates that decide alone', () => gates.alone > alone);
        await postgres.start();
      });
    } finally {
      await postgres.stop();
    }
  },
};
