import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import type { Applicant, MyApplication, Page } from '#libs/contracts';
import { Allow, Me, type CandidateActor, type MemberActor } from '#libs/identity';
import { attachment, Context, IdPipe } from '#libs/platform';
import { ApplicantExport } from './applicant-export.js';
import { ApplicantsService } from './applicants.service.js';
import { ApplicantQueryDto, ApplyDto, MarkApplicationDto } from './application.dto.js';
import { ApplicationsService } from './applications.service.js';

/** The candidate's side. */
@Controller()
@Allow('candidate')
export class ApplicationsController {
  constructor(private readonly applications: ApplicationsService) {}

  @Get('me/applications')
  mine(@Me() actor: CandidateActor): Promise<MyApplication[]> {
    return this.applications.mine(actor.accountId);
  }

  /** One tap, no CV needed. A repeated tap answers the same application. */
  @Post('applications') @HttpCode(200)
  async apply(@Me() actor: CandidateActor, @Body() body: ApplyDto): Promise<MyApplication> {
    return this.applications.view(await this.applications.apply(actor, body));
  }

  /** Takes it back. */
  @Delete('applications/:applicationId') @HttpCode(204)
  withdraw(@Me() actor: CandidateActor, @Param('applicationId', IdPipe) applicationId: string): Promise<void> {
    return this.applications.withdraw(actor, applicationId);
  }
}

/** The employer's side. */
@Controller('applicants')
@Allow('employerAdmin', 'recruiter')
export class ApplicantsController {
  constructor(
    private readonly applicants: ApplicantsService,
    private readonly exports: ApplicantExport,
  ) {}

  @Get()
  list(@Me() actor: MemberActor, @Query() query: ApplicantQueryDto): Promise<Page<Applicant>> {
    return this.applicants.list(actor, query);
  }

  /** Those whose consent holds, as .xlsx with their phones. */
  @Get('export')
  async export(@Me() actor: MemberActor, @Query() query: ApplicantQueryDto): Promise<StreamableFile> {
    const name = Context.current().language === 'zh' ? '投递名单' : 'applicants';
    return attachment(`${name}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', await this.exports.xlsx(actor, query));
  }

  @Post(':applicationId/mark') @HttpCode(200)
  async mark(@Me() actor: MemberActor, @Param('applicationId', IdPipe) applicationId: string, @Body() body: MarkApplicationDto): Promise<Applicant> {
    return this.applicants.view(await this.applicants.mark(actor, applicationId, body));
  }

  /** The whole phone. Written to the audit log. */
  @Get(':applicationId/phone')
  async phone(@Me() actor: MemberActor, @Param('applicationId', IdPipe) applicationId: string): Promise<{ phone: string }> {
    return { phone: await this.applicants.phone(actor, applicationId) };
  }

  /** The CV that was sent along. Written to the audit log. */
  @Get(':applicationId/cv')
  async cv(@Me() actor: MemberActor, @Param('applicationId', IdPipe) applicationId: string): Promise<StreamableFile> {
    const { file, stream } = await this.applicants.cv(actor, applicationId);
    return attachment(file.name, file.mediaType, stream);
  }
}
