import { Injectable } from '@nestjs/common';
import type { Actor, FairQuery, FairSummary, Page } from '#libs/contracts';
import { cursorOf, Database, PAGE_ROWS, Prisma } from '#libs/platform';
import type { MemberActor } from '#libs/identity';
import { FairViews } from './fair.view.js';
import { regionPrefix } from './region.js';

/** The moment that the list is ordered by, the part of the list, the start in milliseconds, the id. */
const cursor = cursorOf(['instant', 'number', 'number', 'id']);

interface Row { id: string; part: number; rank: number }

/** Lists of fairs: what is open, then what comes (the soonest on top), then what is over (the latest on top). */
@Injectable()
export class FairList {
  constructor(
    private readonly database: Database,
    private readonly views: FairViews,
  ) {}

  /** For everybody: no drafts, no templates. */
  everybody(query: FairQuery): Promise<Page<FairSummary>> {
    return this.page(query, Prisma.sql`f.status <> 'draft' AND NOT f."isTemplate"`);
  }

  /** An organiser's own, drafts too; its templates only when they are asked for. */
  own(actor: MemberActor & Actor, { templates = false, ...query }: FairQuery & { templates?: boolean }): Promise<Page<FairSummary>> {
    return this.page(query, Prisma.sql`f."organiserId" = ${actor.organisationId}::uuid AND f."isTemplate" = ${templates}`);
  }

  private async page(query: FairQuery, scope: Prisma.Sql): Promise<Page<FairSummary>> {
    const limit = query.limit ?? PAGE_ROWS;
    const after = cursor.read(query.after);
    // One moment for all pages of a list: a fair that ends while one reads neither vanishes nor comes twice.
    const now = after?.[0] ?? new Date();
    const rows = await this.database.read.$queryRaw<Row[]>(Prisma.sql`
      SELECT id, part, CASE part WHEN 2 THEN -began ELSE began END AS rank FROM (
        SELECT f.id, (extract(epoch FROM f."startsAt") * 1000)::float8 AS began,
          CASE WHEN f."endsAt" < ${now} OR f.status IN ('closed', 'archived', 'cancelled') THEN 2 WHEN f.status = 'open' THEN 0 ELSE 1 END AS part
        FROM "Fair" f WHERE ${scope} AND ${filters(query)}) fair
      WHERE ${after ? Prisma.sql`(part, CASE part WHEN 2 THEN -began ELSE began END, id) > (${after[1]}::int, ${after[2]}::float8, ${after[3]}::uuid)` : Prisma.sql`true`}
      ORDER BY part, rank, id LIMIT ${limit + 1}`);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const fairs = await this.database.read.fair.findMany({ where: { id: { in: shown.map((row) => row.id) } } });
    const byId = new Map(fairs.map((fair) => [fair.id, fair]));
    const items = await this.views.summaries(shown.flatMap((row) => byId.get(row.id) ?? []));
    return { items, next: rows.length > limit && last ? cursor.write(now, last.part, last.rank, last.id) : null };
  }
}

function filters({ status, regionCode, channel, q }: FairQuery): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (status) parts.push(Prisma.sql`f.status = ${status}::"FairStatus"`);
  if (regionCode) parts.push(Prisma.sql`f."regionCode" LIKE ${`${regionPrefix(regionCode)}%`}`);
  // A fair that is both in a hall and online is found by either.
  if (channel) parts.push(Prisma.sql`f.channel IN (${channel}::"FairChannel", 'both')`);
  if (q) {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(Prisma.sql`(f.name ILIKE ${like} OR f."venueName" ILIKE ${like} OR f.campaign ILIKE ${like})`);
  }
  return Prisma.join(parts, ' AND ');
}
