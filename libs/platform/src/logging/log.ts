import { Injectable } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { Context } from './context.js';
import { readable } from './readable.js';

/** Fields that are never written, at the top and one level down. Personal data has no place in a line at all. */
const SECRET = ['password', 'token', 'secret', 'authorization', 'cookie', 'phone', 'idNumber', 'pairingCode', 'dataKey', 'hashKey', 'tokenKey'];

const output = process.stdout.isTTY ? { write: (json: string) => void process.stdout.write(readable(json)) } : pino.destination(1);

const root = pino(
  {
    level: 'info',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
    mixin: () => {
      const { requestId } = Context.current();
      return requestId === '-' ? {} : { requestId };
    },
  },
  output,
);

/** The loggers with a name: a child has a level of its own. One a name, so they do not pile up. */
const named = new Map<string, Logger>();

/** Sets the level of everything that is logged from now on: `silent`, `error`, `warn`, `info` or `debug`. */
export function setLogLevel(level: string): void {
  for (const logger of [root, ...named.values()]) logger.level = level;
}

function loggerNamed(name: string): Logger {
  const known = named.get(name) ?? root.child({ part: name });
  named.set(name, known);
  return known;
}

/**
 * The log. `log.info({ fairId }, 'The fair was published.')`: facts first, one English sentence second. Personal data never.
 * `Log.named('relay')` for a part that has a name; injected, it is the application's own.
 */
@Injectable()
export class Log {
  private logger: Logger = root;

  /** A log whose lines carry `part: name`. */
  static named(name: string): Log {
    const log = new Log();
    log.logger = loggerNamed(name);
    return log;
  }

  debug(facts: object, sentence: string): void {
    this.logger.debug(facts, sentence);
  }

  info(facts: object, sentence: string): void {
    this.logger.info(facts, sentence);
  }

  warn(facts: object, sentence: string): void {
    this.logger.warn(facts, sentence);
  }

  /** `facts.err` is written with its stack and its causes. */
  error(facts: object, sentence: string): void {
    this.logger.error(facts, sentence);
  }
}
