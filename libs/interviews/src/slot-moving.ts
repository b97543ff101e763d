import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, projector, type EventsOf } from '#libs/events';
import { FairRules, Fairs } from '#libs/fairs';
import { Vault } from '#libs/identity';
import type { Booking, Slot, Tx } from '#libs/platform';
import { Bookings } from './bookings.js';
import { dayAndClockAt, Notices } from './notices.js';
import { SlotCalls } from './slot-calls.js';
import { overlap, type Span } from './slot.rules.js';
import { Slots } from './slots.js';

const NO_ROOM = '招聘会改期了，新的时间排不开';

/**
 * A fair that is moved takes along the slots that were published for it before and have not begun: whoever booked keeps the booking, is told
 * the new time, and can change it. Where the new time is past, or somebody would be in two places, the slot is called off instead.
 */
@Injectable()
export class SlotMoving implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly slots: Slots,
    private readonly calls: SlotCalls,
    private readonly bookings: Bookings,
    private readonly vault: Vault,
    private readonly fairs: Fairs,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    // A projector, because moving twice is not moving once.
    this.consumers.add(projector({
      name: 'interviews.schedule', types: ['fair.rescheduled'],
      project: async (tx, events) => {
        for (const event of events) await this.move(tx, event);
      },
    }));
  }

  private async move(tx: Tx, { data: { fairId, from, to, reason }, recordedAt }: EventsOf<'fair.rescheduled'>): Promise<void> {
    const [before, after] = [new Date(from.startsAt), new Date(to.startsAt)];
    if (before.getTime() === after.getTime()) return;
    const rows = await this.lockAll(tx, { fairId, createdBefore: new Date(recordedAt) });
    const { timeZone } = await this.fairs.timesOf(fairId, tx);
    const at = (planned: Date) => FairRules.moved(planned, before, after);
    const moving = new Set(rows.map(({ id }) => id));
    for (const slot of rows) {
      const span = { startsAt: at(slot.startsAt), endsAt: at(slot.endsAt) };
      const booking = await this.slots.booking(slot.id, tx);
      if (span.startsAt <= new Date() || !(await this.isFree(tx, slot, booking, span, moving))) {
        await this.calls.callOff(tx, slot, NO_ROOM, null);
        continue;
      }
      const moved = await this.slots.become(tx, slot, slot.status, booking, null, { ...span, expectedAt: span.startsAt, toldAt: null });
      if (booking) await this.tell(tx, moved, booking, reason, timeZone);
    }
  }

  /** In the order that bookings lock: recruiters, people, slots by id. Who was called already is not moved. */
  private async lockAll(tx: Tx, { fairId, createdBefore }: { fairId: string; createdBefore: Date }): Promise<Slot[]> {
    const planned = await tx.slot.findMany({
      where: { fairId, status: { in: ['open', 'booked'] }, createdAt: { lt: createdBefore } }, include: { bookings: { where: { endedAt: null } } }, orderBy: { id: 'asc' },
    });
    for (const id of [...new Set(planned.map(({ recruiterId }) => recruiterId))].sort()) await this.slots.hold(tx, id);
    for (const id of [...new Set(planned.flatMap(({ bookings }) => bookings.map(({ accountId }) => accountId)))].sort()) await this.vault.hold(tx, id);
    const locked: Slot[] = [];
    for (const { id } of planned) {
      const slot = await this.slots.lock(tx, id);
      if (slot.status === 'open' || slot.status === 'booked') locked.push(slot);
    }
    // Read under the slots' locks, which a call takes too.
    const bookings = await tx.booking.findMany({ where: { slotId: { in: locked.map(({ id }) => id) }, endedAt: null }, select: { id: true, slotId: true } });
    const called = await tx.interview.findMany({ where: { bookingId: { in: bookings.map(({ id }) => id) }, status: { in: ['called', 'running'] } }, select: { bookingId: true } });
    const busy = new Set(called.map(({ bookingId }) => bookings.find(({ id }) => id === bookingId)?.slotId));
    return locked.filter(({ id }) => !busy.has(id));
  }

  /** Whether the recruiter, and who booked, have nothing else then. What moves along keeps its distance. */
  private async isFree(tx: Tx, slot: Slot, booking: Booking | null, span: Span, moving: ReadonlySet<string>): Promise<boolean> {
    const then = { status: { notIn: ['cancelled', 'missed', 'done'] as Slot['status'][] }, startsAt: { lt: span.endsAt }, endsAt: { gt: span.startsAt }, id: { notIn: [...moving] } };
    const recruiters = await tx.slot.findMany({ where: { recruiterId: slot.recruiterId, ...then } });
    const others = booking ? await tx.booking.findMany({
      where: { OR: [{ accountId: booking.accountId }, ...(booking.stationId === null ? [] : [{ stationId: booking.stationId }])], endedAt: null, slot: { ...then } }, include: { slot: true },
    }) : [];
    return ![...recruiters, ...others.map((each) => each.slot)].some((other) => overlap(other, span));
  }

  private async tell(tx: Tx, slot: Slot, { id, accountId, moves }: Booking, reason: string, timeZone: string): Promise<void> {
    await tx.booking.update({ where: { id }, data: { moves: { increment: 1 } } });
    await this.bookings.remindOf(tx, id, slot.startsAt);
    await this.notices.tell(tx, `${id}/moved/${moves + 1}`, accountId, slot, ({ employer, mine }) =>
      `招聘会改期了（${reason}），您约的 ${employer} 面试改到 ${dayAndClockAt(slot.startsAt, timeZone)}。不合适可以换时间或不去：${mine()}`);
  }
}
