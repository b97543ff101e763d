import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor, BookSlot } from '#libs/contracts';
import { Fairs } from '#libs/fairs';
import { Consents, Organisations, Vault } from '#libs/identity';
import { Database, DomainError, Limits, newId, Prisma, Timers, type Booking, type Slot, type Tx } from '#libs/platform';
import { InterviewStates } from './interview-states.js';
import { Interviews } from './interviews.js';
import { dayAndClockAt, Notices } from './notices.js';
import { PlaceJoining, type Joiner } from './place-joining.js';
import type { Holder } from './places.js';
import { Queues } from './queues.js';
import { overlap, REMIND_BEFORE } from './slot.rules.js';
import { Slots } from './slots.js';

export type Booked = Booking & { slot: Slot };
const REMINDER = 'slots.reminder';
const WEEK = 7 * 86_400_000;

/** Candidates book, move and cancel. Locks are taken in one order: the person, the slots by id. */
@Injectable()
export class Bookings implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly fairs: Fairs,
    private readonly slots: Slots,
    private readonly queues: Queues,
    private readonly joining: PlaceJoining,
    private readonly interviews: Interviews,
    private readonly states: InterviewStates,
    private readonly consents: Consents,
    private readonly vault: Vault,
    private readonly organisations: Organisations,
    private readonly notices: Notices,
    private readonly timers: Timers,
    private readonly limits: Limits,
  ) {}

  onModuleInit(): void {
    this.timers.handle(REMINDER, (tx, { key }) => this.remind(tx, key));
  }

  /**
   * Books a slot for one person: their own yes, the booking and the event in one transaction. Again is once. Throws `consentRequired`,
   * `slotTaken`, `slotStateRefused`, `slotPast`, `slotOverlaps` (one's own, or another's at the same station), `licenceMissing` and its kin, `notFound`.
   */
  async book(actor: Actor, { accountId, stationId }: Joiner, slotId: string, { consent }: BookSlot): Promise<Booked> {
    if (!consent) throw new DomainError('consentRequired');
    await this.limits.take('queueByAccount', accountId);
    const known = await this.database.read.slot.findUnique({ where: { id: slotId }, select: { organisationId: true } });
    if (!known) throw new DomainError('notFound');
    const wording = await this.joining.wording(known.organisationId, stationId !== null);
    return this.database.transaction(async (tx) => {
      const { organisationId } = await this.bookable(tx, slotId);
      // Holds the person's row: of two slots at once the second finds the first one's booking.
      await this.consents.give(tx, { accountId, organisationId, purpose: 'interview', wording });
      if (stationId !== null) await this.holdStation(tx, stationId);
      const slot = await this.slots.lock(tx, slotId);
      const own = await tx.booking.findFirst({ where: { slotId, accountId, endedAt: null } });
      if (own) return { ...own, slot };
      requireOpen(slot);
      await this.requireFree(tx, { accountId, stationId }, slot, null);
      return this.take(tx, actor, slot, { accountId, stationId, entryId: newId(), moves: 0 });
    });
  }

  /** Another time of the same employer: the first is given back in the same transaction. Throws as `book` does; `slotStateRefused` once it was called. */
  async move(actor: Actor, holder: Holder, bookingId: string, slotId: string): Promise<Booked> {
    const { accountId } = holder;
    return this.database.transaction(async (tx) => {
      const known = await this.requireOf(tx, holder, bookingId);
      await this.bookable(tx, slotId);
      await this.vault.hold(tx, accountId);
      if (known.stationId !== null) await this.holdStation(tx, known.stationId);
      const rows = new Map<string, Slot>();
      for (const id of [known.slotId, slotId].sort()) rows.set(id, await this.slots.lock(tx, id));
      const [from, to] = [rows.get(known.slotId)!, rows.get(slotId)!];
      const booking = await this.require(tx, accountId, bookingId);
      if (from.id === to.id && booking.endedAt === null) return { ...booking, slot: from };
      if (booking.endedAt !== null || from.status !== 'booked' || (await this.callOf(tx, bookingId)) || to.organisationId !== from.organisationId) throw new DomainError('slotStateRefused');
      requireOpen(to);
      await this.requireFree(tx, booking, to, bookingId);
      await this.giveBack(tx, actor, from, booking, '改到别的时间');
      return this.take(tx, actor, to, { accountId, stationId: booking.stationId, entryId: booking.entryId, moves: booking.moves + 1 });
    });
  }

  /** Gives it back; twice is once. Throws `slotStateRefused` once the interview runs or is over, `notFound`. */
  async cancel(actor: Actor, holder: Holder, bookingId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.end(tx, actor, await this.requireOf(tx, holder, bookingId), '本人取消');
    });
  }

  /** All of a person's bookings that have not begun end: they are gone, or their yes to this employer is. */
  async endAllOf(tx: Tx, accountId: string, reason: string, organisationId?: string): Promise<void> {
    const open = await tx.booking.findMany({ where: { accountId, endedAt: null, slot: { status: 'booked', ...(organisationId ? { organisationId } : {}) } }, orderBy: { slotId: 'asc' } });
    for (const booking of open) await this.end(tx, { role: 'candidate', accountId }, booking, reason);
  }

  /** A person's: to come, of now, and of the last week, in the order of their times. */
  mine(accountId: string, stationId?: string): Promise<Booked[]> {
    return this.database.read.booking.findMany({
      where: { accountId, stationId, slot: { endsAt: { gt: new Date(Date.now() - WEEK) } } }, include: { slot: true }, orderBy: [{ slot: { startsAt: 'asc' } }, { id: 'asc' }], take: 100,
    });
  }

  /** Throws `notFound`, also for somebody else's. */
  async require(reader: Tx | Database['read'], accountId: string, bookingId: string): Promise<Booked> {
    const booking = await reader.booking.findFirst({ where: { id: bookingId, accountId }, include: { slot: true } });
    if (!booking) throw new DomainError('notFound');
    return booking;
  }

  private async requireOf(tx: Tx, { accountId, stationId }: Holder, bookingId: string): Promise<Booked> {
    const booking = await this.require(tx, accountId, bookingId);
    if (stationId !== undefined && booking.stationId !== stationId) throw new DomainError('notFound');
    return booking;
  }

  private async end(tx: Tx, actor: Actor, { id, slotId }: Booking, reason: string): Promise<void> {
    const slot = await this.slots.lock(tx, slotId);
    const booking = await tx.booking.findUniqueOrThrow({ where: { id } });
    if (booking.endedAt !== null) return;
    if (slot.status !== 'booked') throw new DomainError('slotStateRefused');
    const call = await this.callOf(tx, id);
    await this.giveBack(tx, actor, slot, booking, reason);
    if (call) await this.states.end(tx, await this.interviews.lock(tx, call), actor);
  }

  private async take(tx: Tx, actor: Actor, slot: Slot, facts: Pick<Booking, 'accountId' | 'stationId' | 'entryId' | 'moves'>): Promise<Booked> {
    const booking = await tx.booking.create({ data: { id: newId(), slotId: slot.id, ...facts } }).catch((error: unknown) => { throw takenOf(error); });
    const after = await this.slots.become(tx, slot, 'booked', facts, actor);
    await this.remindOf(tx, booking.id, slot.startsAt);
    return { ...booking, slot: after };
  }

  /** The slot is open again while its time is to come. */
  private async giveBack(tx: Tx, actor: Actor, slot: Slot, booking: Booking, reason: string): Promise<void> {
    await tx.booking.update({ where: { id: booking.id }, data: { endedAt: new Date(), reason } });
    const ahead = slot.startsAt > new Date();
    await this.slots.become(tx, slot, ahead ? 'open' : 'cancelled', booking, actor, { toldAt: null, ...(ahead ? {} : { cancelReason: reason }) });
  }

  /** The slot, of an employer who may recruit and still stands at its booth. */
  private async bookable(tx: Tx, slotId: string): Promise<Slot> {
    const slot = await tx.slot.findUnique({ where: { id: slotId } });
    if (!slot) throw new DomainError('notFound');
    const { organisationId } = await this.queues.requireVisible({ role: 'anyone' }, slot.boothId, tx);
    const fair = await this.fairs.lock(tx, slot.fairId, 'use');
    if (organisationId !== slot.organisationId || fair.status === 'cancelled') throw new DomainError('slotStateRefused');
    await this.organisations.requireVerified(tx, organisationId);
    return slot;
  }

  /** Nobody is in two places: neither the person, nor a station's one computer. */
  private async requireFree(tx: Tx, { accountId, stationId }: Joiner, slot: Slot, except: string | null): Promise<void> {
    const near = await tx.booking.findMany({
      where: {
        OR: [{ accountId }, ...(stationId === null ? [] : [{ stationId }])], endedAt: null, ...(except ? { id: { not: except } } : {}),
        slot: { status: { in: ['booked', 'running'] }, startsAt: { lt: slot.endsAt }, endsAt: { gt: slot.startsAt } },
      },
      include: { slot: true },
    });
    const other = near.find((each) => overlap(each.slot, slot));
    if (!other) return;
    const [name, { timeZone }] = [(await this.organisations.names([other.slot.organisationId], tx)).get(other.slot.organisationId) ?? '', await this.fairs.timesOf(other.slot.fairId, tx)];
    throw new DomainError('slotOverlaps', { other: `${name} ${dayAndClockAt(other.slot.startsAt, timeZone)}` });
  }

  private async holdStation(tx: Tx, stationId: string): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`interviews: bookings of ${stationId}`}, 0))`;
  }

  /** The id of the booking's interview that is called or runs. */
  private async callOf(tx: Tx, bookingId: string): Promise<string | null> {
    return (await tx.interview.findFirst({ where: { bookingId, status: { in: ['called', 'running'] } }, select: { id: true } }))?.id ?? null;
  }

  /** Sets, or moves, the reminder of a booking. */
  async remindOf(tx: Tx, bookingId: string, startsAt: Date): Promise<void> {
    const remindAt = new Date(startsAt.getTime() - REMIND_BEFORE);
    if (remindAt > new Date()) await this.timers.schedule(tx, REMINDER, bookingId, remindAt);
    else await this.timers.cancel(tx, REMINDER, bookingId);
  }

  private async remind(tx: Tx, bookingId: string): Promise<void> {
    const booking = await tx.booking.findUnique({ where: { id: bookingId }, include: { slot: true } });
    if (!booking || booking.endedAt !== null || booking.slot.status !== 'booked') return;
    const { timeZone } = await this.fairs.timesOf(booking.slot.fairId, tx);
    await this.notices.tell(tx, `${bookingId}/reminder`, booking.accountId, booking.slot, ({ employer, mine }) =>
      `您约的 ${employer} 面试在 ${dayAndClockAt(booking.slot.expectedAt, timeZone)} 开始，请提前几分钟打开：${mine()}`);
  }
}

function requireOpen({ status, startsAt }: Slot): void {
  if (status === 'booked') throw new DomainError('slotTaken');
  if (status !== 'open') throw new DomainError('slotStateRefused');
  if (startsAt <= new Date()) throw new DomainError('slotPast');
}

/** The partial unique index: one booking that counts a slot. */
const takenOf = (error: unknown): unknown =>
  (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' ? new DomainError('slotTaken', {}, error) : error);
