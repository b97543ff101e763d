import { Injectable } from '@nestjs/common';
import type { CreateOrganiser, CreateStation, Organisation, OrganisationKind, RegisterEmployer, SuspendOrganisation, UpdateOrganisation } from '#libs/contracts';
import { Events } from '#libs/events';
import { Database, DomainError, fieldRefused, Limits, newId, type Organisation as Row, type Tx } from '#libs/platform';
import { Accounts } from './accounts.js';
import { actorId } from './actor.js';
import { Audit } from './audit.js';
import { Organisations, type OfficeActor } from './organisations.js';
import { Passwords } from './passwords.js';
import { Regions } from './regions.js';
import { looksAfter } from './review.rules.js';
import { SignIns, type Opened } from './sign-ins.js';

interface NewOrganisation { kind: OrganisationKind; name: string; regionCode: string; department?: string; creditCode?: string; about?: string }

/** What changes organisations. */
@Injectable()
export class OrganisationCommands {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly regions: Regions,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly signIns: SignIns,
    private readonly limits: Limits,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * An employer enters itself, with its first administrator, who is signed in. It can publish nothing until its licence is verified.
   * Throws `creditCodeTaken`, `loginNameTaken`, `passwordTooWeak`, `validationFailed` (no such region).
   */
  async registerEmployer(request: RegisterEmployer, address: string): Promise<Opened> {
    await this.limits.take('registerByAddress', address);
    this.regions.require(request.regionCode);
    this.passwords.check(request.password, request.loginName);
    const { name, creditCode, regionCode, about, loginName, displayName } = request;
    const passwordHash = await this.passwords.hash(request.password);
    const admitted = await this.database.transaction(async (tx) => {
      const accountId = await this.accounts.createStaff(tx, { loginName, passwordHash, displayName });
      const organisationId = await this.insert(tx, { kind: 'employer', name, creditCode, regionCode, about }, accountId);
      await this.accounts.join(tx, accountId, organisationId, 'employerAdmin');
      await this.audit.write(tx, { role: 'employerAdmin', accountId, organisationId }, 'organisation.registered', { kind: 'organisation', id: organisationId });
      await this.events.append(tx, 'member.joined', { kind: 'organisation', id: organisationId }, { organisationId, accountId, role: 'employerAdmin' }, { actorId: accountId });
      return this.signIns.admit(tx, accountId);
    });
    return this.signIns.answer(admitted);
  }

  /** A bureau, made by a platform administrator, who then invites its first administrator. Throws `validationFailed` (no such region). */
  async createOrganiser(actor: OfficeActor, { name, regionCode, department }: CreateOrganiser): Promise<Organisation> {
    this.regions.require(regionCode);
    const id = await this.database.transaction(async (tx) => {
      const id = await this.insert(tx, { kind: 'organiser', name, regionCode, department }, actor.accountId);
      await this.audit.write(tx, actor, 'organisation.registered', { kind: 'organisation', id }, { organisationId: id });
      return id;
    });
    return this.organisations.get(id);
  }

  /** A station, made by a bureau of its province or by a platform administrator. Throws `validationFailed` (no such region, or not in the bureau's province). */
  async createStation(actor: OfficeActor, { name, regionCode }: CreateStation): Promise<Organisation> {
    this.regions.require(regionCode);
    const id = await this.database.transaction(async (tx) => {
      const bureau = actor.role === 'platformAdmin' ? null : await tx.organisation.findUniqueOrThrow({ where: { id: actor.organisationId } });
      if (bureau && !looksAfter(bureau, { kind: 'station', regionCode })) {
        throw fieldRefused({ field: 'regionCode', zh: '驿站要在本省。', en: 'A station must be in your own province.' });
      }
      const id = await this.insert(tx, { kind: 'station', name, regionCode }, actor.accountId);
      await this.audit.write(tx, actor, 'organisation.registered', { kind: 'organisation', id }, { details: { name } });
      return id;
    });
    return this.organisations.get(id);
  }

  /**
   * `about` is free. What a licence was verified for, and what a bureau's reach follows from, is not one's own to change:
   * a verified employer's name and region are changed by a bureau that looks after it, a bureau's region by a platform
   * administrator. Throws `notFound`, `forbidden`, `validationFailed`.
   */
  async update(actor: OfficeActor, id: string, change: UpdateOrganisation): Promise<Organisation> {
    if (change.regionCode !== undefined) this.regions.require(change.regionCode);
    await this.database.transaction(async (tx) => {
      await this.lock(tx, id);
      const before = await this.organisations.requireVisible(actor, id, tx);
      await this.requireMayChange(tx, actor, before, change);
      await tx.organisation.update({ where: { id }, data: { name: change.name, about: change.about, regionCode: change.regionCode } });
      await this.audit.write(tx, actor, 'organisation.updated', { kind: 'organisation', id }, { organisationId: id, details: { fields: Object.keys(change) } });
    });
    return this.organisations.get(id);
  }

  /** Suspends an organisation or lets it back in, with a reason; the same status again changes nothing. Throws `notFound`. */
  async setStatus(actor: OfficeActor, id: string, { status, reason }: SuspendOrganisation): Promise<Organisation> {
    await this.database.transaction(async (tx) => {
      await this.lock(tx, id);
      const before = await this.organisations.requireReviewable(actor, id, tx);
      if (before.status === status) return;
      await tx.organisation.update({ where: { id }, data: { status } });
      await this.audit.write(tx, actor, 'organisation.statusChanged', { kind: 'organisation', id }, { organisationId: id, reason, details: { status } });
      await this.events.append(tx, 'organisation.statusChanged', { kind: 'organisation', id }, { organisationId: id, status, reason }, { actorId: actorId(actor) });
    });
    return this.organisations.get(id);
  }

  private async insert(tx: Tx, organisation: NewOrganisation, by: string): Promise<string> {
    const id = newId();
    const { count } = await tx.organisation.createMany({ data: [{ id, ...organisation }], skipDuplicates: true });
    if (count === 0) throw new DomainError('creditCodeTaken');
    await this.events.append(tx, 'organisation.registered', { kind: 'organisation', id }, { organisationId: id, kind: organisation.kind }, { actorId: by });
    return id;
  }

  private async lock(tx: Tx, id: string): Promise<void> {
    await tx.$executeRaw`SELECT 1 FROM "Organisation" WHERE id = ${id}::uuid FOR UPDATE`;
  }

  private async requireMayChange(tx: Tx, actor: OfficeActor, row: Row, change: UpdateOrganisation): Promise<void> {
    if (actor.role === 'platformAdmin') return;
    if (actor.organisationId !== row.id) return; // a bureau that looks after it
    const moved = change.regionCode !== undefined && change.regionCode !== row.regionCode;
    if (row.kind === 'organiser' && moved) throw new DomainError('forbidden');
    const renamed = change.name !== undefined && change.name !== row.name;
    if (row.kind === 'organiser' || !(moved || renamed)) return;
    const approved = await tx.licence.count({ where: { organisationId: row.id, status: 'approved' } });
    if (approved > 0) throw new DomainError('forbidden');
  }
}
