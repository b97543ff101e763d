import { Injectable } from '@nestjs/common';
import type { AnyConsumer } from './consumer.js';

/** The projectors and reactors of this process. */
@Injectable()
export class Consumers {
  /** Registers a consumer; call it in `onModuleInit`. Throws when the name is taken. */
  add(_consumer: AnyConsumer): void {}

  /** Resolves when every consumer of this process has read up to `position` (absent: the log's end now). Tests, rebuilding. */
  settled(_position?: number): Promise<void> {
    throw new Error('being written');
  }
}
