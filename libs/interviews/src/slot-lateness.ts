import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, Events, reactor } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Database, Timers, type Booking, type Interview, type Slot, type Tx } from '#libs/platform';
import { clockAt, Notices } from './notices.js';
import { SlotCalls } from './slot-calls.js';
import { expectedTimes, GIVE_UP, isNews, TELL_FROM, type Ahead } from './slot.rules.js';
import { Slots } from './slots.js';

const LATE = 'slots.late';
/** While somebody may be late, it is looked at again after so long. Milliseconds. */
const AGAIN = 60_000;
/** A recruiter's slots of so long ahead: lateness does not reach over a night. */
const REACH = 12 * 3_600_000;

/**
 * A meeting that runs over makes the recruiter's next ones late: each booked slot says when it will begin, people are told when that
 * changes by minutes, and told again when it is on time after all. All of it is done by one timer a recruiter, so that no command
 * waits for it: facts (a call, an end, more time, a booking) and time itself only wake it.
 */
@Injectable()
export class SlotLateness implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly events: Events,
    private readonly timers: Timers,
    private readonly slots: Slots,
    private readonly calls: SlotCalls,
    private readonly fairs: Fairs,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.timers.handle(LATE, (tx, { key }) => this.look(tx, key));
    this.consumers.add(reactor({
      name: 'interviews.lateness', types: ['interview.called', 'interview.statusChanged', 'interview.updated', 'slot.changed'],
      react: async ({ data }) => this.wake('slotId' in data ? await this.ofSlot(data.slotId) : await this.ofInterview(data.interviewId)),
    }));
  }

  private async wake(recruiterIds: readonly string[]): Promise<void> {
    for (const id of new Set(recruiterIds)) await this.database.transaction((tx) => this.timers.schedule(tx, LATE, id, new Date()));
  }

  private async ofSlot(slotId: string): Promise<string[]> {
    const slot = await this.database.read.slot.findUnique({ where: { id: slotId }, select: { recruiterId: true } });
    return slot ? [slot.recruiterId] : [];
  }

  /** Who leads it, whoever else is in it (it may have been handed over), and whose slot it was; those with something to come. */
  private async ofInterview(interviewId: string): Promise<string[]> {
    const interview = await this.database.read.interview.findUnique({ where: { id: interviewId }, select: { leaderId: true, bookingId: true, interviewers: { select: { accountId: true } } } });
    if (!interview) return [];
    const booking = interview.bookingId === null ? null : await this.database.read.booking.findUnique({ where: { id: interview.bookingId }, select: { slot: { select: { recruiterId: true } } } });
    const people = [interview.leaderId, ...interview.interviewers.map(({ accountId }) => accountId), ...(booking ? [booking.slot.recruiterId] : [])];
    const rows = await this.database.read.slot.findMany({
      where: { recruiterId: { in: people }, status: { in: ['open', 'booked'] }, endsAt: { gt: new Date(Date.now() - GIVE_UP) } }, distinct: ['recruiterId'], select: { recruiterId: true },
    });
    return rows.map(({ recruiterId }) => recruiterId);
  }

  /** One recruiter's slots, as things stand now. */
  private async look(tx: Tx, recruiterId: string): Promise<void> {
    await this.slots.hold(tx, recruiterId);
    const now = new Date();
    const current = await tx.interview.findFirst({ where: { leaderId: recruiterId, status: { in: ['called', 'running'] } } });
    const freeAt = current ? plannedEnd(current) : null;
    const called = current?.bookingId ? (await tx.booking.findUnique({ where: { id: current.bookingId }, select: { slotId: true } }))?.slotId : undefined;
    const rows = (await tx.slot.findMany({
      where: { recruiterId, status: { in: ['open', 'booked'] }, endsAt: { gt: new Date(now.getTime() - REACH) }, startsAt: { lt: new Date(now.getTime() + REACH) } }, orderBy: { startsAt: 'asc' },
    })).filter(({ id }) => id !== called);
    const newest = current ? null : await tx.interview.findFirst({ where: { leaderId: recruiterId, endedAt: { not: null } }, orderBy: { endedAt: 'desc' }, select: { endedAt: true } });
    const ahead = await this.giveUp(tx, rows, now, current ? now : newest?.endedAt ?? new Date(0));
    const expected = expectedTimes(ahead as Ahead[], { now, freeAt });
    for (const slot of ahead) await this.shift(tx, slot, expected.get(slot.id)!);
    const next = ahead.find(({ status }) => status === 'booked');
    if (next) await this.timers.schedule(tx, LATE, recruiterId, lookAt(next, { now, freeAt }));
  }

  /** A booked slot that nobody called, long after its end and after the recruiter was free, is called off; an open one is simply past. */
  private async giveUp(tx: Tx, rows: readonly Slot[], now: Date, idleSince: Date): Promise<Slot[]> {
    const over = ({ endsAt }: Slot) => now.getTime() > Math.max(endsAt.getTime(), idleSince.getTime()) + GIVE_UP;
    for (const { id, status } of rows.filter(over)) {
      const slot = await this.slots.lock(tx, id);
      if (status === 'booked' && slot.status === 'booked') await this.calls.callOff(tx, slot, '对方没有按时来', null);
    }
    return rows.filter((row) => !over(row) && (row.status === 'booked' || row.endsAt > now));
  }

  private async shift(tx: Tx, { id, startsAt, expectedAt: before }: Slot, expectedAt: Date): Promise<void> {
    const slot = await this.slots.lock(tx, id);
    if (slot.status !== 'open' && slot.status !== 'booked') return;
    const news = slot.status === 'booked' && isNews(startsAt, slot.toldAt, expectedAt);
    if (before.getTime() === expectedAt.getTime() && !news) return;
    await tx.slot.update({ where: { id }, data: { expectedAt, ...(news ? { toldAt: expectedAt } : {}) } });
    const booking = news ? await this.slots.booking(id, tx) : null;
    if (booking) await this.tell(tx, { ...slot, expectedAt }, booking);
  }

  private async tell(tx: Tx, slot: Slot, { accountId, stationId }: Booking): Promise<void> {
    const { id: slotId, fairId, boothId, organisationId, startsAt, expectedAt } = slot;
    await this.events.append(tx, 'slot.shifted', { kind: 'fair', id: fairId }, { fairId, boothId, organisationId, slotId, accountId, expectedAt: expectedAt.toISOString(), stationId });
    const { timeZone } = await this.fairs.timesOf(fairId, tx);
    const [planned, now] = [clockAt(startsAt, timeZone), clockAt(expectedAt, timeZone)];
    await this.notices.tell(tx, `${slotId}/shifted/${expectedAt.toISOString()}/${Date.now()}`, accountId, slot, ({ employer }) => (expectedAt > startsAt
      ? `您约的 ${employer} ${planned} 面试要晚一些，大约 ${now} 开始，您的时间留着。`
      : `您约的 ${employer} 面试还是 ${planned} 准时开始。`));
  }
}

/** As it is planned now: it may be over that already. */
const plannedEnd = ({ endsAt, calledAt, minutes }: Interview): Date => endsAt ?? new Date(calledAt.getTime() + minutes * 60_000);

/** When lateness may have changed by time alone: once the meeting of now is over its end, or the next slot's time has passed. */
function lookAt(next: Slot, { now, freeAt }: { now: Date; freeAt: Date | null }): Date {
  const unbegun = next.startsAt.getTime() + TELL_FROM;
  const over = freeAt ? freeAt.getTime() + AGAIN : Infinity;
  return new Date(Math.max(now.getTime() + AGAIN, Math.min(unbegun, over)));
}
