import { FairCourse, type CourseFact } from './fair-course.rules.js';

const fairId = 'fair';
const status = (order: number, from: 'published' | 'open', to: 'open' | 'closed'): CourseFact => ({ type: 'fair.statusChanged', data: { fairId, from, to, reason: '' }, order });
const lock = (order: number, zoneId: string, locked: boolean): CourseFact => ({ type: 'zone.lockChanged', data: { fairId, zoneId, locked, reason: '试' }, order });
const stop = (order: number, stopped: boolean): CourseFact => ({ type: 'fair.stopChanged', data: { fairId, stopped, reason: '试' }, order });
const cancelled = (order: number): CourseFact => ({ type: 'ticket.cancelled', data: { fairId, ticketId: 'one', accountId: null }, order });
const revoked = (order: number, placeFreed: boolean): CourseFact => ({ type: 'ticket.revoked', data: { fairId, ticketId: 'one', accountId: null, reason: '试', placeFreed }, order });

describe('what was true at a fair', () => {
  it('is as now, where nothing has changed since', () => {
    const course = new FairCourse([]);
    expect([course.fairStatus(5, 'open'), course.locked('A', 5, true), course.stopped(5, false), course.ticketStatus('one', 5, 'revoked'), course.timesBefore(5)]).toEqual(['open', true, false, 'revoked', null]);
  });

  it('was the fair’s status until the change after it, also before the first', () => {
    const course = new FairCourse([status(10, 'published', 'open'), status(20, 'open', 'closed')]);
    expect([9, 10, 19, 20, 99].map((order) => course.fairStatus(order, 'closed'))).toEqual(['published', 'open', 'open', 'closed', 'closed']);
  });

  it('was locked or stopped from the command on until it was lifted, each zone for itself', () => {
    const course = new FairCourse([lock(10, 'A', true), stop(12, true), lock(14, 'B', true), lock(20, 'A', false), stop(22, false)]);
    expect([9, 10, 19, 20].map((order) => course.locked('A', order, false))).toEqual([false, true, true, false]);
    expect([13, 14, 99].map((order) => course.locked('B', order, true))).toEqual([false, true, true]);
    expect([11, 12, 21, 22].map((order) => course.stopped(order, false))).toEqual([false, true, true, false]);
  });

  it('was a valid ticket until it was revoked or given back', () => {
    expect([9, 10].map((order) => new FairCourse([revoked(10, true)]).ticketStatus('one', order, 'revoked'))).toEqual(['valid', 'revoked']);
    // Given back and then revoked; and registered anew between the two.
    expect([9, 10, 20].map((order) => new FairCourse([cancelled(10), revoked(20, false)]).ticketStatus('one', order, 'revoked'))).toEqual(['valid', 'cancelled', 'revoked']);
    expect(new FairCourse([cancelled(10), revoked(20, true)]).ticketStatus('one', 15, 'revoked')).toBe('valid');
    expect(new FairCourse([cancelled(10)]).ticketStatus('one', 15, 'valid')).toBe('valid');
  });

  it('had the fair’s old times until it was moved', () => {
    const at = (day: number) => ({ startsAt: `2026-03-0${day}T01:00:00.000Z`, endsAt: `2026-03-0${day}T08:00:00.000Z`, venueName: '会展中心' });
    const course = new FairCourse([{ type: 'fair.rescheduled', data: { fairId, from: at(7), to: at(8), reason: '雨' }, order: 10 }]);
    expect(course.timesBefore(9)?.startsAt).toEqual(new Date('2026-03-07T01:00:00.000Z'));
    expect(course.timesBefore(10)).toBeNull();
  });
});
