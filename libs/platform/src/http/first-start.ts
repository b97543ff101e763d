import type { Settings } from '../config/settings.js';
import { fillOwn } from '../database/unfinished.js';

/** What an application does on a database that holds no account yet; it hands it to `run`. */
export interface FirstStart {
  /** Whether there is no account at all. */
  isEmpty(): Promise<boolean>;
  /** Fills in the demo fair. Answers the lines to print: pages and accounts. */
  demo(address: string): Promise<string[]>;
  /** Makes a one-time link for the first administrator. Answers the lines to print. */
  administrator(address: string): Promise<string[]>;
}

/**
 * On an empty database: the demo fair where it is wanted (on the embedded database unless `--no-demo`, on an external one
 * only with `--demo`), else the link that makes an administrator.
 */
export async function firstLines(first: FirstStart | undefined, settings: Settings, embedded: boolean): Promise<string[]> {
  if (!first || !(await first.isEmpty())) return [];
  const address = settings.addresses[0];
  if (!(settings.demo ?? embedded)) return first.administrator(address);
  return embedded ? fillOwn(settings.dataDir, () => first.demo(address)) : first.demo(address);
}
