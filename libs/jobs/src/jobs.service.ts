import { Injectable } from '@nestjs/common';
import type { JobInput, JobTag } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, chinaDay, Organisations, Regions, type MemberActor } from '#libs/identity';
import { Context, Database, DomainError, fieldRefused, newId, type Tx } from '#libs/platform';
import { gapsOf, gapWords, payProblems } from './job.rules.js';
import { dayOf, Jobs, type JobRow } from './jobs.js';
import { vectorOf } from './search-words.js';
import { wordingProblems } from './wording.rules.js';

/** What an employer does with its jobs. Each command answers the job's row after it. */
@Injectable()
export class JobsService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly organisations: Organisations,
    private readonly regions: Regions,
  ) {}

  /** An employer's own, the newest first. */
  mine(actor: MemberActor): Promise<JobRow[]> {
    return this.database.read.job.findMany({ where: { organisationId: actor.organisationId }, orderBy: { id: 'desc' } });
  }

  /** Makes a draft. Throws `validationFailed` for a pay range or a region that is none. */
  async create(actor: MemberActor, input: JobInput): Promise<JobRow> {
    this.check(input);
    return this.database.transaction(async (tx) => {
      const job = await tx.job.create({ data: { id: newId(), organisationId: actor.organisationId, ...columns(input) } });
      await this.saved(tx, actor, job);
      return job;
    });
  }

  /** Changes a job. What is published is held to the rules of publishing again, and stays as it was when it breaks them. */
  async replace(actor: MemberActor, jobId: string, input: JobInput): Promise<JobRow> {
    this.check(input);
    return this.database.transaction(async (tx) => {
      const before = await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      if (before.status === 'published') await this.requirePublishable(tx, before.organisationId, input);
      const job = await tx.job.update({ where: { id: jobId }, data: columns(input) });
      await this.saved(tx, actor, job);
      return job;
    });
  }

  /** Shows it to candidates. Throws `jobIncomplete`, `licenceMissing` (and its kin), `jobWordingRefused`. Twice is once. */
  publish(actor: MemberActor, jobId: string): Promise<JobRow> {
    return this.database.transaction(async (tx) => {
      const before = await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      await this.requirePublishable(tx, before.organisationId, inputOf(before));
      if (before.status === 'published') return before;
      const job = await tx.job.update({ where: { id: jobId }, data: { status: 'published', publishedAt: new Date() } });
      await this.append(tx, actor, 'job.published', job);
      return job;
    });
  }

  /** Takes it back; it can be published again. Twice is once. */
  close(actor: MemberActor, jobId: string): Promise<JobRow> {
    return this.database.transaction(async (tx) => {
      const before = await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      if (before.status === 'closed') return before;
      const job = await tx.job.update({ where: { id: jobId }, data: { status: 'closed' } });
      await this.append(tx, actor, 'job.closed', job);
      return job;
    });
  }

  private check(input: JobInput): void {
    this.regions.require(input.regionCode);
    const [first, ...rest] = payProblems(input);
    if (first) throw fieldRefused(first, ...rest);
  }

  private async requirePublishable(tx: Tx, organisationId: string, input: JobInput): Promise<void> {
    const { language } = Context.current();
    const gaps = gapsOf(input, chinaDay(new Date()));
    if (gaps.length > 0) throw new DomainError('jobIncomplete', { missing: gapWords(gaps, language), fields: gaps });
    await this.organisations.requireVerified(tx, organisationId);
    const problems = wordingProblems(input, language);
    if (problems[0]) throw new DomainError('jobWordingRefused', { phrase: problems[0].phrase, why: problems[0].why, problems });
  }

  private async saved(tx: Tx, actor: MemberActor, job: JobRow): Promise<void> {
    const employer = (await tx.organisation.findUniqueOrThrow({ where: { id: job.organisationId }, select: { name: true } })).name;
    const vector = vectorOf({ title: job.title, place: job.place, employer, content: `${job.conditions}\n${job.content}` });
    await tx.$executeRaw`UPDATE "Job" SET search = ${vector}::tsvector WHERE id = ${job.id}::uuid`;
    await this.append(tx, actor, 'job.saved', job);
  }

  private append(tx: Tx, actor: MemberActor, type: 'job.saved' | 'job.published' | 'job.closed', { id: jobId, organisationId }: JobRow): Promise<void> {
    return this.events.append(tx, type, { kind: 'organisation', id: organisationId }, { jobId, organisationId }, { actorId: actorId(actor) });
  }
}

const columns = ({ validUntil, ...rest }: JobInput) => ({ ...rest, validUntil: new Date(`${validUntil}T00:00:00Z`) });

/** The row as it was entered. */
function inputOf({ title, headCount, conditions, content, place, regionCode, payMin, payMax, payUnit, payTerms, validUntil, tags }: JobRow): JobInput {
  return { title, headCount, conditions, content, place, regionCode, payMin, payMax, payUnit, payTerms, validUntil: dayOf(validUntil), tags: tags as JobTag[] };
}
