import { Injectable } from '@nestjs/common';
import { chinaDay, Organisations } from '#libs/identity';
import { Database, DomainError, Prisma, type Tx } from '#libs/platform';

/** A job as its row (without the search vector, which Prisma does not read). */
export type JobRow = Prisma.JobGetPayload<object>;

/** The day in a `date` column. */
export const dayOf = (column: Date): string => column.toISOString().slice(0, 10);

/** Reading jobs, for slices above; what changes them lies beside. */
@Injectable()
export class Jobs {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
  ) {}

  /** The job, or null: drafts too. */
  get(jobId: string, reader: Tx | Database['read'] = this.database.read): Promise<JobRow | null> {
    return reader.job.findUnique({ where: { id: jobId } });
  }

  /** Jobs in the order of `jobIds`, drafts too; unknown ones are left out. */
  async byIds(jobIds: readonly string[], reader: Tx | Database['read'] = this.database.read): Promise<JobRow[]> {
    const rows = new Map((await reader.job.findMany({ where: { id: { in: [...jobIds] } } })).map((row) => [row.id, row]));
    return jobIds.flatMap((id) => rows.get(id) ?? []);
  }

  /** Which of these jobs a person has applied for, and not taken back. */
  async appliedTo(accountId: string, jobIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.read.application.findMany({ where: { accountId, jobId: { in: [...jobIds] }, status: { not: 'withdrawn' } }, select: { jobId: true } });
    return rows.map(({ jobId }) => jobId);
  }

  /** How many persons applied through a broadcast, by job id; those who took it back too. */
  async appliedThrough(broadcastId: string): Promise<Map<string, number>> {
    const counts = await this.database.read.application.groupBy({ by: ['jobId'], where: { broadcastId }, _count: true });
    return new Map(counts.map(({ jobId, _count }) => [jobId, _count]));
  }

  /** Titles by job id. */
  async names(jobIds: Iterable<string>): Promise<Map<string, string>> {
    const rows = await this.database.read.job.findMany({ where: { id: { in: [...new Set(jobIds)] } }, select: { id: true, title: true } });
    return new Map(rows.map((row) => [row.id, row.title]));
  }

  /** Whether candidates are shown it now: published, not expired, its employer verified. */
  async isShown(job: JobRow, now = new Date()): Promise<boolean> {
    return isOnOffer(job, now) && (await this.organisations.verified([job.organisationId], now)).has(job.organisationId);
  }

  /** Ids of an employer's jobs that are shown at a fair, the newest first, by `organisationId`. */
  async shownAt(fairId: string, organisationIds: readonly string[], now = new Date()): Promise<Map<string, string[]>> {
    const verified = await this.organisations.verified(organisationIds, now);
    const rows = await this.database.read.job.findMany({
      where: { organisationId: { in: [...verified.keys()] }, ...onOffer(now), fairs: { some: { fairId } } },
      orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], select: { id: true, organisationId: true },
    });
    const byOrganisation = new Map<string, string[]>();
    for (const { id, organisationId } of rows) byOrganisation.set(organisationId, [...(byOrganisation.get(organisationId) ?? []), id]);
    return byOrganisation;
  }

  /** The job, locked until `tx` ends. Throws `notFound`, also for another employer's. */
  async lockOwn(tx: Tx, organisationId: string, jobId: string): Promise<JobRow> {
    await tx.$queryRaw`SELECT id FROM "Job" WHERE id = ${jobId}::uuid FOR UPDATE`;
    const job = await this.get(jobId, tx);
    if (job?.organisationId !== organisationId) throw new DomainError('notFound');
    return job;
  }
}

/** Published and not expired. */
export const isOnOffer = (job: Pick<JobRow, 'status' | 'validUntil'>, now: Date): boolean => job.status === 'published' && dayOf(job.validUntil) >= chinaDay(now);

/** The same as a condition. */
const onOffer = (now: Date): Prisma.JobWhereInput => ({ status: 'published', validUntil: { gte: new Date(chinaDay(now)) } });
