import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import type { SetFairStop, SetZoneCapacity, SetZoneLock } from '#libs/contracts';
import { IsText } from '#libs/platform';

export class SetZoneLockDto implements SetZoneLock {
  @IsBoolean()
  locked: boolean;

  /** Shown at the gates, kept in the audit log. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class SetFairStopDto implements SetFairStop {
  @IsBoolean()
  stopped: boolean;

  /** Shown at the gates, kept in the audit log. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class SetZoneCapacityDto implements SetZoneCapacity {
  /** Persons, 0–1,000,000. */
  @IsInt() @Min(0) @Max(1_000_000)
  approvedNumber: number;

  /** Kept in the audit log. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}
