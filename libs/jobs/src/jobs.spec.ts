import type { JobInput, JobQuery } from '#libs/contracts';
import { Licences, OrganisationCommands, type MemberActor } from '#libs/identity';
import { PlacementService } from '#libs/booths';
import { FairsService } from '#libs/fairs';
import { code, jobInput, market, refused, type Market } from '../../../test/support/market.js';
import { FairJobsService } from './fair-jobs.service.js';
import { JobSearch } from './job-search.js';
import { JobViews } from './job.view.js';
import { Jobs, type JobRow } from './jobs.js';
import { JobsService } from './jobs.service.js';

let testing: Market;
let jobs: JobsService;
let search: JobSearch;
beforeAll(async () => {
  testing = await market();
  [jobs, search] = [testing.get(JobsService), testing.get(JobSearch)];
}, 60_000);
afterAll(() => testing.close());

const titles = async (query: JobQuery, now?: Date) => (await search.find(query, now)).items.map(({ title }) => title);

describe('a job', () => {
  it('is published whole, by a verified employer, in fair words, in this order', async () => {
    const employer = await testing.employer();
    const draft = await jobs.create(employer, { ...jobInput, conditions: '限男性，35岁以下。', place: '', headCount: 0 });
    expect(await refused(jobs.publish(employer, draft.id))).toMatchObject({ code: 'jobIncomplete', details: { missing: '招聘人数、工作地点', fields: ['headCount', 'place'] } });
    await jobs.replace(employer, draft.id, { ...jobInput, conditions: '限男性，35岁以下。' });
    expect(await code(jobs.publish(employer, draft.id))).toBe('licenceMissing');
    await testing.verify(employer);
    const { code: refusal, details } = await refused(jobs.publish(employer, draft.id));
    expect([refusal, details.phrase, (details.problems as { phrase: string }[]).map(({ phrase }) => phrase)]).toEqual(['jobWordingRefused', '限男性', ['限男性', '35岁以下']]);
    await jobs.replace(employer, draft.id, jobInput);
    expect((await jobs.publish(employer, draft.id)).status).toBe('published');
    await jobs.publish(employer, draft.id);
    const events = await testing.database.read.event.findMany({ where: { scopeId: employer.organisationId, type: { startsWith: 'job.' } }, orderBy: { seq: 'asc' } });
    expect(events.map(({ type }) => type)).toEqual(['job.saved', 'job.saved', 'job.saved', 'job.published']);
  });

  it('can be thrown away as long as it was never published, by its own employer', async () => {
    const [employer, other] = [await testing.verified(), await testing.verified()];
    const draft = await jobs.create(employer, jobInput);
    expect(await code(jobs.remove(other, draft.id))).toBe('notFound');
    await jobs.remove(employer, draft.id);
    expect([await jobs.mine(employer), await code(jobs.remove(employer, draft.id))]).toEqual([[], 'notFound']);
    expect(await testing.database.read.event.count({ where: { type: 'job.removed', scopeId: employer.organisationId } })).toBe(1);
    const { id } = await testing.job(employer);
    expect(await code(jobs.remove(employer, id))).toBe('jobKept');
    await jobs.close(employer, id);
    expect([await code(jobs.remove(employer, id)), (await jobs.mine(employer)).length]).toEqual(['jobKept', 1]);
  });

  it('that is published cannot be changed into one that may not be', async () => {
    const employer = await testing.verified();
    const { id } = await testing.job(employer);
    expect(await code(jobs.replace(employer, id, { ...jobInput, content: '入职交押金 300 元' }))).toBe('jobWordingRefused');
    expect(await code(jobs.replace(employer, id, { ...jobInput, title: '' }))).toBe('jobIncomplete');
    expect((await testing.get(Jobs).get(id))?.content).toBe(jobInput.content);
  });

  it('promises a range that can be believed, in a place that exists', async () => {
    const employer = await testing.employer();
    expect(await refused(jobs.create(employer, { ...jobInput, payMin: 3_000, payMax: 9_000 }))).toMatchObject({ details: { fields: [{ field: 'payMax' }] } });
    expect(await refused(jobs.create(employer, { ...jobInput, payMin: 9_000, payMax: 3_000 }))).toMatchObject({ details: { fields: [{ field: 'payMax', problems: ['高的写后面：3000–9000。'] }] } });
    expect(await refused(jobs.create(employer, { ...jobInput, regionCode: '359999' }))).toMatchObject({ details: { fields: [{ field: 'regionCode' }] } });
  });

  it('comes in with many others, all or none', async () => {
    const employer = await testing.verified();
    const inputs = ['成批焊工', '成批钳工'].map((title) => ({ ...jobInput, title }));
    expect(await code(jobs.enter(employer, [...inputs, { ...jobInput, conditions: '限女性' }]))).toBe('jobWordingRefused');
    expect(await jobs.mine(employer)).toEqual([]);
    await jobs.enter(employer, inputs);
    expect(await titles({ q: '成批' })).toEqual(['成批钳工', '成批焊工']);
    expect(await testing.database.read.event.count({ where: { scopeId: employer.organisationId, type: 'job.published' } })).toBe(2);
  });

  it('is its employer’s alone', async () => {
    const [employer, other] = [await testing.verified(), await testing.verified()];
    const { id } = await testing.job(employer);
    for (const work of [() => jobs.replace(other, id, jobInput), () => jobs.publish(other, id), () => jobs.close(other, id)]) expect(await code(work())).toBe('notFound');
    expect((await jobs.mine(other)).length).toBe(0);
  });

  it('is closed, and published again', async () => {
    const employer = await testing.verified('收放厂');
    const { id } = await testing.job(employer, { title: '收放工' });
    await jobs.close(employer, id);
    await jobs.close(employer, id);
    expect(await titles({ q: '收放工' })).toEqual([]);
    await jobs.publish(employer, id);
    expect(await titles({ q: '收放工' })).toEqual(['收放工']);
  });
});

