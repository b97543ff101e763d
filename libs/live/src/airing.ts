import { Injectable } from '@nestjs/common';
import type { BroadcastStatus, ChangeBroadcastStatus } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Events } from '#libs/events';
import { FairRules, Fairs, stateRefused as fairRefused } from '#libs/fairs';
import { Audit, isOrganiser, Organisations, type MemberActor } from '#libs/identity';
import { Context, Database, DomainError, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { BroadcastTimers } from './broadcast-timers.js';
import { Broadcasts, stateRefused, type BroadcastRow } from './broadcasts.js';
import { isAhead, isOver, mayFollow, PATIENCE } from './broadcast.rules.js';
import { scopeOf } from './scope.js';
import { Stage } from './stage.js';

/** Who changes a status: somebody, or the house itself (null). */
type By = string | null;

/** On air and off again: by its hosts, by an organiser, by itself. */
@Injectable()
export class Airing {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly organisations: Organisations,
    private readonly booths: Booths,
    private readonly rooms: Rooms,
    private readonly broadcasts: Broadcasts,
    private readonly timers: BroadcastTimers,
    private readonly stage: Stage,
    private readonly audit: Audit,
  ) {}

  /**
   * What its hosts do with it. The same status again changes nothing. Going live needs a running fair and a licence that is
   * good now. Throws `broadcastStateRefused`, `licenceMissing` and its kin, `boothNotOwn`, `fairStateRefused`, `forbidden`, `notFound`.
   */
  async changeStatus(actor: MemberActor, broadcastId: string, { status: to, reason = '' }: ChangeBroadcastStatus): Promise<BroadcastRow> {
    return this.database.transaction(async (tx) => {
      await this.broadcasts.requireCrew(actor, broadcastId, tx);
      const before = await this.broadcasts.lock(tx, broadcastId);
      if (before.status === to) return before;
      if (!mayFollow(before.status, to)) throw stateRefused(before.status, Context.current().language);
      if (to === 'live') return this.goLive(tx, actor, before);
      if (isOver(to)) return this.finish(tx, before, to as 'ended' | 'cancelled', reason, actor.accountId);
      // In a pause nobody is waited for.
      return this.move(tx, before, to, reason, actor.accountId, { interruptedSince: null });
    });
  }

  /**
   * An organiser of the fair stops it: on air it ends, before that it is called off. Everybody is told why; the audit log
   * keeps who. Throws `broadcastStateRefused`, `notFound`.
   */
  async stop(actor: MemberActor, broadcastId: string, reason: string): Promise<BroadcastRow> {
    return this.database.transaction(async (tx) => {
      const before = await this.broadcasts.lock(tx, broadcastId);
      if (!isOrganiser(actor)) throw new DomainError('notFound');
      await this.fairs.requireOwn(actor, before.fairId, tx);
      if (isOver(before.status)) throw stateRefused(before.status, Context.current().language);
      await this.audit.write(tx, actor, 'broadcast.stopped', { kind: 'broadcast', id: broadcastId }, { reason });
      return this.finish(tx, before, isAhead(before.status) ? 'cancelled' : 'ended', reason, actor.accountId, reason);
    });
  }

  /** Ends or calls off whatever is not over yet, for the house's own reasons; a broadcast that is over stays as it is. */
  async close(tx: Tx, broadcastId: string, reason: string): Promise<void> {
    const before = await this.broadcasts.lock(tx, broadcastId);
    if (isOver(before.status)) return;
    await this.finish(tx, before, isAhead(before.status) ? 'cancelled' : 'ended', reason, null);
  }

  /**
   * Follows what its hosts send: nothing comes while it is live, or something again. Reads the room as it is now, so that
   * doing it twice, or late, is harmless.
   */
  async followMedia(broadcastId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.broadcasts.lock(tx, broadcastId);
      if (before.status !== 'live') return;
      const publishing = await this.isPublishing(tx, before);
      if (publishing === (before.interruptedSince === null)) return;
      await tx.broadcast.update({ where: { id: broadcastId }, data: { interruptedSince: publishing ? null : new Date() } });
      if (!publishing) await this.timers.interrupted(tx, broadcastId);
      await this.events.append(tx, 'broadcast.interrupted', scopeOf(before), { fairId: before.fairId, broadcastId, interrupted: !publishing });
    });
  }

  /** Live, and nobody has come back for as long as they are waited for: it ends. */
  async giveUp(tx: Tx, broadcastId: string): Promise<void> {
    const before = await this.broadcasts.lock(tx, broadcastId);
    // The timer of an interruption before this one comes too early.
    const waited = before.interruptedSince ? Date.now() - before.interruptedSince.getTime() : 0;
    if (before.status === 'live' && waited >= PATIENCE && !(await this.isPublishing(tx, before))) {
      await this.finish(tx, before, 'ended', '主播长时间没有画面，自动结束', null);
    }
  }

  private async goLive(tx: Tx, actor: MemberActor, before: BroadcastRow): Promise<BroadcastRow> {
    const fair = await this.fairs.require(before.fairId, tx);
    if (!FairRules.isRunning(fair.status)) throw fairRefused(fair);
    await this.organisations.requireVerified(tx, before.organisationId);
    // The organiser may have given the booth to somebody else meanwhile.
    if ((await this.booths.require(before.boothId, tx)).organisationId !== before.organisationId) throw new DomainError('boothNotOwn');
    const first = before.startedAt === null;
    const publishing = await this.isPublishing(tx, before);
    const now = new Date();
    const after = await this.move(tx, before, 'live', '', actor.accountId, { startedAt: before.startedAt ?? now, peakViewers: Math.max(before.peakViewers, before.viewers), interruptedSince: publishing ? null : now });
    await this.rooms.setPublic(tx, before.roomId, true);
    await this.rooms.setRecording(tx, before.roomId, true);
    if (first) await this.timers.begun(tx, after);
    if (!publishing) await this.timers.interrupted(tx, before.id);
    return after;
  }

  private async finish(tx: Tx, before: BroadcastRow, to: 'ended' | 'cancelled', reason: string, by: By, stoppedReason: string | null = null): Promise<BroadcastRow> {
    await this.stage.clear(tx, before);
    // The last card stays pinned to the replay's end.
    const after = await this.move(tx, before, to, reason, by, { endedAt: new Date(), interruptedSince: null, pinnedJobId: null, stoppedReason });
    // What was stopped is evidence, not a show.
    if (stoppedReason !== null) await this.rooms.setPublic(tx, before.roomId, false);
    await this.rooms.setRecording(tx, before.roomId, false);
    await this.rooms.close(tx, before.roomId);
    if (to === 'cancelled') await this.timers.tell(tx, before.id);
    return after;
  }

  private async move(tx: Tx, before: BroadcastRow, to: BroadcastStatus, reason: string, by: By, facts: Partial<BroadcastRow> = {}): Promise<BroadcastRow> {
    const { id: broadcastId, fairId, organisationId } = before;
    const after = await tx.broadcast.update({ where: { id: broadcastId }, data: { status: to, ...facts } });
    await this.events.append(tx, 'broadcast.statusChanged', scopeOf(before), { fairId, broadcastId, organisationId, from: before.status, to, reason }, { actorId: by });
    return after;
  }

  private async isPublishing(tx: Tx, { roomId }: BroadcastRow): Promise<boolean> {
    const room = await tx.room.findUnique({ where: { id: roomId }, select: { publishing: true } });
    return room?.publishing ?? false;
  }
}
