import { IsBoolean, IsIn, IsInt, IsUUID, Max, Min, ValidateIf } from 'class-validator';
import { placeModes, queueStatuses, type CallNext, type JoinQueue, type PlaceMode, type QueueStatus, type SetQueue, type SkipPlace } from '#libs/contracts';
import { Absentable, IsText } from '#libs/platform';

export class SetQueueDto implements SetQueue {
  @Absentable() @IsIn(queueStatuses) status?: QueueStatus;
  /** Most that may wait; null: no limit. */
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null) @IsInt() @Min(1) @Max(500) limit?: number | null;
  /** Planned for each. */
  @Absentable() @IsInt() @Min(3) @Max(60) minutes?: number;
}

export class JoinQueueDto implements JoinQueue {
  @Absentable() @IsUUID() jobId?: string;
  /** `onSite`: comes to the table in the hall. */
  @IsIn(placeModes) mode: PlaceMode;
  /** The candidate's own yes to this employer (PIPL 23). */
  @IsBoolean() consent: boolean;
}

export class CallNextDto implements CallNext {
  /** Absent: the first who is free. */
  @Absentable() @IsUUID() placeId?: string;
}

export class SkipPlaceDto implements SkipPlace {
  /** Told to the candidate. */
  @IsText({ max: 200 }) reason: string;
}
