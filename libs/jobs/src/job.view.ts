import { Injectable } from '@nestjs/common';
import type { Job, JobTag } from '#libs/contracts';
import { FairRules, Fairs } from '#libs/fairs';
import { chinaDay, Organisations } from '#libs/identity';
import { Database } from '#libs/platform';
import { dayOf, type JobRow } from './jobs.js';
import { Stands } from './stands.js';

/** Rows as the contracts show them, in the order given. */
@Injectable()
export class JobViews {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly fairs: Fairs,
    private readonly stands: Stands,
  ) {}

  /** `own`: for the job's employer, with the number of applications that were not taken back. */
  async jobs(rows: readonly JobRow[], { own = false } = {}): Promise<Job[]> {
    const [names, verified, fairs, applied] = await Promise.all([
      this.organisations.names(rows.map((row) => row.organisationId)),
      this.organisations.verified(rows.map((row) => row.organisationId)),
      this.fairsOf(rows),
      own ? this.applied(rows) : null,
    ]);
    return rows.map((row) => {
      const { id, organisationId, title, headCount, conditions, content, place, regionCode, payMin, payMax, payUnit, payTerms, status } = row;
      const by = verified.get(organisationId);
      return {
        id, organisationId, organisationName: names.get(organisationId) ?? '',
        title, headCount, conditions, content, place, regionCode, payMin, payMax, payUnit, payTerms, status,
        validUntil: dayOf(row.validUntil), tags: row.tags as JobTag[], // only JobInputDto writes them
        publishedAt: row.publishedAt?.toISOString() ?? null, updatedAt: row.updatedAt.toISOString(),
        verified: by ? { by: by.by, on: chinaDay(by.at) } : null,
        fairs: fairs.get(id) ?? [],
        ...(applied ? { applicationCount: applied.get(id) ?? 0 } : {}),
      };
    });
  }

  async job(row: JobRow, options: { own?: boolean } = {}): Promise<Job> {
    return (await this.jobs([row], options))[0] as Job;
  }

  /** Where each job is shown: at fairs that are public and not over, the soonest first. */
  private async fairsOf(rows: readonly JobRow[]): Promise<Map<string, Job['fairs']>> {
    const organisationOf = new Map(rows.map((row) => [row.id, row.organisationId]));
    const listings = await this.database.read.fairJob.findMany({ where: { jobId: { in: [...organisationOf.keys()] } }, select: { fairId: true, jobId: true } });
    const fairs = await this.fairs.byIds(listings.map((each) => each.fairId));
    const running = listings.flatMap(({ fairId, jobId }) => {
      const fair = fairs.get(fairId);
      return fair && FairRules.isRunning(fair.status) ? [{ fair, jobId, organisationId: organisationOf.get(jobId) as string }] : [];
    }).sort((a, b) => a.fair.startsAt.getTime() - b.fair.startsAt.getTime());
    const places = await this.stands.places(running.map(({ fair, organisationId }) => ({ fairId: fair.id, organisationId })));
    const byJob = new Map<string, Job['fairs']>();
    for (const { fair, jobId, organisationId } of running) {
      const stand = places.get(`${fair.id}/${organisationId}`);
      const shown = { fairId: fair.id, fairName: fair.name, boothId: stand?.boothId ?? null, boothNumber: stand?.boothNumber ?? null };
      byJob.set(jobId, [...(byJob.get(jobId) ?? []), shown]);
    }
    return byJob;
  }

  private async applied(rows: readonly JobRow[]): Promise<Map<string, number>> {
    const counts = await this.database.read.application.groupBy({
      by: ['jobId'], where: { jobId: { in: rows.map((row) => row.id) }, status: { not: 'withdrawn' } }, _count: true,
    });
    return new Map(counts.map((each) => [each.jobId, each._count]));
  }
}
