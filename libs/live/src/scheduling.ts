import { Injectable } from '@nestjs/common';
import type { ScheduleBroadcast, UpdateBroadcast } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Events } from '#libs/events';
import { FairRules, Fairs, stateRefused as fairRefused } from '#libs/fairs';
import { Members, Organisations, type MemberActor } from '#libs/identity';
import { FairJobsService, isOnOffer, Jobs } from '#libs/jobs';
import { Context, Database, DomainError, fieldRefused, Files, Limits, newId, type Tx, type UploadedFile } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { BroadcastTimers } from './broadcast-timers.js';
import { Broadcasts, stateRefused, type BroadcastRow } from './broadcasts.js';
import { isAhead, isOver, LONGEST_PLAN } from './broadcast.rules.js';
import { scopeOf } from './scope.js';

/** What an employer plans: when, which jobs, who hosts, the cover. Each command answers the row after it. */
@Injectable()
export class Scheduling {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly booths: Booths,
    private readonly jobs: Jobs,
    private readonly fairJobs: FairJobsService,
    private readonly organisations: Organisations,
    private readonly members: Members,
    private readonly rooms: Rooms,
    private readonly broadcasts: Broadcasts,
    private readonly timers: BroadcastTimers,
    private readonly files: Files,
    private readonly limits: Limits,
  ) {}

  /**
   * Plans a broadcast for a booth at which the actor's employer stands. Throws `licenceMissing` and its kin, `boothNotOwn`,
   * `jobsNotOwn`, `hostsNotOwn`, `timesReversed`, `fairStateRefused`, `notFound`.
   */
  async schedule(actor: MemberActor, fairId: string, { boothId, kind, title, startsAt, endsAt, jobIds, hostIds }: ScheduleBroadcast): Promise<BroadcastRow> {
    await this.limits.take('broadcastByAccount', actor.accountId);
    const { organisationId } = actor;
    const times = timesOf(new Date(startsAt), new Date(endsAt));
    return this.database.transaction(async (tx) => {
      const fair = await this.fairs.lock(tx, fairId, 'use');
      if (fair.status === 'draft' || fair.isTemplate) throw new DomainError('notFound');
      if (!FairRules.isRunning(fair.status)) throw fairRefused(fair);
      await this.organisations.requireVerified(tx, organisationId);
      const booth = await this.booths.require(boothId, tx);
      if (booth.fairId !== fairId || booth.organisationId !== organisationId) throw new DomainError('boothNotOwn');
      await this.requireJobs(tx, organisationId, jobIds);
      await this.requireHosts(tx, organisationId, hostIds);
      const id = newId();
      const room = await this.rooms.open(tx, { kind: 'broadcast', ownerId: id, scope: scopeOf({ fairId }), isPublic: false });
      const broadcast = await tx.broadcast.create({ data: { id, fairId, boothId, organisationId, roomId: room.id, kind, title, ...times } });
      await this.setJobs(tx, actor, broadcast, jobIds);
      await this.setHosts(tx, id, hostIds);
      await this.timers.planned(tx, broadcast);
      await this.events.append(tx, 'broadcast.scheduled', scopeOf(broadcast), { fairId, broadcastId: id, organisationId }, { actorId: actor.accountId });
      return broadcast;
    });
  }

  /**
   * Changes what the body names. Times only before it begins; jobs and hosts until it is over. Throws `broadcastStateRefused`,
   * and what `schedule` throws.
   */
  async update(actor: MemberActor, broadcastId: string, { title, startsAt, endsAt, jobIds, hostIds }: UpdateBroadcast): Promise<BroadcastRow> {
    return this.database.transaction(async (tx) => {
      const before = await this.broadcasts.lockOwn(tx, actor, broadcastId);
      const moves = startsAt !== undefined || endsAt !== undefined;
      if (isOver(before.status) || (moves && !isAhead(before.status))) throw stateRefused(before.status, Context.current().language);
      const times = moves ? timesOf(startsAt ? new Date(startsAt) : before.startsAt, endsAt ? new Date(endsAt) : before.endsAt) : {};
      if (jobIds) {
        await this.requireJobs(tx, before.organisationId, jobIds);
        if (before.pinnedJobId && !jobIds.includes(before.pinnedJobId)) throw fieldRefused({ field: 'jobIds', zh: '正在讲解的岗位先取下卡片，再去掉。', en: 'Unpin the card of a job before it is taken out.' });
        await this.setJobs(tx, actor, before, jobIds);
      }
      if (hostIds) {
        await this.requireHosts(tx, before.organisationId, hostIds);
        await this.setHosts(tx, broadcastId, hostIds);
      }
      const after = await tx.broadcast.update({ where: { id: broadcastId }, data: { title, ...times } });
      if (moves) await this.timers.moved(tx, before, after);
      await this.appendUpdated(tx, actor, after);
      return after;
    });
  }

  /** Replaces the cover (JPEG or PNG). Throws `unsupportedFile`, `payloadTooLarge`, `broadcastStateRefused`, `notFound`. */
  async setCover(actor: MemberActor, broadcastId: string, cover: UploadedFile): Promise<BroadcastRow> {
    await this.limits.take('uploadByAccount', actor.accountId);
    return this.database.transaction(async (tx) => {
      const before = await this.broadcasts.lockOwn(tx, actor, broadcastId);
      if (isOver(before.status)) throw stateRefused(before.status, Context.current().language);
      const file = await this.files.keep(tx, { kind: 'cover', organisationId: before.organisationId, ...cover });
      const after = await tx.broadcast.update({ where: { id: broadcastId }, data: { coverFileId: file.id } });
      if (before.coverFileId) await this.files.remove(tx, before.coverFileId);
      await this.appendUpdated(tx, actor, after);
      return after;
    });
  }

  private async requireJobs(tx: Tx, organisationId: string, jobIds: readonly string[]): Promise<void> {
    const now = new Date();
    const own = (await this.jobs.byIds([...new Set(jobIds)], tx)).filter((job) => job.organisationId === organisationId && isOnOffer(job, now));
    if (own.length < new Set(jobIds).size) throw new DomainError('jobsNotOwn');
  }

  private async requireHosts(tx: Tx, organisationId: string, hostIds: readonly string[]): Promise<void> {
    if (!(await this.members.areAll(organisationId, hostIds, tx))) throw new DomainError('hostsNotOwn');
  }

  /** A job of a broadcast is a job of its fair, so that its card can be applied from. */
  private async setJobs(tx: Tx, actor: MemberActor, { id: broadcastId, fairId }: BroadcastRow, jobIds: readonly string[]): Promise<void> {
    await this.fairJobs.show(tx, actor, fairId, [...new Set(jobIds)]);
    await tx.broadcastJob.deleteMany({ where: { broadcastId } });
    await tx.broadcastJob.createMany({ data: [...new Set(jobIds)].map((jobId, place) => ({ broadcastId, jobId, place })) });
  }

  private async setHosts(tx: Tx, broadcastId: string, hostIds: readonly string[]): Promise<void> {
    await tx.broadcastHost.deleteMany({ where: { broadcastId } });
    await tx.broadcastHost.createMany({ data: [...new Set(hostIds)].map((accountId) => ({ broadcastId, accountId })) });
  }

  private appendUpdated(tx: Tx, actor: MemberActor, { id: broadcastId, fairId, organisationId }: BroadcastRow): Promise<void> {
    return this.events.append(tx, 'broadcast.updated', { kind: 'fair', id: fairId }, { fairId, broadcastId, organisationId }, { actorId: actor.accountId });
  }
}

/** Throws `timesReversed`, `validationFailed` (past, or longer than anybody talks). */
function timesOf(startsAt: Date, endsAt: Date): { startsAt: Date; endsAt: Date } {
  if (endsAt <= startsAt) throw new DomainError('timesReversed');
  if (endsAt <= new Date()) throw fieldRefused({ field: 'endsAt', zh: '这个时间已经过去了。', en: 'This time is past.' });
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_PLAN) throw fieldRefused({ field: 'endsAt', zh: '一场直播最长 8 小时，可以分几场。', en: 'A broadcast lasts 8 hours at most; make several.' });
  return { startsAt, endsAt };
}
