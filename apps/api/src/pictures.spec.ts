import { setTimeout as pause } from 'node:timers/promises';
import type { CrowdSnapshot, Snapshot } from '#libs/contracts';
import { Events } from '#libs/events';
import { entry, LiveApi, lockChanged, until, watch } from '../../../test/support/live.js';
import { hear } from '../../../test/support/world.js';

let live: LiveApi;
beforeAll(async () => { live = await LiveApi.start(); });
afterEach(() => live.leave());
afterAll(() => live.close());

/** A hall's picture: what `crowd` and `desk` have in common. */
const hallOf = (snapshot: Snapshot | undefined) => snapshot?.data as CrowdSnapshot | undefined;

describe('pictures', () => {
  it('come with the answer, then as the hall fills, at most ten a second, and the last one is the truth', async () => {
    const made = await live.fair();
    const [phone, desk] = [await live.open(), await live.openAs(made.organiser)];
    const [heardPhone, heardDesk] = [hear(phone), hear(desk)];
    const first = await watch(phone, { topic: { kind: 'crowd', id: made.id } });
    await watch(desk, { topic: { kind: 'desk', id: made.id } });
    expect(first.snapshot).toMatchObject({ topic: { kind: 'crowd', id: made.id }, data: { venue: { inside: 0 } } });
    const started = Date.now();
    for (let inside = 1; inside <= 100; inside += 1) await live.append(entry(made, inside));
    const took = Date.now() - started;
    for (const { snapshots } of [heardPhone, heardDesk]) {
      await until('the full hall', () => hallOf(snapshots.at(-1))?.venue.inside === 100);
      expect(snapshots.length).toBeLessThanOrEqual(Math.ceil((took + 1_000) / 100) + 1);
      const numbers = snapshots.map((snapshot) => hallOf(snapshot)!.venue.inside);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      const positions = snapshots.map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
    }
    expect(hallOf(heardPhone.snapshots.at(-1))!.venue.level).toBe('lock');
    expect(heardPhone.snapshots.every(({ topic }) => topic.kind === 'crowd')).toBe(true);
  });

  it('show a lock at once', async () => {
    const made = await live.fair();
    const client = await live.open();
    const heard = hear(client);
    await watch(client, { topic: { kind: 'crowd', id: made.id } });
    await live.api.database.transaction(async (tx) => {
      await tx.zoneState.update({ where: { zoneId: made.venue }, data: { earlyLocked: true, reason: '人多' } });
      await live.get(Events).appendMany(tx, [lockChanged(made, '人多')]);
    });
    await until('the lock', () => hallOf(heard.snapshots.at(-1))?.venue.earlyLocked, 1_000);
  });

  it('show a gate that fell silent, with no event at all', async () => {
    const made = await live.fair();
    const { id } = await live.device(made);
    await live.api.database.read.device.update({ where: { id }, data: { lastSeenAt: new Date(Date.now() - 8_000) } });
    const client = await live.open();
    const heard = hear(client);
    const { snapshot } = await watch(client, { topic: { kind: 'crowd', id: made.id } });
    expect(snapshot).toMatchObject({ data: { silentGates: [] } });
    await until('the silence', () => hallOf(heard.snapshots.at(-1) as Snapshot | undefined)?.silentGates[0]?.name === '1 号门', 6_000);
  }, 10_000);

  it('a gate’s open line keeps it alive without a scan', async () => {
    const made = await live.fair();
    const { id, token } = await live.device(made);
    const client = await live.open(token);
    await live.api.database.read.device.update({ where: { id }, data: { lastSeenAt: new Date(0) } });
    expect(client.connected).toBe(true);
    for (const end = Date.now() + 9_000; Date.now() < end; await pause(200)) {
      if ((await live.api.database.read.device.findUniqueOrThrow({ where: { id } })).lastSeenAt!.getTime() > 0) return;
    }
    throw new Error('the device was not seen');
  }, 12_000);
});
