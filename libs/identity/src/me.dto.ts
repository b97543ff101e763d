import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { UpdateProfile } from '#libs/contracts';
import { Absentable, IsRegionCode, IsText } from '#libs/platform';

export class UpdateProfileDto implements UpdateProfile {
  @Absentable() @IsText({ min: 0, max: 30 }) name?: string;
  @Absentable() @IsText({ min: 0, max: 60 }) education?: string;
  /** null: not said. */
  @IsOptional() @IsInt() @Min(0) @Max(70) experienceYears?: number | null;
  @Absentable() @IsText({ min: 0, max: 500, lines: true }) wish?: string;
  /** null: not said. */
  @IsOptional() @IsRegionCode() regionCode?: string | null;
}
