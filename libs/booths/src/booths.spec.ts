import { Consumers } from '#libs/events';
import { FairList } from '../../fairs/src/fair-list.js';
import { FairsService } from '#libs/fairs';
import { Consents, DataRights } from '#libs/identity';
import { FairJobsService } from '#libs/jobs';
import { code, market, refused, type Market } from '../../../test/support/market.js';
import { BoothApplicationsService } from './booth-applications.service.js';
import { BoothViews } from './booth.view.js';
import { Booths } from './booths.js';
import { LeadsService } from './leads.service.js';
import { PlacementService } from './placement.service.js';

let testing: Market;
let placement: PlacementService;
let applications: BoothApplicationsService;
let leads: LeadsService;
beforeAll(async () => {
  testing = await market();
  [placement, applications, leads] = [testing.get(PlacementService), testing.get(BoothApplicationsService), testing.get(LeadsService)];
}, 60_000);
afterAll(() => testing.close());

const anyone = { role: 'anyone' } as const;
const read = () => testing.database.read;
const eventsOf = async (fairId: string, type: string) => read().event.count({ where: { scopeId: fairId, type } });

describe('booths on the plan', () => {
  it('are laid out in a zone, numbered on, each with a code of its own', async () => {
    const fair = await testing.fair();
    const first = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 6 });
    const second = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 3 });
    expect([...first, ...second].map(({ number }) => number)).toEqual(['A-01', 'A-02', 'A-03', 'A-04', 'A-05', 'A-06', 'A-07', 'A-08', 'A-09']);
    expect(new Set([...first, ...second].map(({ leadCode }) => leadCode)).size).toBe(9);
    expect(await eventsOf(fair.id, 'booth.placed')).toBe(9);
    const plan = await testing.get(BoothViews).floorPlan(anyone, fair.id);
    expect([plan.zones.map(({ letter }) => letter), plan.booths.length, plan.width]).toEqual([['A', 'B'], 9, 1_200]);
    expect(await refused(placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 500 }))).toMatchObject({ details: { fields: [{ field: 'count' }] } });
  });

  it('are dragged inside their zone, over no other, under no other’s number', async () => {
    const fair = await testing.fair();
    const [a, b] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 2 });
    expect(await refused(placement.move(testing.organiser, a!.id, { x: 630 }))).toMatchObject({ code: 'validationFailed', details: { fields: [{ field: 'x' }] } });
    expect(await refused(placement.move(testing.organiser, a!.id, { x: b!.x, y: b!.y }))).toMatchObject({ code: 'validationFailed' });
    expect(await refused(placement.move(testing.organiser, a!.id, { number: 'A-02' }))).toMatchObject({ code: 'nameTaken', details: { name: 'A-02' } });
    expect(await placement.move(testing.organiser, a!.id, { x: 700, y: 50, zoneId: fair.zoneB, number: 'B-特1' })).toMatchObject({ x: 700, zoneId: fair.zoneB, number: 'B-特1' });
    expect(await placement.move(testing.organiser, b!.id, { x: b!.x + 1 })).toMatchObject({ x: b!.x + 1 });
  });

  it('never lie over each other, however many are added at once', async () => {
    const fair = await testing.fair();
    const add = (n: number) => placement.add(testing.organiser, fair.id, { zoneId: fair.zoneA, number: `A-${n}`, x: 100 + n, y: 100, width: 30, height: 30 });
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => add(n)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('are the organiser’s: others find no plan of a draft, and change nothing', async () => {
    const fair = await testing.fair();
    const other = await testing.bureau();
    const [booth] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 1 });
    expect(await code(placement.move(other, booth!.id, { x: 50 }))).toBe('notFound');
    await testing.get(FairsService).changeStatus(testing.organiser, fair.id, { to: 'draft' });
    expect(await code(testing.get(BoothViews).floorPlan(other, fair.id))).toBe('notFound');
    await testing.get(FairsService).changeStatus(testing.organiser, fair.id, { to: 'cancelled', reason: '台风' });
    expect(await code(placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 1 }))).toBe('fairStateRefused');
  });
});

