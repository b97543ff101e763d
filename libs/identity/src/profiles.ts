import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor, Profile, UpdateProfile } from '#libs/contracts';
import { Database, DomainError, Files, Limits, Seal, type Profile as ProfileRow, type Reader, type StoredFile, type Tx, type UploadedFile } from '#libs/platform';
import { Audit } from './audit.js';
import { Regions } from './regions.js';
import { maskPhone, Vault } from './vault.js';

/** What an employer with consent may know of a candidate, beside name and phone (those are the vault's). */
export interface ProfileFacts { education: string; experienceYears: number | null; wish: string; cvFileId: string | null }

const noFacts: ProfileFacts = { education: '', experienceYears: null, wish: '', cvFileId: null };

/**
 * A candidate's own page, and reading it for slices above; who of others may is theirs to check (consent). Texts and CVs are sealed with
 * the person's own key: with the key they are gone, in old copies of table and disk too.
 */
@Injectable()
export class Profiles {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly seal: Seal,
    private readonly regions: Regions,
    private readonly files: Files,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /** Throws `unauthenticated` once the person is erased. */
  async get(accountId: string): Promise<Profile> {
    const { phone: _phone, idNumber: _idNumber, ...profile } = await this.whole(accountId);
    return profile;
  }

  /** With the whole phone and ID number, for the person's own export. */
  async whole(accountId: string): Promise<Profile & { phone: string; idNumber: string | null }> {
    return this.database.transaction(async (tx) => {
      const { name, phone } = await this.vault.person(tx, accountId);
      const key = await this.ownKey(tx, accountId);
      const row = await tx.profile.findUnique({ where: { accountId } });
      const file = row?.cvFileId ? await tx.storedFile.findUnique({ where: { id: row.cvFileId } }) : null;
      return {
        name, phone: phone ?? '', idNumber: await this.vault.idNumber(tx, accountId), phoneMasked: phone ? maskPhone(phone) : '', ...(row ? this.texts(row, key) : { education: '', wish: '' }),
        experienceYears: row?.experienceYears ?? null, regionCode: row?.regionCode ?? null,
        cv: file && { fileId: file.id, name: this.files.nameOf(file, key), size: file.size, uploadedAt: file.createdAt.toISOString() },
      };
    });
  }

  /** Changes what is given. Throws `validationFailed` (no such region), `unauthenticated` once erased. */
  async update(accountId: string, { name, education, experienceYears, wish, regionCode }: UpdateProfile): Promise<Profile> {
    if (regionCode) this.regions.require(regionCode);
    await this.database.transaction(async (tx) => {
      const key = await this.vault.key(tx, accountId);
      const sealed = (text: string | undefined) => (text === undefined ? undefined : text === '' ? null : new Uint8Array(this.seal.seal(text, key)));
      const facts = { educationSealed: sealed(education), experienceYears, wishSealed: sealed(wish), regionCode };
      if (name !== undefined) await this.vault.setName(tx, accountId, name);
      await tx.profile.upsert({ where: { accountId }, create: { accountId, ...facts }, update: facts });
    });
    return this.get(accountId);
  }

  /** Keeps a CV as the newest one. An older one stays as long as the person does, for the employers it was sent to. Throws `unsupportedFile`, `payloadTooLarge`. */
  async uploadCv(accountId: string, cv: UploadedFile): Promise<Profile> {
    await this.limits.take('uploadByAccount', accountId);
    await this.database.transaction(async (tx) => {
      const key = await this.vault.key(tx, accountId);
      const { id } = await this.files.keep(tx, { kind: 'cv', accountId, ...cv, key });
      await tx.profile.upsert({ where: { accountId }, create: { accountId, cvFileId: id }, update: { cvFileId: id } });
    });
    return this.get(accountId);
  }

  /** Deletes all of a person's CVs, also those that were sent with an application: they are the person's. No error when there is none. */
  async removeCvs(tx: Tx, accountId: string): Promise<void> {
    await tx.profile.updateMany({ where: { accountId }, data: { cvFileId: null } });
    for (const { id } of await tx.storedFile.findMany({ where: { accountId, kind: 'cv' }, select: { id: true } })) await this.files.remove(tx, id);
  }

  /** Facts by account id; whoever has said nothing has empty ones. */
  async facts(accountIds: Iterable<string>, reader: Reader = this.database.read): Promise<Map<string, ProfileFacts>> {
    const ids = [...new Set(accountIds)];
    const [rows, keys] = await Promise.all([reader.profile.findMany({ where: { accountId: { in: ids } } }), this.vault.keys(ids, reader)]);
    const known = new Map(rows.flatMap((row) => {
      const key = keys.get(row.accountId);
      return key ? [[row.accountId, { ...this.texts(row, key), experienceYears: row.experienceYears, cvFileId: row.cvFileId }] as const] : [];
    }));
    return new Map(ids.map((id) => [id, known.get(id) ?? noFacts]));
  }

  /** A candidate's CV for an employer; the look is written to the audit log. Throws `notFound`, also when the candidate deleted it; `unauthenticated` once they are erased. */
  async openCv(tx: Tx, actor: Actor, accountId: string, fileId: string): Promise<{ file: StoredFile; stream: Readable }> {
    const file = await tx.storedFile.findFirst({ where: { id: fileId, accountId, kind: 'cv' }, select: { id: true } });
    if (!file) throw new DomainError('notFound');
    await this.audit.write(tx, actor, 'cv.opened', { kind: 'account', id: accountId }, { details: { fileId } });
    return this.files.read(fileId, await this.ownKey(tx, accountId), tx);
  }

  /** Without the lock of `Vault.key`: a reader that holds an application waits for nobody's erasure. */
  private async ownKey(tx: Tx, accountId: string): Promise<Buffer> {
    const key = (await this.vault.keys([accountId], tx)).get(accountId);
    if (!key) throw new DomainError('unauthenticated');
    return key;
  }

  private texts({ educationSealed, wishSealed }: ProfileRow, key: Buffer): { education: string; wish: string } {
    const text = (sealed: Uint8Array | null) => (sealed ? this.seal.unseal(sealed, key) : '');
    return { education: text(educationSealed), wish: text(wishSealed) };
  }
}
