import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Fairs, type Reader } from '#libs/fairs';

/** What of a fair never changes, and the fold needs. */
export interface FairClock {
  /** The root zone: whoever is in it is inside the fair. */
  venueId: string;
  /** IANA name. */
  timeZone: string;
}

/** The day of an instant by a fair's own clock: `2026-03-07`. */
export function dayOf(instant: string, timeZone: string): string {
  return DateTime.fromISO(instant, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

/** Venue and time zone of each fair, read once. */
@Injectable()
export class FairClocks {
  private readonly known = new Map<string, FairClock>();

  constructor(private readonly fairs: Fairs) {}

  /** Of these fairs; one that does not exist (any more) is missing. */
  async of(fairIds: Iterable<string>, reader: Reader): Promise<ReadonlyMap<string, FairClock>> {
    const clocks = new Map<string, FairClock>();
    for (const fairId of new Set(fairIds)) {
      const clock = this.known.get(fairId) ?? (await this.read(fairId, reader));
      if (!clock) continue;
      this.known.set(fairId, clock);
      clocks.set(fairId, clock);
    }
    return clocks;
  }

  private async read(fairId: string, reader: Reader): Promise<FairClock | null> {
    const fair = await this.fairs.get(fairId, reader);
    if (!fair) return null;
    return { venueId: (await this.fairs.venue(fairId, reader)).id, timeZone: fair.timeZone };
  }
}