describe('applications', () => {
  it('are approved only for verified employers, who then stand where the organiser says', async () => {
    const fair = await testing.fair();
    const [booth] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 1 });
    const employer = await testing.employer();
    const application = await applications.apply(employer, fair.id, { contactName: '林人事', wish: '靠门口' });
    expect(await applications.view(application)).toMatchObject({ status: 'pending', licence: 'missing', boothNumber: null });
    expect(await code(applications.decide(testing.organiser, application.id, { approved: true }))).toBe('licenceMissing');
    await testing.verify(employer);
    expect(await applications.view(await applications.decide(testing.organiser, application.id, { approved: true, boothId: booth!.id }))).toMatchObject({ status: 'approved', licence: 'approved', boothNumber: 'A-01' });
    expect(await code(applications.decide(testing.organiser, application.id, { approved: false, reason: '反悔' }))).toBe('boothApplicationDecided');
    expect(await code(applications.apply(employer, fair.id, { contactName: '再来' }))).toBe('alreadyApplied');
  });

  it('are refused with a reason, and can be made again', async () => {
    const fair = await testing.fair();
    const employer = await testing.verified();
    const { id } = await applications.apply(employer, fair.id, { contactName: '林人事' });
    expect(await code(applications.decide(testing.organiser, id, { approved: false }))).toBe('reasonRequired');
    expect(await applications.decide(testing.organiser, id, { approved: false, reason: '满了' })).toMatchObject({ status: 'rejected', reason: '满了' });
    expect(await applications.apply(employer, fair.id, { contactName: '林人事' })).toMatchObject({ id, status: 'pending', reason: null });
  });

  it('are one, however often one taps', async () => {
    const fair = await testing.fair();
    const employer = await testing.verified();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => applications.apply(employer, fair.id, { contactName: '林人事' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await eventsOf(fair.id, 'boothApplication.submitted')).toBe(1);
  });

  it('that are withdrawn free the booth, and the jobs leave the fair', async () => {
    const fair = await testing.fair();
    const [booth] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 1 });
    const employer = await testing.verified();
    const job = await testing.job(employer);
    expect(await refused(testing.get(FairJobsService).list(employer, fair.id, { jobIds: [job.id], listed: true }))).toMatchObject({ code: 'validationFailed', details: { fields: [{ field: 'fairId' }] } });
    await testing.admit(fair.id, employer, booth!.id);
    await testing.get(FairJobsService).list(employer, fair.id, { jobIds: [job.id], listed: true });
    const [mine] = await applications.mine(employer);
    await applications.withdraw(employer, mine!.id);
    await applications.withdraw(employer, mine!.id);
    expect((await testing.get(Booths).require(booth!.id)).organisationId).toBeNull();
    await testing.get(Consumers).settled();
    expect(await read().fairJob.count({ where: { fairId: fair.id } })).toBe(0);
    expect(await eventsOf(fair.id, 'boothApplication.withdrawn')).toBe(1);
  });
});

describe('a booth', () => {
  it('goes to one of twenty employers who are assigned at once', async () => {
    const fair = await testing.fair();
    const [booth] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 1 });
    const employers = await Promise.all(Array.from({ length: 20 }, () => testing.verified()));
    for (const employer of employers) await testing.admit(fair.id, employer);
    const results = await Promise.allSettled(employers.map((employer) => placement.assign(testing.organiser, booth!.id, employer.organisationId)));
    const won = results.flatMap((result, n) => (result.status === 'fulfilled' ? [employers[n]!.organisationId] : []));
    expect(won).toHaveLength(1);
    expect(results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : []))).toEqual(Array(19).fill('boothTaken'));
    expect((await testing.get(Booths).require(booth!.id)).organisationId).toBe(won[0]);
    expect(await read().event.count({ where: { scopeId: fair.id, type: 'booth.placed', data: { path: ['organisationId'], equals: won[0] } } })).toBe(1);
  }, 60_000);

  it('is one an employer: of twenty booths given to one at once it ends with one', async () => {
    const fair = await testing.fair();
    const booths = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 20 });
    const employer = await testing.verified();
    await testing.admit(fair.id, employer);
    await Promise.all(booths.map((booth) => placement.assign(testing.organiser, booth.id, employer.organisationId)));
    expect(await read().booth.count({ where: { fairId: fair.id, organisationId: employer.organisationId } })).toBe(1);
  }, 60_000);

  it('is given to nobody who was not admitted, and made free again', async () => {
    const fair = await testing.fair();
    const [booth, second] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 2 });
    const employer = await testing.verified();
    expect(await refused(placement.assign(testing.organiser, booth!.id, employer.organisationId))).toMatchObject({ details: { fields: [{ field: 'organisationId' }] } });
    await testing.admit(fair.id, employer, booth!.id);
    expect(await code(placement.remove(testing.organiser, booth!.id))).toBe('boothTaken');
    await placement.assign(testing.organiser, booth!.id, null);
    await placement.remove(testing.organiser, booth!.id);
    expect(await code(testing.get(Booths).require(booth!.id))).toBe('notFound');
    expect(await eventsOf(fair.id, 'booth.removed')).toBe(1);
    await placement.assign(testing.organiser, second!.id, employer.organisationId);
  });

  it('has a page by its QR with the jobs that are shown there, and a code for those who may know it', async () => {
    const fair = await testing.fair();
    const [booth, empty] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 2 });
    const [employer, stranger] = [await testing.verified('屿禾食品'), await testing.verified()];
    await testing.admit(fair.id, employer, booth!.id);
    const job = await testing.job(employer);
    await testing.get(FairJobsService).list(employer, fair.id, { jobIds: [job.id], listed: true });
    const { leadCode, url } = await testing.get(BoothViews).code(employer, await testing.get(Booths).require(booth!.id));
    expect(url).toMatch(new RegExp(`/b/${leadCode}$`));
    const page = await testing.get(BoothViews).page(anyone, await testing.get(Booths).byCode(leadCode.toLowerCase()));
    expect(page).toMatchObject({ organisation: { name: '屿禾食品', verifiedBy: '平台管理员' }, jobIds: [job.id], booth: { number: 'A-01', organisation: { jobCount: 1 } } });
    expect(await code(testing.get(BoothViews).code(stranger, await testing.get(Booths).require(booth!.id)))).toBe('notFound');
    expect(await code(testing.get(BoothViews).page(anyone, await testing.get(Booths).require(empty!.id)))).toBe('notFound');
    expect(await code(testing.get(BoothViews).page(anyone, await testing.get(Booths).byCode("' OR 1=1")))).toBe('notFound');
    const [card] = (await testing.get(FairList).own(testing.organiser, { q: '春风专场' })).items.filter(({ id }) => id === fair.id);
    expect(card).toMatchObject({ boothCount: 2, jobCount: 1 });
  });
});

