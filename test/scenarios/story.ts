import type { Shape } from '../support/servers.js';
import type { World } from '../support/world.js';

/** One story of a fair. The same list is told on one process and on several. */
export interface Story {
  name: string;
  /** Most a story may take, milliseconds; 60 s unless told. */
  within?: number;
  /** Takes tens of seconds: `npm run test:long` tells it. */
  slow?: boolean;
  /** The only shape that it is told on; both unless told. */
  on?: Shape;
  tell(world: World): Promise<void>;
}
