import { IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import type { OverrideEntry, ScanInput } from '#libs/contracts';
import { AnyText, IsInstant, IsText } from '#libs/platform';

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
