import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, StreamableFile } from '@nestjs/common';
import type { Interview, InterviewMessage, InterviewPass, InterviewRecording, InterviewSummary, Page, RecordingState } from '#libs/contracts';
import { Allow, Me, type AccountActor, type MemberActor } from '#libs/identity';
import { attachment, IdPipe } from '#libs/platform';
import { InterviewConduct } from './interview-conduct.js';
import { InterviewFiles } from './interview-files.js';
import { InterviewJoining } from './interview-joining.js';
import { InterviewMessages } from './interview-messages.js';
import {
  AnswerRecordingDto, AskRecordingDto, ExtendInterviewDto, HandOverDto, InterviewQueryDto, InviteInterviewerDto, MessagesAfterDto, SendInterviewMessageDto,
} from './interview.dto.js';
import { InterviewViews } from './interview.view.js';
import { RecordingConsents } from './recording-consents.js';

/** The meeting: its room for both sides, and what interviewers do with it. */
@Controller('interviews')
@Allow('employerAdmin', 'recruiter')
export class InterviewsController {
  constructor(
    private readonly views: InterviewViews,
    private readonly joining: InterviewJoining,
    private readonly conduct: InterviewConduct,
    private readonly messages: InterviewMessages,
    private readonly recording: RecordingConsents,
    private readonly files: InterviewFiles,
  ) {}

  /** The employer's, the newest first. */
  @Get()
  list(@Me() actor: MemberActor, @Query() query: InterviewQueryDto): Promise<Page<InterviewSummary>> {
    return this.views.list(actor, query);
  }

  @Get(':interviewId')
  one(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string): Promise<Interview> {
    return this.views.one(actor, interviewId);
  }

  /** The candidate's first answers the call. */
  @Post(':interviewId/join') @HttpCode(200) @Allow('employerAdmin', 'recruiter', 'candidate')
  join(@Me() actor: AccountActor, @Param('interviewId', IdPipe) interviewId: string): Promise<InterviewPass> {
    return this.joining.join(actor, interviewId);
  }

  /** At the table, in the hall. */
  @Post(':interviewId/begin') @HttpCode(200)
  async begin(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string): Promise<Interview> {
    await this.conduct.begin(actor, interviewId);
    return this.views.one(actor, interviewId);
  }

  /** One that has not begun is cancelled. */
  @Post(':interviewId/end') @HttpCode(200)
  async end(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string): Promise<Interview> {
    await this.conduct.end(actor, interviewId);
    return this.views.one(actor, interviewId);
  }

  /** Called, and did not come. */
  @Post(':interviewId/missed') @HttpCode(200)
  async missed(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string): Promise<Interview> {
    await this.conduct.missed(actor, interviewId);
    return this.views.one(actor, interviewId);
  }

  @Post(':interviewId/extend') @HttpCode(200)
  async extend(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: ExtendInterviewDto): Promise<Interview> {
    await this.conduct.extend(actor, interviewId, body.minutes);
    return this.views.one(actor, interviewId);
  }

  /** A colleague leads it from now on. */
  @Post(':interviewId/hand-over') @HttpCode(200)
  async handOver(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: HandOverDto): Promise<Interview> {
    await this.conduct.handOver(actor, interviewId, body.accountId);
    return this.views.one(actor, interviewId);
  }

  /** A colleague may come in. */
  @Post(':interviewId/interviewers') @HttpCode(200)
  async invite(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: InviteInterviewerDto): Promise<Interview> {
    await this.conduct.invite(actor, interviewId, body.accountId);
    return this.views.one(actor, interviewId);
  }

  @Get(':interviewId/messages') @Allow('employerAdmin', 'recruiter', 'candidate')
  read(@Me() actor: AccountActor, @Param('interviewId', IdPipe) interviewId: string, @Query() query: MessagesAfterDto): Promise<InterviewMessage[]> {
    return this.messages.list(actor, interviewId, query.after);
  }

  @Post(':interviewId/messages') @HttpCode(200) @Allow('employerAdmin', 'recruiter', 'candidate')
  write(@Me() actor: AccountActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: SendInterviewMessageDto): Promise<InterviewMessage> {
    return this.messages.send(actor, interviewId, body.text);
  }

  /** Asks everybody for a recording, or ends it. */
  @Put(':interviewId/recording')
  ask(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: AskRecordingDto): Promise<RecordingState> {
    return this.recording.ask(actor, interviewId, body.on);
  }

  /** One's own yes or no; a no stops it at once. */
  @Put(':interviewId/recording/answer') @Allow('employerAdmin', 'recruiter', 'candidate')
  answer(@Me() actor: AccountActor, @Param('interviewId', IdPipe) interviewId: string, @Body() body: AnswerRecordingDto): Promise<RecordingState> {
    return this.recording.answer(actor, interviewId, body.yes);
  }

  @Get(':interviewId/recordings')
  recordings(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string): Promise<InterviewRecording[]> {
    return this.files.recorded(actor, interviewId);
  }

  /** The candidate's newest. Written to the audit log. */
  @Get(':interviewId/cv')
  async cv(@Me() actor: MemberActor, @Param('interviewId', IdPipe) interviewId: string): Promise<StreamableFile> {
    const { file, stream } = await this.files.cv(actor, interviewId);
    return attachment(file.name, file.mediaType, stream);
  }
}
