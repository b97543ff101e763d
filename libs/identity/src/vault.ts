import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Database, DomainError, newId, Seal, type PersonalData, type Reader, type Tx } from '#libs/platform';
import { Audit } from './audit.js';

/** A person's own fields, decrypted. `name` is empty until it was given; `phone` null for whom a station helps and who has none. */
export interface Person { name: string; phone: string | null }

/** By what somebody without a sign-in of their own is found again: at least one of the two. */
export interface PersonMarks {
  /** `+86…` */
  phone?: string;
  /** GB 11643, in its one spelling. */
  idNumber?: string;
}

/** Why a whole phone is looked at: it stands in the audit log, of `organisationId` if it is not the actor's own. */
export interface Look { action: string; subject?: { kind: string; id: string }; organisationId?: string }

/** `+8613812342607` as `138 **** 2607`. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\+86/, '');
  return `${digits.slice(0, 3)} **** ${digits.slice(-4)}`;
}

/**
 * The vault of candidates' names and numbers (PIPL 51). Each person's fields are sealed with a key of their own, which is
 * wrapped by the key from the settings; destroying the wrapped key erases the person, in old copies of the row too as far as
 * the key is not in them. Phones are found by a keyed hash whose key is another one.
 */
@Injectable()
export class Vault {
  constructor(private readonly database: Database, private readonly seal: Seal, private readonly audit: Audit) {}

  /** By what a phone (`+86…`) is found; also the key of limits, so that no limiter holds a phone. */
  phoneHash(phone: string): string {
    return this.seal.hash(`phone:${phone}`);
  }

  /** A person's fields for a command of their own (their page, a text message to them). Never for others: not audited. Throws `unauthenticated` once erased. */
  async person(tx: Tx, accountId: string): Promise<Person> {
    const row = await tx.personalData.findUnique({ where: { accountId } });
    const key = row && this.keyOf(row);
    if (!key) throw new DomainError('unauthenticated');
    const open = (sealed: Uint8Array | null) => sealed && this.seal.unseal(sealed, key);
    return { name: open(row.nameSealed) ?? '', phone: open(row.phoneSealed) };
  }

  /** The ID number that a station wrote down, for the person's own copy; null: none did. */
  async idNumber(tx: Tx, accountId: string): Promise<string | null> {
    const row = await tx.personalData.findUnique({ where: { accountId } });
    const key = row && this.keyOf(row);
    return key && row.idNumberSealed ? this.seal.unseal(row.idNumberSealed, key) : null;
  }

  /** Names by account id, empty when none was given; erased and unknown people are missing. */
  names(accountIds: Iterable<string>, reader?: Reader): Promise<Map<string, string>> {
    return this.each(accountIds, (row, key) => (row.nameSealed ? this.seal.unseal(row.nameSealed, key) : ''), reader);
  }

  /** `138 **** 2607` by account id, empty for whom has no phone; erased and unknown people are missing. */
  maskedPhones(accountIds: Iterable<string>): Promise<Map<string, string>> {
    return this.each(accountIds, (row, key) => (row.phoneSealed ? maskPhone(this.seal.unseal(row.phoneSealed, key)) : ''));
  }

  /** Whole phones (`+86…`) by account id, for a role that needs them; the look at each person is written to the audit log. */
  async phones(tx: Tx, actor: Actor, accountIds: Iterable<string>, look: Look): Promise<Map<string, string>> {
    const phones = await this.each(accountIds, (row, key) => (row.phoneSealed ? this.seal.unseal(row.phoneSealed, key) : ''), tx);
    await this.audit.writeEach(tx, actor, look.action, [...phones.keys()].map((id) => ({ kind: 'account', id })), {
      ...(look.organisationId ? { organisationId: look.organisationId } : {}),
      ...(look.subject ? { details: { [look.subject.kind]: look.subject.id } } : {}),
    });
    return phones;
  }

  /** The account with this phone (`+86…`), or null. */
  async findByPhone(phone: string): Promise<string | null> {
    const row = await this.database.read.personalData.findUnique({ where: { phoneHash: this.phoneHash(phone) }, select: { accountId: true } });
    return row?.accountId ?? null;
  }

