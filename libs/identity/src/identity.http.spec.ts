import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { bootModule, configureHttp, Notify, PlatformModule, Settings } from '#libs/platform';
import { Caller, Refused } from '../../../test/support/caller.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { goodPassword, newPhone } from '../../../test/support/identity.js';
import { creditCode, onePixelPng } from '../../../test/support/world.js';
import { IdentityModule } from './identity.module.js';
import { LinkUses } from './link-uses.js';

/** A day at the desk through the real HTTP, so that DTOs, pipes, uploads and downloads are wired as the contract says. */
describe('identity over HTTP', () => {
  let testing: TestDatabase;
  let app: NestExpressApplication;
  let anyone: Caller;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-http-'));
  beforeAll(async () => {
    testing = await testDatabase();
    const settings = Object.assign(new Settings(), { dataDir, logLevel: 'silent' });
    const module = await Test.createTestingModule({ imports: [bootModule(settings, testing.database), PlatformModule, IdentityModule] }).compile();
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttp(app, settings);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    anyone = new Caller(() => url);
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await testing?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const join = async (url: string, loginName: string): Promise<Caller> => {
    const token = url.split('/').at(-1)!;
    expect(await anyone.call('GET /auth/links/:token', { params: { token } })).toMatchObject({ purpose: expect.any(String) });
    return anyone.as((await anyone.call('POST /auth/links/use', { body: { token, password: goodPassword, loginName, displayName: '陈科长' } })).accessToken);
  };
  const employerBody = () => ({ name: '海峤精密', creditCode: creditCode(), regionCode: '350203', about: '做零件。\n有宿舍。', loginName: 'Haiqiao', password: goodPassword, displayName: '林人事' });

  it('leads from the first link to a verified employer', async () => {
    const platform = await join((await app.get(LinkUses).firstAdministratorLink())!.url, 'platform');
    const organiser = await platform.call('POST /organisations/organisers', { body: { name: '福州市人社局', regionCode: '350100', department: '人社' } });
    const bureau = await join((await platform.call('POST /organisations/:organisationId/invitations', { params: { organisationId: organiser.id }, body: { role: 'organiserAdmin' } })).url, 'bureau');
    expect(await bureau.call('GET /me')).toMatchObject({ role: 'organiserAdmin', organisation: { name: '福州市人社局', kind: 'organiser' } });

    const signedIn = await anyone.call('POST /organisations/employers', { body: employerBody() });
    const [employer, organisationId] = [anyone.as(signedIn.accessToken), signedIn.account.organisation!.id];
    expect((await anyone.call('POST /auth/sign-in', { body: { loginName: 'HAIQIAO', password: goodPassword } })).account).toEqual(signedIn.account);
    const scan = { name: '执照.pdf', type: 'application/pdf', bytes: onePixelPng };
    const licence = await employer.upload('POST /organisations/:organisationId/licences', { organisationId }, scan, { number: '闽A-1', expiresOn: '2099-12-31' });
    expect(licence.file).toEqual({ name: '执照.png', mediaType: 'image/png', size: onePixelPng.length });
    await expect(employer.upload('POST /organisations/:organisationId/licences', { organisationId }, scan, { number: '闽A-1', expiresOn: '31.12.2099' })).rejects.toMatchObject({ code: 'validationFailed' });
    await expect(employer.upload('POST /organisations/:organisationId/licences', { organisationId }, scan, { number: '闽A-1', expiresOn: '2099-12-31', status: 'approved' })).rejects.toThrow(Refused);

    const queue = await bureau.call('GET /licences', { query: { status: 'pending', limit: 10 } });
    expect(queue).toMatchObject({ items: [{ id: licence.id }], next: null });
    const file = await bureau.fetch('GET /licences/:licenceId/file', { params: { licenceId: licence.id } });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(onePixelPng);
    expect(await bureau.call('POST /licences/:licenceId/review', { params: { licenceId: licence.id }, body: { approved: true } })).toMatchObject({ status: 'approved' });
    expect(await employer.refusal('POST /licences/:licenceId/review', { params: { licenceId: licence.id }, body: { approved: true } })).toBe('forbidden');
    expect(await employer.call('GET /organisations/:organisationId', { params: { organisationId } })).toMatchObject({ verified: { by: '福州市人社局', expiresOn: '2099-12-31' } });
    expect(await bureau.call('GET /organisations', { query: { kind: 'employer', q: '海峤' } })).toMatchObject({ items: [{ id: organisationId }] });
    expect(await bureau.refusal('GET /organisations', { query: { after: 'x' } })).toBe('validationFailed');
    const audit = await employer.call('GET /organisations/:organisationId/audit', { params: { organisationId }, query: { limit: 3 } });
    expect(audit.items.map(({ action }) => action)).toEqual(['licence.reviewed', 'licence.opened', 'licence.submitted']);
    // The bureau reads in its own book what it decided, and of whom.
    const book = await bureau.call('GET /organisations/:organisationId/audit', { params: { organisationId: organiser.id }, query: { limit: 3 } });
    expect(book.items).toContainEqual(expect.objectContaining({ action: 'licence.reviewed', subjectName: expect.stringContaining('海峤') as unknown }));
    expect((await employer.call('GET /organisations/:organisationId/members', { params: { organisationId } })).map(({ loginName }) => loginName)).toEqual(['haiqiao']);
  });

  it('leads a candidate from the code to the deletion', async () => {
    const phone = newPhone();
    const sms = jest.spyOn(app.get(Notify), 'sms');
    expect(await anyone.call('POST /auth/phone-code', { body: { phone: phone.slice(3) } })).toEqual({ expiresIn: 300, retryIn: 60, shownInLog: true });
    expect(await anyone.refusal('POST /auth/phone-code', { body: { phone: `${phone.slice(3, 6)} ${phone.slice(6)}` } })).toBe('tooManyRequests');
    const code = /\d{6}/.exec(sms.mock.calls[0]![1].text)![0];
    expect(await anyone.refusal('POST /auth/sign-in-by-phone', { body: { phone, code: code === '000000' ? '000001' : '000000' } })).toBe('wrongPhoneCode');
    const candidate = anyone.as((await anyone.call('POST /auth/sign-in-by-phone', { body: { phone, code } })).accessToken);
    expect(await candidate.call('PATCH /me/profile', { body: { name: '苏北辰', experienceYears: null, regionCode: '350500' } })).toMatchObject({ name: '苏北辰', regionCode: '350500', cv: null });
    expect(await candidate.refusal('PATCH /me/profile', { body: { regionCode: '859999' } })).toBe('validationFailed');
    expect(await candidate.upload('PUT /me/cv', {}, { name: '简历.png', type: 'image/png', bytes: onePixelPng })).toMatchObject({ cv: { name: '简历.png', size: onePixelPng.length } });
    await candidate.call('DELETE /me/cv');
    expect((await candidate.call('GET /me/profile')).cv).toBeNull();
    expect(await candidate.call('GET /me/consents')).toEqual([]);
    expect((await candidate.call('GET /me/export')).profile.phone).toBe(phone);
    await candidate.call('DELETE /me');
    for (const route of ['GET /me', 'GET /me/profile', 'GET /me/export', 'DELETE /me'] as const) expect(await candidate.refusal(route)).toBe('tokenExpired');
  });

  it('refuses what is not right with the fields that are not', async () => {
    const refused = await anyone.call('POST /organisations/employers', { body: { ...employerBody(), creditCode: '91350100M000100Y4Z', loginName: 'ab' } }).catch((error: Refused) => error);
    expect((refused as Refused).body.error.details).toEqual({ fields: [{ field: 'creditCode', problems: [expect.stringContaining('18 位')] }, { field: 'loginName', problems: [expect.stringContaining('3–64')] }] });
    expect(await anyone.refusal('GET /auth/links/:token', { params: { token: 'nothing' } })).toBe('linkInvalid');
    expect(await anyone.refusal('POST /auth/links/use', { body: { token: 'nothing', password: goodPassword } })).toBe('linkInvalid');
    expect(await anyone.call('GET /regions', { query: { parent: '350400' } })).toContainEqual({ code: '350430', name: '建宁县', hasChildren: false });
    expect(await anyone.refusal('GET /regions', { query: { parent: '999999' } })).toBe('notFound');
  });
});
