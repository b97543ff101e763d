import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FairCounts } from '#libs/fairs';
import { chinaDay, verifiedSql } from '#libs/identity';
import { Database, Prisma } from '#libs/platform';

/** How many jobs each fair shows to candidates now. */
@Injectable()
export class JobCounts implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly counts: FairCounts,
  ) {}

  onModuleInit(): void {
    this.counts.add('jobs', (fairIds) => this.count(fairIds));
  }

  private async count(fairIds: readonly string[]): Promise<Map<string, number>> {
    const now = new Date();
    const rows = await this.database.read.$queryRaw<{ fairId: string; count: number }[]>(Prisma.sql`
      SELECT fj."fairId", count(*)::int AS count FROM "FairJob" fj JOIN "Job" j ON j.id = fj."jobId"
      WHERE fj."fairId" = ANY(${fairIds}::uuid[]) AND j.status = 'published' AND j."validUntil" >= ${chinaDay(now)}::date
        AND ${verifiedSql(Prisma.sql`j."organisationId"`, now)}
      GROUP BY fj."fairId"`);
    return new Map(rows.map((row) => [row.fairId, row.count]));
  }
}
