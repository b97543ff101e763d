import { Injectable } from '@nestjs/common';
import type { RegisterPerson } from '#libs/contracts';
import { Audit, Consents, Organisations, Profiles, Vault, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, Limits, type Tx } from '#libs/platform';
import { Notices } from './notices.js';
import { Places } from './places.js';
import { StationPeople } from './station-people.js';

/** Who comes to a station and goes home again. */
@Injectable()
export class StationRegistry {
  constructor(
    private readonly database: Database,
    private readonly people: StationPeople,
    private readonly places: Places,
    private readonly vault: Vault,
    private readonly profiles: Profiles,
    private readonly consents: Consents,
    private readonly organisations: Organisations,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly limits: Limits,
  ) {}

  /**
   * Registers somebody who stands before the clerk and said yes to the wording that was read out; who was here before is found by phone
   * or ID number. A known person's name must be the one that they are known by, so that a wrong number opens nobody else's things; what
   * they said of themselves stays. Whose phone it is gets a text message. Answers the account's id. Throws `consentRequired`,
   * `validationFailed`, `tooManyRequests`.
   */
  async register(actor: MemberActor, { name, phone, idNumber, education, experienceYears, wish, consent }: RegisterPerson): Promise<string> {
    if (!consent) throw new DomainError('consentRequired');
    if (phone === undefined && idNumber === undefined) throw fieldRefused({ field: 'phone', zh: '手机号和身份证号至少填一个。', en: 'Give a phone or an ID number.' });
    await this.limits.take('stationByClerk', actor.accountId);
    const accountId = await this.database.transaction(async (tx) => {
      const person = await this.vault.enrolPerson(tx, { phone, idNumber });
      if (!person) throw fieldRefused({ field: 'idNumber', zh: '手机号和身份证号不是同一位群众的，请核对。', en: 'The phone and the ID number belong to two people.' });
      await this.requireName(tx, person.accountId, name);
      await this.welcome(tx, actor, person.accountId);
      return person.accountId;
    });
    const [known] = (await this.profiles.facts([accountId])).values();
    await this.profiles.update(accountId, {
      ...(known?.education ? {} : { education }), ...(known?.wish ? {} : { wish }), ...((known?.experienceYears ?? null) === null ? { experienceYears } : {}),
    });
    return accountId;
  }

  /** The person goes home: their places end, and the clerk sees nothing of theirs. Bookings stay: they come back for those. Throws `personNotHere`. */
  async goHome(actor: MemberActor, personId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.people.require(actor, personId, tx);
      await this.leave(tx, { accountId: personId, stationId: actor.organisationId });
      await this.audit.write(tx, actor, 'station.personLeft', { kind: 'account', id: personId });
    });
  }

  /** Ends what only somebody who is here can do; also when the yes to the station is taken back. */
  async leave(tx: Tx, { accountId, stationId }: { accountId: string; stationId: string }): Promise<void> {
    await tx.stationPerson.updateMany({ where: { accountId, stationId, leftAt: null }, data: { leftAt: new Date() } });
    await this.places.closeAllOf(tx, accountId, { stationId });
  }

  private async requireName(tx: Tx, accountId: string, name: string): Promise<void> {
    const known = (await this.vault.person(tx, accountId)).name;
    if (known === '') return this.vault.setName(tx, accountId, name);
    if (known !== name) throw fieldRefused({ field: 'name', zh: '名字和以前登记的不一样，请核对名字和号码。', en: 'The name is not the one that this person is known by; check both.' });
  }

  private async welcome(tx: Tx, actor: MemberActor, accountId: string): Promise<void> {
    const stationId = actor.organisationId;
    const station = (await this.organisations.names([stationId], tx)).get(stationId) ?? '';
    const wording = `当着工作人员的面说：同意${station}今天替我领票、排队、预约和面试，看我的名字和这些安排；我回家以后不再看，随时能收回。`;
    const consentId = await this.consents.give(tx, { accountId, organisationId: stationId, purpose: 'station', wording });
    const facts = { registeredBy: actor.accountId, consentId, registeredAt: new Date(), leftAt: null };
    await tx.stationPerson.upsert({ where: { stationId_accountId: { stationId, accountId } }, create: { stationId, accountId, ...facts }, update: facts });
    await this.audit.write(tx, actor, 'station.personRegistered', { kind: 'account', id: accountId });
    await this.notices.say(tx, `station/${stationId}/${facts.registeredAt.toISOString()}`, accountId, `${station}刚登记了您，今天可以替您排队和面试。不是您本人来的，请登录后在“授权”里收回。`);
  }
}
