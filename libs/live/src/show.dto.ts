import { IsBoolean, IsIn, IsInt, IsUUID, Max, Min, ValidateIf } from 'class-validator';
import type { AddLikes, AnswerInvitation, CardSight, PinJob, RaiseHand } from '#libs/contracts';

export class AddLikesDto implements AddLikes {
  /** So many taps since the last call. */
  @IsInt() @Min(1) @Max(100) count: number;
  @IsUUID() deviceId: string;
}

export class PinJobDto implements PinJob {
  /** null: takes the card down. */
  @ValidateIf((_, value: unknown) => value !== null) @IsUUID() jobId: string | null;
}

export class CardSightDto implements CardSight {
  @IsUUID() jobId: string;
  @IsIn(['saw', 'tapped']) what: 'saw' | 'tapped';
  @IsUUID() deviceId: string;
}

export class RaiseHandDto implements RaiseHand {
  @IsUUID() deviceId: string;
}

export class AnswerInvitationDto implements AnswerInvitation {
  @IsBoolean() accept: boolean;
}
