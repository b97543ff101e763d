import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ListJobs } from '#libs/contracts';
import { Consumers, Events, reactor } from '#libs/events';
import { FairRules, Fairs, stateRefused } from '#libs/fairs';
import { actorId, Organisations, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, type Tx } from '#libs/platform';
import { isOnOffer, type JobRow } from './jobs.js';
import { Stands } from './stands.js';

/** Which jobs are shown at which fair. */
@Injectable()
export class FairJobsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly consumers: Consumers,
    private readonly fairs: Fairs,
    private readonly organisations: Organisations,
    private readonly stands: Stands,
  ) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'jobs.employer-left',
      types: ['boothApplication.withdrawn'],
      react: ({ data }) => this.unlistAll(data.fairId, data.organisationId),
    }));
  }

  /**
   * Shows the employer's jobs at a fair, or no longer; what is so already stays so. Answers its jobs there after it.
   * Throws `fairStateRefused`, `validationFailed` (not admitted to the fair), `jobClosed`, `licenceMissing` (and its kin).
   */
  list(actor: MemberActor, fairId: string, { jobIds, listed }: ListJobs): Promise<JobRow[]> {
    const { organisationId } = actor;
    return this.database.transaction(async (tx) => {
      const fair = await this.fairs.lock(tx, fairId, 'use');
      if (fair.isTemplate || fair.status === 'draft') throw new DomainError('notFound');
      if (!FairRules.isRunning(fair.status)) throw stateRefused(fair);
      const jobs = await tx.job.findMany({ where: { id: { in: jobIds }, organisationId } });
      if (jobs.length < jobIds.length) throw new DomainError('notFound');
      if (listed) {
        await this.requireAdmitted(tx, fairId, organisationId);
        await this.organisations.requireVerified(tx, organisationId);
        if (jobs.some((job) => !isOnOffer(job, new Date()))) throw new DomainError('jobClosed');
        await this.show(tx, actor, fairId, jobIds);
      } else await this.unlist(tx, actor, fairId, organisationId, jobIds);
      return tx.job.findMany({ where: { organisationId, fairs: { some: { fairId } } }, orderBy: { id: 'desc' } });
    });
  }

  /** Shows an employer's jobs at a fair that it is admitted to; its caller has checked both. What is shown already stays so. */
  async show(tx: Tx, actor: MemberActor, fairId: string, jobIds: readonly string[]): Promise<void> {
    const made = await tx.fairJob.createManyAndReturn({ data: jobIds.map((jobId) => ({ fairId, jobId })), skipDuplicates: true });
    await this.append(tx, actor, fairId, actor.organisationId, made.map(({ jobId }) => jobId), true);
  }

  /** The employer takes no part any more. Doing it twice is harmless; one that was admitted again meanwhile keeps its jobs. */
  private async unlistAll(fairId: string, organisationId: string): Promise<void> {
    if (await this.stands.admitted(fairId, organisationId)) return;
    await this.database.transaction(async (tx) => {
      const jobs = await tx.job.findMany({ where: { organisationId, fairs: { some: { fairId } } }, select: { id: true } });
      await this.unlist(tx, null, fairId, organisationId, jobs.map(({ id }) => id));
    });
  }

  private async unlist(tx: Tx, actor: MemberActor | null, fairId: string, organisationId: string, jobIds: string[]): Promise<void> {
    const gone = await tx.$queryRaw<{ jobId: string }[]>`
      DELETE FROM "FairJob" WHERE "fairId" = ${fairId}::uuid AND "jobId" = ANY(${jobIds}::uuid[]) RETURNING "jobId"`;
    await this.append(tx, actor, fairId, organisationId, gone.map(({ jobId }) => jobId), false);
  }

  private async requireAdmitted(tx: Tx, fairId: string, organisationId: string): Promise<void> {
    if (await this.stands.admitted(fairId, organisationId, tx)) return;
    throw fieldRefused({ field: 'fairId', zh: '先申请展位，组织方同意以后再上岗位。', en: 'Apply for a booth first; jobs can be shown once the organiser has agreed.' });
  }

  private append(tx: Tx, actor: MemberActor | null, fairId: string, organisationId: string, jobIds: string[], listed: boolean): Promise<void> {
    return this.events.appendMany(tx, jobIds.map((jobId) => ({
      type: 'job.listed', scope: { kind: 'fair', id: fairId }, data: { fairId, jobId, organisationId, listed }, actorId: actor && actorId(actor),
    })));
  }
}
