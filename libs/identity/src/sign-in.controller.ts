import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Colleague, LinkInfo, Me as MeAnswer, PhoneCodeAsked, SignedIn } from '#libs/contracts';
import { DomainError, Limits } from '#libs/platform';
import { Accounts } from './accounts.js';
import type { AccountActor, MemberActor } from './actor.js';
import { Allow, Me } from './allow.js';
import { clearCookie, deviceCookie, readCookie, refreshCookie, writeCookie } from './cookies.js';
import { LinkUses } from './link-uses.js';
import { Members } from './members.js';
import { OneTimeLinks } from './one-time-links.js';
import { PhoneCodes } from './phone-codes.js';
import { AskPhoneCodeDto, ChangePasswordDto, SignInByPhoneDto, SignInDto, UseLinkDto } from './sign-in.dto.js';
import { SignIns, type Opened } from './sign-ins.js';

const year = 365 * 86_400_000;

/** Puts the refresh token into its cookie; the rest is the answer. */
export function opened(request: Request, response: Response, { signedIn, refresh }: Opened): SignedIn {
  writeCookie(request, response, refreshCookie, refresh.token, refresh.expiresAt);
  return signedIn;
}

@Controller('auth')
export class SignInController {
  constructor(
    private readonly signIns: SignIns,
    private readonly codes: PhoneCodes,
    private readonly links: OneTimeLinks,
    private readonly linkUses: LinkUses,
    private readonly limits: Limits,
  ) {}

  /** Staff sign in with a name and a password. */
  @Post('sign-in') @HttpCode(200) @Allow('anyone')
  async signIn(@Body() body: SignInDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedIn> {
    await this.limits.take('signInByAddress', request.ip ?? '');
    return opened(request, response, await this.signIns.byPassword(body.loginName, body.password));
  }

  /** Sends a one-time code to a candidate's phone. */
  @Post('phone-code') @HttpCode(200) @Allow('anyone')
  async askPhoneCode(@Body() body: AskPhoneCodeDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<PhoneCodeAsked> {
    const known = readCookie(request, deviceCookie);
    const device = known && /^[\w-]{36}$/.test(known) ? known : randomUUID();
    writeCookie(request, response, deviceCookie, device, new Date(Date.now() + year));
    return this.codes.ask(body.phone, device, request.ip ?? '');
  }

  /** A candidate signs in with the code; the account is made the first time. */
  @Post('sign-in-by-phone') @HttpCode(200) @Allow('anyone')
  async signInByPhone(@Body() body: SignInByPhoneDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedIn> {
    return opened(request, response, await this.signIns.byPhone(body.phone, body.code));
  }

  /** A fresh access token for the refresh token in the cookie, which is replaced. */
  @Post('refresh') @HttpCode(200) @Allow('anyone')
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedIn> {
    const token = readCookie(request, refreshCookie);
    if (!token) throw new DomainError('unauthenticated');
    return opened(request, response, await this.signIns.refresh(token));
  }

  /** Ends this browser's sign-in. No error when there is none. */
  @Post('sign-out') @HttpCode(204) @Allow('anyone')
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = readCookie(request, refreshCookie);
    clearCookie(request, response, refreshCookie);
    if (token) await this.signIns.signOut(token);
  }

  /** Staff change their password; their sign-ins on other devices end. */
  @Post('change-password') @HttpCode(204) @Allow('recruiter', 'stationClerk', 'employerAdmin', 'organiserStaff', 'organiserAdmin', 'platformAdmin')
  async changePassword(@Me() actor: AccountActor, @Body() body: ChangePasswordDto, @Req() request: Request): Promise<void> {
    await this.signIns.changePassword(actor, body.oldPassword, body.newPassword, readCookie(request, refreshCookie));
  }

  /** What a one-time link is for. */
  @Get('links/:token') @Allow('anyone')
  async lookAtLink(@Param('token') token: string, @Req() request: Request): Promise<LinkInfo> {
    await this.limits.take('linkByAddress', request.ip ?? '');
    return this.links.look(token);
  }

  /** Uses a one-time link: sets a password, makes the account where it is an invitation, and signs in. */
  @Post('links/use') @HttpCode(200) @Allow('anyone')
  async useLink(@Body() body: UseLinkDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedIn> {
    await this.limits.take('linkByAddress', request.ip ?? '');
    return opened(request, response, await this.linkUses.use(body));
  }
}

@Controller('me')
@Allow('candidate', 'recruiter', 'stationClerk', 'employerAdmin', 'organiserStaff', 'organiserAdmin', 'platformAdmin')
export class AccountController {
  constructor(private readonly accounts: Accounts, private readonly members: Members) {}

  /** Who is signed in. */
  @Get()
  me(@Me() actor: AccountActor): Promise<MeAnswer> {
    return this.accounts.me(actor);
  }

  /** Who works with me, for handing work over: names only. */
  @Get('colleagues') @Allow('recruiter', 'stationClerk', 'employerAdmin', 'organiserStaff', 'organiserAdmin')
  colleagues(@Me() actor: MemberActor): Promise<Colleague[]> {
    return this.members.colleagues(actor.organisationId);
  }
}
