import { Injectable } from '@nestjs/common';
import { createEvent } from 'ics';
import { Settings } from '#libs/platform';
import type { FairRow } from './fairs.js';

/** A fair as a calendar entry. */
@Injectable()
export class Calendar {
  constructor(private readonly settings: Settings) {}

  /**
   * RFC 5545, times in UTC, so that every calendar shows them in its own zone. `moves`: how often the fair was moved; a
   * higher SEQUENCE with the same UID replaces the entry that a phone has already.
   */
  entry(fair: FairRow, moves: number): string {
    const { value, error } = createEvent({
      uid: `${fair.id}@fairwind`,
      sequence: moves,
      productId: 'fairwind',
      method: 'PUBLISH',
      title: fair.name,
      description: [fair.campaign, fair.theme, fair.description].filter(Boolean).join('\n'),
      location: [fair.venueName, fair.venueAddress].filter(Boolean).join(' '),
      url: `${origin(this.settings)}/fairs/${fair.id}`,
      start: fair.startsAt.getTime(), startInputType: 'utc', startOutputType: 'utc',
      end: fair.endsAt.getTime(), endInputType: 'utc', endOutputType: 'utc',
      status: fair.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
      ...(fair.latitude !== null && fair.longitude !== null ? { geo: { lat: fair.latitude, lon: fair.longitude } } : {}),
    });
    if (value == null) throw error ?? new Error('the calendar entry is empty');
    return folded(value);
  }
}

/** Lines of at most 75 octets (RFC 5545, 3.1): the package counts characters, and one of ours has three octets. */
export function folded(calendar: string): string {
  return calendar.replace(/\r\n[\t ]/g, '').split('\r\n').map((line) => {
    let width = 0;
    return [...line].reduce((out, character) => {
      const octets = Buffer.byteLength(character);
      if (width + octets <= 74) {
        width += octets;
        return out + character;
      }
      width = 1 + octets;
      return `${out}\r\n ${character}`;
    }, '');
  }).join('\r\n');
}

/** Where people reach the pages. */
export const origin = ({ publicUrl, addresses, port }: Settings): string => (publicUrl ?? addresses[0] ?? `http://localhost:${port}`).replace(/\/+$/, '');
