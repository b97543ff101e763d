import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import { complaintKinds, type ComplaintKind, type ComplaintQuery, type DecideComplaint, type MakeComplaint } from '#libs/contracts';
import { Absentable, IsText } from '#libs/platform';

export class MakeComplaintDto implements MakeComplaint {
  @IsIn(complaintKinds) kind: ComplaintKind;
  /** In one's own words; needed for `other` alone. */
  @IsText({ min: 0, max: 500, lines: true }) text: string;
  @Absentable() @IsUUID() hostId?: string;
  @Absentable() @IsUUID() messageId?: string;
  @IsUUID() deviceId: string;
}

export class MyComplaintQueryDto {
  /** Who is not signed in is known by it. */
  @Absentable() @IsUUID() deviceId?: string;
}

export class ComplaintQueryDto implements ComplaintQuery {
  @Absentable() @IsUUID() broadcastId?: string;
}

export class DecideComplaintDto implements DecideComplaint {
  @IsBoolean() upheld: boolean;
  /** Who complained reads it. */
  @IsText({ max: 200 }) reason: string;
}
