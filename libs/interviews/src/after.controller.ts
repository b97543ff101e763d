import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import type { Criterion, Interview, Sheets } from '#libs/contracts';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { DecideDto, SaveSheetDto, SetCriteriaDto } from './after.dto.js';
import { Criteria } from './criteria.js';
import { Decisions } from './decisions.js';
import { InterviewViews } from './interview.view.js';
import { ScoreSheets } from './score-sheets.js';

/** Judging and deciding. */
@Controller()
@Allow('employerAdmin', 'recruiter')
export class AfterController {
  constructor(
    private readonly criteria: Criteria,
    private readonly sheets: ScoreSheets,
    private readonly decisions: Decisions,
    private readonly views: InterviewViews,
  ) {}

  @Get('jobs/:jobId/criteria')
  read(@Me() actor: MemberActor, @Param('jobId', IdPipe) jobId: string): Promise<Criterion[]> {
    return this.criteria.read(actor, jobId);
  }

  @Put('jobs/:jobId/criteria')
  set(@Me() actor: MemberActor, @Param('jobId', IdPipe) jobId: string, @Body() body: SetCriteriaDto): Promise<Criterion[]> {
    return this.criteria.set(actor, jobId, body);
  }

  @Get('interviews/:interviewId/sheets')
  list(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string): Promise<Sheets> {
    return this.sheets.list(actor, interviewId);
  }

  /** One's own; saved again, it replaces the one before. */
  @Put('interviews/:interviewId/sheet')
  save(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: SaveSheetDto): Promise<Sheets> {
    return this.sheets.save(actor, interviewId, body);
  }

  /** The candidate is told, with the reason. */
  @Put('interviews/:interviewId/decision')
  async decide(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: DecideDto): Promise<Interview> {
    await this.decisions.decide(actor, interviewId, body);
    return this.views.one(actor, interviewId);
  }
}
