import { Injectable } from '@nestjs/common';
import { Database, GroupCommit } from '#libs/platform';
import { isMember, type AccountActor } from './actor.js';

/** What the tables say of one account; a membership a row, null without one. */
interface Row {
  id: string; candidate: boolean; disabled: boolean; platformAdmin: boolean;
  organisationId: string | null; role: string | null; active: boolean | null;
}

/**
 * Whether somebody still is what their access token says. Asked anew each time, so that a colleague who was removed or
 * disabled, a changed role and a suspended organisation count at once on every process; what is asked in the same moment is
 * asked together, so that a rush of phones does not ask once a request.
 */
@Injectable()
export class Standing {
  private readonly questions: GroupCommit<AccountActor, boolean>;

  constructor(private readonly database: Database) {
    this.questions = new GroupCommit({ run: (actors) => this.look(actors), max: 256, waiting: 8_192, hopeless: () => true });
  }

  /** Throws `unavailable` when too many ask at once. */
  holds(actor: AccountActor): Promise<boolean> {
    return this.questions.add(actor);
  }

  private async look(actors: AccountActor[]): Promise<boolean[]> {
    const ids = [...new Set(actors.map(({ accountId }) => accountId))];
    const rows = await this.database.read.$queryRaw<Row[]>`
      SELECT a.id, a.kind = 'candidate' AS candidate, a."disabledAt" IS NOT NULL AS disabled, a."platformAdmin",
             m."organisationId", m.role::text AS role, o.status = 'active' AS active
      FROM "Account" a LEFT JOIN "Membership" m ON m."accountId" = a.id LEFT JOIN "Organisation" o ON o.id = m."organisationId"
      WHERE a.id = ANY(${ids}::uuid[])`;
    const byId = new Map<string, Row[]>();
    for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
    return actors.map((actor) => byId.get(actor.accountId)?.some((row) => stands(actor, row)) ?? false);
  }
}

function stands(actor: AccountActor, row: Row): boolean {
  if (row.disabled) return false;
  if (isMember(actor)) return row.organisationId === actor.organisationId && row.role === actor.role && row.active === true;
  return actor.role === 'candidate' ? row.candidate : row.platformAdmin;
}
