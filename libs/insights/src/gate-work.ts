import type { DeskSnapshot } from '#libs/contracts';
import type { Database } from '#libs/platform';

/** What waits for the organiser at the gates, in one statement. */
export async function gateWork({ read }: Database, fairId: string): Promise<NonNullable<DeskSnapshot['offline']>> {
  const [row] = await read.$queryRaw<[NonNullable<DeskSnapshot['offline']>]>`
    SELECT (SELECT count(*)::int FROM "GateConflict" WHERE "fairId" = ${fairId}::uuid AND decision IS NULL) AS conflicts,
      (SELECT count(*)::int FROM "QuarantinedRecord" WHERE "fairId" = ${fairId}::uuid AND decision IS NULL) AS quarantined,
      (SELECT coalesce(sum(held), 0)::int FROM "GateLease" WHERE "fairId" = ${fairId}::uuid AND status = 'presumed') AS "presumedPersons",
      (SELECT count(*)::int FROM "Device" WHERE "fairId" = ${fairId}::uuid AND "clockWrong" AND "revokedAt" IS NULL) AS "clocksWrong"`;
  return row;
}
