import type { DeskSnapshot } from '#libs/contracts';
import { eventually, hear, insideIs, scan, subscribe } from '../support/world.js';
import type { Story } from './story.js';

/** A laptop's lid is closed and opened again (socket.io #5538, owncast #1427): no gap, or it says that it is stale. */
export const dashboardSleeps: Story = {
  name: 'a dashboard that sleeps and wakes: it catches up without a gap',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair, gates } = await world.openFair(bureau, { approved: 100 });
    const desk = { kind: 'desk', id: fair.id } as const;
    const device = await world.device(bureau, gates[0]!);
    const tickets = await world.walkIns(device, fair.id, 6);

    const awake = await world.live(bureau.admin.token, 0);
    const heardAwake = hear(awake);
    const first = await subscribe(awake, { topic: desk });
    expect((first.snapshot!.data as DeskSnapshot).venue.inside).toBe(0);
    await scan(device, tickets[0]!.code);
    const seen = await eventually('a pushed snapshot with one inside', () =>
      heardAwake.snapshots.find(({ topic, data }) => topic.kind === 'desk' && (data as DeskSnapshot).venue.inside === 1));
    awake.disconnect();

    for (const { code } of tickets.slice(1)) await scan(device, code);
    await bureau.admin.call('POST /zones/:zoneId/lock', { params: { zoneId: fair.zones[0]!.id }, body: { locked: true, reason: '人多，先锁一会' } });

    const woken = await world.live(bureau.admin.token, 1);
    const heardWoken = hear(woken);
    const caughtUp = await subscribe(woken, { topic: desk, since: seen.position });
    expect(caughtUp.resync).toBe(false);
    expect(caughtUp.position).toBeGreaterThanOrEqual(seen.position);
    await eventually('the newest snapshot', () => [caughtUp.snapshot, ...heardWoken.snapshots].some((each) => (each?.data as DeskSnapshot | undefined)?.venue.inside === 6));
    await eventually('the lock, missed while asleep', () => [...caughtUp.events, ...heardWoken.events].some(({ type }) => type === 'zone.lockChanged'));
    // What came between is neither lost nor told twice.
    const positions = [...caughtUp.events, ...heardWoken.events].map(({ position }) => position);
    expect(new Set(positions).size).toBe(positions.length);
    expect((await insideIs(bureau, fair.id, 6)).entered).toBe(6);
  },
};
