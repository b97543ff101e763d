import { Injectable } from '@nestjs/common';
import type { MadeLink, UseLink } from '#libs/contracts';
import { Events } from '#libs/events';
import { Database, DomainError, fieldRefused, type Tx } from '#libs/platform';
import { Accounts } from './accounts.js';
import { Audit } from './audit.js';
import { OneTimeLinks } from './one-time-links.js';
import { Passwords } from './passwords.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SignIns, type Opened } from './sign-ins.js';

type Taken = Awaited<ReturnType<OneTimeLinks['take']>>;

/** What happens when a one-time link is opened and a password is set: one method a purpose. */
@Injectable()
export class LinkUses {
  constructor(
    private readonly database: Database,
    private readonly links: OneTimeLinks,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly refreshTokens: RefreshTokens,
    private readonly signIns: SignIns,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * A link that makes the first platform administrator, or null when there is one already. Several processes that start on
   * one empty database print one each; the first that is used ends the others.
   */
  async firstAdministratorLink(): Promise<MadeLink | null> {
    return this.database.transaction(async (tx) => ((await this.hasAdministrator(tx)) ? null : this.links.make(tx, { purpose: 'firstAdministrator' })));
  }

  /**
   * Uses a link and signs in. Throws `linkInvalid`, `passwordTooWeak`, `loginNameTaken`, and `validationFailed` when a new
   * account comes without `loginName` or `displayName`. A refused attempt leaves the link good.
   */
  async use(request: UseLink): Promise<Opened> {
    const { loginName } = await this.links.look(request.token);
    this.passwords.check(request.password, loginName ?? request.loginName ?? '');
    const passwordHash = await this.passwords.hash(request.password);
    const admitted = await this.database.transaction(async (tx) => {
      const link = await this.links.take(tx, request.token);
      const accountId = await this[link.purpose](tx, link, passwordHash, request);
      return this.signIns.admit(tx, accountId);
    });
    return this.signIns.answer(admitted);
  }

  private async invitation(tx: Tx, { organisationId, role }: Taken, passwordHash: string, request: UseLink): Promise<string> {
    if (!organisationId || !role) throw new DomainError('linkInvalid');
    const accountId = await this.accounts.createStaff(tx, { ...named(request), passwordHash });
    await this.accounts.join(tx, accountId, organisationId, role);
    await this.audit.write(tx, { role, accountId, organisationId }, 'member.joined', { kind: 'account', id: accountId }, { details: { role } });
    await this.events.append(tx, 'member.joined', { kind: 'organisation', id: organisationId }, { organisationId, accountId, role }, { actorId: accountId });
    return accountId;
  }

  private async passwordReset(tx: Tx, { accountId, organisationId }: Taken, passwordHash: string): Promise<string> {
    if (!accountId) throw new DomainError('linkInvalid');
    const { count } = await tx.account.updateMany({ where: { id: accountId, disabledAt: null }, data: { passwordHash } });
    if (count === 0) throw new DomainError('linkInvalid');
    await this.refreshTokens.endAll(tx, accountId);
    const actor = await this.accounts.actor(tx, accountId);
    await this.audit.write(tx, actor, 'password.reset', { kind: 'account', id: accountId }, { organisationId });
    return accountId;
  }

  private async firstAdministrator(tx: Tx, _: Taken, passwordHash: string, request: UseLink): Promise<string> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('identity: first administrator', 0))`;
    if (await this.hasAdministrator(tx)) throw new DomainError('linkInvalid');
    const accountId = await this.accounts.createStaff(tx, { ...named(request), passwordHash, platformAdmin: true });
    await this.audit.write(tx, { role: 'platformAdmin', accountId }, 'administrator.made', { kind: 'account', id: accountId });
    return accountId;
  }

  private async hasAdministrator(tx: Tx): Promise<boolean> {
    return (await tx.account.count({ where: { platformAdmin: true } })) > 0;
  }
}

function named({ loginName, displayName }: UseLink): { loginName: string; displayName: string } {
  const required = { zh: '必填。', en: 'Required.' };
  if (!loginName) throw fieldRefused({ field: 'loginName', ...required });
  if (!displayName) throw fieldRefused({ field: 'displayName', ...required });
  return { loginName, displayName };
}
