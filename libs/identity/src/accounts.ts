import { Injectable } from '@nestjs/common';
import type { Me, MembershipRole } from '#libs/contracts';
import { Database, DomainError, newId, type Reader, type Tx } from '#libs/platform';
import type { AccountActor } from './actor.js';
import { Vault } from './vault.js';

export interface NewStaff {
  /** Lower case. */
  loginName: string;
  passwordHash: string;
  displayName: string;
  platformAdmin?: boolean;
}

/** Accounts and what they may act as. */
@Injectable()
export class Accounts {
  constructor(private readonly database: Database, private readonly vault: Vault) {}

  /** Makes a staff account. Throws `loginNameTaken`. Answers its id. */
  async createStaff(tx: Tx, staff: NewStaff): Promise<string> {
    const id = newId();
    const { count } = await tx.account.createMany({ data: [{ id, kind: 'staff', ...staff }], skipDuplicates: true });
    if (count === 0) throw new DomainError('loginNameTaken');
    return id;
  }

  async join(tx: Tx, accountId: string, organisationId: string, role: MembershipRole): Promise<void> {
    await tx.membership.create({ data: { id: newId(), accountId, organisationId, role } });
  }

  /**
   * As whom this account acts: platform administrator, candidate, or member of its newest organisation (a staff account has
   * one: an invitation makes a new account). Throws `accountDisabled` (also when it belongs nowhere any more) and
   * `organisationSuspended`; `unauthenticated` when there is no such account.
   */
  async actor(tx: Tx, accountId: string): Promise<AccountActor> {
    const account = await tx.account.findUnique({
      where: { id: accountId },
      include: { memberships: { orderBy: { createdAt: 'desc' }, take: 1, include: { organisation: { select: { status: true } } } } },
    });
    if (!account) throw new DomainError('unauthenticated');
    if (account.disabledAt) throw new DomainError('accountDisabled');
    if (account.kind === 'candidate') return { role: 'candidate', accountId };
    if (account.platformAdmin) return { role: 'platformAdmin', accountId };
    const membership = account.memberships[0];
    if (!membership) throw new DomainError('accountDisabled');
    if (membership.organisation.status === 'suspended') throw new DomainError('organisationSuspended');
    return { role: membership.role, accountId, organisationId: membership.organisationId };
  }

  /** What the person's own pages need. Throws `unauthenticated` for an account that is gone. */
  async me(actor: AccountActor): Promise<Me> {
    const account = await this.database.read.account.findUnique({ where: { id: actor.accountId } });
    if (!account || account.disabledAt) throw new DomainError('unauthenticated');
    if (actor.role === 'candidate') {
      const [names, phones] = await Promise.all([this.vault.names([actor.accountId]), this.vault.maskedPhones([actor.accountId])]);
      const phoneMasked = phones.get(actor.accountId) ?? null;
      return { accountId: account.id, role: actor.role, displayName: names.get(account.id) || (phoneMasked ?? ''), phoneMasked, organisation: null };
    }
    const organisation = 'organisationId' in actor
      ? await this.database.read.organisation.findUnique({ where: { id: actor.organisationId }, select: { id: true, name: true, kind: true, regionCode: true } })
      : null;
    return { accountId: account.id, role: actor.role, displayName: account.displayName, phoneMasked: null, organisation };
  }

  /** Names of colleagues by account id, for audit entries and lists; candidates are missing. */
  async displayNames(ids: Iterable<string>, reader: Reader = this.database.read): Promise<Map<string, string>> {
    const rows = await reader.account.findMany({ where: { id: { in: [...new Set(ids)] }, kind: 'staff' }, select: { id: true, displayName: true } });
    return new Map(rows.map((row) => [row.id, row.displayName]));
  }
}
