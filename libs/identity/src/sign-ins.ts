import { Injectable } from '@nestjs/common';
import type { SignedIn } from '#libs/contracts';
import { Database, DomainError, Limits, type Tx } from '#libs/platform';
import { AccessTokens, accessTokenSeconds } from './access-tokens.js';
import { Accounts } from './accounts.js';
import type { AccountActor } from './actor.js';
import { Audit } from './audit.js';
import { Passwords } from './passwords.js';
import { PhoneCodes } from './phone-codes.js';
import { RefreshTokens, type RefreshToken } from './refresh-tokens.js';
import { Vault } from './vault.js';

/** The answer of a sign-in, and what goes into the cookie. */
export interface Opened { signedIn: SignedIn; refresh: RefreshToken }
/** Who acts, once the transaction has committed. */
export interface Admitted { actor: AccountActor; refresh: RefreshToken }

/** Signing in, staying in, signing out. */
@Injectable()
export class SignIns {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly codes: PhoneCodes,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
    private readonly vault: Vault,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /** Throws `wrongCredentials` after the same work for known and unknown names; `accountDisabled`, `organisationSuspended` only to who knows the password. */
  async byPassword(loginName: string, password: string): Promise<Opened> {
    await this.limits.take('signInByAccount', loginName);
    const account = await this.database.read.account.findUnique({ where: { loginName }, select: { id: true, passwordHash: true } });
    const right = await this.passwords.matches(account?.passwordHash, password);
    if (!account || !right) throw new DomainError('wrongCredentials');
    return this.answer(await this.database.transaction((tx) => this.admit(tx, account.id)));
  }

  /** The candidate with this phone, whose account is made the first time. Throws `wrongPhoneCode`. */
  async byPhone(phone: string, code: string): Promise<Opened> {
    await this.limits.take('signInByPhone', this.vault.phoneHash(phone));
    const admitted = await this.database.transaction(async (tx) => {
      if (!(await this.codes.redeem(tx, phone, code))) return null;
      const { accountId } = await this.vault.enrol(tx, phone);
      return this.admit(tx, accountId);
    });
    if (!admitted) throw new DomainError('wrongPhoneCode');
    return this.answer(admitted);
  }

  /** A new pair for a refresh token. Throws `unauthenticated`, `tokenReused`, `accountDisabled`, `organisationSuspended`, `tooManyRequests`. */
  async refresh(token: string): Promise<Opened> {
    const outcome = await this.database.transaction(async (tx) => {
      const rotated = await this.refreshTokens.rotate(tx, token);
      if ('refused' in rotated) return rotated;
      // Before the commit: a browser that is refused keeps the token it has, and is no thief when it comes again with it.
      await this.limits.take('refreshByAccount', rotated.accountId);
      return { actor: await this.accounts.actor(tx, rotated.accountId), refresh: { token: rotated.token, expiresAt: rotated.expiresAt } };
    });
    if ('refused' in outcome) throw new DomainError(outcome.refused);
    return this.answer(outcome);
  }

  async signOut(token: string): Promise<void> {
    await this.database.transaction((tx) => this.refreshTokens.end(tx, token));
  }

  /**
   * Staff change their own password; their other sign-ins end.
   * @param keepToken the refresh token of this browser, whose sign-in stays
   * Throws `wrongCredentials`, `passwordTooWeak`.
   */
  async changePassword(actor: AccountActor, oldPassword: string, newPassword: string, keepToken: string | null): Promise<void> {
    await this.limits.take('passwordByAccount', actor.accountId);
    const account = await this.database.read.account.findUnique({ where: { id: actor.accountId } });
    if (!account || account.disabledAt) throw new DomainError('unauthenticated');
    if (!(await this.passwords.matches(account.passwordHash, oldPassword))) throw new DomainError('wrongCredentials');
    this.passwords.check(newPassword, account.loginName ?? '');
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async (tx) => {
      const { count } = await tx.account.updateMany({ where: { id: account.id, passwordHash: account.passwordHash }, data: { passwordHash } });
      if (count === 0) throw new DomainError('conflict');
      await this.refreshTokens.endAll(tx, account.id, keepToken);
      await this.audit.write(tx, actor, 'password.changed', { kind: 'account', id: account.id });
    });
  }

  /** Begins a sign-in inside the command that made or found the account. */
  async admit(tx: Tx, accountId: string): Promise<Admitted> {
    const actor = await this.accounts.actor(tx, accountId);
    return { actor, refresh: await this.refreshTokens.issue(tx, accountId, actor.role === 'candidate' ? 'candidate' : 'staff') };
  }

  /** The answer for somebody who was admitted; after the commit. */
  async answer({ actor, refresh }: Admitted): Promise<Opened> {
    const [accessToken, account] = await Promise.all([this.accessTokens.issue(actor), this.accounts.me(actor)]);
    return { signedIn: { accessToken, expiresIn: accessTokenSeconds, account }, refresh };
  }
}