describe('what candidates find', () => {
  let works: MemberActor;
  let care: MemberActor;
  const put = (employer: MemberActor, title: string, change: Partial<JobInput> = {}): Promise<JobRow> => testing.job(employer, { title, ...change });
  beforeAll(async () => {
    works = await testing.verified('海峤精密制造有限公司（演示）');
    care = await testing.verified('邻暖物业（演示）');
    await put(works, '数控机床操作工', { content: '操作加工中心，首件自检。', regionCode: '350111', payMin: 6_500, payMax: 8_500, tags: ['urgent'] });
    await put(works, '电工', { content: '厂区配电室巡检，持低压电工证。', regionCode: '350111', payMin: 6_000, payMax: 8_000 });
    await put(works, '电子厂普工', { content: '插件、焊接，坐着干。', regionCode: '350582', payMin: 4_500, payMax: 6_000, tags: ['noExperience', 'housing'] });
    await put(care, '小区保洁', { content: '楼道清扫，会换灯泡，电工师傅会教。', place: '滨港区邻暖花园', regionCode: '350582', payMin: 150, payMax: 180, payUnit: 'day', tags: ['community'] });
    await put(care, '机电工程师', { content: '维护电梯。', regionCode: '440305', payMin: 30, payMax: 45, payUnit: 'hour' });
    await put(care, '计件缝纫', { content: '来料加工。', regionCode: '440305', payMin: 2, payMax: 4, payUnit: 'piece' });
  });

  it('by a word of two characters: first in the title, then in the text, and not inside another word', async () => {
    expect(await titles({ q: '电工' })).toEqual(['电工', '小区保洁']);
  });

  it.each<[string, string[]]>([
    ['普工', ['电子厂普工']],
    ['电子厂', ['电子厂普工']],
    ['操作工', ['数控机床操作工']],
    ['海峤制造', ['电子厂普工', '电工', '数控机床操作工']],
    ['邻暖花园', ['小区保洁']],
    ['找保洁', ['小区保洁']],
    ['海峤 电工', ['电工']],
    ['缝', ['计件缝纫']],
    ['宇航员', []],
    ["'); DROP TABLE \"Job\"; --", []],
  ])('%s', async (q, expected) => expect(await titles({ q })).toEqual(expected));

  it('by region: a county, a whole city, a whole province', async () => {
    expect(await titles({ regionCode: '350582' })).toEqual(['小区保洁', '电子厂普工']);
    expect(await titles({ regionCode: '350500' })).toEqual(['小区保洁', '电子厂普工']);
    expect(await titles({ regionCode: '440000' })).toEqual(['计件缝纫', '机电工程师']);
  });

  it('by tag, employer and unit', async () => {
    expect(await titles({ tag: 'housing' })).toEqual(['电子厂普工']);
    expect(await titles({ organisationId: care.organisationId })).toEqual(['计件缝纫', '机电工程师', '小区保洁']);
    expect(await titles({ payUnit: 'day' })).toEqual(['小区保洁']);
  });

  it('by pay: the low end, by the month', async () => {
    const paid = async (payAtLeast: number) => (await titles({ payAtLeast, regionCode: '350582' }));
    expect(await paid(3_000)).toEqual(['小区保洁', '电子厂普工']); // 150 × 21.75 = 3,262.50
    expect(await paid(3_300)).toEqual(['电子厂普工']);
    expect(await titles({ payAtLeast: 5_000, organisationId: care.organisationId })).toEqual(['机电工程师']); // 30 × 174
  });

  it('page by page, without a gap or a repetition, while others are published', async () => {
    for (let n = 0; n < 7; n++) await put(works, `翻页工 ${n}`);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await search.find({ q: '翻页', limit: 3, after });
      seen.push(...page.items.map(({ title }) => title));
      if (!after) await put(works, '翻页工 晚来');
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `翻页工 ${n}`));
    expect(await code(search.find({ after: 'bm8' }))).toBe('validationFailed');
  });

  it('is only what is valid and verified now', async () => {
    const employer = await testing.employer();
    await testing.verify(employer, '2098-06-30');
    await put(employer, '限期工', { validUntil: '2097-06-30' });
    await put(employer, '长期工', { validUntil: '2099-06-30' });
    const at = (iso: string) => titles({ organisationId: employer.organisationId }, new Date(iso));
    expect(await at('2097-06-30T15:59:59Z')).toEqual(['长期工', '限期工']); // still the 30th in China
    expect(await at('2097-06-30T16:00:00Z')).toEqual(['长期工']);
    expect(await at('2098-06-30T15:59:59Z')).toEqual(['长期工']);
    expect(await at('2098-06-30T16:00:00Z')).toEqual([]); // the licence has expired
    await testing.get(OrganisationCommands).setStatus(testing.platform, employer.organisationId, { status: 'suspended', reason: '收押金' });
    expect(await titles({ organisationId: employer.organisationId })).toEqual([]);
    const [row] = await jobs.mine(employer);
    expect(await testing.get(Jobs).isShown(row!)).toBe(false);
  });

  it('follows the newest approved licence alone', async () => {
    const employer = await testing.verified();
    await put(employer, '换证工');
    const scan = { name: '执照.png', mediaType: 'image/png', bytes: (await import('../../../test/support/world.js')).onePixelPng };
    const { id } = await testing.get(Licences).submit(employer, employer.organisationId, { number: 'N2', expiresOn: '2090-01-01' }, scan);
    await testing.get(Licences).review(testing.platform, id, { approved: true });
    expect(await titles({ q: '换证工' })).toEqual(['换证工']);
    expect(await titles({ q: '换证工' }, new Date('2091-01-01'))).toEqual([]);
  });
});

