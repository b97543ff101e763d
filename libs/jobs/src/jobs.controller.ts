import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { Actor, Job, Page, WordingProblem } from '#libs/contracts';
import { Allow, isEmployer, Me, type MemberActor } from '#libs/identity';
import { Context, DomainError, IdPipe } from '#libs/platform';
import { FairJobsService } from './fair-jobs.service.js';
import { CheckWordingDto, JobInputDto, JobQueryDto, ListJobsDto } from './job.dto.js';
import { JobSearch } from './job-search.js';
import { JobViews } from './job.view.js';
import { Jobs, type JobRow } from './jobs.js';
import { JobsService } from './jobs.service.js';
import { wordingProblems } from './wording.rules.js';

@Controller()
@Allow('employerAdmin', 'recruiter')
export class JobsController {
  constructor(
    private readonly jobs: Jobs,
    private readonly search: JobSearch,
    private readonly commands: JobsService,
    private readonly fairJobs: FairJobsService,
    private readonly views: JobViews,
  ) {}

  /** What candidates find. */
  @Get('jobs') @Allow('anyone')
  async find(@Query() query: JobQueryDto): Promise<Page<Job>> {
    const { items, next } = await this.search.find(query);
    return { items: await this.views.jobs(items), next };
  }

  /** The employer's own, drafts too. */
  @Get('jobs/mine')
  async mine(@Me() actor: MemberActor): Promise<Job[]> {
    return this.views.jobs(await this.commands.mine(actor), { own: true });
  }

  @Post('jobs')
  create(@Me() actor: MemberActor, @Body() body: JobInputDto): Promise<Job> {
    return this.own(this.commands.create(actor, body));
  }

  /** Says what may not be published, while one types. */
  @Post('jobs/check-wording') @HttpCode(200)
  checkWording(@Body() body: CheckWordingDto): WordingProblem[] {
    return wordingProblems(body, Context.current().language);
  }

  @Get('jobs/:jobId') @Allow('anyone')
  async get(@Me() actor: Actor, @Param('jobId', IdPipe) jobId: string): Promise<Job> {
    const job = await this.jobs.get(jobId);
    if (!job) throw new DomainError('notFound');
    const own = isEmployer(actor) && actor.organisationId === job.organisationId;
    if (!own && !(await this.jobs.isShown(job))) throw new DomainError('notFound');
    return this.views.job(job, { own });
  }

  @Put('jobs/:jobId')
  replace(@Me() actor: MemberActor, @Param('jobId', IdPipe) jobId: string, @Body() body: JobInputDto): Promise<Job> {
    return this.own(this.commands.replace(actor, jobId, body));
  }

  @Post('jobs/:jobId/publish') @HttpCode(200)
  publish(@Me() actor: MemberActor, @Param('jobId', IdPipe) jobId: string): Promise<Job> {
    return this.own(this.commands.publish(actor, jobId));
  }

  @Post('jobs/:jobId/close') @HttpCode(200)
  close(@Me() actor: MemberActor, @Param('jobId', IdPipe) jobId: string): Promise<Job> {
    return this.own(this.commands.close(actor, jobId));
  }

  /** Throws a draft away. */
  @Delete('jobs/:jobId') @HttpCode(204)
  remove(@Me() actor: MemberActor, @Param('jobId', IdPipe) jobId: string): Promise<void> {
    return this.commands.remove(actor, jobId);
  }

  /** Shows jobs at a fair, or no longer. Answers the employer's jobs there. */
  @Put('fairs/:fairId/jobs')
  async list(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: ListJobsDto): Promise<Job[]> {
    return this.views.jobs(await this.fairJobs.list(actor, fairId, body), { own: true });
  }

  private async own(row: Promise<JobRow>): Promise<Job> {
    return this.views.job(await row, { own: true });
  }
}
