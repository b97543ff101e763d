import { GatesAtWork } from '../support/gates-at-work.js';
import type { Story } from './story.js';

const TIMES = 4;

/** `npm run rebuild -- attendance` through its launcher: the log makes the very rows that stand there, at whatever moment it looks. */
export const rebuiltBesideScans: Story = {
  name: 'counters are made from the log while scans go on: byte for byte the same at the same place',
  slow: true,
  within: 180_000,
  async tell(world) {
    const { servers } = world;
    const bureau = await world.bureau();
    const opened = await world.openFair(bureau);
    const gates = await GatesAtWork.stand(world, bureau, opened, { count: 4, people: 10, places: 50 });
    gates.begin();
    const places: number[] = [];
    for (let n = 0; n < TIMES; n += 1) {
      const { code, output } = await servers.command('infra/setup/rebuild.mjs', ['attendance', '--fair', gates.fairId]);
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('the same') as string });
      const [, found] = /tables (\w{64})/.exec(output)!;
      expect(output).toContain(`log    ${found}`);
      places.push(Number(/until (\d+)/.exec(output)![1]));
    }
    // They did look at different moments.
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(places.at(-1)).toBeGreaterThan(places[0]!);
    await gates.end();
    await gates.expectExact();
  },
};
