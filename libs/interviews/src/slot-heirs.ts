import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, reactor } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Members } from '#libs/identity';
import { Database, type Slot, type Tx } from '#libs/platform';
import { dayAndClockAt, Notices } from './notices.js';
import { SlotCalls } from './slot-calls.js';
import { overlap } from './slot.rules.js';
import { Slots } from './slots.js';

const GONE = '面试的同事不在这个单位了';

/**
 * A recruiter who cannot sign in any more holds no times: open ones are taken back, booked ones go to a colleague who is free then, and
 * whoever booked is told. With nobody free they are called off.
 */
@Injectable()
export class SlotHeirs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly slots: Slots,
    private readonly calls: SlotCalls,
    private readonly members: Members,
    private readonly fairs: Fairs,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'interviews.recruiter', types: ['member.removed', 'member.statusChanged'],
      react: async ({ data: { organisationId, accountId } }) => this.follow(organisationId, accountId),
    }));
  }

  /** Read as it is now: told late, or twice, nothing is taken from somebody who is back. */
  private async follow(organisationId: string, recruiterId: string): Promise<void> {
    if (await this.members.areAll(organisationId, [recruiterId])) return;
    const ahead = await this.database.read.slot.findMany({ where: { organisationId, recruiterId, status: { in: ['open', 'booked'] } }, orderBy: { startsAt: 'asc' }, select: { id: true } });
    if (ahead.length === 0) return;
    // Their slots are held one after the other, in the order in which everybody holds several recruiters'.
    const colleagues = (await this.members.colleagues(organisationId)).sort((one, other) => (one.accountId < other.accountId ? -1 : 1));
    for (const { id } of ahead) await this.database.transaction((tx) => this.pass(tx, id, recruiterId, colleagues));
  }

  private async pass(tx: Tx, slotId: string, recruiterId: string, colleagues: readonly { accountId: string; name: string }[]): Promise<void> {
    const known = await tx.slot.findUniqueOrThrow({ where: { id: slotId } });
    const heir = known.status === 'booked' ? await this.firstFree(tx, known, colleagues) : null;
    const slot = await this.slots.lock(tx, slotId);
    const booking = await this.slots.booking(slotId, tx);
    if (slot.recruiterId !== recruiterId || (slot.status !== 'open' && slot.status !== 'booked')) return;
    // Called already: a colleague who is in it leads it.
    if (booking && (await tx.interview.count({ where: { bookingId: booking.id, status: { in: ['called', 'running'] } } })) > 0) return;
    if (!booking || !heir) return void (await this.calls.callOff(tx, slot, GONE, null));
    await this.slots.become(tx, slot, slot.status, booking, null, { recruiterId: heir.accountId });
    const { timeZone } = await this.fairs.timesOf(slot.fairId, tx);
    await this.notices.tell(tx, `${booking.id}/heir/${heir.accountId}`, booking.accountId, slot, ({ employer, mine }) =>
      `您约的 ${employer} ${dayAndClockAt(slot.startsAt, timeZone)} 面试换了面试人：${heir.name}，时间不变：${mine()}`);
  }

  /** Holds the slots of who is answered until `tx` ends. */
  private async firstFree<T extends { accountId: string }>(tx: Tx, slot: Slot, colleagues: readonly T[]): Promise<T | null> {
    for (const colleague of colleagues) {
      await this.slots.hold(tx, colleague.accountId);
      const near = await tx.slot.findMany({ where: { recruiterId: colleague.accountId, status: { not: 'cancelled' }, startsAt: { lt: slot.endsAt }, endsAt: { gt: slot.startsAt } } });
      if (!near.some((other) => overlap(other, slot))) return colleague;
    }
    return null;
  }
}
