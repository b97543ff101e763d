import { Injectable } from '@nestjs/common';
import type { AnyEnvelope, EventType } from '#libs/contracts';

export interface SinceOptions {
  /** At most this many events; 1,000 unless told. */
  limit?: number;
  /** Only events of this fair or organisation. */
  scopeId?: string;
  /** Only these types. */
  types?: readonly EventType[];
  /** Not these types. */
  without?: readonly EventType[];
  /** Only up to this position, which is included. */
  until?: number;
}

/** Follows the log in this process: every event once, in order, without a gap. */
@Injectable()
export class Feed {
  /** The position up to which this process has handed events to its listeners. */
  head(): number {
    return 0;
  }

  /** Reads the log after `position`, in order. */
  since(_position: number, _options: SinceOptions = {}): Promise<AnyEnvelope[]> {
    throw new Error('being written');
  }

  /** Calls `listener` with each batch of new events, synchronously and in order. @returns stops it */
  follow(_listener: (events: AnyEnvelope[]) => void): () => void {
    throw new Error('being written');
  }
}
