import { BusyHall } from '../support/busy-hall.js';
import { rebuiltTheSame } from '../support/rebuilding.js';
import { kills } from '../support/runs.js';
import type { Story } from './story.js';

/**
 * kill -9 at random moments while all that a gate can do is under way: single scans and groups, uploads, leases that are asked for and
 * given back, people without a ticket, repetitions, and the organiser's corrections. An api with a PostgreSQL of its own leaves it to the next
 * one, or takes it along, by turns.
 */
export const busyHallKilled: Story = {
  name: `a busy hall's api killed ${kills} times: gates go on alone, what they let through is counted once, no zone is above its number`,
  slow: true,
  within: 1_800_000,
  async tell(world) {
    const { servers } = world;
    const hall = await BusyHall.open(world);
    hall.begin();
    for (let kill = 0; kill < kills && hall.well; kill += 1) {
      await hall.answered(25); // gates go on alone while it starts, and come back one by one
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2_000));
      await servers.crash(kill % servers.urls.length, { withDatabase: kill % 2 === 1 });
    }
    await hall.end();
    await hall.expectExact({ given: false });
    await rebuiltTheSame(servers, hall.fairId);
    await hall.giveBack();
    await hall.expectExact({ given: true });
    await rebuiltTheSame(servers, hall.fairId);
    // All of it was under way, again and again.
    expect(Object.entries(hall.did).filter(([, times]) => times < kills)).toEqual([]);
  },
};
