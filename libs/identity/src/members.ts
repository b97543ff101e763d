import { Injectable } from '@nestjs/common';
import type { Colleague, MadeLink, Member, MembershipRole, OrganisationKind } from '#libs/contracts';
import { Events } from '#libs/events';
import { Database, DomainError, fieldRefused, type Account, type Membership, type Tx } from '#libs/platform';
import { actorId } from './actor.js';
import { Audit } from './audit.js';
import { OneTimeLinks } from './one-time-links.js';
import type { OfficeActor } from './organisations.js';
import { RefreshTokens } from './refresh-tokens.js';
import { looksAfter } from './review.rules.js';

const rolesOf: Record<OrganisationKind, readonly MembershipRole[]> = {
  organiser: ['organiserAdmin', 'organiserStaff'],
  employer: ['employerAdmin', 'recruiter'],
  station: ['stationClerk'],
};

/**
 * An organisation's people, for its administrators and for platform administrators; a station's clerks, for the administrators of the
 * bureaus that look after it. For others the organisation is `notFound`.
 */
@Injectable()
export class Members {
  constructor(
    private readonly database: Database,
    private readonly links: OneTimeLinks,
    private readonly refreshTokens: RefreshTokens,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  async list(actor: OfficeActor, organisationId: string): Promise<Member[]> {
    await this.database.transaction((tx) => this.requireManaged(tx, actor, organisationId));
    const rows = await this.database.read.membership.findMany({ where: { organisationId }, include: { account: true }, orderBy: { createdAt: 'asc' } });
    return rows.map(memberOf);
  }

  /** Who of an organisation can sign in now, the longest there first. */
  async colleagues(organisationId: string): Promise<Colleague[]> {
    const rows = await this.database.read.membership.findMany({ where: { organisationId, account: { disabledAt: null } }, include: { account: true }, orderBy: { createdAt: 'asc' } });
    return rows.map(({ accountId, account }) => ({ accountId, name: account.displayName }));
  }

  /** Whether all of these accounts belong to the organisation and are not disabled. */
  async areAll(organisationId: string, accountIds: readonly string[], reader: Tx | Database['read'] = this.database.read): Promise<boolean> {
    const ids = new Set(accountIds);
    return (await reader.membership.count({ where: { organisationId, accountId: { in: [...ids] }, account: { disabledAt: null } } })) === ids.size;
  }

  /** A link for one colleague, shown once and good for seven days. Throws `validationFailed` for a role that this kind of organisation has not. */
  async invite(actor: OfficeActor, organisationId: string, role: MembershipRole): Promise<MadeLink> {
    return this.database.transaction(async (tx) => {
      const kind = await this.requireManaged(tx, actor, organisationId);
      if (!rolesOf[kind].includes(role)) {
        throw fieldRefused({ field: 'role', zh: '这种单位没有这个角色。', en: 'This kind of organisation has no such role.' });
      }
      await this.audit.write(tx, actor, 'member.invited', { kind: 'organisation', id: organisationId }, { organisationId, details: { role } });
      return this.links.make(tx, { purpose: 'invitation', organisationId, role, createdById: actor.accountId });
    });
  }

  /**
   * Ends a membership, and access with it. An account that belongs nowhere any more is disabled for good. Throws `notFound`, and `forbidden` for oneself, so that an organisation keeps an administrator.
   */
  async remove(actor: OfficeActor, organisationId: string, accountId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.requireManaged(tx, actor, organisationId);
      if (actor.accountId === accountId) throw new DomainError('forbidden');
      const { count } = await tx.membership.deleteMany({ where: { organisationId, accountId } });
      if (count === 0) throw new DomainError('notFound');
      await tx.account.updateMany({ where: { id: accountId, platformAdmin: false, memberships: { none: {} } }, data: { disabledAt: new Date() } });
      await this.refreshTokens.endAll(tx, accountId);
      await this.audit.write(tx, actor, 'member.removed', { kind: 'account', id: accountId }, { organisationId });
      await this.events.append(tx, 'member.removed', { kind: 'organisation', id: organisationId }, { organisationId, accountId }, { actorId: actorId(actor) });
    });
  }

  /**
   * Disables a member's account, or lets it in again: somebody on leave keeps their place. Their sign-ins end, and their access
   * with them. Twice is once. Throws `notFound`, and `forbidden` for oneself and for a platform administrator's account.
   */
  async setDisabled(actor: OfficeActor, organisationId: string, accountId: string, disabled: boolean): Promise<Member> {
    return this.database.transaction(async (tx) => {
      await this.requireManaged(tx, actor, organisationId);
      const member = await tx.membership.findFirst({ where: { organisationId, accountId }, include: { account: true } });
      if (!member) throw new DomainError('notFound');
      if (actor.accountId === accountId || member.account.platformAdmin) throw new DomainError('forbidden');
      if ((member.account.disabledAt !== null) === disabled) return memberOf(member);
      const account = await tx.account.update({ where: { id: accountId }, data: { disabledAt: disabled ? new Date() : null } });
      if (disabled) await this.refreshTokens.endAll(tx, accountId);
      await this.audit.write(tx, actor, disabled ? 'member.disabled' : 'member.enabled', { kind: 'account', id: accountId }, { organisationId });
      await this.events.append(tx, 'member.statusChanged', { kind: 'organisation', id: organisationId }, { organisationId, accountId, disabled }, { actorId: actorId(actor) });
      return memberOf({ ...member, account });
    });
  }

  /** A link with which a member sets a new password, good for a day. Throws `notFound`; `forbidden` for a platform administrator's account, unless by another. */
  async resetPassword(actor: OfficeActor, organisationId: string, accountId: string): Promise<MadeLink> {
    return this.database.transaction(async (tx) => {
      await this.requireManaged(tx, actor, organisationId);
      const member = await tx.membership.findFirst({ where: { organisationId, accountId }, include: { account: true } });
      if (!member) throw new DomainError('notFound');
      if (member.account.platformAdmin && actor.role !== 'platformAdmin') throw new DomainError('forbidden');
      await this.audit.write(tx, actor, 'password.resetOffered', { kind: 'account', id: accountId }, { organisationId });
      return this.links.make(tx, { purpose: 'passwordReset', organisationId, accountId, createdById: actor.accountId });
    });
  }

  /** Locks the organisation and answers its kind. The actor's membership is read anew: two administrators who remove each other leave one. */
  private async requireManaged(tx: Tx, actor: OfficeActor, organisationId: string): Promise<OrganisationKind> {
    const [organisation] = await tx.$queryRaw<{ kind: OrganisationKind; regionCode: string }[]>`
      SELECT kind::text AS kind, "regionCode" FROM "Organisation" WHERE id = ${organisationId}::uuid FOR NO KEY UPDATE`;
    if (!organisation) throw new DomainError('notFound');
    if (actor.role === 'platformAdmin') return organisation.kind;
    const home = await tx.organisation.findUniqueOrThrow({ where: { id: actor.organisationId }, select: { id: true, kind: true, regionCode: true } });
    const clerks = organisation.kind === 'station' && looksAfter(home, organisation);
    if (home.id !== organisationId && !clerks) throw new DomainError('notFound');
    const membership = await tx.membership.findUnique({ where: { accountId_organisationId: { accountId: actor.accountId, organisationId: home.id } } });
    if (membership?.role !== 'organiserAdmin' && membership?.role !== 'employerAdmin') throw new DomainError('forbidden');
    return organisation.kind;
  }
}

const memberOf = ({ account, role, createdAt }: Membership & { account: Account }): Member => ({
  accountId: account.id, displayName: account.displayName, loginName: account.loginName ?? '', role,
  disabled: account.disabledAt !== null, joinedAt: createdAt.toISOString(),
});
