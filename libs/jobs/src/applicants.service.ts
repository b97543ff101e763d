import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { Applicant, ApplicantQuery, MarkApplication, Page } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, Consents, Profiles, Vault, type MemberActor } from '#libs/identity';
import { cursorOf, cursorPage, Database, DomainError, Limits, PAGE_ROWS, Prisma, type Application, type StoredFile, type Tx } from '#libs/platform';
import { scopeOf } from './applications.service.js';
import { Jobs } from './jobs.js';

const cursor = cursorOf(['instant', 'id']);

/** Applications as the employer sees them: a person stands behind one only as long as their consent holds. */
@Injectable()
export class ApplicantsService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly consents: Consents,
    private readonly vault: Vault,
    private readonly profiles: Profiles,
    private readonly jobs: Jobs,
    private readonly limits: Limits,
  ) {}

  /** The newest first. Throws `validationFailed` for a cursor that is not ours. */
  async list(actor: MemberActor, query: ApplicantQuery): Promise<Page<Applicant>> {
    const limit = query.limit ?? PAGE_ROWS;
    const after = cursor.read(query.after);
    const rows = await this.database.read.application.findMany({
      where: { ...whose(actor, query), ...(after ? { OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }] } : {}) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: limit + 1,
    });
    const page = cursorPage(rows, limit, (row) => cursor.write(row.createdAt, row.id));
    return { ...page, items: await this.views(actor.organisationId, page.items) };
  }

  /** Those with consent, for an export: at most `most`, the newest first. */
  async consented(actor: MemberActor, query: ApplicantQuery, most: number): Promise<Application[]> {
    const rows = await this.database.read.application.findMany({
      where: { ...whose(actor, query), status: query.status ?? { not: 'withdrawn' } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: most,
    });
    const active = await this.consents.active(rows.map((row) => row.accountId), actor.organisationId, 'application');
    return rows.filter((row) => isOpen(row, active));
  }

  /**
   * Marks an application; the candidate is told. `seen` never undoes a decision. Throws `applicationClosed` once the
   * candidate has taken it or the consent back, `notFound`.
   */
  async mark(actor: MemberActor, applicationId: string, { status }: MarkApplication): Promise<Application> {
    return this.database.transaction(async (tx) => {
      const before = await this.requireOpen(tx, actor, applicationId);
      if (before.status === status || (status === 'seen' && before.status !== 'submitted')) return before;
      const after = await tx.application.update({ where: { id: applicationId }, data: { status } });
      const { jobId, fairId, organisationId, accountId } = after;
      await this.events.append(tx, 'application.statusChanged', scopeOf(after), { applicationId, jobId, fairId, organisationId, accountId, status }, { actorId: actorId(actor) });
      return after;
    });
  }

  /** The whole phone (`+86…`); the look is written to the audit log. Throws `applicationClosed`, `notFound`, `tooManyRequests`. */
  async phone(actor: MemberActor, applicationId: string): Promise<string> {
    await this.limits.take('revealByAccount', actor.accountId);
    return this.database.transaction(async (tx) => {
      const { accountId } = await this.requireOpen(tx, actor, applicationId);
      const look = { action: 'phone.revealed', subject: { kind: 'application', id: applicationId } };
      const phone = (await this.vault.phones(tx, actor, [accountId], look)).get(accountId);
      if (!phone) throw new DomainError('notFound');
      return phone;
    });
  }

  /** The CV that was sent along; the look is written to the audit log. Throws `applicationClosed`, `notFound`. */
  cv(actor: MemberActor, applicationId: string): Promise<{ file: StoredFile; stream: Readable }> {
    return this.database.transaction(async (tx) => {
      const { accountId, cvFileId } = await this.requireOpen(tx, actor, applicationId);
      if (!cvFileId) throw new DomainError('notFound');
      return this.profiles.openCv(tx, actor, accountId, cvFileId);
    });
  }

  async view(row: Application): Promise<Applicant> {
    return (await this.views(row.organisationId, [row]))[0] as Applicant;
  }

  private async requireOpen(tx: Tx, actor: MemberActor, applicationId: string): Promise<Application> {
    const [application] = await tx.$queryRaw<Application[]>`SELECT * FROM "Application" WHERE id = ${applicationId}::uuid FOR UPDATE`;
    if (application?.organisationId !== actor.organisationId) throw new DomainError('notFound');
    const active = await this.consents.active([application.accountId], actor.organisationId, 'application', tx);
    if (!isOpen(application, active)) throw new DomainError('applicationClosed');
    return application;
  }

  private async views(organisationId: string, rows: readonly Application[]): Promise<Applicant[]> {
    const accountIds = rows.map((row) => row.accountId);
    const [titles, active] = await Promise.all([this.jobs.names(rows.map((row) => row.jobId)), this.consents.active(accountIds, organisationId, 'application')]);
    const seen = rows.filter((row) => isOpen(row, active));
    const people = seen.map((row) => row.accountId);
    const [names, phones, facts, cvs] = await Promise.all([
      this.vault.names(people), this.vault.maskedPhones(people), this.profiles.facts(people), this.keptCvs(seen),
    ]);
    return rows.map((row) => {
      const { id, jobId, fairId, source, status, accountId } = row;
      const shared = { id, jobId, jobTitle: titles.get(jobId) ?? '', fairId, source, status, createdAt: row.createdAt.toISOString() };
      const [phoneMasked, fact] = [phones.get(accountId), facts.get(accountId)];
      if (!isOpen(row, active) || phoneMasked === undefined || !fact) return { ...shared, note: '', candidate: null };
      const { education, experienceYears, wish } = fact;
      const hasCv = row.cvFileId !== null && cvs.has(row.cvFileId);
      return { ...shared, note: row.note, candidate: { name: names.get(accountId) ?? '', phoneMasked, education, experienceYears, wish, hasCv } };
    });
  }

  /** A candidate may have deleted a CV that was sent. */
  private async keptCvs(rows: readonly Application[]): Promise<Set<string>> {
    const ids = rows.flatMap((row) => row.cvFileId ?? []);
    const files = await this.database.read.storedFile.findMany({ where: { id: { in: ids } }, select: { id: true } });
    return new Set(files.map((file) => file.id));
  }
}

const whose = (actor: MemberActor, { jobId, fairId, status }: ApplicantQuery): Prisma.ApplicationWhereInput => ({ organisationId: actor.organisationId, jobId, fairId, status });

const isOpen = (row: Application, active: ReadonlySet<string>): boolean => row.status !== 'withdrawn' && active.has(row.accountId);
