import { Readable } from 'node:stream';
import excel from 'exceljs';
import type { Apply } from '#libs/contracts';
import { Consumers } from '#libs/events';
import { Consents, DataRights, OrganisationCommands, Profiles, type CandidateActor, type MemberActor } from '#libs/identity';
import { code, jobInput, market, refused, type Market } from '../../../test/support/market.js';
import { onePixelPng } from '../../../test/support/world.js';
import { ApplicantExport, cell } from './applicant-export.js';
import { ApplicantsService } from './applicants.service.js';
import { ApplicationsService } from './applications.service.js';
import { FairJobsService } from './fair-jobs.service.js';
import { JobsService } from './jobs.service.js';
import type { JobRow } from './jobs.js';

let testing: Market;
let applications: ApplicationsService;
let applicants: ApplicantsService;
let employer: MemberActor;
let job: JobRow;
beforeAll(async () => {
  testing = await market();
  [applications, applicants] = [testing.get(ApplicationsService), testing.get(ApplicantsService)];
}, 60_000);
beforeEach(async () => {
  employer = await testing.verified();
  job = await testing.job(employer);
});
afterAll(() => testing.close());

const tap = (change: Partial<Apply> = {}): Apply => ({ jobId: job.id, source: 'page', consent: true, ...change });
const events = (accountId: string) =>
  testing.database.read.event.findMany({ where: { type: { startsWith: 'application.' }, data: { path: ['accountId'], equals: accountId } }, orderBy: { seq: 'asc' } });
const consentTo = async (candidate: CandidateActor) => (await testing.get(Consents).list(candidate.accountId)).find(({ organisationId }) => organisationId === employer.organisationId)!;
const takeBackConsent = async (candidate: CandidateActor) => {
  const { id } = await consentTo(candidate);
  await testing.database.transaction((tx) => testing.get(Consents).withdraw(tx, candidate.accountId, id));
};
const audited = (action: string, accountId: string) => testing.database.read.auditEntry.count({ where: { action, subjectId: accountId, organisationId: employer.organisationId } });

describe('applying', () => {
  it('is one tap with consent, without a CV; taps at once and again are one application', async () => {
    const candidate = await testing.candidate();
    expect(await code(applications.apply(candidate, tap({ consent: false })))).toBe('consentRequired');
    expect(await testing.database.read.consent.count({ where: { accountId: candidate.accountId } })).toBe(0);
    const ids = await Promise.all(Array.from({ length: 6 }, () => applications.apply(candidate, tap())));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    expect((await events(candidate.accountId)).map(({ type }) => type)).toEqual(['application.submitted']);
    expect(await consentTo(candidate)).toMatchObject({ purpose: 'application', withdrawnAt: null });
    expect(await applications.mine(candidate.accountId)).toEqual([expect.objectContaining({ status: 'submitted', job: expect.objectContaining({ id: job.id, title: '装配工' }) })]);
  });

  it('keeps nothing when it is refused: no consent without its application', async () => {
    const candidate = await testing.candidate();
    const fair = await testing.fair();
    expect(await refused(applications.apply(candidate, tap({ fairId: fair.id })))).toMatchObject({ details: { fields: [{ field: 'fairId' }] } });
    expect(await refused(applications.apply(candidate, tap({ withCv: true })))).toMatchObject({ details: { fields: [{ field: 'withCv' }] } });
    expect(await testing.database.read.consent.count({ where: { accountId: candidate.accountId } })).toBe(0);
  });

  it('counts for the fair where the job was seen', async () => {
    const candidate = await testing.candidate();
    const fair = await testing.fair();
    await testing.admit(fair.id, employer);
    await testing.get(FairJobsService).list(employer, fair.id, { jobIds: [job.id], listed: true });
    await applications.apply(candidate, tap({ fairId: fair.id, source: 'boothQr' }));
    expect((await events(candidate.accountId))[0]).toMatchObject({ scopeKind: 'fair', scopeId: fair.id, data: { fairId: fair.id, source: 'boothQr' } });
  });

  it('is over when the job is', async () => {
    const candidate = await testing.candidate();
    const draft = await testing.get(JobsService).create(employer, jobInput);
    expect(await code(applications.apply(candidate, tap({ jobId: draft.id })))).toBe('notFound');
    await testing.get(JobsService).close(employer, job.id);
    expect(await code(applications.apply(candidate, tap()))).toBe('jobClosed');
    await testing.get(JobsService).publish(employer, job.id);
    await testing.get(OrganisationCommands).setStatus(testing.platform, employer.organisationId, { status: 'suspended', reason: '收押金' });
    expect(await code(applications.apply(candidate, tap()))).toBe('jobClosed');
  });

  it('can be taken back by its own candidate, and done again', async () => {
    const [candidate, other] = [await testing.candidate(), await testing.candidate()];
    const { id } = await applications.apply(candidate, tap({ note: '第一次' }));
    expect(await code(applications.withdraw(other, id))).toBe('notFound');
    await applications.withdraw(candidate, id);
    await applications.withdraw(candidate, id);
    expect((await applicants.list(employer, {})).items).toEqual([expect.objectContaining({ status: 'withdrawn', candidate: null, note: '' })]);
    expect(await code(applicants.mark(employer, id, { status: 'hired' }))).toBe('applicationClosed');
    expect(await applications.apply(candidate, tap({ note: '又想来' }))).toMatchObject({ id, status: 'submitted' });
    expect((await events(candidate.accountId)).map(({ type, data }) => [type, (data as { status?: string }).status])).toEqual([
      ['application.submitted', undefined], ['application.statusChanged', 'withdrawn'], ['application.submitted', undefined],
    ]);
  });
});

