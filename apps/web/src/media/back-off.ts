/** How long is waited before a room is entered again. */
import type { RoomRole } from '#libs/contracts';

/** Milliseconds before each try to enter again; the last counts for all later ones. Viewers are many: they wait longer. */
const BACKOFF = [500, 1000, 2000, 4000, 8000];
const MOST_BACKOFF = { host: 2000, guest: 2000, viewer: 8000 } as const satisfies Record<RoomRole, number>;
/** Over sooner when the browser says that there is a network again. */
const pause = (ms: number) => new Promise<void>(done => {
  const over = (): void => { clearTimeout(timer); globalThis.removeEventListener?.('online', over); done(); };
  const timer = setTimeout(over, ms);
  globalThis.addEventListener?.('online', over);
});

/** Waits before try number `attempt`, from 1; not all at the same moment, and less when there is a network again. */
export const backOff = (attempt: number, role: RoomRole): Promise<void> =>
  pause(Math.min(BACKOFF[Math.min(attempt, BACKOFF.length) - 1], MOST_BACKOFF[role]) * (0.75 + Math.random() / 2));
