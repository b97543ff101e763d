import { Prisma } from '#libs/platform';
import { chinaDay } from './china-day.js';

/**
 * `Organisations.verified` as a condition inside another query, for lists that are paged by the database: true while the
 * organisation is active and its newest approved licence is good on `at`'s day in China.
 * @param organisationId the column that holds the id, for example `Prisma.sql\`j."organisationId"\``
 */
export function verifiedSql(organisationId: Prisma.Sql, at: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "Organisation" verified_o CROSS JOIN LATERAL (
      SELECT l."expiresOn" FROM "Licence" l WHERE l."organisationId" = verified_o.id AND l.status = 'approved'
      ORDER BY l."createdAt" DESC, l.id DESC LIMIT 1) newest
    WHERE verified_o.id = ${organisationId} AND verified_o.status = 'active' AND newest."expiresOn" >= ${chinaDay(at)}::date)`;
}
