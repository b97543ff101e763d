import { Injectable } from '@nestjs/common';
import type { ChangeFairStatus, CreateFair, RescheduleFair, UpdateFair } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, Audit, Regions, type MemberActor } from '#libs/identity';
import { Context, Database, DomainError, fieldRefused, newId, type Tx } from '#libs/platform';
import { gapsOf, isEditable, isRunning, moved, needsReason, nextStatuses } from './fair.rules.js';
import { gapWords, statusWord } from './fair.words.js';
import { Fairs, type FairRow } from './fairs.js';
import { planSize } from './zone.rules.js';

/** What an organiser does with a fair. Each command answers the fair's row after it. */
@Injectable()
export class FairsService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly regions: Regions,
    private readonly audit: Audit,
  ) {}

  /** Makes a draft with its venue. Throws `timesReversed`, `validationFailed` for a region that is none. */
  async create(actor: MemberActor, { approvedNumber, startsAt, endsAt, ...rest }: CreateFair): Promise<FairRow> {
    const times = timesOf(startsAt, endsAt);
    this.regions.require(rest.regionCode);
    return this.database.transaction(async (tx) => {
      const fair = await tx.fair.create({ data: { id: newId(), organiserId: actor.organisationId, ...rest, ...times } });
      await makeVenue(tx, fair, approvedNumber, planSize);
      await this.events.append(tx, 'fair.created', { kind: 'fair', id: fair.id }, { fairId: fair.id, organiserId: fair.organiserId, clonedFromId: null }, { actorId: actorId(actor) });
      await this.audit.write(tx, actor, 'fair.created', { kind: 'fair', id: fair.id }, { details: { name: fair.name } });
      return fair;
    });
  }

  /**
   * Changes what the body names. Throws `fairStateRefused` when the fair is over, `fairIncomplete` when a published fair
   * would no longer be one. The place of a published fair is moved by `reschedule`, which tells the ticket holders.
   */
  async update(actor: MemberActor, fairId: string, changes: UpdateFair): Promise<FairRow> {
    if (changes.regionCode !== undefined) this.regions.require(changes.regionCode);
    return this.database.transaction(async (tx) => {
      const before = await this.lockOwn(tx, actor, fairId);
      if (!isEditable(before.status)) throw stateRefused(before);
      if (isRunning(before.status)) refuseSilentMove(before, changes);
      if (changes.quota != null && changes.quota < before.registered) {
        throw fieldRefused({ field: 'quota', zh: `已经有 ${before.registered} 人报名，不能比这少。`, en: `${before.registered} people have registered; it cannot be less.` });
      }
      const fair = await tx.fair.update({ where: { id: fairId }, data: changes });
      if (isRunning(fair.status)) await this.requireComplete(tx, fair, new Date(0));
      await this.events.append(tx, 'fair.updated', { kind: 'fair', id: fairId }, { fairId }, { actorId: actorId(actor) });
      return fair;
    });
  }

  /** Moves the state machine. Throws `fairStateRefused`, `fairIncomplete`, `reasonRequired`. */
  changeStatus(actor: MemberActor, fairId: string, { to, reason = '' }: ChangeFairStatus): Promise<FairRow> {
    return this.database.transaction(async (tx) => {
      const before = await this.lockOwn(tx, actor, fairId);
      if (!nextStatuses(before).includes(to)) throw stateRefused(before);
      if (needsReason(to) && !reason) throw new DomainError('reasonRequired');
      if (to === 'published') await this.requireComplete(tx, before, new Date());
      return this.move(tx, actor, before, to, reason);
    });
  }

  /**
   * Moves the fair in time or place (weather), its agenda with it. What holders of tickets have in hand follows: they are
   * told by `fair.rescheduled`. A draft was never announced, so nothing is recorded of its move. An open fair that is moved
   * to later is published again. Throws `fairStateRefused`, `timesReversed`.
   */
  async reschedule(actor: MemberActor, fairId: string, { startsAt, endsAt, venueName, venueAddress, reason }: RescheduleFair): Promise<FairRow> {
    const times = timesOf(startsAt, endsAt);
    return this.database.transaction(async (tx) => {
      const before = await this.lockOwn(tx, actor, fairId);
      if (!isEditable(before.status)) throw stateRefused(before);
      if (isRunning(before.status) && times.endsAt <= new Date()) {
        throw fieldRefused({ field: 'endsAt', zh: '这个时间已经过去了。', en: 'This time is past.' });
      }
      const fair = await tx.fair.update({ where: { id: fairId }, data: { ...times, venueName, venueAddress } });
      if (isSamePlan(before, fair)) return fair;
      await this.moveAgenda(tx, fairId, before.startsAt, fair.startsAt);
      if (before.status === 'draft') {
        await this.events.append(tx, 'fair.updated', { kind: 'fair', id: fairId }, { fairId }, { actorId: actorId(actor) });
        return fair;
      }
      await this.recordMove(tx, actor, before, fair, reason);
      return before.status === 'open' && fair.startsAt > new Date() ? this.move(tx, actor, fair, 'published', reason) : fair;
    });
  }

  /** The fair's row, locked for this change. Throws `notFound` for another organiser's. */
  async lockOwn(tx: Tx, actor: MemberActor, fairId: string): Promise<FairRow> {
    const fair = await this.fairs.lock(tx, fairId, 'change');
    if (!this.fairs.isOwn(actor, fair)) throw new DomainError('notFound');
    return fair;
  }

  private async move(tx: Tx, actor: MemberActor, before: FairRow, to: FairRow['status'], reason: string): Promise<FairRow> {
    const fair = await tx.fair.update({ where: { id: before.id }, data: { status: to, statusReason: reason || null } });
    const fact = { fairId: fair.id, from: before.status, to, reason };
    await this.events.append(tx, 'fair.statusChanged', { kind: 'fair', id: fair.id }, fact, { actorId: actorId(actor) });
    await this.audit.write(tx, actor, `fair.${to}`, { kind: 'fair', id: fair.id }, { ...(reason && { reason }), details: { name: fair.name, from: before.status } });
    return fair;
  }

  private async requireComplete(tx: Tx, fair: FairRow, now: Date): Promise<void> {
    const [venue, ...zones] = await this.fairs.zones(fair.id, tx);
    const gaps = gapsOf({ ...fair, approvedNumber: venue?.approvedNumber ?? 0, zones }, now);
    if (gaps.length === 0) return;
    throw new DomainError('fairIncomplete', { missing: gapWords(gaps, Context.current().language), fields: gaps.map((gap) => gap.field) });
  }

  private async moveAgenda(tx: Tx, fairId: string, from: Date, to: Date): Promise<void> {
    if (from.getTime() === to.getTime()) return;
    for (const { id, startsAt, endsAt } of await tx.agendaSession.findMany({ where: { fairId } })) {
      await tx.agendaSession.update({ where: { id }, data: { startsAt: moved(startsAt, from, to), endsAt: moved(endsAt, from, to) } });
    }
  }

  private async recordMove(tx: Tx, actor: MemberActor, before: FairRow, after: FairRow, reason: string): Promise<void> {
    await tx.scheduleChange.create({
      data: {
        id: newId(), fairId: after.id, reason, actorId: actor.accountId,
        fromStartsAt: before.startsAt, fromEndsAt: before.endsAt, fromVenue: before.venueName,
        toStartsAt: after.startsAt, toEndsAt: after.endsAt, toVenue: after.venueName,
      },
    });
    const fact = { fairId: after.id, from: whereAndWhen(before), to: whereAndWhen(after), reason };
    await this.events.append(tx, 'fair.rescheduled', { kind: 'fair', id: after.id }, fact, { actorId: actorId(actor) });
    await this.audit.write(tx, actor, 'fair.rescheduled', { kind: 'fair', id: after.id }, { reason, details: { name: after.name, from: fact.from, to: fact.to } });
  }
}

