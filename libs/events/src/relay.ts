import { Injectable } from '@nestjs/common';

/** Gives positions to committed events, one process at a time. */
@Injectable()
export class Relay {
  /** Something was committed: look soon. */
  wake(): void {}
}
