import { Injectable } from '@nestjs/common';
import type { Actor, Broadcast, BroadcastSummary } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Fairs } from '#libs/fairs';
import { Accounts, isMember, Organisations, type MemberActor } from '#libs/identity';
import { Jobs, JobViews } from '#libs/jobs';
import { Database } from '#libs/platform';
import { isAhead, isOnAir, shownStatus } from './broadcast.rules.js';
import { Broadcasts, isColleague, type BroadcastRow } from './broadcasts.js';
import { Replays } from './replays.js';
import { States } from './states.js';
import { Tour } from './tour.js';

/** A fair has some dozens; more is a fair of another kind. */
const MOST = 500;

/**
 * What everybody is shown of a fair is one list, and a hall asks for it in one breath when a broadcast begins: it is good for so long,
 * milliseconds. Pages that hear of a change ask later than this.
 */
const FRESH = 250;
const MOST_LISTS = 200;

/** Broadcasts as the contracts show them. */
@Injectable()
export class BroadcastViews {
  private readonly lists = new Map<string, { at: number; list: Promise<BroadcastSummary[]> }>();

  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly fairs: Fairs,
    private readonly booths: Booths,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly jobs: Jobs,
    private readonly jobViews: JobViews,
    private readonly states: States,
    private readonly tour: Tour,
    private readonly replays: Replays,
  ) {}

  /** A fair's: what is on air first, then the soonest, then what is over, the newest first. Throws `notFound`. */
  async ofFair(actor: Actor, fairId: string): Promise<BroadcastSummary[]> {
    const fair = await this.fairs.requireVisible(actor, fairId);
    return isMember(actor) ? this.listFor(actor, fairId, this.fairs.isOwn(actor, fair)) : this.listForAll(fairId);
  }

  private listForAll(fairId: string): Promise<BroadcastSummary[]> {
    const now = Date.now();
    const there = this.lists.get(fairId);
    if (there && now - there.at < FRESH) return there.list;
    if (this.lists.size >= MOST_LISTS) this.lists.clear();
    const list = this.listFor({ role: 'anyone' }, fairId, false);
    this.lists.set(fairId, { at: now, list });
    list.catch(() => this.lists.delete(fairId));
    return list;
  }

  private async listFor(actor: Actor, fairId: string, all: boolean): Promise<BroadcastSummary[]> {
    const rows = await this.database.read.broadcast.findMany({ where: { fairId }, orderBy: { startsAt: 'asc' }, take: MOST });
    return this.summaries(actor, inOrder(rows.filter((row) => all || isColleague(actor, row) || isListed(row))), all);
  }

  /** An employer's own, in the same order. */
  async mine(actor: MemberActor): Promise<BroadcastSummary[]> {
    const rows = await this.database.read.broadcast.findMany({ where: { organisationId: actor.organisationId }, orderBy: { startsAt: 'desc' }, take: MOST });
    return this.summaries(actor, inOrder(rows));
  }

  /** One that the actor may see. Throws `notFound`. */
  async one(actor: Actor, broadcastId: string): Promise<Broadcast> {
    const { broadcast, role } = await this.broadcasts.requireVisible(actor, broadcastId);
    const { id, roomId, organisationId, stoppedReason, endedAt } = broadcast;
    const [[summary], jobIds, hosts, organisation, state, tour] = await Promise.all([
      this.summaries(actor, [broadcast], role !== 'viewer'), this.broadcasts.jobIdsOf(id), this.hosts(id), this.organisations.get(organisationId),
      this.states.make(broadcast), this.tour.stops(broadcast),
    ]);
    const jobs = await this.jobViews.jobs(await this.jobs.byIds(jobIds));
    const verified = organisation.status === 'active' ? organisation.verified : null;
    return {
      ...(summary as BroadcastSummary), roomId, hosts, jobs, tour,
      organisation: { id: organisationId, name: organisation.name, verifiedBy: verified?.by ?? null, verifiedAt: verified?.at ?? null },
      stopped: stoppedReason !== null && endedAt ? { reason: stoppedReason, at: endedAt.toISOString() } : null,
      state: { ...state, status: (summary as BroadcastSummary).status },
    };
  }

  /** @param inside whether the actor works on all of them: then a rehearsal is told */
  private async summaries(actor: Actor, rows: readonly BroadcastRow[], inside = false): Promise<BroadcastSummary[]> {
    const [fairs, booths, names, jobs, recorded] = await Promise.all([
      this.fairs.byIds(rows.map((row) => row.fairId)), this.booths.names(rows.map((row) => row.boothId)),
      this.organisations.names(rows.map((row) => row.organisationId)), this.jobCounts(rows), this.replays.durations(rows),
    ]);
    return rows.map((row) => {
      const { id, fairId, boothId, organisationId, kind, title, coverFileId, startsAt, endsAt, startedAt, endedAt, viewers, peakViewers } = row;
      return {
        id, fairId, fairName: fairs.get(fairId)?.name ?? '', boothId, boothNumber: booths.get(boothId) ?? '', organisationId, organisationName: names.get(organisationId) ?? '',
        kind, status: inside || isColleague(actor, row) ? row.status : shownStatus(row.status), title,
        // Named by its file, so that a browser keeps it until there is another.
        coverUrl: coverFileId ? `/api/broadcasts/${id}/cover?file=${coverFileId}` : null,
        startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null,
        viewers: isOnAir(row.status) ? viewers : 0, peakViewers, jobCount: jobs.get(id) ?? 0, replay: row.stoppedReason === null && recorded.has(row.roomId),
      };
    });
  }

  private async hosts(broadcastId: string): Promise<Broadcast['hosts']> {
    const ids = (await this.broadcasts.hostsOf([broadcastId])).get(broadcastId) ?? [];
    const names = await this.accounts.displayNames(ids);
    return ids.map((accountId) => ({ accountId, name: names.get(accountId) ?? '' }));
  }

  private async jobCounts(rows: readonly BroadcastRow[]): Promise<Map<string, number>> {
    const counts = await this.database.read.broadcastJob.groupBy({ by: ['broadcastId'], where: { broadcastId: { in: rows.map(({ id }) => id) } }, _count: true });
    return new Map(counts.map(({ broadcastId, _count }) => [broadcastId, _count]));
  }
}

/** Whether everybody is shown it in lists: not what was called off, nor what an organiser stopped. */
const isListed = ({ status, stoppedReason }: BroadcastRow): boolean => status !== 'cancelled' && stoppedReason === null;

/** On air, ahead, over. */
function inOrder(rows: readonly BroadcastRow[]): BroadcastRow[] {
  const time = (at: Date | null): number => at?.getTime() ?? 0;
  const onAir = rows.filter(({ status }) => isOnAir(status)).sort((a, b) => time(a.startedAt) - time(b.startedAt));
  const ahead = rows.filter(({ status }) => isAhead(status)).sort((a, b) => time(a.startsAt) - time(b.startsAt));
  const over = rows.filter(({ status }) => !isOnAir(status) && !isAhead(status)).sort((a, b) => time(b.endedAt) - time(a.endedAt));
  return [...onAir, ...ahead, ...over];
}
