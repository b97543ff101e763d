import { stories } from '../scenarios/index.js';
import { long } from './runs.js';
import { Servers, type Shape } from './servers.js';
import { World } from './world.js';

/** Tells every story on one shape. The servers are shared; each story makes its own people and fairs. */
export function tellStories(shape: Shape): void {
  let servers: Servers;
  let world: World;
  beforeAll(async () => {
    servers = await Servers.start(shape);
    world = await World.open(servers);
  }, 90_000);
  afterAll(async () => {
    world?.close();
    await servers?.stop();
  }, 30_000);
  const told = stories.filter(({ slow }) => long || !slow);
  it.each(told.map((story) => [story.name, story] as const))('%s', async (_, story) => {
    await story.tell(world);
  }, Math.max(60_000, ...told.map(({ within = 0 }) => within)));
}