/** Throws `timesReversed`. */
export function timesOf(startsAt: string, endsAt: string): { startsAt: Date; endsAt: Date } {
  const times = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
  if (times.endsAt <= times.startsAt) throw new DomainError('timesReversed');
  return times;
}

/** The refusal of a fair that is in the wrong state, in the words of who asks. */
export const stateRefused = ({ status }: Pick<FairRow, 'status'>): DomainError =>
  new DomainError('fairStateRefused', { status: statusWord(status, Context.current().language), is: status });

/** The root zone and its counters. Every zone is made with its ZoneState in the same transaction: the gate lock needs both. */
export async function makeVenue(tx: Tx, fair: FairRow, approvedNumber: number, { width, height }: { width: number; height: number }): Promise<string> {
  const id = newId();
  await tx.zone.create({ data: { id, fairId: fair.id, name: '全场', approvedNumber, width, height } });
  await tx.zoneState.create({ data: { zoneId: id, fairId: fair.id } });
  return id;
}

const whereAndWhen = ({ startsAt, endsAt, venueName }: FairRow) =>
  ({ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), venueName });

/** A command that was sent twice moves nothing the second time. */
const isSamePlan = (a: FairRow, b: FairRow): boolean =>
  a.startsAt.getTime() === b.startsAt.getTime() && a.endsAt.getTime() === b.endsAt.getTime() && a.venueName === b.venueName && a.venueAddress === b.venueAddress;

function refuseSilentMove(before: FairRow, { venueName = before.venueName }: UpdateFair): void {
  if (venueName === before.venueName) return;
  throw fieldRefused({ field: 'venueName', zh: '已经发布了，换地方请用“改期”并写明原因。', en: 'The fair is published; move it by “reschedule”, with a reason.' });
}
