import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Fairs } from '#libs/fairs';

/** What of a fair never changes, and the fold needs. */
export interface FairClock {
  /** The root zone: whoever is in it is inside the fair. */
  venueId: string;
  /** IANA name. */
  timeZone: string;
}

/** The day of an instant by a fair's own clock: `2026-03-07`. */
export function dayOf(instant: string, timeZone: string): string {
  // No clock in use differs from UTC by less than a minute: the instants of one minute are of one day, and a rush is of few.
  const key = `${instant.slice(0, 16)} ${timeZone}`;
  const known = days.get(key);
  if (known) return known;
  const day = DateTime.fromISO(instant, { zone: timeZone }).toFormat('yyyy-MM-dd');
  if (days.size >= MOST_DAYS) days.clear();
  days.set(key, day);
  return day;
}

const MOST_DAYS = 1_000;
const days = new Map<string, string>();

/** Venue and time zone of each fair, read once. */
@Injectable()
export class FairClocks {
  private readonly known = new Map<string, FairClock>();

  constructor(private readonly fairs: Fairs) {}

  /** Of these fairs; one that does not exist (any more) is missing. */
  async of(fairIds: Iterable<string>): Promise<ReadonlyMap<string, FairClock>> {
    const clocks = new Map<string, FairClock>();
    for (const fairId of new Set(fairIds)) {
      const clock = this.known.get(fairId) ?? (await this.read(fairId));
      if (!clock) continue;
      this.known.set(fairId, clock);
      clocks.set(fairId, clock);
    }
    return clocks;
  }

  private async read(fairId: string): Promise<FairClock | null> {
    const fair = await this.fairs.get(fairId);
    if (!fair) return null;
    return { venueId: (await this.fairs.venue(fairId)).id, timeZone: fair.timeZone };
  }
}
