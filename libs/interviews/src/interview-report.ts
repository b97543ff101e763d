import { Injectable } from '@nestjs/common';
import type { BoothInterviews, InterviewReport } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Organisations } from '#libs/identity';
import { Database } from '#libs/platform';
import { accuracyOf } from './estimate.rules.js';
import { totalsOf } from './interview-counts.js';
import { QueuePace } from './queue-pace.js';

/** What a fair's organiser is told of its interviews: how many, what came of them, and how what the queues promised held. Nobody's name. */
@Injectable()
export class InterviewReports {
  constructor(
    private readonly database: Database,
    private readonly pace: QueuePace,
    private readonly booths: Booths,
    private readonly organisations: Organisations,
  ) {}

  async of(fairId: string): Promise<InterviewReport> {
    const [groups, promises, queues] = await Promise.all([
      this.database.read.interview.groupBy({ by: ['boothId', 'organisationId', 'status', 'outcome'], where: { fairId }, _count: true }),
      this.pace.promises(fairId),
      this.database.read.queue.findMany({ where: { fairId }, select: { boothId: true, organisationId: true } }),
    ]);
    const stands = new Map([...groups, ...queues].map(({ boothId, organisationId }) => [key({ boothId, organisationId }), { boothId, organisationId }]));
    const [numbers, names] = await Promise.all([
      this.booths.names([...stands.values()].map(({ boothId }) => boothId)), this.organisations.names([...stands.values()].map(({ organisationId }) => organisationId)),
    ]);
    const [groupsOf, promisesOf] = [grouped(groups), grouped(promises)];
    const booths = [...stands].map(([at, { boothId, organisationId }]): BoothInterviews => ({
      boothId, boothNumber: numbers.get(boothId) ?? '', organisationName: names.get(organisationId) ?? '',
      totals: totalsOf(groupsOf.get(at) ?? []), accuracy: accuracyOf(promisesOf.get(at) ?? []),
    }));
    return { totals: totalsOf(groups), accuracy: accuracyOf(promises), booths: booths.sort((a, b) => a.boothNumber.localeCompare(b.boothNumber, 'en', { numeric: true })) };
  }
}

interface Stand { boothId: string; organisationId: string }

/** An employer at a booth: another one may have stood there before. */
const key = ({ boothId, organisationId }: Stand): string => `${boothId}/${organisationId}`;

function grouped<T extends Stand>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}
