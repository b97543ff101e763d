import { Injectable } from '@nestjs/common';
import type { Organisation, OrganisationKind, Page } from '#libs/contracts';
import { cursorOf, cursorPage, Database, DomainError, PAGE_ROWS, Prisma, type Organisation as Row, type Reader } from '#libs/platform';
import { chinaDay } from './china-day.js';
import { isOrganiser, type MemberActor } from './actor.js';
import { looksAfter, provinceOf } from './review.rules.js';

/** Who may read and review organisations: platform administrators and members. */
export type OfficeActor = MemberActor | { role: 'platformAdmin'; accountId: string };
/** Who vouches for an employer (a bureau's name), since when, and the last day of its licence in China. */
export interface Verified { by: string; at: Date; expiresOn: string; licenceNumber: string }
export type LicenceState = 'missing' | 'pending' | 'approved' | 'expired';

const place = cursorOf(['id']);
const platformName = '平台管理员';

/** Reading organisations, and who may read which. What changes them lies beside. */
@Injectable()
export class Organisations {
  constructor(private readonly database: Database) {}

  /** Throws `notFound`. */
  async get(id: string): Promise<Organisation> {
    const row = await this.database.read.organisation.findUnique({ where: { id } });
    if (!row) throw new DomainError('notFound');
    const [view] = await this.views([row]);
    return view as Organisation;
  }

