import { Controller, Get, Param } from '@nestjs/common';
import type { MyInterview } from '#libs/contracts';
import { Allow, Me, type CandidateActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { InterviewViews } from './interview.view.js';

/** The candidate's own, with status, decision and its reason. */
@Controller('me/interviews')
@Allow('candidate')
export class MyInterviewsController {
  constructor(private readonly views: InterviewViews) {}

  @Get()
  all(@Me() actor: CandidateActor): Promise<MyInterview[]> {
    return this.views.allMine(actor.accountId);
  }

  @Get(':interviewId')
  one(@Me() actor: CandidateActor, @Param('interviewId', IdPipe) interviewId: string): Promise<MyInterview> {
    return this.views.mine(actor.accountId, interviewId);
  }
}
