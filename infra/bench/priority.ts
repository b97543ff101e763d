import { setPriority } from 'node:os';

/** Ahead of what else runs here, and so is all that is started from here, on both sides: what waits for a core loses packets and time. */
export function goFirst(): void {
  try {
    setPriority(-10);
  } catch (error) {
    console.error(`  Measured at the usual priority: ${String(error)}`); // not root, or a container without CAP_SYS_NICE
  }
}
