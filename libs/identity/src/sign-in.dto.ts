import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches, ValidateBy } from 'class-validator';
import type { AskPhoneCode, ChangePassword, SignIn, SignInByPhone, UseLink } from '#libs/contracts';
import { Absentable, IsPhone, IsText } from '#libs/platform';
import { maxPasswordLength } from './passwords.js';

/** What staff sign in with: 3–64 Latin letters, digits, `.`, `_`, `-`, `@`, a letter or digit first; case does not count. */
export const IsLoginName = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
    ValidateBy({ name: 'isLoginName', validator: { validate: (value: unknown) => typeof value === 'string' && /^[a-z0-9][a-z0-9._@-]{2,63}$/.test(value) } }),
  );

/** A password as it is typed; whether it is strong enough, `Passwords.check` says. */
export const IsPassword = (): PropertyDecorator => applyDecorators(IsString(), Length(1, maxPasswordLength));

const IsLinkToken = (): PropertyDecorator => Matches(/^[\w-]{1,100}$/);

export class SignInDto implements SignIn {
  @IsText({ max: 64 }) @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  loginName: string;
  @IsPassword() password: string;
}

export class AskPhoneCodeDto implements AskPhoneCode {
  @IsPhone() phone: string;
}

export class SignInByPhoneDto implements SignInByPhone {
  @IsPhone() phone: string;
  /** Six digits. */
  @Matches(/^\d{6}$/) code: string;
}

export class UseLinkDto implements UseLink {
  @IsLinkToken() token: string;
  @IsPassword() password: string;
  @Absentable() @IsLoginName() loginName?: string;
  @Absentable() @IsText({ max: 40 }) displayName?: string;
}

export class ChangePasswordDto implements ChangePassword {
  @IsPassword() oldPassword: string;
  @IsPassword() newPassword: string;
}
