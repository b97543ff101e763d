/** The seed of this run's properties, as `npm test` prints it (TEST_SEED); a random one when a spec runs alone. */
export const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

/** Whether this is `npm run test:long`. */
export const long = Boolean(process.env.TEST_LONG);

/** fast-check's options: so many runs in `npm test`, so many in `npm run test:long`. */
export const runs = (few: number, many: number) => ({ seed, numRuns: long ? many : few });

/** How often a process is killed under load. */
export const kills = long ? 50 : 2;

/** Stories of several people, and minutes of real media: `npm run test:long` tells them. */
export const inLong = long ? describe : describe.skip;

/** A test that takes many seconds: `npm run test:long` runs it. */
export const itInLong = long ? it : it.skip;
