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
      await this.saved(tx, actor, [job]);
      return job;
    });
  }

  /** Makes and publishes many at once, all or none, in a handful of statements. Throws as `create` and `publish` do. */
  async enter(actor: MemberActor, inputs: readonly JobInput[]): Promise<JobRow[]> {
    for (const input of inputs) this.check(input);
    const { organisationId } = actor;
    return this.database.transaction(async (tx) => {
      await this.requirePublishable(tx, organisationId, inputs);
      const published = { organisationId, status: 'published', publishedAt: new Date() } as const;
      const jobs = await tx.job.createManyAndReturn({ data: inputs.map((input) => ({ id: newId(), ...published, ...columns(input) })) });
      await this.saved(tx, actor, jobs);
      await this.append(tx, actor, 'job.published', jobs);
      return jobs;
    });
  }

  /** Changes a job. What is published is held to the rules of publishing again, and stays as it was when it breaks them. */
  async replace(actor: MemberActor, jobId: string, input: JobInput): Promise<JobRow> {
    this.check(input);
    return this.database.transaction(async (tx) => {
      const before = await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      if (before.status === 'published') await this.requirePublishable(tx, before.organisationId, [input]);
      const job = await tx.job.update({ where: { id: jobId }, data: columns(input) });
      await this.saved(tx, actor, [job]);
      return job;
    });
  }

  /** Shows it to candidates. Throws `jobIncomplete`, `licenceMissing` (and its kin), `jobWordingRefused`. Twice is once. */
  publish(actor: MemberActor, jobId: string): Promise<JobRow> {
    return this.database.transaction(async (tx) => {
      const before = await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      await this.requirePublishable(tx, before.organisationId, [inputOf(before)]);
      if (before.status === 'published') return before;
      const job = await tx.job.update({ where: { id: jobId }, data: { status: 'published', publishedAt: new Date() } });
      await this.append(tx, actor, 'job.published', [job]);
      return job;
    });
  }

  /** Takes it back; it can be published again. Twice is once. */
  close(actor: MemberActor, jobId: string): Promise<JobRow> {
    return this.database.transaction(async (tx) => {
      const before = await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      if (before.status === 'closed') return before;
      const job = await tx.job.update({ where: { id: jobId }, data: { status: 'closed' } });
      await this.append(tx, actor, 'job.closed', [job]);
      return job;
    });
  }

  /** Throws a draft away. Throws `jobKept` for one that was ever published (网络招聘服务管理规定: kept for 3 years), `notFound`. */
  async remove(actor: MemberActor, jobId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const job = await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      if (job.publishedAt) throw new DomainError('jobKept');
      await tx.fairJob.deleteMany({ where: { jobId } });
      await tx.job.delete({ where: { id: jobId } });
      await this.append(tx, actor, 'job.removed', [job]);
    });
  }

  private check(input: JobInput): void {
    this.regions.require(input.regionCode);
    const [first, ...rest] = payProblems(input);
    if (first) throw fieldRefused(first, ...rest);
  }

  private async requirePublishable(tx: Tx, organisationId: string, inputs: readonly JobInput[]): Promise<void> {
    const { language } = Context.current();
    const today = chinaDay(new Date());
    for (const input of inputs) {
      const gaps = gapsOf(input, today);
      if (gaps.length > 0) throw new DomainError('jobIncomplete', { missing: gapWords(gaps, language), fields: gaps });
    }
    await this.organisations.requireVerified(tx, organisationId);
    for (const input of inputs) {
      const problems = wordingProblems(input, language);
      if (problems[0]) throw new DomainError('jobWordingRefused', { phrase: problems[0].phrase, why: problems[0].why, problems });
    }
  }

  /** Makes them findable, and says that they were saved. They are one employer's. */
  private async saved(tx: Tx, actor: MemberActor, jobs: readonly JobRow[]): Promise<void> {
    const { name: employer } = await tx.organisation.findUniqueOrThrow({ where: { id: actor.organisationId }, select: { name: true } });
    const vectors = jobs.map(({ title, place, conditions, content }) => vectorOf({ title, place, employer, content: `${conditions}\n${content}` }));
    await tx.$executeRaw`
      UPDATE "Job" j SET search = found.vector::tsvector
      FROM unnest(${jobs.map((job) => job.id)}::uuid[], ${vectors}::text[]) AS found(id, vector) WHERE j.id = found.id`;
    await this.append(tx, actor, 'job.saved', jobs);
  }

  private append(tx: Tx, actor: MemberActor, type: 'job.saved' | 'job.published' | 'job.closed' | 'job.removed', jobs: readonly JobRow[]): Promise<void> {
    return this.events.appendMany(tx, jobs.map(({ id: jobId, organisationId }) => ({
      type, scope: { kind: 'organisation', id: organisationId }, data: { jobId, organisationId }, actorId: actorId(actor),
    })));
  }
}

const columns = ({ validUntil, ...rest }: JobInput) => ({ ...rest, validUntil: new Date(`${validUntil}T00:00:00Z`) });

/** The row as it was entered. */
function inputOf({ title, headCount, conditions, content, place, regionCode, payMin, payMax, payUnit, payTerms, validUntil, tags }: JobRow): JobInput {
  return { title, headCount, conditions, content, place, regionCode, payMin, payMax, payUnit, payTerms, validUntil: dayOf(validUntil), tags: tags as JobTag[] };
}
