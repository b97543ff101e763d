import { stories } from '../scenarios/index.js';
import type { Story } from '../scenarios/story.js';
import { long } from './runs.js';
import { Servers, type DatabaseKind, type Shape } from './servers.js';
import { World } from './world.js';

/**
 * Tells every story on one shape. The servers are shared; each story makes its own people and fairs.
 * @param some those to tell, `slow` ones too in `npm test`, and the database when it is not the shape's usual one
 */
export function tellStories(shape: Shape, { list = stories, database, slow: withSlow = long }: { list?: Story[]; database?: DatabaseKind; slow?: boolean } = {}): void {
  let servers: Servers;
  let world: World;
  beforeAll(async () => {
    servers = await Servers.start(shape, { database });
    world = await World.open(servers);
  }, 180_000);
  afterAll(async () => {
    world?.close();
    await servers?.stop();
  }, 30_000);
  const told = list.filter(({ slow, on = shape }) => (withSlow || !slow) && on === shape);
  it.each(told.map((story) => [story.name, story] as const))('%s', async (_, story) => {
    await story.tell(world);
  }, Math.max(60_000, ...told.map(({ within = 0 }) => within)));
}
