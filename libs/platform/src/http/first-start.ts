import type { INestApplication } from '@nestjs/common';
import { UnknownElementException } from '@nestjs/core/errors/exceptions/unknown-element.exception.js';
import type { Settings } from '../config/settings.js';

/**
 * What an application does on a database that holds no account yet. It provides this name with a class of its own; without
 * one nothing is done.
 */
export abstract class FirstStart {
  /** Whether there is no account at all. */
  abstract isEmpty(): Promise<boolean>;
  /** Fills in the demo fair. Answers the lines to print: pages and accounts. */
  abstract demo(address: string): Promise<string[]>;
  /** Makes a one-time link for the first administrator. Answers the lines to print. */
  abstract administrator(address: string): Promise<string[]>;
}

/**
 * On an empty database: the demo fair where it is wanted (on the embedded database unless `--no-demo`, on an external one
 * only with `--demo`), else the link that makes an administrator.
 */
export async function firstLines(app: INestApplication, settings: Settings, embedded: boolean): Promise<string[]> {
  const first = find(app);
  if (first === null || !(await first.isEmpty())) return [];
  const address = settings.addresses[0];
  return (settings.demo ?? embedded) ? first.demo(address) : first.administrator(address);
}

function find(app: INestApplication): FirstStart | null {
  try {
    return app.get(FirstStart, { strict: false });
  } catch (error) {
    if (error instanceof UnknownElementException) return null; // this application has none
    throw error;
  }
}
