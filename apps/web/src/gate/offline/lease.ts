/** The device's share of the places: pure. The server grants it, takes it back after its time, and may ask for it before. */
import type { AskLease, Id, Lease } from '#libs/contracts';
import { elapsed, type Moment } from './elapsed';

/** `since`: before it was asked for, so that it ends here before it ends there. `used`: places that persons were given. */
export interface HeldLease extends Lease { since: Moment; used: number }
/** What was asked, to be repeated word by word until it is answered. */
export interface LeaseQuestion { ask: AskLease; at: Moment }

/** Places that are left now; none after its time, after a reboot, or at another gate. */
export function placesLeft(lease: HeldLease | null, now: Moment): number {
  return lease && timeLeft(lease, now) > 0 ? Math.max(0, lease.places - lease.used) : 0;
}

/** As it is without the places that a scan is presumed to have used: when that is known, or decided. */
export const withoutPresumed = (lease: HeldLease, { presumed, count }: { presumed?: Id | null; count: number }): HeldLease =>
  (presumed === lease.leaseId ? { ...lease, used: Math.max(0, lease.used - count) } : lease);

/** Milliseconds until it ends; 0 when it has, or when nobody can say. */
export function timeLeft(lease: HeldLease, now: Moment): number {
  const ago = elapsed(lease.since, now);
  return ago === null ? 0 : Math.max(0, lease.durationMs - ago);
}

/** What a gate may need while it is alone: twice the last half hour's, and a small stock in any case. Persons. */
export const placesWanted = (enteredInHalfHour: number): number => Math.min(500, Math.max(30, 2 * enteredInHalfHour));

/** Whether to ask for a new one: there is none, its half is over, or only a third of what is wanted is left. */
export function worthAsking(lease: HeldLease | null, wanted: number, now: Moment): boolean {
  return !lease || timeLeft(lease, now) < lease.durationMs / 2 || placesLeft(lease, now) < Math.min(wanted, lease.places) / 3 || placesLeft(lease, now) === 0;
}

/** The next question. `places: 0` gives back. */
export function nextQuestion(id: Id, sequence: number, places: number, lease: HeldLease | null, at: Moment): LeaseQuestion {
  return { ask: { id, sequence, places, ...(lease && { previous: { leaseId: lease.leaseId, used: lease.used } }) }, at };
}
