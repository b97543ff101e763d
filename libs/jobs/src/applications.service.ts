import { Injectable } from '@nestjs/common';
import type { Apply, MyApplication, Scope } from '#libs/contracts';
import { Events } from '#libs/events';
import { Consents, Organisations, type CandidateActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, Limits, newId, Prisma, type Application, type Tx } from '#libs/platform';
import { isOnOffer, Jobs, type JobRow } from './jobs.js';

/** 投递, as the candidate sees it. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly consents: Consents,
    private readonly organisations: Organisations,
    private readonly jobs: Jobs,
    private readonly limits: Limits,
  ) {}

  /**
   * Sends a candidate to a job, in one tap and without a CV. Consent is given in the same transaction; a repeated tap
   * answers the application that is there; one that was taken back is sent anew.
   * Throws `consentRequired`, `jobClosed`, `validationFailed` (not shown at this fair; no CV yet), `notFound`.
   */
  async apply(actor: CandidateActor, { jobId, fairId, broadcastId, source, note = '', withCv = false, consent }: Apply): Promise<Application> {
    if (!consent) throw new DomainError('consentRequired');
    const { accountId } = actor;
    await this.limits.take('applyByAccount', accountId);
    return this.database.transaction(async (tx) => {
      const { organisationId } = await this.requireOpen(tx, jobId);
      if (fairId) await this.requireShownAt(tx, fairId, jobId);
      const wording = await this.wording(tx, organisationId);
      // Holds the person's row: of two taps at once the second finds the first one's application.
      const consentId = await this.consents.give(tx, { accountId, organisationId, purpose: 'application', wording });
      const existing = await this.lock(tx, 'jobId', jobId, accountId);
      if (existing && existing.status !== 'withdrawn') return existing;
      const cvFileId = withCv ? await this.newestCv(tx, accountId) : null;
      const sent = { fairId: fairId ?? null, broadcastId: broadcastId ?? null, consentId, cvFileId, note, source, status: 'submitted' } as const;
      const application = existing
        ? await tx.application.update({ where: { id: existing.id }, data: sent })
        : await tx.application.create({ data: { id: newId(), jobId, organisationId, accountId, ...sent } });
      await this.events.append(tx, 'application.submitted', scopeOf(application),
        { applicationId: application.id, jobId, fairId: application.fairId, broadcastId: application.broadcastId, organisationId, accountId, source }, { actorId: accountId });
      return application;
    });
  }

  /** Takes it back: the employer sees nothing of the person any more. Twice is once. Throws `notFound` for somebody else's. */
  async withdraw(actor: CandidateActor, applicationId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await this.lock(tx, 'id', applicationId, actor.accountId);
      if (!application) throw new DomainError('notFound');
      await this.takeBack(tx, application);
    });
  }

  /** A candidate's own, the newest first, those taken back too. */
  async mine(accountId: string): Promise<MyApplication[]> {
    return this.views(await this.database.read.application.findMany({ where: { accountId }, orderBy: { id: 'desc' } }));
  }

  /** Marks it as taken back, with its event; one that is so already is left alone. */
  async takeBack(tx: Tx, application: Application): Promise<void> {
    if (application.status === 'withdrawn') return;
    const { id: applicationId, jobId, fairId, organisationId, accountId, status } = await tx.application.update({ where: { id: application.id }, data: { status: 'withdrawn' } });
    await this.events.append(tx, 'application.statusChanged', scopeOf(application),
      { applicationId, jobId, fairId, organisationId, accountId, status }, { actorId: accountId });
  }

  /** A person's application, by its own id or its job's, locked until `tx` ends. */
  private async lock(tx: Tx, by: 'id' | 'jobId', id: string, accountId: string): Promise<Application | null> {
    const column = by === 'id' ? Prisma.sql`id` : Prisma.sql`"jobId"`;
    const [row] = await tx.$queryRaw<Application[]>`SELECT * FROM "Application" WHERE ${column} = ${id}::uuid AND "accountId" = ${accountId}::uuid FOR UPDATE`;
    return row ?? null;
  }

  /** The job, while candidates are shown it; it stays so until the commit. */
  private async requireOpen(tx: Tx, jobId: string): Promise<JobRow> {
    await tx.$queryRaw`SELECT id FROM "Job" WHERE id = ${jobId}::uuid FOR SHARE`;
    const job = await this.jobs.get(jobId, tx);
    if (!job || job.status === 'draft') throw new DomainError('notFound');
    const now = new Date();
    const verified = await this.organisations.verified([job.organisationId], now, tx);
    if (!isOnOffer(job, now) || !verified.has(job.organisationId)) throw new DomainError('jobClosed');
    return job;
  }

  private async requireShownAt(tx: Tx, fairId: string, jobId: string): Promise<void> {
    if (await tx.fairJob.findUnique({ where: { fairId_jobId: { fairId, jobId } } })) return;
    throw fieldRefused({ field: 'fairId', zh: '这场招聘会没有这个岗位。', en: 'The job is not shown at this fair.' });
  }

  private async newestCv(tx: Tx, accountId: string): Promise<string> {
    const profile = await tx.profile.findUnique({ where: { accountId }, select: { cvFileId: true } });
    if (profile?.cvFileId) return profile.cvFileId;
    throw fieldRefused({ field: 'withCv', zh: '还没有上传简历。', en: 'There is no CV yet.' });
  }

  /** What the person agreed to, as it is kept with the consent. */
  private async wording(tx: Tx, organisationId: string): Promise<string> {
    const name = (await this.organisations.names([organisationId], tx)).get(organisationId) ?? '';
    return `同意把我的名字、手机号和我填写的求职资料给${name}看，只用于招聘联系，随时能收回。`;
  }

  async view(row: Application): Promise<MyApplication> {
    return (await this.views([row]))[0] as MyApplication;
  }

  private async views(rows: readonly Application[]): Promise<MyApplication[]> {
    const [titles, names] = await Promise.all([this.jobs.names(rows.map((row) => row.jobId)), this.organisations.names(rows.map((row) => row.organisationId))]);
    return rows.map(({ id, jobId, organisationId, status, createdAt, updatedAt }) => ({
      id, job: { id: jobId, title: titles.get(jobId) ?? '', organisationId, organisationName: names.get(organisationId) ?? '' },
      status, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
    }));
  }
}

/** The fair at which it was sent, else the employer. */
export const scopeOf = ({ fairId, organisationId }: Application): Scope => (fairId ? { kind: 'fair', id: fairId } : { kind: 'organisation', id: organisationId });
