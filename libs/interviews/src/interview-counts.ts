import { Injectable } from '@nestjs/common';
import type { InterviewOutcome, InterviewStatus, InterviewTotals } from '#libs/contracts';
import { Database } from '#libs/platform';

/** How many interviews a fair has had, and what came of them: numbers only, for the organiser's desk and report. */
@Injectable()
export class InterviewCounts {
  constructor(private readonly database: Database) {}

  async of(fairId: string): Promise<InterviewTotals> {
    const rows = await this.database.read.interview.groupBy({ by: ['status', 'outcome'], where: { fairId }, _count: true });
    return totalsOf(rows);
  }
}

/** Of counted groups of interviews. */
export function totalsOf(rows: readonly { status: InterviewStatus; outcome: InterviewOutcome | null; _count: number }[]): InterviewTotals {
  const count = (has: (row: (typeof rows)[number]) => boolean) => rows.reduce((sum, row) => sum + (has(row) ? row._count : 0), 0);
  return {
    running: count(({ status }) => status === 'running'), held: count(({ status }) => status === 'ended'), missed: count(({ status }) => status === 'missed'),
    intents: count(({ outcome }) => outcome === 'offerIntent'), nextRounds: count(({ outcome }) => outcome === 'nextRound'),
  };
}
