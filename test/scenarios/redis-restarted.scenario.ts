import type { DeskSnapshot } from '#libs/contracts';
import { GatesAtWork } from '../support/gates-at-work.js';
import { RestartableRedis } from '../support/restartable.js';
import { Servers } from '../support/servers.js';
import { eventually, hear, subscribe, World } from '../support/world.js';
import type { Story } from './story.js';

const DOWNS = ['SIGTERM', 'SIGKILL', 'SIGKILL'] as const;
const AWAY_MS = 5_000;
const BETWEEN_MS = 3_000;

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
    let servers: Servers | undefined;
    let world: World | undefined;
    try {
      servers = await Servers.start(shape, { redisUrl: redis.url });
      world = await World.open(servers);
      const bureau = await world.bureau();
      const opened = await world.openFair(bureau, { approved: 5_000 });
      const gates = await GatesAtWork.stand(world, bureau, opened, { count: 4, people: 10, places: 300 });
      const screens = await Promise.all(servers.urls.map((_, index) => world!.live(bureau.admin.token, index)));
      const heard = screens.map(hear);
      const positionOf = ({ snapshots }: (typeof heard)[number]) => snapshots.filter(({ topic }) => topic.kind === 'desk').at(-1)?.position ?? 0;
      for (const screen of screens) await subscribe(screen, { topic: { kind: 'desk', id: opened.fair.id } });

      gates.begin();
      for (const signal of DOWNS) {
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
        await redis.end(signal);
        const before = heard.map(positionOf);
        await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
        // Without Redis every process reads the log by itself.
        for (const [n, each] of heard.entries()) await eventually('a screen that goes on without Redis', () => positionOf(each) > before[n]!);
        await redis.start();
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      await gates.end();

      expect(gates.alone).toBe(0);
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
      await redis.stop();
    }
  },
};
