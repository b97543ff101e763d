import { RestartableRedis } from '../support/restartable.js';
import { lastDesk, whileGatesWork } from '../support/while-gates-work.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

const DOWNS = ['SIGTERM', 'SIGKILL', 'SIGKILL'] as const;
const AWAY_MS = 5_000;

/**
 * Redis only carries hints: without it the gates are answered as before and screens go on by reading the log; when it is back,
 * empty, everything is as it was.
 */
export const redisRestarted: Story = {
  name: `Redis restarted ${DOWNS.length} times under load: gates are answered all the time, screens go on, nothing is lost or there twice`,
  slow: true,
  on: 'scaled',
  within: 300_000,
  async tell({ servers: { shape } }) {
    const redis = await RestartableRedis.start();
    try {
      const gates = await whileGatesWork(shape, { redisUrl: redis.url }, DOWNS, async (signal, { screens }) => {
        await redis.end(signal);
        const before = screens.map((screen) => lastDesk(screen)?.position ?? 0);
        await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
        // Without Redis every process reads the log by itself.
        for (const [n, screen] of screens.entries()) await eventually('a screen that goes on without Redis', () => (lastDesk(screen)?.position ?? 0) > before[n]!);
        await redis.start();
      });
      expect(gates.alone).toBe(0);
    } finally {
      await redis.stop();
    }
  },
};
