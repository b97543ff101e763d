import { IsBoolean, IsInt, IsUUID, Max, Min } from 'class-validator';
import type { BookSlot, CancelSlot, MoveBooking, PublishSlots, SlotQuery } from '#libs/contracts';
import { Absentable, IsInstant, IsText } from '#libs/platform';

export class SlotQueryDto implements SlotQuery {
  @Absentable() @IsUUID() boothId?: string;
  @Absentable() @IsUUID() fairId?: string;
  @Absentable() @IsUUID() jobId?: string;
  @Absentable() @IsInstant() from?: string;
  @Absentable() @IsInstant() to?: string;
}

export class PublishSlotsDto implements PublishSlots {
  @IsUUID() boothId: string;
  @Absentable() @IsUUID() jobId?: string;
  /** A colleague; absent: oneself. */
  @Absentable() @IsUUID() recruiterId?: string;
  @IsInstant() startsAt: string;
  @IsInt() @Min(5) @Max(120) minutes: number;
  @IsInt() @Min(1) @Max(40) count: number;
  /** Minutes between them. */
  @Absentable() @IsInt() @Min(0) @Max(120) gap?: number;
}

export class CancelSlotDto implements CancelSlot {
  /** Told to who booked. */
  @IsText({ max: 200 }) reason: string;
}

export class BookSlotDto implements BookSlot {
  /** The candidate's own yes to this employer (PIPL 23). */
  @IsBoolean() consent: boolean;
}

export class MoveBookingDto implements MoveBooking {
  /** Another time of the same employer. */
  @IsUUID() slotId: string;
}
