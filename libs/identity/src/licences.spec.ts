import { buffer } from 'node:stream/consumers';
import { people, type People } from '../../../test/support/identity.js';
import { onePixelPng } from '../../../test/support/world.js';
import type { MemberActor } from './actor.js';
import { Licences } from './licences.js';
import { OrganisationCommands } from './organisation-commands.js';
import { Organisations } from './organisations.js';

const scan = { name: '营业执照.png', mediaType: 'image/png', bytes: onePixelPng };

describe('licences', () => {
  let testing: People;
  let licences: Licences;
  let organisations: Organisations;
  let bureau: MemberActor;
  let farBureau: MemberActor;
  beforeAll(async () => {
    testing = await people();
    [licences, organisations] = [testing.module.get(Licences), testing.module.get(Organisations)];
    [bureau, farBureau] = [await testing.bureau('350100'), await testing.bureau('360100')];
  }, 60_000);
  afterAll(() => testing?.close());

  const submit = (employer: MemberActor, expiresOn = '2099-12-31') =>
    licences.submit(employer, employer.organisationId, { number: '闽HR-0001', expiresOn }, scan);
  const require = (employer: MemberActor, at?: Date) => organisations.requireVerified(testing.database.read, employer.organisationId, at);

  it('let an employer publish once a bureau of its province vouches for it', async () => {
    const employer = await testing.employer('350203', '鹭岛电子');
    await expect(require(employer)).rejects.toMatchObject({ code: 'licenceMissing' });
    const licence = await submit(employer);
    expect(licence).toMatchObject({ organisationName: '鹭岛电子', status: 'pending', expired: false, file: { name: '营业执照.png', mediaType: 'image/png', size: onePixelPng.length } });
    await expect(require(employer)).rejects.toMatchObject({ code: 'licenceMissing' });
    expect((await organisations.licenceStates([employer.organisationId])).get(employer.organisationId)).toBe('pending');
    await licences.review(bureau, licence.id, { approved: true });
    await require(employer);
    const names = await organisations.names([bureau.organisationId]);
    expect((await organisations.get(employer.organisationId)).verified).toMatchObject({ licenceNumber: '闽HR-0001', expiresOn: '2099-12-31', by: names.get(bureau.organisationId) });
    expect([...(await organisations.verified([employer.organisationId, bureau.organisationId])).keys()]).toEqual([employer.organisationId]);
  });

  it('end at midnight in China', async () => {
    const employer = await testing.employer();
    await testing.verify(employer, '2099-03-07');
    await require(employer, new Date('2099-03-07T15:59:59.999Z')); // 23:59:59.999 of the 7th in China
    await expect(require(employer, new Date('2099-03-07T16:00:00.000Z'))).rejects.toMatchObject({ code: 'licenceExpired', details: { expiresOn: '2099-03-07' } });
    const at = new Date('2099-03-07T16:00:00.000Z');
    expect((await organisations.licenceStates([employer.organisationId], at)).get(employer.organisationId)).toBe('expired');
    expect((await organisations.verified([employer.organisationId], at)).size).toBe(0);
    await expect(submit(employer, '2001-01-01')).rejects.toMatchObject({ code: 'validationFailed' });
  });

  it('count by the newest that was approved', async () => {
    const employer = await testing.employer();
    await testing.verify(employer, '2098-01-01');
    const refused = await submit(employer);
    await licences.review(bureau, refused.id, { approved: false, reason: '看不清' });
    await require(employer); // the refused one takes nothing away
    await testing.verify(employer, '2097-01-01');
    expect((await organisations.verified([employer.organisationId])).get(employer.organisationId)).toMatchObject({ expiresOn: '2097-01-01', by: '平台管理员' });
  });

  it('are decided once, when two reviewers press in the same moment', async () => {
    const licence = await submit(await testing.employer());
    const outcomes = await Promise.allSettled([
      licences.review(bureau, licence.id, { approved: true }), licences.review(testing.platform, licence.id, { approved: false, reason: '过期' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'licenceReviewed' } });
    expect(await testing.database.read.event.count({ where: { type: 'licence.reviewed', data: { path: ['licenceId'], equals: licence.id } } })).toBe(1);
  });

  it('need a reason to be refused', async () => {
    const licence = await submit(await testing.employer());
    await expect(licences.review(bureau, licence.id, { approved: false })).rejects.toMatchObject({ code: 'reasonRequired' });
    await expect(licences.review(bureau, licence.id, { approved: false, reason: '' })).rejects.toMatchObject({ code: 'reasonRequired' });
    expect(await licences.review(bureau, licence.id, { approved: false, reason: '看不清' })).toMatchObject({ status: 'rejected', reason: '看不清' });
  });

  it('take a picture or a PDF, whatever it calls itself', async () => {
    const employer = await testing.employer();
    const send = (bytes: Buffer) => licences.submit(employer, employer.organisationId, { number: 'x1', expiresOn: '2099-12-31' }, { ...scan, bytes });
    await expect(send(Buffer.from('<html><script>alert(1)</script>'))).rejects.toMatchObject({ code: 'unsupportedFile' });
    await expect(send(Buffer.concat([onePixelPng, Buffer.alloc(10 * 1024 * 1024)]))).rejects.toMatchObject({ code: 'payloadTooLarge' });
    expect(await testing.database.read.licence.count({ where: { organisationId: employer.organisationId } })).toBe(0);
  });

  it('are nobody else’s to see or to decide', async () => {
    const [employer, other] = [await testing.employer(), await testing.employer()];
    const recruiter = await testing.colleague(employer, 'recruiter');
    const licence = await submit(employer);
    for (const stranger of [other, farBureau]) {
      await expect(licences.of(stranger, employer.organisationId)).rejects.toMatchObject({ code: 'notFound' });
      await expect(licences.open(stranger, licence.id)).rejects.toMatchObject({ code: 'notFound' });
      await expect(licences.review(stranger, licence.id, { approved: true })).rejects.toMatchObject({ code: 'notFound' });
    }
    await expect(licences.review(employer, licence.id, { approved: true })).rejects.toMatchObject({ code: 'notFound' });
    await expect(licences.submit(other, employer.organisationId, { number: 'x1', expiresOn: '2099-12-31' }, scan)).rejects.toMatchObject({ code: 'notFound' });
    expect((await licences.queue(farBureau, {})).items).toEqual([]);
    expect((await licences.queue(bureau, { status: 'pending' })).items.map(({ id }) => id)).toContain(licence.id);
    const { stream } = await licences.open(recruiter, licence.id);
    expect(await buffer(stream)).toEqual(onePixelPng);
    (await licences.open(bureau, licence.id)).stream.destroy();
    expect(await testing.database.read.auditEntry.findFirst({ where: { action: 'licence.opened', subjectId: licence.id } })).toMatchObject({ actorId: bureau.accountId, organisationId: employer.organisationId });
  });

  it('wait in the order in which they came, page by page', async () => {
    const employer = await testing.employer('130100');
    const near = await testing.bureau('130200');
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await submit(employer)).id);
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await licences.queue(near, { status: 'pending', limit: 2, after });
      seen.push(...page.items.map(({ id }) => id));
      if (!page.next) break;
      after = page.next;
    }
    expect(seen).toEqual(ids);
  });

  describe('and organisations', () => {
    const commands = () => testing.module.get(OrganisationCommands);

    it('a verified name is not the employer’s own to change; the bureau may', async () => {
      const employer = await testing.employer();
      await commands().update(employer, employer.organisationId, { name: '还没核验的名字' });
      await testing.verify(employer);
      await expect(commands().update(employer, employer.organisationId, { name: '福州市人社局' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(commands().update(employer, employer.organisationId, { regionCode: '360100' })).rejects.toMatchObject({ code: 'forbidden' });
      expect(await commands().update(employer, employer.organisationId, { about: '新介绍', name: '还没核验的名字' })).toMatchObject({ about: '新介绍' });
      expect(await commands().update(bureau, employer.organisationId, { name: '改过的名字' })).toMatchObject({ name: '改过的名字' });
      await expect(commands().update(farBureau, employer.organisationId, { name: 'x' })).rejects.toMatchObject({ code: 'notFound' });
    });

    it('a bureau does not widen its own reach', async () => {
      await expect(commands().update(bureau, bureau.organisationId, { regionCode: '360000' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(commands().update(bureau, bureau.organisationId, { regionCode: '999999' })).rejects.toMatchObject({ code: 'validationFailed' });
    });

    it('a suspended employer publishes nothing until it is let back in', async () => {
      const employer = await testing.employer();
      await testing.verify(employer);
      await expect(commands().setStatus(farBureau, employer.organisationId, { status: 'suspended', reason: '虚假招聘' })).rejects.toMatchObject({ code: 'notFound' });
      await expect(commands().setStatus(bureau, farBureau.organisationId, { status: 'suspended', reason: 'x' })).rejects.toMatchObject({ code: 'notFound' });
      await commands().setStatus(bureau, employer.organisationId, { status: 'suspended', reason: '虚假招聘' });
      await commands().setStatus(bureau, employer.organisationId, { status: 'suspended', reason: '再按一次' });
      await expect(require(employer)).rejects.toMatchObject({ code: 'organisationSuspended' });
      expect((await organisations.verified([employer.organisationId])).size).toBe(0);
      expect(await commands().setStatus(bureau, employer.organisationId, { status: 'active', reason: '查清了' })).toMatchObject({ status: 'active' });
      await require(employer);
      expect(await testing.database.read.event.count({ where: { type: 'organisation.statusChanged', scopeId: employer.organisationId } })).toBe(2);
    });

    it('lists what one may see, and finds by part of a name or by credit code', async () => {
      const employer = await testing.employer('350400', '100%棉_纺');
      const find = async (actor: MemberActor, q: string) => (await organisations.list(actor, { q })).items.map(({ id }) => id);
      expect(await find(bureau, '0%棉_')).toEqual([employer.organisationId]);
      expect(await find(bureau, '0_棉')).toEqual([]);
      expect(await find(farBureau, '100%')).toEqual([]);
      const { creditCode } = await organisations.get(employer.organisationId);
      expect(await find(bureau, creditCode!.toLowerCase())).toEqual([employer.organisationId]);
      expect((await organisations.list(bureau, { kind: 'organiser' })).items.map(({ id }) => id)).toEqual([bureau.organisationId]);
      expect((await organisations.list(testing.platform, { kind: 'organiser', limit: 100 })).items.length).toBeGreaterThan(2);
    });

    it('registers a credit code once, also in a race', async () => {
      const employer = await testing.employer();
      const { creditCode } = await organisations.get(employer.organisationId);
      const request = (n: number) => ({ name: '另一家', creditCode: creditCode!, regionCode: '350100', loginName: `again-${n}`, password: 'spring-wind-2026', displayName: '某人' });
      await expect(commands().registerEmployer(request(1), '127.0.0.1')).rejects.toMatchObject({ code: 'creditCodeTaken' });
      expect(await testing.database.read.account.count({ where: { loginName: 'again-1' } })).toBe(0);
    });
  });
});
