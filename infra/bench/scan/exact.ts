/** After the scans the database is counted: a side that loses one, or writes less than the others, is not measured. */
import pg from 'pg';
import type { Gates } from './gates.js';

/** Throws unless the venue's counters and the rows of all four tables are exactly what the gates were told. */
export async function countedExactly(url: string, fairId: string, { admitted, inside }: Pick<Gates, 'admitted' | 'inside'>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: [held] } = await client.query<Record<string, number>>(`
    SELECT s.inside, s.entered + s."left" AS passages,
      (SELECT count(*) FROM "Presence" p WHERE p."zoneId" = z.id)::int AS presences,
      (SELECT count(*) FROM "Scan" WHERE "fairId" = $1 AND admitted)::int AS scans,
      (SELECT count(*) FROM "CheckIn" WHERE "fairId" = $1)::int AS "checkIns",
      (SELECT count(*) FROM "Event" WHERE "scopeId" = $1 AND type = 'checkIn.recorded')::int AS events
    FROM "ZoneState" s JOIN "Zone" z ON z.id = s."zoneId" WHERE z."fairId" = $1 AND z."parentId" IS NULL`, [fairId]);
  await client.end();
  const told = { inside, passages: admitted, presences: inside, scans: admitted, checkIns: admitted, events: admitted };
  const wrong = Object.entries(told).filter(([what, n]) => held?.[what] !== n);
  if (wrong.length > 0) throw new Error(`The gates were told ${JSON.stringify(told)}, but the database holds ${JSON.stringify(held)}`);
}
