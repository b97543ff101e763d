import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Licence, Page, PageQuery, ReviewLicence, SubmitLicence } from '#libs/contracts';
import { Events } from '#libs/events';
import { cursorOf, cursorPage, Database, DomainError, fieldRefused, Files, Limits, newId, PAGE_ROWS, type Prisma, type StoredFile, type UploadedFile } from '#libs/platform';
import { actorId, type MemberActor } from './actor.js';
import { Audit } from './audit.js';
import { chinaDay, dateColumn, dayOf } from './china-day.js';
import { Organisations, type OfficeActor } from './organisations.js';

const withName = { organisation: { select: { name: true } } } as const;
type Row = Prisma.LicenceGetPayload<{ include: typeof withName }>;
const place = cursorOf(['id']);

/** Licences: an employer shows the paper, a bureau of its province vouches for it. */
@Injectable()
export class Licences {
  constructor(
    private readonly database: Database,
    private readonly files: Files,
    private readonly organisations: Organisations,
    private readonly limits: Limits,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * Hands in a licence with its scan (PDF, JPEG, PNG, at most 10 MB); it waits for a review, and the one before counts on.
   * Throws `notFound` (not the actor's own), `validationFailed` (a day that is past), `unsupportedFile`, `payloadTooLarge`.
   */
  async submit(actor: MemberActor, organisationId: string, { number, expiresOn }: SubmitLicence, scan: UploadedFile): Promise<Licence> {
    if (actor.organisationId !== organisationId) throw new DomainError('notFound');
    await this.limits.take('uploadByAccount', actor.accountId);
    if (expiresOn < chinaDay(new Date())) throw fieldRefused({ field: 'expiresOn', zh: '这一天已经过了。', en: 'This day is past.' });
    const id = newId();
    await this.database.transaction(async (tx) => {
      const file = await this.files.keep(tx, { kind: 'licence', organisationId, ...scan });
      await tx.licence.create({ data: { id, organisationId, number, expiresOn: dateColumn(expiresOn), fileId: file.id } });
      await this.audit.write(tx, actor, 'licence.submitted', { kind: 'licence', id });
      await this.events.append(tx, 'licence.submitted', { kind: 'organisation', id: organisationId }, { licenceId: id, organisationId }, { actorId: actor.accountId });
    });
    return this.view(id);
  }

  /** An organisation's licences, newest first. Throws `notFound`. */
  async of(actor: OfficeActor, organisationId: string): Promise<Licence[]> {
    await this.organisations.requireVisible(actor, organisationId);
    return this.views(await this.database.read.licence.findMany({ where: { organisationId }, orderBy: { id: 'desc' }, include: withName }));
  }

  /** What a reviewer has before them: those that wait, the longest waiting first; the others newest first. */
  async queue(actor: OfficeActor, query: PageQuery & { status?: Licence['status'] }): Promise<Page<Licence>> {
    const limit = query.limit ?? PAGE_ROWS;
    const after = place.read(query.after)?.[0];
    const forward = query.status === 'pending';
    const rows = await this.database.read.licence.findMany({
      where: {
        organisation: await this.organisations.reviewed(actor), status: query.status,
        ...(after ? { id: forward ? { gt: after } : { lt: after } } : {}),
      },
      orderBy: { id: forward ? 'asc' : 'desc' }, take: limit + 1, include: withName,
    });
    const page = cursorPage(rows, limit, (row) => place.write(row.id));
    return { ...page, items: await this.views(page.items) };
  }

  /** The scan, for its own organisation and its reviewers; a reviewer's look is written to the audit log. Throws `notFound`. */
  async open(actor: OfficeActor, id: string): Promise<{ file: StoredFile; stream: Readable }> {
    const licence = await this.database.read.licence.findUnique({ where: { id } });
    if (!licence) throw new DomainError('notFound');
    await this.organisations.requireVisible(actor, licence.organisationId);
    const own = 'organisationId' in actor && actor.organisationId === licence.organisationId;
    if (!own) {
      await this.database.transaction((tx) => this.audit.write(tx, actor, 'licence.opened', { kind: 'licence', id }, { organisationId: licence.organisationId }));
    }
    return this.files.read(licence.fileId);
  }

  /**
   * Approves or refuses one that waits; of two reviewers at once the second is told. Throws `notFound`, `licenceReviewed`,
   * `reasonRequired` (a refusal has to say why).
   */
  async review(actor: OfficeActor, id: string, { approved, reason }: ReviewLicence): Promise<Licence> {
    if (!approved && !reason) throw new DomainError('reasonRequired');
    await this.database.transaction(async (tx) => {
      const licence = await tx.licence.findUnique({ where: { id }, include: withName });
      if (!licence) throw new DomainError('notFound');
      const { organisationId } = licence;
      // The name that is vouched for does not change while it is being vouched for.
      await tx.$executeRaw`SELECT 1 FROM "Organisation" WHERE id = ${organisationId}::uuid FOR SHARE`;
      await this.organisations.requireReviewable(actor, organisationId, tx);
      const { count } = await tx.licence.updateMany({
        where: { id, status: 'pending' },
        data: {
          status: approved ? 'approved' : 'rejected', reason: reason ?? null, reviewedAt: new Date(), reviewedById: actor.accountId,
          reviewerOrganisationId: 'organisationId' in actor ? actor.organisationId : null,
        },
      });
      if (count === 0) throw new DomainError('licenceReviewed');
      // In the reviewer's book; AuditLog shows it in the employer's too.
      await this.audit.write(tx, actor, 'licence.reviewed', { kind: 'licence', id },
        { organisationId: 'organisationId' in actor ? actor.organisationId : organisationId, reason, details: { approved, name: licence.organisation.name } });
      await this.events.append(tx, 'licence.reviewed', { kind: 'organisation', id: organisationId }, { licenceId: id, organisationId, approved }, { actorId: actorId(actor) });
    });
    return this.view(id);
  }

  private async view(id: string): Promise<Licence> {
    const [view] = await this.views([await this.database.read.licence.findUniqueOrThrow({ where: { id }, include: withName })]);
    return view as Licence;
  }

  private async views(rows: Row[]): Promise<Licence[]> {
    const today = chinaDay(new Date());
    const files = await this.database.read.storedFile.findMany({ where: { id: { in: rows.map((row) => row.fileId) } } });
    const byId = new Map(files.map((file) => [file.id, file]));
    return rows.map((row) => {
      const file = byId.get(row.fileId);
      const expiresOn = dayOf(row.expiresOn);
      return {
        id: row.id, organisationId: row.organisationId, organisationName: row.organisation.name, number: row.number, expiresOn,
        expired: expiresOn < today, status: row.status, reason: row.reason, createdAt: row.createdAt.toISOString(),
        reviewedAt: row.reviewedAt?.toISOString() ?? null,
        file: { name: file?.name ?? '', mediaType: file?.mediaType ?? '', size: file?.size ?? 0 },
      };
    });
  }
}
