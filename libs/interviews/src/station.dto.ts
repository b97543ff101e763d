import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsUUID, Max, Min, ValidateBy } from 'class-validator';
import type { BookSlot, JoinQueue, RegisterPerson } from '#libs/contracts';
import { isIdNumber, normalIdNumber } from '#libs/identity';
import { Absentable, IsPhone, IsText } from '#libs/platform';

/** A resident's identity number with its right check character (GB 11643). */
const IsIdNumber = (): PropertyDecorator => applyDecorators(
  Transform(({ value }: { value: unknown }) => normalIdNumber(value)),
  ValidateBy({ name: 'isIdNumber', validator: { validate: isIdNumber, defaultMessage: () => '$property must be an identity number of 18 characters' } }),
);

export class PeopleQueryDto {
  /** Part of a name, or the phone's last digits. */
  @Absentable() @IsText({ min: 0, max: 40 }) q?: string;
}

export class RegisterPersonDto implements RegisterPerson {
  @IsText({ max: 40 }) name: string;
  @Absentable() @IsPhone() phone?: string;
  /** Kept sealed, shown to nobody; finds the person again. */
  @Absentable() @IsIdNumber() idNumber?: string;
  @Absentable() @IsText({ min: 0, max: 40 }) education?: string;
  @Absentable() @IsInt() @Min(0) @Max(60) experienceYears?: number;
  @Absentable() @IsText({ min: 0, max: 500, lines: true }) wish?: string;
  /** The person said yes to the wording that was read out. */
  @IsBoolean() consent: boolean;
}

export class TicketForPersonDto {
  @IsUUID() fairId: string;
}

export class PlaceForPersonDto implements JoinQueue {
  @IsUUID() boothId: string;
  @Absentable() @IsUUID() jobId?: string;
  /** Whoever is at a station meets online. */
  @IsIn(['online']) mode: 'online';
  /** The person's own yes to this employer, said in front of the clerk. */
  @IsBoolean() consent: boolean;
}

export class BookingForPersonDto implements BookSlot {
  @IsUUID() slotId: string;
  /** The person's own yes to this employer, said in front of the clerk. */
  @IsBoolean() consent: boolean;
}
