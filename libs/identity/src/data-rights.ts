import { Injectable } from '@nestjs/common';
import type { PersonExport } from '#libs/contracts';
import { Events } from '#libs/events';
import { Database, Limits } from '#libs/platform';
import type { CandidateActor } from './actor.js';
import { Audit } from './audit.js';
import { Consents } from './consents.js';
import { Erasures, Exports } from './hooks.js';
import { Profiles } from './profiles.js';
import { Vault } from './vault.js';

/** A person's rights to a copy (PIPL 45) and to deletion (PIPL 47). */
@Injectable()
export class DataRights {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly profiles: Profiles,
    private readonly consents: Consents,
    private readonly exports: Exports,
    private readonly erasures: Erasures,
    private readonly limits: Limits,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /** Everything that is held of the person. Throws `unauthenticated` once erased. */
  async export(actor: CandidateActor): Promise<PersonExport> {
    const { accountId } = actor;
    await this.limits.take('exportByAccount', accountId);
    const part = (name: Parameters<Exports['collect']>[0]) => this.exports.collect(name, accountId);
    const [profile, consents, tickets, applications, leads, checkIns, live, interviews, places, bookings, stations] = await Promise.all([
      this.profiles.whole(accountId), this.consents.list(accountId), part('tickets'), part('applications'), part('leads'), part('checkIns'), part('live'),
      part('interviews'), part('places'), part('bookings'), part('stations'),
    ]);
    await this.database.transaction((tx) => this.audit.write(tx, actor, 'person.exported', { kind: 'account', id: accountId }));
    return { madeAt: new Date().toISOString(), profile, consents, tickets, applications, leads, checkIns, live, interviews, places, bookings, stations };
  }

  /**
   * Deletes the person, all at once or not at all: what the slices hold, consents, profile, CVs, waiting messages, sign-ins,
   * and last the key and fields in the vault. What stays holds ids only (README). Appends `person.erased`. Throws
   * `unauthenticated` when it was done already.
   */
  async erase(actor: CandidateActor): Promise<void> {
    const { accountId } = actor;
    await this.database.transaction(async (tx) => {
      await this.vault.hold(tx, accountId);
      const { phone } = await this.vault.person(tx, accountId);
      await this.erasures.run(tx, accountId);
      await this.consents.withdrawAll(tx, accountId);
      await this.profiles.removeCvs(tx, accountId);
      await tx.profile.deleteMany({ where: { accountId } });
      if (phone !== null) await tx.phoneCode.deleteMany({ where: { phoneHash: this.vault.phoneHash(phone) } });
      await tx.message.updateMany({ where: { accountId, status: 'waiting' }, data: { status: 'failed', phoneSealed: null, textSealed: null } });
      await tx.refreshToken.deleteMany({ where: { accountId } });
      await tx.account.update({ where: { id: accountId }, data: { disabledAt: new Date() } });
      await this.vault.erase(tx, accountId);
      await this.audit.write(tx, actor, 'person.erased', { kind: 'account', id: accountId });
      await this.events.append(tx, 'person.erased', { kind: 'platform' }, { accountId }, { actorId: accountId });
    });
  }
}