  async names(ids: Iterable<string>, reader: Reader = this.database.read): Promise<Map<string, string>> {
    const rows = await reader.organisation.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  /** Throws `licenceMissing`, `licenceExpired` or `organisationSuspended` unless the employer may publish at `at`. */
  async requireVerified(reader: Reader, organisationId: string, at = new Date()): Promise<void> {
    const organisation = await reader.organisation.findUnique({ where: { id: organisationId }, select: { status: true } });
    if (!organisation) throw new DomainError('notFound');
    if (organisation.status === 'suspended') throw new DomainError('organisationSuspended');
    const licence = (await newestApproved(reader, [organisationId])).get(organisationId);
    if (!licence) throw new DomainError('licenceMissing');
    if (licence.expiresOn < chinaDay(at)) throw new DomainError('licenceExpired', { expiresOn: licence.expiresOn });
  }

  /** Who is verified and not suspended at `at`; the others are missing from the map. */
  async verified(ids: Iterable<string>, at = new Date(), reader: Reader = this.database.read): Promise<Map<string, Verified>> {
    const today = chinaDay(at);
    const licences = await newestApproved(reader, [...new Set(ids)]);
    const suspended = await reader.organisation.findMany({ where: { id: { in: [...licences.keys()] }, status: 'suspended' }, select: { id: true } });
    for (const { id } of suspended) licences.delete(id);
    return new Map([...licences].filter(([, licence]) => licence.expiresOn >= today));
  }

  /** What a reviewer of booth applications sees; a refused licence counts as missing, a pending one behind an approved one does not show. */
  async licenceStates(ids: Iterable<string>, at = new Date()): Promise<Map<string, LicenceState>> {
    const wanted = [...new Set(ids)];
    const today = chinaDay(at);
    const [approved, pending] = await Promise.all([
      newestApproved(this.database.read, wanted),
      this.database.read.licence.findMany({ where: { organisationId: { in: wanted }, status: 'pending' }, select: { organisationId: true }, distinct: ['organisationId'] }),
    ]);
    const waiting = new Set(pending.map((row) => row.organisationId));
    return new Map(wanted.map((id) => {
      const licence = approved.get(id);
      if (licence && licence.expiresOn >= today) return [id, 'approved'];
      if (waiting.has(id)) return [id, 'pending'];
      return [id, licence ? 'expired' : 'missing'];
    }));
  }

  /** The organisation, for its own members, the bureaus that look after it (`looksAfter`), and platform administrators; for others `notFound`. */
  async requireVisible(actor: OfficeActor, id: string, reader: Reader = this.database.read): Promise<Row> {
    const row = await reader.organisation.findUnique({ where: { id } });
    if (!row) throw new DomainError('notFound');
    if (actor.role === 'platformAdmin' || actor.organisationId === id) return row;
    return this.requireLooksAfter(actor, row, reader);
  }

  /** The organisation, for who may review it: a bureau that looks after it, or a platform administrator; for others `notFound`. */
  async requireReviewable(actor: OfficeActor, id: string, reader: Reader = this.database.read): Promise<Row> {
    const row = await reader.organisation.findUnique({ where: { id } });
    if (!row) throw new DomainError('notFound');
    return actor.role === 'platformAdmin' ? row : this.requireLooksAfter(actor, row, reader);
  }

  /** Whom a reviewer looks after, as a filter; nobody for an employer. */
  async reviewed(actor: OfficeActor): Promise<Prisma.OrganisationWhereInput> {
    if (actor.role === 'platformAdmin') return {};
    const bureau = isOrganiser(actor) ? await this.database.read.organisation.findUnique({ where: { id: actor.organisationId } }) : null;
    if (bureau?.kind !== 'organiser') return { id: { in: [] } };
    return { kind: { not: 'organiser' }, regionCode: { startsWith: provinceOf(bureau.regionCode) } };
  }

  /** Those that the actor may read, newest first. `q`: part of the name, or a whole credit code. */
  async list(actor: OfficeActor, query: { kind?: OrganisationKind; q?: string; after?: string; limit?: number }): Promise<Page<Organisation>> {
    const limit = query.limit ?? PAGE_ROWS;
    const after = place.read(query.after)?.[0];
    const visible = 'organisationId' in actor ? { OR: [await this.reviewed(actor), { id: actor.organisationId }] } : {};
    const rows = await this.database.read.organisation.findMany({
      where: {
        AND: [
          visible,
          query.kind ? { kind: query.kind } : {},
          query.q ? { OR: [{ name: { contains: likeText(query.q), mode: 'insensitive' } }, { creditCode: query.q.toUpperCase() }] } : {},
          after ? { id: { lt: after } } : {},
        ],
      },
      orderBy: { id: 'desc' }, take: limit + 1,
    });
    const page = cursorPage(rows, limit, (row) => place.write(row.id));
    return { ...page, items: await this.views(page.items) };
  }

  private async requireLooksAfter(actor: MemberActor, row: Row, reader: Reader): Promise<Row> {
    const bureau = isOrganiser(actor) ? await reader.organisation.findUnique({ where: { id: actor.organisationId } }) : null;
    if (!bureau || !looksAfter(bureau, row)) throw new DomainError('notFound');
    return row;
  }

  private async views(rows: Row[]): Promise<Organisation[]> {
    const today = chinaDay(new Date());
    const licences = await newestApproved(this.database.read, rows.map((row) => row.id));
    return rows.map(({ id, kind, name, regionCode, department, creditCode, about, status, createdAt }) => {
      const licence = licences.get(id);
      const verified = licence && licence.expiresOn >= today
        ? { licenceNumber: licence.licenceNumber, expiresOn: licence.expiresOn, by: licence.by, at: licence.at.toISOString() }
        : null;
      return { id, kind, name, regionCode, department, creditCode, about, status, createdAt: createdAt.toISOString(), verified };
    });
  }
}

/** Prisma passes `%`, `_` and `\` of `contains` on to LIKE. */
const likeText = (q: string): string => q.replace(/[\\%_]/g, '\\$&');

/** The newest approved licence of each: it is the one that counts, expired or not. */
async function newestApproved(reader: Reader, ids: string[]): Promise<Map<string, Verified>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.$queryRaw<(Omit<Verified, 'by'> & { organisationId: string; by: string | null })[]>`
    SELECT DISTINCT ON (l."organisationId") l."organisationId", l.number AS "licenceNumber", l."expiresOn"::text AS "expiresOn",
           l."reviewedAt" AS at, b.name AS by
    FROM "Licence" l LEFT JOIN "Organisation" b ON b.id = l."reviewerOrganisationId"
    WHERE l."organisationId" = ANY(${ids}::uuid[]) AND l.status = 'approved'
    ORDER BY l."organisationId", l."createdAt" DESC, l.id DESC`;
  return new Map(rows.map(({ organisationId, licenceNumber, expiresOn, at, by }) => [organisationId, { licenceNumber, expiresOn, at, by: by ?? platformName }]));
}
