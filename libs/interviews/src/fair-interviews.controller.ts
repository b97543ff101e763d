import { Controller, Get, Param } from '@nestjs/common';
import type { InterviewReport } from '#libs/contracts';
import { Fairs } from '#libs/fairs';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { InterviewReports } from './interview-report.js';

/** A fair's interviews for its organiser. */
@Controller('fairs/:fairId')
@Allow('organiserAdmin', 'organiserStaff')
export class FairInterviewsController {
  constructor(
    private readonly fairs: Fairs,
    private readonly reports: InterviewReports,
  ) {}

  /** How many, what came of them, and how the estimates of the queues held: numbers only. */
  @Get('interview-report')
  async report(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string): Promise<InterviewReport> {
    await this.fairs.requireOwn(actor, fairId);
    return this.reports.of(fairId);
  }
}
