import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsLatitude, IsLongitude, IsNumber, IsUUID, Max, Min } from 'class-validator';
import { broadcastKinds, type BroadcastKind, type ChangeBroadcastStatus, type JoinBroadcast, type ScheduleBroadcast, type ShowTourPlace, type StopBroadcast, type UpdateBroadcast } from '#libs/contracts';
import { Absentable, IsInstant, IsText } from '#libs/platform';

const title = { min: 2, max: 40 };

export class ScheduleBroadcastDto implements ScheduleBroadcast {
  @IsUUID() boothId: string;
  @IsIn(broadcastKinds) kind: BroadcastKind;
  @IsText(title) title: string;
  @IsInstant() startsAt: string;
  @IsInstant() endsAt: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(30) @ArrayUnique() @IsUUID(undefined, { each: true }) jobIds: string[];
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(10) @ArrayUnique() @IsUUID(undefined, { each: true }) hostIds: string[];
}

export class UpdateBroadcastDto implements UpdateBroadcast {
  @Absentable() @IsText(title) title?: string;
  @Absentable() @IsInstant() startsAt?: string;
  @Absentable() @IsInstant() endsAt?: string;
  @Absentable() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(30) @ArrayUnique() @IsUUID(undefined, { each: true }) jobIds?: string[];
  @Absentable() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(10) @ArrayUnique() @IsUUID(undefined, { each: true }) hostIds?: string[];
}

const statuses = ['scheduled', 'rehearsing', 'live', 'paused', 'ended', 'cancelled'] as const;

export class ChangeBroadcastStatusDto implements ChangeBroadcastStatus {
  @IsIn(statuses) status: (typeof statuses)[number];
  @Absentable() @IsText({ min: 0, max: 200 }) reason?: string;
}

export class StopBroadcastDto implements StopBroadcast {
  /** Shown to its hosts and viewers. */
  @IsText({ max: 200 }) reason: string;
}

export class JoinBroadcastDto implements JoinBroadcast {
  /** The browser's own id, made by it once. */
  @IsUUID() deviceId: string;
  @IsIn(['viewer', 'guest', 'host']) as: 'viewer' | 'guest' | 'host';
}

/** Where the phone says that it is; left out when it does not say. */
export class ShowTourPlaceDto implements ShowTourPlace {
  @Absentable() @IsNumber() @IsLatitude() latitude?: number;
  @Absentable() @IsNumber() @IsLongitude() longitude?: number;
  /** Metres. */
  @Absentable() @IsNumber() @Min(0) @Max(100_000) accuracy?: number;
}

export class MyPlaceQueryDto {
  @Absentable() @IsUUID() deviceId?: string;
}

/** `file` changes with the cover, so that browsers may keep it. */
export class CoverQueryDto {
  @Absentable() @IsUUID() file?: string;
}
