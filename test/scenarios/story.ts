import type { World } from '../support/world.js';

/** One story of a fair. The same list is told on one process and on several. */
export interface Story {
  name: string;
  /** Most a story may take, milliseconds; 60 s unless told. */
  within?: number;
  /** Takes half a minute and more: `npm test` tells it on one process only, `npm run test:long` on both shapes. */
  slow?: boolean;
  tell(world: World): Promise<void>;
}
