import { Injectable } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { Context } from './context.js';

/** Fields that are never written, at the top and one level down. Personal data has no place in a line at all. */
const SECRET = ['password', 'token', 'secret', 'authorization', 'cookie', 'phone', 'idNumber', 'code', 'dataKey', 'hashKey', 'tokenKey'];

let root: Logger = pino({
  level: 'info',
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
  mixin: () => {
    const { requestId } = Context.current();
    return requestId === '-' ? {} : { requestId };
  },
});

/** Sets the level of everything that is logged from now on. */
export function setLogLevel(level: string): void {
  root.level = level;
  for (const log of made) log.level = level;
}
const made = new Set<Logger>();

/**
 * The log. `log.info({ fairId }, 'The fair was published')`: facts first, one English sentence second. Personal data never.
 * `Log.named('relay')` for a part that has a name; injected, it is the application's own.
 */
@Injectable()
export class Log {
  private readonly logger: Logger;

  constructor() {
    this.logger = root;
  }

  /** A log whose lines carry `part: name`. */
  static named(name: string): Log {
    const log = new Log();
    const child = root.child({ part: name });
    made.add(child);
    (log as unknown as { logger: Logger }).logger = child;
    return log;
  }

  debug(facts: object, sentence: string): void { this.logger.debug(facts, sentence); }
  info(facts: object, sentence: string): void { this.logger.info(facts, sentence); }
  warn(facts: object, sentence: string): void { this.logger.warn(facts, sentence); }
  /** `facts.err` is logged with its stack and causes. */
  error(facts: object, sentence: string): void { this.logger.error(facts, sentence); }
}
