import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import { applicationSources, applicationStatuses, type ApplicantQuery, type ApplicationSource, type ApplicationStatus, type Apply, type MarkApplication } from '#libs/contracts';
import { Absentable, IsText, PageQueryDto } from '#libs/platform';

export class ApplyDto implements Apply {
  @IsUUID() jobId: string;
  /** The fair at which the candidate saw it. */
  @Absentable() @IsUUID() fairId?: string;
  /** The broadcast whose card was tapped. */
  @Absentable() @IsUUID() broadcastId?: string;
  @IsIn(applicationSources) source: ApplicationSource;
  @Absentable() @IsText({ min: 0, max: 500, lines: true }) note?: string;
  /** Sends the newest CV along. */
  @Absentable() @IsBoolean() withCv?: boolean;
  /** The candidate's own yes to this employer (PIPL 23). */
  @IsBoolean() consent: boolean;
}

const marks = ['seen', 'shortlisted', 'rejected', 'hired'] as const;

export class MarkApplicationDto implements MarkApplication {
  @IsIn(marks) status: (typeof marks)[number];
}

export class ApplicantQueryDto extends PageQueryDto implements ApplicantQuery {
  @Absentable() @IsUUID() jobId?: string;
  @Absentable() @IsUUID() fairId?: string;
  @Absentable() @IsIn(applicationStatuses) status?: ApplicationStatus;
}
