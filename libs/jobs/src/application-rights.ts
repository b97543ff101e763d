import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, reactor } from '#libs/events';
import { Erasures, Exports } from '#libs/identity';
import { Database, type Tx } from '#libs/platform';
import { ApplicationsService } from './applications.service.js';

/** What follows for applications when a person uses their rights: consent taken back (PIPL 15), copy (45), deletion (47). */
@Injectable()
export class ApplicationRights implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly applications: ApplicationsService,
    private readonly consumers: Consumers,
    private readonly exports: Exports,
    private readonly erasures: Erasures,
  ) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'jobs.consent-withdrawn',
      types: ['consent.withdrawn'],
      react: async ({ data }) => {
        if (data.purpose === 'application') await this.follow(data.accountId, data.organisationId);
      },
    }));
    this.exports.add('applications', (accountId) => this.copy(accountId));
    this.erasures.add('applications', (tx, accountId) => this.erase(tx, accountId));
  }

  /**
   * Takes the person's applications to that employer back. The employer stopped seeing them when the consent went; this makes
   * their state say so. Read as it is now: consent that was given again meanwhile keeps them.
   */
  private async follow(accountId: string, organisationId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM "Application" WHERE "accountId" = ${accountId}::uuid AND "organisationId" = ${organisationId}::uuid ORDER BY id FOR UPDATE`;
      const consent = await tx.consent.findUnique({ where: { accountId_organisationId_purpose: { accountId, organisationId, purpose: 'application' } } });
      if (consent?.withdrawnAt === null) return;
      for (const each of await tx.application.findMany({ where: { accountId, organisationId } })) await this.applications.takeBack(tx, each);
    });
  }

  private async copy(accountId: string): Promise<unknown[]> {
    const rows = await this.database.read.application.findMany({ where: { accountId }, include: { job: { select: { title: true } } }, orderBy: { id: 'asc' } });
    return rows.map(({ id, job, jobId, organisationId, fairId, note, source, status, cvFileId, createdAt, updatedAt }) =>
      ({ id, jobId, jobTitle: job.title, organisationId, fairId, note, source, status, cvFileId, createdAt, updatedAt }));
  }

  /** Keeps that somebody applied (人力资源市场暂行条例 33: two years), and nothing of what they wrote or sent. */
  private async erase(tx: Tx, accountId: string): Promise<void> {
    await tx.$queryRaw`SELECT id FROM "Application" WHERE "accountId" = ${accountId}::uuid ORDER BY id FOR UPDATE`;
    for (const each of await tx.application.findMany({ where: { accountId } })) await this.applications.takeBack(tx, each);
    await tx.application.updateMany({ where: { accountId }, data: { note: '', cvFileId: null } });
  }
}
