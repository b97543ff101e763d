import { BusyHall } from '../support/busy-hall.js';
import { rebuiltTheSame } from '../support/rebuilding.js';
import type { Story } from './story.js';

const TIMES = 6;

/** `npm run rebuild -- attendance` while scans, uploads, leases, groups and corrections go on: it agrees at whatever moment it looks. */
export const rebuiltBesideScans: Story = {
  name: 'counters are made from the log while everything goes on at the gates: byte for byte the same at the same place',
  slow: true,
  within: 180_000,
  async tell(world) {
    const { servers } = world;
    const hall = await BusyHall.open(world);
    hall.begin();
    const places: number[] = [];
    for (let n = 0; n < TIMES && hall.well; n += 1) places.push(await rebuiltTheSame(servers, hall.fairId));
    // They did look at different moments.
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(places.at(-1)).toBeGreaterThan(places[0]!);
    await hall.end();
    await hall.expectExact({ given: false });
    await rebuiltTheSame(servers, hall.fairId);
    await hall.giveBack();
    await hall.expectExact({ given: true });
  },
};
