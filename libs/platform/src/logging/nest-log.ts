import type { LoggerService } from '@nestjs/common';
import { Log } from './log.js';

const ours = Log.named('nest');

/** Nest's own lines in our log. Its tale of every module and route that it maps is for debugging only. */
export const nestLog: LoggerService = {
  log: (message: unknown) => ours.debug({}, String(message)),
  debug: (message: unknown) => ours.debug({}, String(message)),
  verbose: (message: unknown) => ours.debug({}, String(message)),
  warn: (message: unknown) => ours.warn({}, String(message)),
  error: (message: unknown, ...rest: unknown[]) => ours.error(rest.length > 0 ? { detail: rest.map(String) } : {}, String(message)),
  fatal: (message: unknown, ...rest: unknown[]) => ours.error(rest.length > 0 ? { detail: rest.map(String) } : {}, String(message)),
};
