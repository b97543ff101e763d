import { Injectable } from '@nestjs/common';
import type { AuditEntry, Page, PageQuery } from '#libs/contracts';
import { cursorOf, cursorPage, Database, DomainError, PAGE_ROWS } from '#libs/platform';
import { Accounts } from './accounts.js';
import type { OfficeActor } from './organisations.js';

const place = cursorOf(['id']);

/** Reading the audit log: an organisation's book, for its administrators and for platform administrators. */
@Injectable()
export class AuditLog {
  constructor(private readonly database: Database, private readonly accounts: Accounts) {}

  /** Newest first. Candidates have no name in it. Throws `notFound` for another's organisation. */
  async of(actor: OfficeActor, organisationId: string, query: PageQuery): Promise<Page<AuditEntry>> {
    if ('organisationId' in actor && actor.organisationId !== organisationId) throw new DomainError('notFound');
    const organisation = await this.database.read.organisation.findUnique({ where: { id: organisationId }, select: { id: true } });
    if (!organisation) throw new DomainError('notFound');
    const limit = query.limit ?? PAGE_ROWS;
    const after = place.read(query.after)?.[0];
    // What a bureau decided of one's licences stands in the bureau's book and is read in one's own.
    const licences = await this.database.read.licence.findMany({ where: { organisationId }, select: { id: true } });
    const rows = await this.database.read.auditEntry.findMany({
      where: { OR: [{ organisationId }, { action: 'licence.reviewed', subjectId: { in: licences.map(({ id }) => id) } }], ...(after ? { id: { lt: after } } : {}) }, orderBy: { id: 'desc' }, take: limit + 1,
    });
    const page = cursorPage(rows, limit, (row) => place.write(row.id));
    const names = await this.accounts.displayNames(page.items.flatMap((row) => [row.actorId ?? [], row.subjectId ?? []].flat()));
    return {
      ...page,
      items: page.items.map(({ id, at, actorKind, actorId, action, subjectKind, subjectId, reason, details }) => ({
        id, at: at.toISOString(), actorKind, actorName: (actorId && names.get(actorId)) || null, action, subjectKind, subjectId,
        ...changeIn(details),
        subjectName: nameIn(details) ?? ((subjectId && subjectId !== actorId && names.get(subjectId)) || null), reason,
      })),
    };
  }
}

/** A number that was changed, as it was written with the line. */
function changeIn(details: unknown): Pick<AuditEntry, 'from' | 'to'> {
  const { from, to } = { ...(details as { from?: unknown; to?: unknown } | null) };
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : {};
}

/** The name that was written with the line, so that it outlives its subject. */
function nameIn(details: unknown): string | null {
  const name = typeof details === 'object' && details !== null && 'name' in details ? details.name : null;
  return typeof name === 'string' ? name : null;
}
