import { IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import type { OverrideEntry, ScanInput } from '#libs/contracts';
import { Absentable, AnyText, IsInstant, IsText } from '#libs/platform';

export class ScanDto implements ScanInput {
  /** Made by the device before the first try: the same id twice is one scan. */
  @IsUUID('all')
  id: string;

  @IsIn(['entry', 'exit'])
  direction: 'entry' | 'exit';

  /** What was read, as it was read: anything is answered. */
  @AnyText() @IsString() @MaxLength(512)
  code: string;

  /** The device's clock; at most two minutes ahead of ours. */
  @IsInstant()
  happenedAt: string;

  /** Persons who pass with this one code, 1–500; more than one only with a ticket for several. */
  @Absentable() @IsInt() @Min(1) @Max(500)
  count?: number;

  /** The device's own lease, of which it has put `count` places aside. */
  @Absentable() @IsUUID('all')
  leaseId?: string;
}

export class OverrideEntryDto implements OverrideEntry {
  /** As in a scan. */
  @IsUUID('all')
  id: string;

  @IsUUID('all')
  gateId: string;

  /** The ticket's code or short code. */
  @AnyText() @IsString() @MaxLength(512)
  code: string;

  /** Kept in the audit log and the event. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}
