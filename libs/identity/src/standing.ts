import { Injectable } from '@nestjs/common';
import { Database, GroupCommit } from '#libs/platform';
import { isMember, type AccountActor } from './actor.js';

/** What the tables say of one account; a membership a row, null without one. */
interface Row {
  id: string; candidate: boolean; disabled: boolean; platformAdmin: boolean; accessFrom: Date | null;
  organisationId: string | null; role: string | null; active: boolean | null;
}

/** What an access token claims: who, and since when. */
export interface Claim { actor: AccountActor; issuedAt: Date }

/**
 * Whether somebody still is what their access token says. Asked anew each time, so that a colleague who was removed or
 * disabled, a changed role, a new password and a suspended organisation count at once on every process; what is asked in the same moment is
 * asked together, so that a rush of phones does not ask once a request.
 */
@Injectable()
export class Standing {
  private readonly questions: GroupCommit<Claim, boolean>;

  constructor(private readonly database: Database) {
    this.questions = new GroupCommit({ run: (claims) => this.look(claims), max: 256, waiting: 8_192, hopeless: () => true });
  }

  /** Throws `unavailable` when too many ask at once. */
  holds(claim: Claim): Promise<boolean> {
    return this.questions.add(claim);
  }

  private async look(claims: Claim[]): Promise<boolean[]> {
    const ids = [...new Set(claims.map(({ actor }) => actor.accountId))];
    const rows = await this.database.rawQuery<Row>`
      SELECT a.id, a.kind = 'candidate' AS candidate, a."disabledAt" IS NOT NULL AS disabled, a."platformAdmin", a."accessFrom",
             m."organisationId", m.role::text AS role, o.status = 'active' AS active
      FROM "Account" a LEFT JOIN "Membership" m ON m."accountId" = a.id LEFT JOIN "Organisation" o ON o.id = m."organisationId"
      WHERE a.id = ANY(${ids}::uuid[])`;
    const byId = new Map<string, Row[]>();
    for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
    return claims.map((claim) => byId.get(claim.actor.accountId)?.some((row) => stands(claim, row)) ?? false);
  }
}

function stands({ actor, issuedAt }: Claim, row: Row): boolean {
  if (row.disabled || (row.accessFrom && issuedAt < row.accessFrom)) return false;
  if (isMember(actor)) return row.organisationId === actor.organisationId && row.role === actor.role && row.active === true;
  return actor.role === 'candidate' ? row.candidate : row.platformAdmin;
}