  /** The candidate with this phone (`+86…`), whose account is made when there is none; of two at once one waits for the other. */
  async enrol(tx: Tx, phone: string): Promise<{ accountId: string; created: boolean }> {
    const phoneHash = this.phoneHash(phone);
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${phoneHash}, 0))`;
    const known = await tx.personalData.findUnique({ where: { phoneHash }, select: { accountId: true } });
    if (known) return { accountId: known.accountId, created: false };
    const accountId = newId();
    const key = this.seal.newKey();
    await tx.account.create({ data: { id: accountId, kind: 'candidate' } });
    await tx.personalData.create({
      data: { accountId, keySealed: column(this.seal.sealKey(key)), phoneSealed: column(this.seal.seal(phone, key)), phoneHash },
    });
    return { accountId, created: true };
  }

  /**
   * The candidate with these marks, whose account is made when there is none; a mark that was not known of them is added. Null: the
   * marks belong to two people, or the person has another ID number.
   */
  async enrolPerson(tx: Tx, { phone, idNumber }: PersonMarks): Promise<{ accountId: string; created: boolean } | null> {
    const phoneHash = phone === undefined ? null : this.phoneHash(phone);
    const idNumberHash = idNumber === undefined ? null : this.seal.hash(`idNumber:${idNumber}`);
    for (const hash of [phoneHash, idNumberHash].filter((each) => each !== null).sort()) {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${hash}, 0))`;
    }
    const known = await tx.personalData.findMany({ where: { OR: [...(phoneHash ? [{ phoneHash }] : []), ...(idNumberHash ? [{ idNumberHash }] : [])] } });
    const [row] = known;
    if (known.length > 1 || (row && idNumberHash && row.idNumberHash !== null && row.idNumberHash !== idNumberHash)) return null;
    const accountId = row?.accountId ?? newId();
    const key = row?.keySealed ? this.seal.unsealKey(row.keySealed) : this.seal.newKey();
    const marks = {
      ...(phone && phoneHash && !row?.phoneHash ? { phoneSealed: column(this.seal.seal(phone, key)), phoneHash } : {}),
      ...(idNumber && idNumberHash && !row?.idNumberHash ? { idNumberSealed: column(this.seal.seal(idNumber, key)), idNumberHash } : {}),
    };
    if (row) {
      await tx.personalData.update({ where: { accountId }, data: marks });
      return { accountId, created: false };
    }
    await tx.account.create({ data: { id: accountId, kind: 'candidate' } });
    await tx.personalData.create({ data: { accountId, keySealed: column(this.seal.sealKey(key)), ...marks } });
    return { accountId, created: true };
  }

  /** Throws `unauthenticated` once the person is erased. */
  async setName(tx: Tx, accountId: string, name: string): Promise<void> {
    const key = await this.key(tx, accountId);
    await tx.personalData.update({ where: { accountId }, data: { nameSealed: name === '' ? null : column(this.seal.seal(name, key)) } });
  }

  /** Holds a person's row until the commit, so that nothing of theirs is written beside their erasure. Throws `unauthenticated` once erased. */
  async hold(tx: Tx, accountId: string): Promise<void> {
    await this.key(tx, accountId);
  }

  /** As `hold`, and answers the person's own key, to seal what of theirs lies elsewhere: whatever it seals is gone when the person is erased. */
  async key(tx: Tx, accountId: string): Promise<Buffer> {
    const [row] = await tx.$queryRaw<{ keySealed: Uint8Array | null }[]>`
      SELECT "keySealed" FROM "PersonalData" WHERE "accountId" = ${accountId}::uuid FOR UPDATE`;
    if (!row?.keySealed) throw new DomainError('unauthenticated');
    return this.seal.unsealKey(row.keySealed);
  }

  /** People's own keys by account id, to read what they sealed; erased and unknown people are missing. */
  keys(accountIds: Iterable<string>, reader?: Reader): Promise<Map<string, Buffer>> {
    return this.each(accountIds, (_row, key) => key, reader);
  }

  /** Destroys a person's key, fields and hashes. Slices do not call it: the deletion does, after all `Erasures`. */
  async erase(tx: Tx, accountId: string): Promise<void> {
    await tx.personalData.update({
      where: { accountId },
      data: {
        keySealed: null, nameSealed: null, phoneSealed: null, idNumberSealed: null, phoneHash: null, idNumberHash: null, erasedAt: new Date(),
      },
    });
  }

  private keyOf(row: PersonalData): Buffer | null {
    return row.keySealed && this.seal.unsealKey(row.keySealed);
  }

  private async each<Value>(accountIds: Iterable<string>, read: (row: PersonalData, key: Buffer) => Value, reader: Reader = this.database.read): Promise<Map<string, Value>> {
    const rows = await reader.personalData.findMany({ where: { accountId: { in: [...new Set(accountIds)] }, keySealed: { not: null } } });
    return new Map(rows.flatMap((row) => {
      const key = this.keyOf(row);
      return key ? [[row.accountId, read(row, key)] as const] : [];
    }));
  }
}

/** Prisma's type of a `bytea` column. */
const column = (bytes: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
