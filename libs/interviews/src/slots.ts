import { Injectable } from '@nestjs/common';
import type { Actor, SlotQuery, SlotStatus } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, isEmployer, Organisations, type MemberActor } from '#libs/identity';
import { Database, DomainError, type Booking, type Reader, type Slot, type Tx } from '#libs/platform';

/** A list is a day's plan, not an archive. */
const MOST = 500;

/** Reading slots, and their one way to another status; what changes them lies beside. */
@Injectable()
export class Slots {
  constructor(private readonly database: Database, private readonly events: Events, private readonly organisations: Organisations) {}

  /** The row, locked until `tx` ends. Throws `notFound`. */
  async lock(tx: Tx, slotId: string): Promise<Slot> {
    const [slot] = await tx.$queryRaw<Slot[]>`SELECT * FROM "Slot" WHERE id = ${slotId}::uuid FOR UPDATE`;
    if (!slot) throw new DomainError('notFound');
    return slot;
  }

  /** Locked, for people of its employer. Throws `notFound`. */
  async lockOwn(tx: Tx, actor: MemberActor, slotId: string): Promise<Slot> {
    const slot = await this.lock(tx, slotId);
    if (!isEmployer(actor) || slot.organisationId !== actor.organisationId) throw new DomainError('notFound');
    return slot;
  }

  /** Whoever changes a recruiter's slots, or reads them to change them, is alone until `tx` ends. */
  async hold(tx: Tx, recruiterId: string): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`interviews: slots of ${recruiterId}`}, 0))`;
  }

  /** The booking that counts, or null. */
  booking(slotId: string, reader: Reader = this.database.read): Promise<Booking | null> {
    return reader.booking.findFirst({ where: { slotId, endedAt: null } });
  }

  /**
   * Moves it and appends `slot.changed`.
   * @param whose who booked it, or gave it back now; null: nobody
   */
  async become(tx: Tx, slot: Pick<Slot, 'id'>, status: SlotStatus, whose: Pick<Booking, 'accountId' | 'stationId'> | null, by: Actor | null, change: Partial<Slot> = {}): Promise<Slot> {
    const after = await tx.slot.update({ where: { id: slot.id }, data: { ...change, status } });
    const { id: slotId, fairId, boothId, organisationId } = after;
    await this.events.append(tx, 'slot.changed', { kind: 'fair', id: fairId }, { fairId, boothId, organisationId, slotId, accountId: whose?.accountId ?? null, status, stationId: whose?.stationId ?? null }, { actorId: by && actorId(by) });
    return after;
  }

  /** What can be booked now at fairs that everybody may see, the soonest first: of employers who may recruit, and who still stand there. */
  async bookable({ boothId, fairId, jobId, from, to }: SlotQuery): Promise<Slot[]> {
    const now = new Date();
    const rows = await this.database.read.slot.findMany({
      where: { boothId, fairId, jobId, status: 'open', startsAt: { gt: from && new Date(from) > now ? new Date(from) : now, ...(to ? { lte: new Date(to) } : {}) } },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], take: MOST,
    });
    const [booths, fairs, verified] = await Promise.all([
      this.database.read.booth.findMany({ where: { id: { in: rows.map((row) => row.boothId) } }, select: { id: true, organisationId: true } }),
      this.database.read.fair.findMany({ where: { id: { in: rows.map((row) => row.fairId) }, status: { in: ['published', 'open', 'closed'] }, isTemplate: false }, select: { id: true } }),
      this.organisations.verified(rows.map((row) => row.organisationId), now),
    ]);
    const stands = new Map(booths.map(({ id, organisationId }) => [id, organisationId]));
    const shown = new Set(fairs.map(({ id }) => id));
    return rows.filter((row) => stands.get(row.boothId) === row.organisationId && shown.has(row.fairId) && verified.has(row.organisationId));
  }

  /** An employer's own, with those that are over, in the order of their times. */
  own({ organisationId }: MemberActor, { boothId, fairId, jobId, from, to }: SlotQuery): Promise<Slot[]> {
    const since = from ? new Date(from) : new Date(Date.now() - 12 * 3_600_000);
    return this.database.read.slot.findMany({
      where: { organisationId, boothId, fairId, jobId, endsAt: { gte: since }, ...(to ? { startsAt: { lte: new Date(to) } } : {}) },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], take: MOST,
    });
  }
}