describe('jobs at a fair', () => {
  it('are listed once the employer is admitted, show its booth, and can be taken off', async () => {
    const fair = await testing.fair();
    const [booth] = await testing.get(PlacementService).layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 1 });
    const employer = await testing.verified();
    const [first, second] = [await testing.job(employer, { title: '上架一' }), await testing.job(employer, { title: '上架二' })];
    const list = (jobIds: string[], listed: boolean) => testing.get(FairJobsService).list(employer, fair.id, { jobIds, listed });
    expect(await code(list([first.id], true))).toBe('validationFailed');
    await testing.admit(fair.id, employer, booth!.id);
    expect(await list([first.id, second.id], true)).toHaveLength(2);
    expect(await list([first.id], true)).toHaveLength(2);
    expect(await testing.database.read.event.count({ where: { scopeId: fair.id, type: 'job.listed' } })).toBe(2);
    expect(await titles({ fairId: fair.id })).toEqual(['上架二', '上架一']);
    const view = await testing.get(JobViews).job(first, { own: true });
    expect(view).toMatchObject({ applicationCount: 0, verified: { by: '平台管理员' }, fairs: [{ fairId: fair.id, boothId: booth!.id, boothNumber: 'A-01' }] });
    await list([first.id], false);
    expect(await titles({ fairId: fair.id })).toEqual(['上架二']);
  });

  it('are the employer’s own and on offer, at a fair that is on', async () => {
    const fair = await testing.fair();
    const [employer, other] = [await testing.verified(), await testing.verified()];
    await testing.admit(fair.id, employer);
    const foreign = await testing.job(other);
    const draft = await jobs.create(employer, jobInput);
    const list = (id: string) => testing.get(FairJobsService).list(employer, fair.id, { jobIds: [id], listed: true });
    expect(await code(list(foreign.id))).toBe('notFound');
    expect(await code(list(draft.id))).toBe('jobClosed');
    await testing.get(FairsService).changeStatus(testing.organiser, fair.id, { to: 'cancelled', reason: '暴雨' });
    expect(await code(list(draft.id))).toBe('fairStateRefused');
  });
});
