import { Injectable } from '@nestjs/common';
import type { EstimateAccuracy } from '#libs/contracts';
import { Database, type Queue, type QueuePlace, type Reader } from '#libs/platform';
import { accuracyOf, cyclesOf, isKnown, type Booked, type Held, type Measured, type Pace } from './estimate.rules.js';
import { AT_WORK } from './queue.rules.js';
import { GIVE_UP } from './slot.rules.js';

/** So many of the newest meetings make the pace: a day's work, not last month's. */
const NEWEST = 60;
const DAY = 86_400_000;
/** Times that are booked later than that are nobody's wait. Milliseconds. */
const AHEAD = DAY / 2;

interface Row { leaderId: string; status: string; calledAt: Date; endedAt: Date | null; joinedAt: Date | null }
interface Due { recruiterId: string; startsAt: Date; endsAt: Date }

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
    const present = atWork(rows, now);
    const due = await this.due({ boothId, organisationId }, [...present.keys()], reader, now);
    const booked = (who: string | undefined): Booked[] => due.filter(({ recruiterId }) => recruiterId === who).map((slot) => ({ from: secondsTo(slot.startsAt, now), to: secondsTo(slot.endsAt, now) }));
    return {
      planned: minutes * 60, cycles: cyclesOf(measured), recruiters: [...present].map(([who, since]) => ({ since, booked: booked(who) })),
      awaited: present.size > 0 ? [] : booked(due[0]?.recruiterId),
    };
  }

  /** What is booked and not called yet, the soonest first: at this booth, and with these recruiters wherever. */
  private due({ boothId, organisationId }: Pick<Queue, 'boothId' | 'organisationId'>, recruiters: string[], reader: Reader, now: Date): Promise<Due[]> {
    const [since, until] = [new Date(now.getTime() - GIVE_UP), new Date(now.getTime() + AHEAD)];
    return reader.$queryRaw<Due[]>`
      SELECT s."recruiterId", s."startsAt", s."endsAt" FROM "Slot" s
      WHERE s."organisationId" = ${organisationId}::uuid AND s.status = 'booked' AND s."startsAt" < ${until} AND s."endsAt" > ${since}
        AND (s."boothId" = ${boothId}::uuid OR s."recruiterId" = ANY(${recruiters}::uuid[]))
        AND NOT EXISTS (SELECT 1 FROM "Booking" b JOIN "Interview" i ON i."bookingId" = b.id WHERE b."slotId" = s.id AND i.status IN ('called', 'running'))
      ORDER BY s."startsAt", s.id`;
  }

  /** How the newest promises of a queue held. */
  async accuracy(queueId: string): Promise<EstimateAccuracy> {
    return accuracyOf(heldOf(await this.database.read.queuePlace.findMany({ where: { queueId, ...promised }, orderBy: { joinedAt: 'desc' }, take: 200, select: facts }), new Date()));
  }

  /** How every promise held that was made at a fair, by queue. */
  async promises(fairId: string): Promise<(Held & { boothId: string; organisationId: string })[]> {
    const rows = await this.database.read.queuePlace.findMany({
      where: { queue: { fairId }, ...promised }, select: { ...facts, queue: { select: { boothId: true, organisationId: true } } },
    });
    return heldOf(rows, new Date()).map((held, n) => ({ ...held, ...rows[n]!.queue })).filter(isKnown);
  }
}

const promised = { earliest: { not: null }, latest: { not: null } };
const facts = { joinedAt: true, calledAt: true, closedAt: true, earliest: true, latest: true } as const;

/** Who was never called waited until the place ended, or waits still. */
const heldOf = (rows: readonly Pick<QueuePlace, keyof typeof facts>[], now: Date): Held[] => rows.map(({ joinedAt, calledAt, closedAt, earliest, latest }) =>
  ({ waited: secondsTo(calledAt ?? closedAt ?? now, joinedAt), earliest: earliest!, latest: latest!, uncalled: calledAt === null }));

const secondsTo = (at: Date, from: Date): number => (at.getTime() - from.getTime()) / 1_000;

/** Seconds since the call that each recruiter is busy with, or null for who is free; who has called nobody lately is left out. */
function atWork(rows: readonly Row[], now: Date): Map<string, number | null> {
  const byLeader = new Map<string, number | null>();
  for (const { leaderId, status, calledAt, endedAt } of rows) {
    if (byLeader.has(leaderId)) continue; // the newest of each comes first
    const busy = status === 'called' || status === 'running';
    const last = Math.max(calledAt.getTime(), endedAt?.getTime() ?? 0);
    if (busy) byLeader.set(leaderId, Math.max(0, (now.getTime() - calledAt.getTime()) / 1_000));
    else if (now.getTime() - last < AT_WORK) byLeader.set(leaderId, null);
  }
  return byLeader;
}
