import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Files, Notify, Seal, Settings, type Tx } from '#libs/platform';
import { newPhone, people, type People } from '../../../test/support/identity.js';
import { onePixelPng } from '../../../test/support/world.js';
import type { CandidateActor, MemberActor } from './actor.js';
import { Consents } from './consents.js';
import { DataRights } from './data-rights.js';
import { Erasures, Exports } from './hooks.js';
import { Organisations } from './organisations.js';
import { PhoneCodes } from './phone-codes.js';
import { Profiles } from './profiles.js';
import { SignIns } from './sign-ins.js';
import { Vault } from './vault.js';

const name = '苏北辰';
const wish = '想在泉州找鞋厂的活';
const education = '莆田技师学院 数控';
/** A CV with a sentence of its own, so that it is known on the disk. */
const cvText = '在鞋厂做过针车组长';
const cv = Buffer.from(`%PDF-1.4 ${cvText}`);

describe('a person’s data', () => {
  let testing: People;
  let employer: MemberActor;
  beforeAll(async () => {
    testing = await people();
    employer = await testing.employer();
  }, 60_000);
  afterAll(() => testing?.close());

  const get = <T>(type: new (...args: never[]) => T): T => testing.module.get(type);
  const transaction = <T>(work: (tx: Tx) => Promise<T>) => testing.database.transaction(work);

  /** Each column of each row of each table, as PostgreSQL writes it; bytes as text too. */
  async function everything(): Promise<string> {
    const { read } = testing.database;
    const tables = await read.$queryRaw<{ name: string }[]>`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`;
    const parts = await Promise.all(tables.map(async ({ name: table }) => {
      const rows = await read.$queryRawUnsafe<{ row: string }[]>(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
      return rows.map(({ row }) => `${table} ${row} ${[...row.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')).join(' ')}`).join('\n');
    }));
    return parts.join('\n');
  }

  /** Each file of DATA_DIR/files, the latest folders too, as one text. */
  function disk(): string {
    const folder = path.join(get(Settings).dataDir, 'files');
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => `${entry.name} ${readFileSync(path.join(entry.parentPath, entry.name)).toString('utf8')}`).join('\n');
  }

  /** Somebody with everything that one can have: name, profile, CV, consents, codes, messages. */
  async function wholePerson(): Promise<CandidateActor & { phone: string; consentId: string; fileId: string }> {
    const actor = await testing.candidate(newPhone(), name);
    await get(Profiles).update(actor.accountId, { education, experienceYears: 5, wish, regionCode: '350500' });
    const { cv: kept } = await get(Profiles).uploadCv(actor.accountId, { name: `${name}简历.pdf`, mediaType: 'application/pdf', bytes: cv });
    await get(PhoneCodes).ask(actor.phone, actor.phone, '127.0.0.1');
    const consentId = await transaction(async (tx) => {
      await get(Notify).sms(tx, { cause: `spec ${actor.accountId}`, accountId: actor.accountId, phone: actor.phone, text: `${name}，你好` });
      return get(Consents).give(tx, { accountId: actor.accountId, organisationId: employer.organisationId, purpose: 'application', wording: '同意' });
    });
    return { ...actor, consentId, fileId: kept!.fileId };
  }

  it('lies sealed in the database, and in no event', async () => {
    const actor = await wholePerson();
    for (let n = 0; n < 100 && (await testing.database.read.message.count({ where: { status: 'waiting' } })) > 0; n++) await wait(50);
    const all = await everything();
    expect(all).toContain(actor.accountId);
    for (const secret of [actor.phone, actor.phone.slice(3), name, wish, education]) expect(all).not.toContain(secret);
    expect(disk()).toContain(actor.fileId); // so that the search is known to find
    expect(disk()).not.toContain(cvText);
    const events = await testing.database.read.event.findMany();
    expect(events.map(({ type }) => type)).toEqual(['organisation.registered', 'member.joined', 'consent.given']);
    for (const secret of [actor.phone.slice(3), name, wish, '林人事', 'spring-wind']) expect(JSON.stringify(events.map(({ data }) => data))).not.toContain(secret);
  });

  it('is found by phone, shown masked, and each look at the whole phone is in the book', async () => {
    const actor = await testing.candidate(newPhone(), name);
    const vault = get(Vault);
    expect(await vault.findByPhone(actor.phone)).toBe(actor.accountId);
    expect(await vault.findByPhone(newPhone())).toBeNull();
    expect(await vault.maskedPhones([actor.accountId])).toEqual(new Map([[actor.accountId, `${actor.phone.slice(3, 6)} **** ${actor.phone.slice(-4)}`]]));
    const phones = await transaction((tx) => vault.phones(tx, employer, [actor.accountId], { action: 'phone.revealed', subject: { kind: 'application', id: actor.accountId } }));
    expect(phones.get(actor.accountId)).toBe(actor.phone);
    expect(await testing.database.read.auditEntry.findFirst({ where: { subjectId: actor.accountId } })).toMatchObject({
      actorKind: 'employerAdmin', actorId: employer.accountId, organisationId: employer.organisationId, action: 'phone.revealed', subjectKind: 'account',
    });
  });

  it('is sealed under a key of each person’s own', async () => {
    const [one, two] = [await testing.candidate(newPhone(), name), await testing.candidate(newPhone(), name)];
    const rows = await testing.database.read.personalData.findMany({ where: { accountId: { in: [one.accountId, two.accountId] } } });
    const [key, other] = rows.map(({ keySealed }) => get(Seal).unsealKey(keySealed!));
    expect(get(Seal).unseal(rows[0]!.nameSealed!, key)).toBe(name);
    expect(() => get(Seal).unseal(rows[0]!.nameSealed!, other)).toThrow();
    expect(() => get(Seal).unseal(rows[0]!.nameSealed!)).toThrow(); // nor does the settings' key open it
  });

  it('goes to an employer only while the consent holds', async () => {
    const actor = await wholePerson();
    const consents = get(Consents);
    const active = async () => [...(await consents.active([actor.accountId], employer.organisationId, 'application'))];
    expect(await active()).toEqual([actor.accountId]);
    expect([...(await consents.active([actor.accountId], employer.organisationId, 'lead'))]).toEqual([]);
    const give = () => transaction((tx) => consents.give(tx, { accountId: actor.accountId, organisationId: employer.organisationId, purpose: 'application', wording: '同意' }));
    expect(await give()).toBe(actor.consentId);
    const other = await testing.candidate();
    await expect(transaction((tx) => consents.withdraw(tx, other.accountId, actor.consentId))).rejects.toMatchObject({ code: 'notFound' });
    await transaction((tx) => consents.withdraw(tx, actor.accountId, actor.consentId));
    await transaction((tx) => consents.withdraw(tx, actor.accountId, actor.consentId));
    expect(await active()).toEqual([]);
    expect(await give()).toBe(actor.consentId);
    expect(await active()).toEqual([actor.accountId]);
    const events = await testing.database.read.event.findMany({ where: { actorId: actor.accountId }, orderBy: { seq: 'asc' } });
    expect(events.map(({ type }) => type)).toEqual(['consent.given', 'consent.withdrawn', 'consent.given']);
    expect(await consents.list(actor.accountId)).toMatchObject([{ id: actor.consentId, organisationName: (await get(Organisations).get(employer.organisationId)).name, withdrawnAt: null }]);
  });

  it('can be copied whole by the person', async () => {
    const actor = await wholePerson();
    get(Exports).add('tickets', async (accountId) => [{ accountId }]);
    const copy = await get(DataRights).export(actor);
    expect(copy).toMatchObject({
      profile: { name, phone: actor.phone, idNumber: null, education, experienceYears: 5, wish, regionCode: '350500', cv: { fileId: actor.fileId, name: `${name}简历.pdf`, size: cv.length } },
      consents: [{ id: actor.consentId, purpose: 'application' }], tickets: [{ accountId: actor.accountId }], applications: [], leads: [], checkIns: [], live: [],
    });
  });

  it('is gone after a deletion: no key, no field, no hash, no byte', async () => {
    const actor = await wholePerson();
    const sealed = await testing.database.read.personalData.findUniqueOrThrow({ where: { accountId: actor.accountId } });
    const { refresh } = await transaction((tx) => get(SignIns).admit(tx, actor.accountId));
    get(Erasures).add('spec', async (tx, accountId) => {
      await tx.account.update({ where: { id: accountId }, data: { displayName: 'told' } });
    });
    const traces = [
      actor.phone, actor.phone.slice(3), sealed.phoneHash!,
      ...[sealed.keySealed, sealed.nameSealed, sealed.phoneSealed].map((bytes) => Buffer.from(bytes!).toString('hex')),
    ];
    const before = await everything();
    for (const trace of traces.slice(2)) expect(before).toContain(trace); // so that the search is known to find
    const profile = await testing.database.read.profile.findUniqueOrThrow({ where: { accountId: actor.accountId } });
    const file = await testing.database.read.storedFile.findUniqueOrThrow({ where: { id: actor.fileId } });
    const copy = readFileSync(path.join(get(Settings).dataDir, 'files', file.storageKey)); // a backup of the disk
    const key = get(Seal).unsealKey(sealed.keySealed!);
    expect([get(Seal).unseal(profile.wishSealed!, key), get(Seal).unseal(file.nameSealed!, key), get(Seal).unsealBytes(copy, key).equals(cv)]).toEqual([wish, `${name}简历.pdf`, true]);
    expect(() => get(Seal).unsealBytes(copy, get(Seal).newKey())).toThrow();
    await get(DataRights).erase(actor);

    const row = await testing.database.read.personalData.findUniqueOrThrow({ where: { accountId: actor.accountId } });
    expect(row).toMatchObject({ keySealed: null, nameSealed: null, phoneSealed: null, phoneHash: null, erasedAt: expect.any(Date) });
    expect(() => get(Seal).unseal(sealed.nameSealed!)).toThrow();
    const all = await everything();
    for (const trace of traces) expect(all).not.toContain(trace);
    expect(await testing.database.read.profile.count({ where: { accountId: actor.accountId } })).toBe(0);
    expect(await testing.database.read.storedFile.count({ where: { accountId: actor.accountId } })).toBe(0);
    await expect(get(Files).read(actor.fileId)).rejects.toMatchObject({ code: 'notFound' });

    expect((await testing.database.read.account.findUniqueOrThrow({ where: { id: actor.accountId } })).displayName).toBe('told');
    expect([...(await get(Consents).active([actor.accountId], employer.organisationId, 'application'))]).toEqual([]);
    expect((await get(Vault).names([actor.accountId])).size).toBe(0);
    await expect(get(SignIns).refresh(refresh.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await testing.database.read.event.count({ where: { type: 'person.erased', actorId: actor.accountId } })).toBe(1);
  });

  it('does not come back: an old token writes nothing, and the phone makes a new account', async () => {
    const actor = await wholePerson();
    await get(DataRights).erase(actor);
    await expect(get(DataRights).erase(actor)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(get(DataRights).export(actor)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(get(Profiles).update(actor.accountId, { wish })).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(get(Profiles).uploadCv(actor.accountId, { name: 'a.png', mediaType: 'image/png', bytes: onePixelPng })).rejects.toMatchObject({ code: 'unauthenticated' });
    const give = (tx: Tx) => get(Consents).give(tx, { accountId: actor.accountId, organisationId: employer.organisationId, purpose: 'lead', wording: '同意' });
    await expect(transaction(give)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await testing.candidate(actor.phone)).accountId).not.toBe(actor.accountId);
  });

  it('is not half deleted when a slice cannot do its part', async () => {
    const actor = await wholePerson();
    get(Erasures).add('broken', async (_, accountId) => {
      if (accountId === actor.accountId) throw new Error('the slice is broken');
    });
    await expect(get(DataRights).erase(actor)).rejects.toThrow('the slice is broken');
    expect((await get(Profiles).get(actor.accountId)).name).toBe(name);
  });

  it('of all CVs goes when the person deletes the CV, also the sent ones', async () => {
    const actor = await wholePerson();
    const newer = (await get(Profiles).uploadCv(actor.accountId, { name: '新.png', mediaType: 'image/png', bytes: onePixelPng })).cv!;
    const opened = await transaction((tx) => get(Profiles).openCv(tx, employer, actor.accountId, actor.fileId));
    expect([opened.file.name, (await buffer(opened.stream)).equals(cv)]).toEqual([`${name}简历.pdf`, true]);
    expect(await testing.database.read.auditEntry.count({ where: { action: 'cv.opened', subjectId: actor.accountId } })).toBe(1);
    await transaction((tx) => get(Profiles).removeCvs(tx, actor.accountId));
    for (const id of [actor.fileId, newer.fileId]) {
      await expect(transaction((tx) => get(Profiles).openCv(tx, employer, actor.accountId, id))).rejects.toMatchObject({ code: 'notFound' });
    }
    expect((await get(Profiles).get(actor.accountId)).cv).toBeNull();
  });
});
