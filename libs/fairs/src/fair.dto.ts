import { Type } from 'class-transformer';
import {
  ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsLatitude, IsLongitude, IsNumber, IsOptional, IsUUID, Matches, Max, Min, 
  ValidateNested,
} from 'class-validator';
import {
  fairChannels, fairStatuses, type AgendaSessionInput, type ChangeFairStatus, type CloneFair, type CreateFair, type FairChannel, type FairQuery,
  type FairStatus, type RescheduleFair, type SetAgenda, type SetZones, type UpdateFair, type ZoneInput,
} from '#libs/contracts';
import { Absentable, IsInstant, IsRegionCode, IsText, PageQueryDto, QueryBoolean } from '#libs/platform';

/** No hall of ours is approved for more; a bound so that a slip of the finger is seen. */
const mostPersons = 1_000_000;
/** One kilometre in decimetres. */
const longest = 10_000;

class FairText {
  /** The campaign's mark, as the notice wants it on every page: 2026年春风行动暨就业援助季. */
  @Absentable() @IsText({ min: 0, max: 80 }) campaign?: string;
  @Absentable() @IsText({ min: 0, max: 120 }) theme?: string;
  @Absentable() @IsText({ min: 0, max: 5_000, lines: true }) description?: string;
  @Absentable() @IsText({ min: 0, max: 80 }) venueName?: string;
  @Absentable() @IsText({ min: 0, max: 200 }) venueAddress?: string;
  @Absentable() @IsNumber() @IsLatitude() latitude?: number;
  @Absentable() @IsNumber() @IsLongitude() longitude?: number;
  /** How many tickets in all; null: no limit. */
  @IsOptional() @IsInt() @Min(1) @Max(mostPersons) quota?: number | null;
}

export class CreateFairDto extends FairText implements CreateFair {
  @IsText({ max: 80 }) name: string;
  @IsIn(fairChannels) channel: FairChannel;
  @IsRegionCode() regionCode: string;
  @IsInstant() startsAt: string;
  @IsInstant() endsAt: string;
  @IsInt() @Min(0) @Max(mostPersons) approvedNumber: number;
  @Absentable() @IsBoolean() isTemplate?: boolean;
}

export class UpdateFairDto extends FairText implements UpdateFair {
  @Absentable() @IsText({ max: 80 }) name?: string;
  @Absentable() @IsIn(fairChannels) channel?: FairChannel;
  @Absentable() @IsRegionCode() regionCode?: string;
}

export class CloneFairDto implements CloneFair {
  @IsText({ max: 80 }) name: string;
  @IsInstant() startsAt: string;
  @IsInstant() endsAt: string;
  @Absentable() @IsBoolean() asTemplate?: boolean;
}

export class ChangeFairStatusDto implements ChangeFairStatus {
  @IsIn(fairStatuses) to: FairStatus;
  @Absentable() @IsText({ min: 0, max: 200 }) reason?: string;
}

export class RescheduleFairDto implements RescheduleFair {
  @IsInstant() startsAt: string;
  @IsInstant() endsAt: string;
  @Absentable() @IsText({ max: 80 }) venueName?: string;
  @Absentable() @IsText({ min: 0, max: 200 }) venueAddress?: string;
  @IsText({ max: 200 }) reason: string;
}

export class ZoneInputDto implements ZoneInput {
  @Absentable() @IsUUID() id?: string;
  @Matches(/^[A-Z]{1,2}$/, { message: '$property must be one or two capital letters' }) letter: string;
  @IsText({ max: 20 }) name: string;
  @IsInt() @Min(0) @Max(mostPersons) approvedNumber: number;
  @IsInt() @Min(0) @Max(longest) x: number;
  @IsInt() @Min(0) @Max(longest) y: number;
  @IsInt() @Min(0) @Max(longest) width: number;
  @IsInt() @Min(0) @Max(longest) height: number;
}

export class SetZonesDto implements SetZones {
  @IsArray() @ArrayMaxSize(52) @ValidateNested({ each: true }) @Type(() => ZoneInputDto) zones: ZoneInputDto[];
  /** Fair.zonesVersion, of what the change was made from. */
  @Absentable() @IsText({ max: 40 }) version?: string;
}

export class AgendaSessionDto implements AgendaSessionInput {
  @IsText({ max: 80 }) title: string;
  @Absentable() @IsText({ min: 0, max: 80 }) speaker?: string;
  @Absentable() @IsText({ min: 0, max: 80 }) place?: string;
  @IsInstant() startsAt: string;
  @IsInstant() endsAt: string;
}

export class SetAgendaDto implements SetAgenda {
  @IsArray() @ArrayMaxSize(200) @ValidateNested({ each: true }) @Type(() => AgendaSessionDto) sessions: AgendaSessionDto[];
  /** Fair.agendaVersion, of what the change was made from. */
  @Absentable() @IsText({ max: 40 }) version?: string;
}

export class FairQueryDto extends PageQueryDto implements FairQuery {
  @Absentable() @IsIn(fairStatuses) status?: FairStatus;
  @Absentable() @IsRegionCode() regionCode?: string;
  @Absentable() @IsIn(fairChannels) channel?: FairChannel;
  /** In name, venue and campaign. */
  @Absentable() @IsText({ min: 0, max: 80 }) q?: string;
}

export class OwnFairQueryDto extends FairQueryDto {
  /** Templates instead of fairs. */
  @Absentable() @QueryBoolean() @IsBoolean() templates?: boolean;
}
