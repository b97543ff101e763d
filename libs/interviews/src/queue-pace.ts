import { Injectable } from '@nestjs/common';
import type { EstimateAccuracy } from '#libs/contracts';
import { Database, type Queue, type QueuePlace, type Reader } from '#libs/platform';
import { accuracyOf, cyclesOf, type Held, type Measured, type Pace } from './estimate.rules.js';
import { AT_WORK } from './queue.rules.js';

/** So many of the newest meetings make the pace: a day's work, not last month's. */
const NEWEST = 60;
const DAY = 86_400_000;

interface Row { leaderId: string; status: string; calledAt: Date; endedAt: Date | null; joinedAt: Date | null }

/** What a booth's tables say of its pace, and how earlier promises held. */
@Injectable()
export class QueuePace {
  constructor(private readonly database: Database) {}

  /** The queue's pace, now. */
  async of({ boothId, organisationId, minutes }: Queue, reader: Reader = this.database.read, now = new Date()): Promise<Pace> {
    const rows = await reader.$queryRaw<Row[]>`
      SELECT i."leaderId", i.status::text AS status, i."calledAt", i."endedAt", p."joinedAt"
      FROM "Interview" i LEFT JOIN "QueuePlace" p ON p.id = i."placeId"
      WHERE i."boothId" = ${boothId}::uuid AND i."organisationId" = ${organisationId}::uuid AND i."calledAt" > ${new Date(now.getTime() - DAY)}
      ORDER BY i."calledAt" DESC LIMIT ${NEWEST}`;
    const measured = rows.flatMap(({ leaderId, calledAt, endedAt, joinedAt, status }): Measured[] => (endedAt && status !== 'cancelled' ? [{ leaderId, calledAt, endedAt, joinedAt }] : []));
    return { planned: minutes * 60, cycles: cyclesOf(measured), recruiters: atWork(rows, now) };
  }

  /** How the newest promises of a queue held. */
  async accuracy(queueId: string): Promise<EstimateAccuracy> {
    const rows = await this.database.read.queuePlace.findMany({
      where: { queueId, calledAt: { not: null }, earliest: { not: null }, latest: { not: null } }, orderBy: { calledAt: 'desc' }, take: 200,
      select: { joinedAt: true, calledAt: true, earliest: true, latest: true },
    });
    return accuracyOf(heldOf(rows));
  }

  /** How every promise held that was made at a fair, by queue. */
  async promises(fairId: string): Promise<(Held & { boothId: string; organisationId: string })[]> {
    const rows = await this.database.read.queuePlace.findMany({
      where: { queue: { fairId }, calledAt: { not: null }, earliest: { not: null }, latest: { not: null } },
      select: { joinedAt: true, calledAt: true, earliest: true, latest: true, queue: { select: { boothId: true, organisationId: true } } },
    });
    return heldOf(rows).map((held, n) => ({ ...held, ...rows[n]!.queue }));
  }
}

const heldOf = (rows: readonly Pick<QueuePlace, 'joinedAt' | 'calledAt' | 'earliest' | 'latest'>[]): Held[] => rows.map(({ joinedAt, calledAt, earliest, latest }) =>
  ({ waited: (calledAt!.getTime() - joinedAt.getTime()) / 1_000, earliest: earliest!, latest: latest! }));

/** Seconds since the call that each recruiter is busy with, or null for who is free; who has called nobody lately is left out. */
function atWork(rows: readonly Row[], now: Date): (number | null)[] {
  const byLeader = new Map<string, number | null>();
  for (const { leaderId, status, calledAt, endedAt } of rows) {
    if (byLeader.has(leaderId)) continue; // the newest of each comes first
    const busy = status === 'called' || status === 'running';
    const last = Math.max(calledAt.getTime(), endedAt?.getTime() ?? 0);
    if (busy) byLeader.set(leaderId, Math.max(0, (now.getTime() - calledAt.getTime()) / 1_000));
    else if (now.getTime() - last < AT_WORK) byLeader.set(leaderId, null);
  }
  return [...byLeader.values()];
}
