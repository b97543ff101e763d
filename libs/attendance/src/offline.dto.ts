import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import {
  refusalReasons, type AskLease, type CorrectZone, type DecideConflict, type DecideQuarantine, type DeviceKey, type GateRules, type OfflineRecord, type OfflineWalkIn,
  type RefusalReason, type SettleLease, type SweepFair, type UploadScans,
} from '#libs/contracts';
import { Absentable, AnyText, IsInstant, IsText, Nested, NestedList, QueryBoolean, QueryNumber } from '#libs/platform';

const RAW_KEY = /^[A-Za-z0-9_-]{43}$/;
const SEQUENCES = 2_000_000_000;
const MOST_RECORDS = 200;

export class DeviceKeyDto implements DeviceKey {
  /** Ed25519, raw 32 bytes, base64url. */
  @IsString() @Matches(RAW_KEY)
  publicKey: string;
}

export class OfflineQueryDto {
  /** `position` of the snapshot that the device has. */
  @Absentable() @QueryNumber() @IsInt() @Min(0)
  since?: number;
}

export class PreviousLeaseDto {
  @IsUUID('all')
  leaseId: string;

  /** Places of it that the device has used in all. */
  @IsInt() @Min(0) @Max(10_000)
  used: number;
}

export class AskLeaseDto implements AskLease {
  /** Made by the device: the same question twice is one. */
  @IsUUID('all')
  id: string;

  /** One more for each new question. */
  @IsInt() @Min(1) @Max(SEQUENCES)
  sequence: number;

  /** Persons, 0–500; 0 only gives back. */
  @IsInt() @Min(0) @Max(500)
  places: number;

  @Absentable() @Nested(() => PreviousLeaseDto)
  previous?: PreviousLeaseDto;
}

export class OfflineWalkInDto implements OfflineWalkIn {
  @IsUUID('all')
  ticketId: string;

  @IsInt() @Min(1) @Max(10)
  persons: number;

  @IsInstant()
  madeAt: string;

  /** Ed25519 by the device's key. */
  @IsString() @MaxLength(100)
  signature: string;
}

export class OfflineRecordDto implements OfflineRecord {
  @IsUUID('all')
  id: string;

  @IsInt() @Min(1) @Max(SEQUENCES)
  sequence: number;

  @IsIn(['entry', 'exit'])
  direction: 'entry' | 'exit';

  @Absentable() @IsInt() @Min(1) @Max(500)
  count?: number;

  /** What was read; null with a walk-in. */
  @IsOptional() @IsString() @MaxLength(512)
  code: string | null = null;

  @IsOptional() @Nested(() => OfflineWalkInDto)
  walkIn: OfflineWalkInDto | null = null;

  /** By the device's own clock, however wrong. */
  @IsInstant()
  happenedAt: string;

  @IsInt() @Min(-4_000_000_000_000) @Max(4_000_000_000_000)
  offsetMs: number;

  /** Since the record, by the device's running time; null after a reboot. */
  @IsOptional() @IsInt() @Min(0) @Max(31 * 86_400_000)
  agoMs: number | null = null;

  @IsOptional() @IsUUID('all')
  leaseId: string | null = null;

  @IsBoolean()
  admitted: boolean;

  @IsOptional() @IsIn(refusalReasons)
  reason: RefusalReason | null = null;
}

export class UploadScansDto implements UploadScans {
  /** The device's own clock, now. */
  @IsInstant()
  sentAt: string;

  /** In the order of their sequence, 1–200. */
  @AnyText('code') @NestedList(() => OfflineRecordDto, MOST_RECORDS) @ArrayMinSize(1)
  records: OfflineRecordDto[];
}

export class ConflictQueryDto {
  @Absentable() @QueryBoolean() @IsBoolean()
  open?: boolean;
}

export class DecideConflictDto implements DecideConflict {
  @IsIn(['samePerson', 'anotherPerson', 'noted'])
  decision: 'samePerson' | 'anotherPerson' | 'noted';

  /** Kept in the audit log. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class DecideQuarantineDto implements DecideQuarantine {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(500) @IsUUID('all', { each: true })
  ids: string[];

  @IsBoolean()
  accept: boolean;

  /** Kept in the audit log and the event. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class SettleLeaseDto implements SettleLease {
  /** How many of the held persons did come in. */
  @IsInt() @Min(0) @Max(10_000)
  persons: number;

  /** Kept in the audit log and the event. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class CorrectZoneDto implements CorrectZone {
  /** Made by the page: the same correction twice is one. */
  @IsUUID('all')
  id: string;

  /** More, or below 0 fewer. */
  @IsInt() @Min(-10_000) @Max(10_000)
  persons: number;

  /** One ticket's own presence. */
  @Absentable() @IsString() @Matches(/^[\d\s-]{8,20}$/)
  shortCode?: string;

  /** Kept in the audit log and the event. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class SweepFairDto implements SweepFair {
  /** Kept in the audit log and the event. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class GateRulesDto implements GateRules {
  /** Whoever has left may come again. */
  @IsBoolean()
  reEntry: boolean;

  /** 5–240. */
  @IsInt() @Min(5) @Max(240)
  leaseMinutes: number;

  /** Per cent, 0–80. */
  @IsInt() @Min(0) @Max(80)
  leaseShare: number;
}
