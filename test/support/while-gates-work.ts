import type { DeskSnapshot, Snapshot } from '#libs/contracts';
import { GatesAtWork } from './gates-at-work.js';
import { Servers, type DatabaseKind, type Shape } from './servers.js';
import { eventually, hear, insideIs, subscribe, World } from './world.js';

type Heard = ReturnType<typeof hear>;

/** Gates at work with a screen open on every process. */
export interface Working { servers: Servers; gates: GatesAtWork; screens: Heard[] }

/** The desk as a screen was shown it last. */
export const lastDesk = ({ snapshots }: Heard): Snapshot | undefined => snapshots.filter(({ topic }) => topic.kind === 'desk').at(-1);

const BETWEEN_MS = 4_000;

/**
 * Servers of a story's own, on what it takes away from them while gates scan without a pause. In the end every screen, open all
 * the time, shows the exact number by itself, and the database holds what the gates say: nothing is lost or there twice.
 * @param own the database or the Redis that goes and comes
 * @param downs how often and how; `down` takes it away and brings it back
 */
export async function whileGatesWork<Down>(shape: Shape, own: { databaseUrl?: string; redisUrl?: string; database?: DatabaseKind }, downs: readonly Down[], down: (how: Down, working: Working) => Promise<void>): Promise<GatesAtWork> {
  let servers: Servers | undefined;
  let world: World | undefined;
  const pause = () => new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  try {
    servers = await Servers.start(shape, own);
    world = await World.open(servers);
    const bureau = await world.bureau();
    const opened = await world.openFair(bureau, { approved: 5_000 });
    const gates = await GatesAtWork.stand(world, bureau, opened, { count: 4, people: 10, places: 300 });
    const sockets = await Promise.all(servers.urls.map((_, index) => world!.live(bureau.admin.token, index)));
    const screens = sockets.map(hear);
    for (const socket of sockets) await subscribe(socket, { topic: { kind: 'desk', id: opened.fair.id } });

    gates.begin();
    for (const how of downs) {
      await pause();
      await down(how, { servers, gates, screens });
    }
    await pause();
    await gates.end();

    await insideIs(bureau, gates.fairId, gates.inside.size);
    for (const screen of screens) {
      await eventually(`${gates.inside.size} inside on every screen`, () => (lastDesk(screen)?.data as DeskSnapshot | undefined)?.venue.inside === gates.inside.size, 20_000);
    }
    await gates.expectExact();
    return gates;
  } finally {
    world?.close();
    await servers?.stop();
  }
}
