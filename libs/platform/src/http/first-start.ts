import path from 'node:path';
import type { Settings } from '../config/settings.js';
import { fillOwn } from '../database/unfinished.js';

/** Where the demo's addresses, accounts and password are kept, for who has closed the window. */
export const demoAccountsFile = (dataDir: string): string => path.join(dataDir, 'demo-accounts.txt');

/** What an application does on a database that holds no account yet, and says of itself later; it hands it to `run`. */
export interface FirstStart {
  /** Whether there is no account at all. */
  isEmpty(): Promise<boolean>;
  /** Fills in the demo fair. Answers the lines to print: pages and accounts. */
  demo(address: string): Promise<string[]>;
  /** Makes a one-time link for the first administrator. Answers the lines to print. */
  administrator(address: string): Promise<string[]>;
  /** The lines that every later start prints: where the pages are. */
  pages(address: string): string[];
}

/**
 * Where the pages are; and on an empty database the demo fair where it is wanted (on the embedded database unless `--no-demo`, on an external one
 * only with `--demo`), else the link that makes an administrator.
 */
export async function firstLines(first: FirstStart | undefined, settings: Settings, embedded: boolean): Promise<string[]> {
  if (!first) return [];
  const address = settings.addresses[0];
  if (!(await first.isEmpty())) return first.pages(address);
  if (!(settings.demo ?? embedded)) return first.administrator(address);
  return embedded ? fillOwn(settings.dataDir, () => first.demo(address)) : first.demo(address);
}
