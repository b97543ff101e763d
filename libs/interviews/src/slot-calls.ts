import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Fairs, stateRefused } from '#libs/fairs';
import { Consents, Organisations, type MemberActor } from '#libs/identity';
import { Database, DomainError, type Booking, type Interview, type Slot, type Tx } from '#libs/platform';
import { Calling, type CallSource } from './calling.js';
import { InterviewStates } from './interview-states.js';
import { Interviews } from './interviews.js';
import { clockAt, dayAndClockAt, Notices } from './notices.js';
import { CALL_FROM, missedAfter } from './slot.rules.js';
import { Slots } from './slots.js';

/** A booked slot's time has come: the call, what its interview's steps mean for the slot, and calling a slot off. */
@Injectable()
export class SlotCalls implements OnModuleInit, CallSource {
  constructor(
    private readonly database: Database,
    private readonly fairs: Fairs,
    private readonly slots: Slots,
    private readonly calling: Calling,
    private readonly interviews: Interviews,
    private readonly states: InterviewStates,
    private readonly consents: Consents,
    private readonly organisations: Organisations,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.calling.add(this);
  }

  /**
   * Calls who booked, from ten minutes before the time. A colleague may call for the recruiter. Throws `slotStateRefused` (nobody booked,
   * too early, called already), `recruiterBusy`, `candidateBusy`, `fairStateRefused`, `licenceMissing` and its kin, `notFound`.
   */
  async call(actor: MemberActor, slotId: string): Promise<Interview> {
    return this.database.transaction(async (tx) => {
      const slot = await this.slots.lockOwn(tx, actor, slotId);
      const { fairId, boothId, organisationId, jobId, startsAt, endsAt } = slot;
      const fair = await this.fairs.require(fairId, tx);
      if (fair.status === 'cancelled') throw stateRefused(fair);
      await this.organisations.requireVerified(tx, organisationId);
      const now = new Date();
      const booking = slot.status === 'booked' ? await this.slots.booking(slotId, tx) : null;
      if (!booking || now.getTime() < startsAt.getTime() - CALL_FROM || !(await this.agreed(tx, slot, booking))) throw new DomainError('slotStateRefused');
      if (await tx.interview.count({ where: { bookingId: booking.id, status: { in: ['called', 'running'] } } })) throw new DomainError('slotStateRefused');
      if ((await this.calling.busyLeaders(tx, [actor.accountId])).size > 0) throw new DomainError('recruiterBusy');
      const { accountId, stationId } = booking;
      if ((await this.calling.busy(tx, [accountId])).size > 0) throw new DomainError('candidateBusy');
      if (stationId !== null && !(await this.calling.holdStation(tx, stationId))) throw new DomainError('candidateBusy');
      const callUntil = missedAfter(startsAt, now);
      const interview = await this.calling.call(tx, actor, {
        fairId, boothId, organisationId, jobId, accountId, stationId, placeId: null, bookingId: booking.id, mode: 'online', leaderId: actor.accountId,
        minutes: Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000), callUntil,
      });
      await this.notices.tell(tx, `${interview.id}/called`, accountId, slot, ({ employer, mine }) => `${employer} 在等您面试，请在 ${clockAt(callUntil, fair.timeZone)} 前点开进入：${mine(interview.id)}`);
      return interview;
    });
  }

  /** The recruiter calls it off, with a reason that who booked is told. Throws `slotStateRefused` once it runs or is over, `notFound`. */
  async cancel(actor: MemberActor, slotId: string, reason: string): Promise<Slot> {
    return this.database.transaction(async (tx) => {
      const slot = await this.slots.lockOwn(tx, actor, slotId);
      if (slot.status === 'cancelled') return slot;
      if (slot.status !== 'open' && slot.status !== 'booked') throw new DomainError('slotStateRefused');
      return this.callOff(tx, slot, reason, actor);
    });
  }

  /** Calls off what is to come of these: the fair is cancelled, the employer is suspended, somebody else stands at the booth. */
  async cancelAll(where: { fairId: string } | { organisationId: string } | { boothId: string; organisationId?: { not: string } }, reason: string): Promise<void> {
    const ahead = await this.database.read.slot.findMany({ where: { ...where, status: { in: ['open', 'booked'] } }, select: { id: true } });
    for (const { id } of ahead) {
      await this.database.transaction(async (tx) => {
        const slot = await this.slots.lock(tx, id);
        if (slot.status === 'open' || slot.status === 'booked') await this.callOff(tx, slot, reason, null);
      });
    }
  }

  /** A locked slot that is open or booked is called off. */
  async callOff(tx: Tx, slot: Slot, reason: string, by: Actor | null): Promise<Slot> {
    const booking = await this.slots.booking(slot.id, tx);
    const call = booking && (await tx.interview.findFirst({ where: { bookingId: booking.id, status: 'called' }, select: { id: true } }));
    if (booking) await tx.booking.update({ where: { id: booking.id }, data: { endedAt: new Date(), reason } });
    const after = await this.slots.become(tx, slot, 'cancelled', booking, by, { cancelReason: reason });
    if (call) await this.states.end(tx, await this.interviews.lock(tx, call.id), by);
    if (booking) await this.tellOff(tx, after, booking, reason);
    return after;
  }

  async began(tx: Tx, interview: Interview): Promise<void> {
    await this.follow(tx, interview, 'booked', 'running');
  }

  async missed(tx: Tx, interview: Interview): Promise<void> {
    await this.follow(tx, interview, 'booked', 'missed');
  }

  /** A call that was taken back leaves the slot booked: it can be called again. */
  async ended(tx: Tx, interview: Interview): Promise<void> {
    if (interview.status !== 'cancelled') await this.follow(tx, interview, 'running', 'done');
  }

  private async follow(tx: Tx, { bookingId }: Interview, from: Slot['status'], to: Slot['status']): Promise<void> {
    const booking = bookingId === null ? null : await tx.booking.findUnique({ where: { id: bookingId }, include: { slot: true } });
    if (booking && booking.endedAt === null && booking.slot.status === from) await this.slots.become(tx, booking.slot, to, booking, null);
  }

  private async agreed(tx: Tx, { organisationId }: Slot, { accountId }: Booking): Promise<boolean> {
    return (await this.consents.active([accountId], organisationId, 'interview', tx)).has(accountId);
  }

  private async tellOff(tx: Tx, slot: Slot, { id, accountId }: Booking, reason: string): Promise<void> {
    const { timeZone } = await this.fairs.timesOf(slot.fairId, tx);
    await this.notices.tell(tx, `${id}/cancelled`, accountId, slot, ({ employer, page }) => `您约的 ${employer} ${dayAndClockAt(slot.startsAt, timeZone)} 面试取消了：${reason}。可以换个时间：${page}`);
  }
}
