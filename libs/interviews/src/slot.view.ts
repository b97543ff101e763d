import { Injectable } from '@nestjs/common';
import type { Booking as ShownBooking, DeskSlot, Slot as Shown } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Accounts, Organisations } from '#libs/identity';
import { Jobs } from '#libs/jobs';
import { Database, type Slot } from '#libs/platform';
import type { Booked } from './bookings.js';
import { CandidateViews } from './candidate-views.js';

/** Slots and bookings as they are shown. */
@Injectable()
export class SlotViews {
  constructor(
    private readonly database: Database,
    private readonly booths: Booths,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly jobs: Jobs,
    private readonly candidates: CandidateViews,
  ) {}

  /** In the order given. */
  async slots(rows: readonly Slot[]): Promise<Shown[]> {
    const [numbers, employers, recruiters, titles] = await Promise.all([
      this.booths.names(rows.map(({ boothId }) => boothId)), this.organisations.names(rows.map(({ organisationId }) => organisationId)),
      this.accounts.displayNames(rows.map(({ recruiterId }) => recruiterId)), this.jobs.names(rows.flatMap(({ jobId }) => jobId ?? [])),
    ]);
    return rows.map(({ id, fairId, boothId, organisationId, jobId, recruiterId, status, startsAt, endsAt, expectedAt }) => ({
      id, fairId, boothId, boothNumber: numbers.get(boothId) ?? '', organisationId, organisationName: employers.get(organisationId) ?? '',
      job: jobId === null ? null : { id: jobId, title: titles.get(jobId) ?? '' }, recruiter: { accountId: recruiterId, name: recruiters.get(recruiterId) ?? '' },
      status, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), expectedAt: expectedAt.toISOString(),
    }));
  }

  /** For people of one employer: who booked, while that one's yes holds. All must be that employer's. */
  async desk(rows: readonly Slot[]): Promise<DeskSlot[]> {
    const [first] = rows;
    if (!first) return [];
    const bookings = await this.database.read.booking.findMany({ where: { slotId: { in: rows.map(({ id }) => id) }, endedAt: null } });
    const [shown, candidates, calls] = await Promise.all([this.slots(rows), this.candidates.of(first.organisationId, bookings), this.interviews(bookings.map(({ id }) => id))]);
    return rows.map(({ id, cancelReason }, n) => {
      const booking = bookings.find(({ slotId }) => slotId === id);
      return { ...shown[n]!, candidate: (booking && candidates.get(booking.accountId)) ?? null, interviewId: (booking && calls.get(booking.id)) ?? null, cancelReason };
    });
  }

  /** For who booked, in the order given. */
  async bookings(rows: readonly Booked[]): Promise<ShownBooking[]> {
    const [slots, calls] = await Promise.all([this.slots(rows.map(({ slot }) => slot)), this.interviews(rows.map(({ id }) => id))]);
    return rows.map(({ id, endedAt, reason, slot, bookedAt }, n) => ({
      id, slot: slots[n]!, status: endedAt ? 'cancelled' : slot.status, interviewId: calls.get(id) ?? null, reason: reason ?? slot.cancelReason, bookedAt: bookedAt.toISOString(),
    }));
  }

  async booking(row: Booked): Promise<ShownBooking> {
    return (await this.bookings([row]))[0]!;
  }

  /** The newest interview of each booking; one that was taken back does not show. */
  private async interviews(bookingIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.read.interview.findMany({
      where: { bookingId: { in: [...bookingIds] }, status: { not: 'cancelled' } }, orderBy: { calledAt: 'asc' }, select: { id: true, bookingId: true },
    });
    return new Map(rows.map(({ id, bookingId }) => [bookingId!, id]));
  }
}
