import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { InterviewMessage, InterviewPass, MyInterview, RecordingState } from '#libs/contracts';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { InterviewJoining } from './interview-joining.js';
import { InterviewMessages } from './interview-messages.js';
import { AnswerRecordingDto, MessagesAfterDto, SendInterviewMessageDto } from './interview.dto.js';
import { InterviewViews } from './interview.view.js';
import { RecordingConsents } from './recording-consents.js';
import { StationInterviews } from './station-interviews.js';

/** One interview on a station's computer, as the person who sits there: what their own phone would show, and nothing else of theirs. */
@Controller('station/people/:personId/interviews/:interviewId')
@Allow('stationClerk')
export class StationInterviewsController {
  constructor(
    private readonly station: StationInterviews,
    private readonly views: InterviewViews,
    private readonly joining: InterviewJoining,
    private readonly messages: InterviewMessages,
    private readonly recording: RecordingConsents,
  ) {}

  @Get()
  async one(@Me() clerk: MemberActor, @Param('personId', IdPipe) personId: string, @Param('interviewId', IdPipe) interviewId: string): Promise<MyInterview> {
    const { accountId } = await this.station.person(clerk, personId, interviewId);
    return this.views.mine(accountId, interviewId);
  }

  @Post('join') @HttpCode(200)
  async join(@Me() clerk: MemberActor, @Param('personId', IdPipe) personId: string, @Param('interviewId', IdPipe) interviewId: string): Promise<InterviewPass> {
    return this.joining.join(clerk, interviewId, await this.station.person(clerk, personId, interviewId));
  }

  @Get('messages')
  async read(
    @Me() clerk: MemberActor, @Param('personId', IdPipe) personId: string, @Param('interviewId', IdPipe) interviewId: string, @Query() query: MessagesAfterDto,
  ): Promise<InterviewMessage[]> {
    return this.messages.list(await this.station.person(clerk, personId, interviewId), interviewId, query.after);
  }

  @Post('messages') @HttpCode(200)
  async write(
    @Me() clerk: MemberActor, @Param('personId', IdPipe) personId: string, @Param('interviewId', IdPipe) interviewId: string, @Body() body: SendInterviewMessageDto,
  ): Promise<InterviewMessage> {
    return this.messages.send(clerk, interviewId, body.text, await this.station.person(clerk, personId, interviewId));
  }

  /** What the person beside the clerk says. */
  @Put('recording/answer')
  async answer(
    @Me() clerk: MemberActor, @Param('personId', IdPipe) personId: string, @Param('interviewId', IdPipe) interviewId: string, @Body() body: AnswerRecordingDto,
  ): Promise<RecordingState> {
    return this.recording.answer(clerk, interviewId, body.yes, await this.station.person(clerk, personId, interviewId));
  }
}