describe('the employer', () => {
  it('sees who applied as long as the consent holds, masked', async () => {
    const candidate = await testing.candidate('+8613812342607', '李来福');
    await testing.get(Profiles).update(candidate.accountId, { education: '高中', experienceYears: 3, wish: '想上白班' });
    await applications.apply(candidate, tap({ note: '下周能到' }));
    expect((await applicants.list(employer, { jobId: job.id })).items).toEqual([expect.objectContaining({
      note: '下周能到', candidate: { name: '李来福', phoneMasked: '138 **** 2607', education: '高中', experienceYears: 3, wish: '想上白班', hasCv: false },
    })]);
    await takeBackConsent(candidate);
    expect((await applicants.list(employer, { jobId: job.id })).items).toEqual([expect.objectContaining({ candidate: null, note: '' })]);
    await testing.get(Consumers).settled();
    expect(await applications.mine(candidate.accountId)).toEqual([expect.objectContaining({ status: 'withdrawn' })]);
    await applications.apply(candidate, tap());
    await testing.get(Consumers).settled();
    expect((await applicants.list(employer, {})).items[0]).toMatchObject({ status: 'submitted', candidate: { name: '李来福' } });
  });

  it('of another organisation sees nothing', async () => {
    const candidate = await testing.candidate();
    const other = await testing.verified();
    const { id } = await applications.apply(candidate, tap());
    expect((await applicants.list(other, {})).items).toEqual([]);
    for (const work of [() => applicants.mark(other, id, { status: 'seen' }), () => applicants.phone(other, id), () => applicants.cv(other, id)]) expect(await code(work())).toBe('notFound');
  });

  it('marks, and looking again does not undo a decision', async () => {
    const candidate = await testing.candidate();
    const { id } = await applications.apply(candidate, tap());
    expect(await applicants.mark(employer, id, { status: 'seen' })).toMatchObject({ status: 'seen' });
    expect(await applicants.mark(employer, id, { status: 'shortlisted' })).toMatchObject({ status: 'shortlisted' });
    expect(await applicants.mark(employer, id, { status: 'seen' })).toMatchObject({ status: 'shortlisted' });
    await applicants.mark(employer, id, { status: 'hired' });
    expect((await events(candidate.accountId)).slice(1).map(({ data }) => (data as { status: string }).status)).toEqual(['seen', 'shortlisted', 'hired']);
    expect((await applications.mine(candidate.accountId))[0]?.status).toBe('hired');
  });

  it('looks at a phone and a CV only with consent, and each look is written down', async () => {
    const candidate = await testing.candidate();
    await testing.get(Profiles).uploadCv(candidate.accountId, { name: '我的简历.png', mediaType: 'image/png', bytes: onePixelPng });
    const { id } = await applications.apply(candidate, tap({ withCv: true }));
    expect((await applicants.list(employer, {})).items[0]?.candidate?.hasCv).toBe(true);
    expect(await applicants.phone(employer, id)).toBe(candidate.phone);
    const { file, stream } = await applicants.cv(employer, id);
    const bytes = Buffer.concat(await Readable.from(stream).toArray());
    expect([file.name, bytes.equals(onePixelPng)]).toEqual(['我的简历.png', true]);
    expect([await audited('phone.revealed', candidate.accountId), await audited('cv.opened', candidate.accountId)]).toEqual([1, 1]);
    await takeBackConsent(candidate);
    for (const work of [() => applicants.phone(employer, id), () => applicants.cv(employer, id)]) expect(await code(work())).toBe('applicationClosed');
    expect(await audited('phone.revealed', candidate.accountId)).toBe(1);
  });

  it('reads page by page', async () => {
    const people = [];
    for (let n = 0; n < 5; n++) people.push(await testing.candidate());
    for (const person of people) await applications.apply(person, tap());
    const first = await applicants.list(employer, { limit: 3 });
    const second = await applicants.list(employer, { limit: 3, after: first.next! });
    expect([first.items.length, second.items.length, second.next]).toEqual([3, 2, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
    expect(await code(applicants.list(employer, { after: 'eA' }))).toBe('validationFailed');
  });
});

describe('the export', () => {
  const rows = async (query = {}) => {
    const book = new excel.Workbook();
    await book.xlsx.load((await testing.get(ApplicantExport).xlsx(employer, query)) as unknown as ArrayBuffer);
    const page = book.worksheets[0]!;
    return Array.from({ length: page.rowCount }, (_, n) => (page.getRow(n + 1).values as unknown[]).slice(1));
  };

  it('holds those whose consent holds, with whole phones, and each look is written down', async () => {
    const [stays, leaves] = [await testing.candidate(undefined, '王小春'), await testing.candidate(undefined, '赖阿妹')];
    await applications.apply(stays, tap({ note: '会开叉车' }));
    await applications.apply(leaves, tap());
    await takeBackConsent(leaves);
    const [head, ...lines] = await rows();
    expect(head).toEqual(['姓名', '手机号', '应聘岗位', '状态', '学历', '工作年限', '求职意向', '留言', '来源', '投递时间']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toEqual(expect.arrayContaining(['王小春', stays.phone.slice(3), '装配工', '新投递', '会开叉车']));
    expect([await audited('phone.exported', stays.accountId), await audited('phone.exported', leaves.accountId)]).toEqual([1, 0]);
    expect(await testing.database.read.auditEntry.count({ where: { action: 'applicants.exported', organisationId: employer.organisationId } })).toBe(1);
  });

  it('holds no formula, whatever a candidate calls themself', async () => {
    const candidate = await testing.candidate(undefined, '=HYPERLINK("http://x","点我")');
    await applications.apply(candidate, tap({ note: '+1+1' }));
    const [, line] = await rows();
    expect(line).toEqual(expect.arrayContaining(['\'=HYPERLINK("http://x","点我")', "'+1+1"]));
    expect(['=1', '+1', '-1', '@x', '\t=1', '\r=1', 'ok', 3, null].map(cell)).toEqual(["'=1", "'+1", "'-1", "'@x", "'\t=1", "'\r=1", 'ok', 3, null]);
  });

  it('takes the filters of the list', async () => {
    await applications.apply(await testing.candidate(), tap());
    expect(await rows({ status: 'hired' })).toHaveLength(1);
    expect(await rows({ status: 'submitted' })).toHaveLength(2);
    expect(await rows({ status: 'withdrawn' })).toHaveLength(1);
  });
});

describe('a person’s rights', () => {
  it('are a copy of what they sent, and its deletion: the row stays, nothing of theirs in it', async () => {
    const candidate = await testing.candidate(undefined, '吴根');
    const { id } = await applications.apply(candidate, tap({ note: '腰不好，想坐着干' }));
    expect((await testing.get(DataRights).export(candidate)).applications).toEqual([expect.objectContaining({ id, note: '腰不好，想坐着干', jobTitle: '装配工' })]);
    await testing.get(DataRights).erase(candidate);
    expect(await testing.database.read.application.findUnique({ where: { id } })).toMatchObject({ status: 'withdrawn', note: '', cvFileId: null });
    expect((await applicants.list(employer, {})).items).toEqual([expect.objectContaining({ candidate: null })]);
  });
});
