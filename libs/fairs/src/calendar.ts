import { Injectable } from '@nestjs/common';
import { Settings } from '#libs/platform';
import { calendarFile } from './calendar-entry.js';
import type { FairRow } from './fairs.js';

/** A fair as a calendar entry. */
@Injectable()
export class Calendar {
  constructor(private readonly settings: Settings) {}

  /** RFC 5545, in the fair's own time zone. `moves`: how often the fair was moved; cancelling it is one change more. */
  entry(fair: FairRow, moves: number): string {
    const off = fair.status === 'cancelled';
    return calendarFile({
      uid: `${fair.id}@fairwind`,
      sequence: moves + (off ? 1 : 0),
      title: fair.name,
      description: [fair.campaign, fair.theme, fair.description].filter(Boolean).join('\n'),
      location: [fair.venueName, fair.venueAddress].filter(Boolean).join(' '),
      url: `${origin(this.settings)}/fairs/${fair.id}`,
      startsAt: fair.startsAt, endsAt: fair.endsAt, timeZone: fair.timeZone,
      status: off ? 'CANCELLED' : 'CONFIRMED',
      ...(fair.latitude !== null && fair.longitude !== null ? { geo: { lat: fair.latitude, lon: fair.longitude } } : {}),
    });
  }
}

/** Where people reach the pages. */
export const origin = ({ publicUrl, addresses, port }: Settings): string => (publicUrl ?? addresses[0] ?? `http://localhost:${port}`).replace(/\/+$/, '');