describe('a lead', () => {
  async function standing() {
    const fair = await testing.fair();
    const [booth] = await placement.layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 1 });
    const employer = await testing.verified();
    await testing.admit(fair.id, employer, booth!.id);
    return { fair, booth: booth!, employer };
  }

  it('is consent, row and event together; a repeated scan is one lead with the newest note', async () => {
    const { fair, booth, employer } = await standing();
    const candidate = await testing.candidate(undefined, '李来福');
    expect(await code(leads.leave(candidate, booth.id, { consent: false as true }))).toBe('consentRequired');
    expect(await read().consent.count({ where: { accountId: candidate.accountId } })).toBe(0);
    await Promise.all(Array.from({ length: 5 }, () => leads.leave(candidate, booth.id, { consent: true, note: '下午再来' })));
    await leads.leave(candidate, booth.id, { consent: true, note: '想问夜班' });
    const { items } = await leads.list(employer, {});
    expect(items).toEqual([expect.objectContaining({ boothNumber: 'A-01', note: '想问夜班', candidate: { name: '李来福', phone: candidate.phone } })]);
    expect(await eventsOf(fair.id, 'lead.collected')).toBe(1);
    expect(await read().auditEntry.count({ where: { action: 'phone.revealed', subjectId: candidate.accountId, organisationId: employer.organisationId } })).toBe(1);
  });

  it('is hidden the moment the consent goes, and comes back with a new one', async () => {
    const { booth, employer } = await standing();
    const candidate = await testing.candidate();
    await leads.leave(candidate, booth.id, { consent: true });
    const [consent] = await testing.get(Consents).list(candidate.accountId);
    await testing.database.transaction((tx) => testing.get(Consents).withdraw(tx, candidate.accountId, consent!.id));
    expect((await leads.list(employer, {})).items).toEqual([]);
    await leads.leave(candidate, booth.id, { consent: true });
    expect((await leads.list(employer, {})).items).toHaveLength(1);
  });

  it('is listed page by page past those who took it back', async () => {
    const { booth, employer } = await standing();
    const people = [];
    for (let n = 0; n < 7; n++) people.push(await testing.candidate());
    for (const person of people) await leads.leave(person, booth.id, { consent: true });
    for (const person of [people[5]!, people[4]!, people[3]!, people[0]!]) {
      await testing.database.transaction((tx) => testing.get(Consents).withdrawAll(tx, person.accountId));
    }
    const first = await leads.list(employer, { limit: 2 });
    const second = await leads.list(employer, { limit: 2, after: first.next! });
    expect([...first.items, ...second.items].map(({ candidate }) => candidate.phone)).toEqual([people[6]!.phone, people[2]!.phone, people[1]!.phone]);
    expect(second.next).toBeNull();
    expect(await code(leads.list(employer, { after: 'x' }))).toBe('validationFailed');
  });

  it('belongs to who stands there: not to the next employer, and to nobody at a free booth', async () => {
    const { booth, employer, fair } = await standing();
    const candidate = await testing.candidate();
    await leads.leave(candidate, booth.id, { consent: true });
    const next = await testing.verified();
    await testing.admit(fair.id, next);
    await placement.assign(testing.organiser, booth.id, null);
    expect(await code(leads.leave(candidate, booth.id, { consent: true }))).toBe('notFound');
    expect((await refused(placement.remove(testing.organiser, booth.id))).details).toMatchObject({ fields: [{ field: 'boothId' }] });
    await placement.assign(testing.organiser, booth.id, next.organisationId);
    expect((await leads.list(next, {})).items).toEqual([]);
    await leads.leave(candidate, booth.id, { consent: true });
    for (const each of [employer, next]) expect((await leads.list(each, {})).items).toHaveLength(1);
  });

  it('is in the person’s copy, and goes with the person', async () => {
    const { booth } = await standing();
    const candidate = await testing.candidate();
    await leads.leave(candidate, booth.id, { consent: true, note: '会焊接' });
    expect((await testing.get(DataRights).export(candidate)).leads).toEqual([expect.objectContaining({ boothId: booth.id, note: '会焊接' })]);
    await testing.get(DataRights).erase(candidate);
    expect(await read().lead.count({ where: { accountId: candidate.accountId } })).toBe(0);
  });
});
