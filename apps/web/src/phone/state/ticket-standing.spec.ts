import type { FairStatus, Ticket } from '#libs/contracts';
import { standingOf } from './ticket-standing';

const now = Date.parse('2026-03-07T02:00:00.000Z');
const ticket = (change: Partial<Ticket> = {}, fairStatus: FairStatus = 'open') => ({
  status: 'valid' as const, validFrom: '2026-03-07T01:00:00.000Z', validUntil: '2026-03-07T08:30:00.000Z',
  fair: { name: '', campaign: '', venueName: '', venueAddress: '', startsAt: '', endsAt: '', timeZone: 'Asia/Shanghai', status: fairStatus }, ...change,
});

describe('what a kept ticket is worth', () => {
  it('is good between its first and last instant', () => {
    expect(standingOf(ticket(), now)).toBe('good');
    expect(standingOf(ticket({ validFrom: '2026-03-07T02:00:00.001Z' }), now)).toBe('early');
    expect(standingOf(ticket({ validUntil: '2026-03-07T02:00:00.000Z' }), now)).toBe('over');
  });

  it('says first that it was taken back, then that the fair is not held', () => {
    expect(standingOf(ticket({ status: 'revoked' }, 'cancelled'), now)).toBe('revoked');
    expect(standingOf(ticket({ status: 'cancelled' }), now)).toBe('cancelled');
    expect(standingOf(ticket({}, 'cancelled'), now)).toBe('fairCancelled');
    expect(standingOf(ticket({}, 'closed'), now)).toBe('over');
  });
});
