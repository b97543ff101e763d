import { IsString, Length, Matches } from 'class-validator';
import type { PairDevice, RevokeDevice } from '#libs/contracts';
import { Absentable, IsInstant, IsText } from '#libs/platform';

export class PairDeviceDto implements PairDevice {
  /** Eight letters and digits as they were read out; blanks and dashes do not matter. */
  @IsString() @Length(1, 40)
  code: string;

  /** What the guard calls it. */
  @IsText({ max: 60 })
  name: string;

  /** Ed25519, raw 32 bytes, base64url. */
  @Absentable() @IsString() @Matches(/^[A-Za-z0-9_-]{43}$/)
  publicKey?: string;
}

export class DeviceClockDto {
  /** What the device's clock shows now. */
  @Absentable() @IsInstant()
  clock?: string;
}

export class RevokeDeviceDto implements RevokeDevice {
  /** Kept in the audit log and the event. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}
