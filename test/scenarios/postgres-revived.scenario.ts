import { long } from '../support/runs.js';
import { whileGatesWork } from '../support/while-gates-work.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** How it dies: by kill -9, as after a crash, and by somebody's hand. */
const DEATHS = Array.from({ length: long ? 9 : 1 }, (_, n) => (['SIGKILL', 'SIGQUIT', 'SIGINT'] as const)[n % 3]!);

/**
 * The api's own PostgreSQL dies beneath it while gates scan. The api starts it again by itself, at its address; meanwhile gates go on by their
 * leases, tell it what they have done, and a screen that was open all the time comes to the exact number.
 */
export const postgresRevived: Story = {
  name: `the api's own PostgreSQL dead ${DEATHS.length} times under load: the api starts it again, gates go on alone, nothing is lost or there twice`,
  slow: true,
  within: 300_000,
  async tell() {
    await whileGatesWork('one', { database: 'own' }, DEATHS, async (signal, { servers, gates }) => {
      const { alone } = gates;
      const { url, pid } = servers.own!;
      await servers.own!.kill(signal);
      await eventually('gates that decide alone', () => gates.alone > alone);
      await servers.query('SELECT 1');
      expect(servers.own).toMatchObject({ url });
      expect(servers.own!.pid).not.toBe(pid);
    });
  },
};
