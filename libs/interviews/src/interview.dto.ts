import { IsBoolean, IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import {
  interviewStatuses, type AnswerRecording, type AskRecording, type ExtendInterview, type HandOver, type InterviewQuery, type InterviewStatus, type InviteInterviewer,
  type SendInterviewMessage,
} from '#libs/contracts';
import { Absentable, IsText, PageQueryDto, QueryNumber } from '#libs/platform';

export class InterviewQueryDto extends PageQueryDto implements InterviewQuery {
  @Absentable() @IsIn(interviewStatuses) status?: InterviewStatus;
  @Absentable() @IsUUID() boothId?: string;
  @Absentable() @IsUUID() fairId?: string;
}

export class ExtendInterviewDto implements ExtendInterview {
  /** Minutes more. */
  @IsInt() @Min(1) @Max(30) minutes: number;
}

export class HandOverDto implements HandOver {
  /** The colleague who leads from now on. */
  @IsUUID() accountId: string;
}

export class InviteInterviewerDto implements InviteInterviewer {
  @IsUUID() accountId: string;
}

export class MessagesAfterDto {
  /** The number of the last one that is known. */
  @Absentable() @QueryNumber() @IsInt() @Min(0) after?: number;
}

export class SendInterviewMessageDto implements SendInterviewMessage {
  @IsText({ max: 500, lines: true }) text: string;
}

export class AskRecordingDto implements AskRecording {
  /** False ends it. */
  @IsBoolean() on: boolean;
}

export class AnswerRecordingDto implements AnswerRecording {
  /** Can be taken back at any time. */
  @IsBoolean() yes: boolean;
}
