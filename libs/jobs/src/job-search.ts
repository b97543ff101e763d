import { Injectable } from '@nestjs/common';
import { payUnits, type JobQuery, type Page } from '#libs/contracts';
import { regionPrefix } from '#libs/fairs';
import { chinaDay, verifiedSql } from '#libs/identity';
import { cursorOf, Database, PAGE_ROWS, Prisma } from '#libs/platform';
import { unitsAMonth } from './job.rules.js';
import type { JobRow } from './jobs.js';
import { queryOf } from './search-words.js';

/** The score, when it was published, its id: the order of the list, latest and best first. */
const cursor = cursorOf(['number', 'instant', 'id']);

interface Row { id: string; score: number; publishedAt: Date }

/** What candidates find: published, not expired, employers verified, all three as of now. */
@Injectable()
export class JobSearch {
  constructor(private readonly database: Database) {}

  /**
   * By relevance with `q`, else the newest first. A job's score depends on that job and the query alone, so pages neither
   * skip nor repeat while others are published. Throws `validationFailed` for a cursor that is not ours.
   */
  async find(query: JobQuery, now = new Date()): Promise<Page<JobRow>> {
    const limit = query.limit ?? PAGE_ROWS;
    const after = cursor.read(query.after);
    const words = query.q ? queryOf(query.q) : null;
    if (query.q && !words) return { items: [], next: null };
    const score = words ? Prisma.sql`round(ts_rank(j.search, ${words}::tsquery)::numeric, 6)::float8` : Prisma.sql`0::float8`;
    const rows = await this.database.read.$queryRaw<Row[]>(Prisma.sql`
      SELECT id, score, "publishedAt" FROM (
        SELECT j.id, j."publishedAt", ${score} AS score FROM "Job" j
        WHERE j.status = 'published' AND j."validUntil" >= ${chinaDay(now)}::date AND ${verifiedSql(Prisma.sql`j."organisationId"`, now)}
          AND ${words ? Prisma.sql`j.search @@ ${words}::tsquery` : Prisma.sql`true`} AND ${filters(query)}) found
      WHERE ${after ? Prisma.sql`(score, "publishedAt", id) < (${after[0]}::float8, ${after[1]}::timestamptz, ${after[2]}::uuid)` : Prisma.sql`true`}
      ORDER BY score DESC, "publishedAt" DESC, id DESC LIMIT ${limit + 1}`);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const jobs = await this.database.read.job.findMany({ where: { id: { in: shown.map((row) => row.id) } } });
    const byId = new Map(jobs.map((job) => [job.id, job]));
    const next = rows.length > limit && last ? cursor.write(last.score, last.publishedAt, last.id) : null;
    return { items: shown.flatMap((row) => byId.get(row.id) ?? []), next };
  }
}

function filters({ fairId, organisationId, regionCode, tag, payUnit, payAtLeast }: JobQuery): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (fairId) parts.push(Prisma.sql`EXISTS (SELECT 1 FROM "FairJob" fj WHERE fj."jobId" = j.id AND fj."fairId" = ${fairId}::uuid)`);
  if (organisationId) parts.push(Prisma.sql`j."organisationId" = ${organisationId}::uuid`);
  if (regionCode) parts.push(Prisma.sql`j."regionCode" LIKE ${`${regionPrefix(regionCode)}%`}`);
  if (tag) parts.push(Prisma.sql`${tag} = ANY(j.tags)`);
  if (payUnit) parts.push(Prisma.sql`j."payUnit" = ${payUnit}::"PayUnit"`);
  // The low end is what is promised; piece pay cannot be compared and is left out.
  if (payAtLeast) parts.push(Prisma.sql`j."payMin" * (CASE j."payUnit" ${Prisma.join(payUnits.map(monthly), ' ')} END) >= ${payAtLeast}`);
  return Prisma.join(parts, ' AND ');
}

const monthly = (unit: (typeof payUnits)[number]): Prisma.Sql => Prisma.sql`WHEN ${unit}::"PayUnit" THEN ${unitsAMonth(unit)}::float8`;
