import { IsBoolean, IsInt, IsUUID, Matches, Max, Min, ValidateIf } from 'class-validator';
import type { ApplyForBooth, AssignBooth, BoothInput, DecideBoothApplication, LayOutBooths, LeaveLead, MoveBooth } from '#libs/contracts';
import { Absentable, IsText, PageQueryDto } from '#libs/platform';

/** One kilometre in decimetres. */
const longest = 10_000;
/** A-07, B12, 特 3: what hangs over the table. */
const number = /^[\p{L}\p{N}][\p{L}\p{N}\- ]{0,9}$/u;
const numberRule = { message: '$property must be at most ten letters, digits and dashes' };

export class BoothInputDto implements BoothInput {
  @IsUUID() zoneId: string;
  @Matches(number, numberRule) number: string;
  @IsInt() @Min(0) @Max(longest) x: number;
  @IsInt() @Min(0) @Max(longest) y: number;
  @IsInt() @Min(5) @Max(longest) width: number;
  @IsInt() @Min(5) @Max(longest) height: number;
}

export class MoveBoothDto implements MoveBooth {
  @Absentable() @IsUUID() zoneId?: string;
  @Absentable() @Matches(number, numberRule) number?: string;
  @Absentable() @IsInt() @Min(0) @Max(longest) x?: number;
  @Absentable() @IsInt() @Min(0) @Max(longest) y?: number;
  @Absentable() @IsInt() @Min(5) @Max(longest) width?: number;
  @Absentable() @IsInt() @Min(5) @Max(longest) height?: number;
}

export class LayOutBoothsDto implements LayOutBooths {
  @IsUUID() zoneId: string;
  @IsInt() @Min(1) @Max(500) count: number;
}

export class AssignBoothDto implements AssignBooth {
  /** null: the booth becomes free. */
  @ValidateIf((_, value: unknown) => value !== null) @IsUUID() organisationId: string | null;
}

export class ApplyForBoothDto implements ApplyForBooth {
  @IsText({ max: 40 }) contactName: string;
  @Absentable() @IsText({ min: 0, max: 300, lines: true }) wish?: string;
}

export class DecideBoothApplicationDto implements DecideBoothApplication {
  @IsBoolean() approved: boolean;
  @Absentable() @IsText({ min: 0, max: 200 }) reason?: string;
  /** With an approval: the employer stands there at once. */
  @Absentable() @IsUUID() boothId?: string;
}

export class LeaveLeadDto implements LeaveLead {
  @Absentable() @IsText({ min: 0, max: 300, lines: true }) note?: string;
  /** The candidate's own yes to this employer (PIPL 23); false is `consentRequired`. */
  @IsBoolean() consent: true;
}

export class LeadQueryDto extends PageQueryDto {
  @Absentable() @IsUUID() fairId?: string;
}
