import type { DeskSnapshot } from '#libs/contracts';
import { eventually, hear, insideIs, onePixelPng, scan, subscribe } from '../support/world.js';
import type { Story } from './story.js';

/** The day of a fair, from the organiser's desk to the archive. */
export const wholeDay: Story = {
  name: 'the whole day of a fair',
  within: 120_000,
  async tell(world) {
    const bureau = await world.bureau();
    const { fair: draft, gates } = await world.openFair(bureau, { approved: 20, zoneA: 8, zoneB: 5, status: 'draft' });
    const params = { fairId: draft.id };
    expect(await world.anyone.refusal('GET /fairs/:fairId', { params })).toBe('notFound');
    expect(await bureau.admin.refusal('POST /fairs/:fairId/status', { params, body: { to: 'closed' } })).toBe('fairStateRefused');

    // An employer registers, is checked, applies for a booth and posts a job.
    const employer = await world.employer();
    const job = await employer.admin.call('POST /jobs', { body: { ...world.job(), conditions: '能倒班，限男性，35岁以下。' } });
    const publish = { params: { jobId: job.id } };
    expect(await employer.admin.refusal('POST /jobs/:jobId/publish', publish)).toBe('licenceMissing');
    await world.verify(employer, bureau);
    expect(await employer.admin.refusal('POST /jobs/:jobId/publish', publish)).toBe('jobWordingRefused');
    const problems = await employer.admin.call('POST /jobs/check-wording', { body: { conditions: job.conditions } });
    expect(problems.map(({ phrase }) => phrase)).toEqual(expect.arrayContaining(['限男性']));
    await employer.admin.call('PUT /jobs/:jobId', { ...publish, body: world.job() });
    await employer.admin.call('POST /jobs/:jobId/publish', publish);

    const fair = await bureau.admin.call('POST /fairs/:fairId/status', { params, body: { to: 'published' } });
    const applied = await employer.admin.call('POST /fairs/:fairId/booth-applications', { params, body: { contactName: '林人事', wish: '靠门口' } });
    const [booth] = await bureau.admin.call('POST /fairs/:fairId/booths/lay-out', { params, body: { zoneId: fair.zones.find(({ letter }) => letter === 'A')!.id, count: 6 } });
    const decided = await bureau.admin.call('POST /booth-applications/:boothApplicationId/decision', { params: { boothApplicationId: applied.id }, body: { approved: true, boothId: booth!.id } });
    expect([decided.status, decided.boothNumber]).toEqual(['approved', booth!.number]);
    await employer.admin.call('PUT /fairs/:fairId/jobs', { params, body: { jobIds: [job.id], listed: true } });

    // A candidate finds the job by a word of two characters, registers, applies with consent, leaves a contact at the booth.
    const candidate = await world.candidate();
    await candidate.caller.call('PATCH /me/profile', { body: { name: '王小春', education: '高中', experienceYears: 2 } });
    await candidate.caller.upload('PUT /me/cv', {}, { name: '简历.png', type: 'image/png', bytes: onePixelPng }).catch(() => null);
    const found = await world.anyone.call('GET /jobs', { query: { q: '装配', fairId: fair.id } });
    expect(found.items.map(({ id }) => id)).toEqual([job.id]);
    const ticket = await world.ticket(candidate, fair.id);
    const apply = { jobId: job.id, fairId: fair.id, source: 'page' } as const;
    expect(await candidate.caller.refusal('POST /applications', { body: { ...apply, consent: false } })).toBe('consentRequired');
    const application = await candidate.caller.call('POST /applications', { body: { ...apply, consent: true } });
    expect((await candidate.caller.call('POST /applications', { body: { ...apply, consent: true } })).id).toBe(application.id);
    const { leadCode } = await employer.admin.call('GET /booths/:boothId/code', { params: { boothId: booth!.id } });
    const page = await world.anyone.call('GET /booths/by-code/:leadCode', { params: { leadCode } });
    await candidate.caller.call('POST /booths/:boothId/leads', { params: { boothId: page.booth.id }, body: { consent: true } });
    const applicants = await employer.admin.call('GET /applicants', { query: { jobId: job.id } });
    expect(applicants.items[0]!.candidate).toMatchObject({ name: '王小春', phoneMasked: expect.stringMatching(/^\d{3} \*{4} \d{4}$/) });

    // The day begins. The desk watches.
    await bureau.admin.call('POST /fairs/:fairId/status', { params, body: { to: 'open' } });
    const desk = await world.live(bureau.admin.token, 1);
    const heard = hear(desk);
    await subscribe(desk, { topic: { kind: 'desk', id: fair.id } });
    const newest = () => heard.snapshots.at(-1)?.data as DeskSnapshot | undefined;
    const [venueGate, gateA, gateB] = await Promise.all(gates.map((gate) => world.device(bureau, gate)));
    expect((await scan(venueGate!, ticket.code)).admitted).toBe(true);
    expect((await scan(venueGate!, ticket.shortCode)).reason).toBe('alreadyInside');
    expect((await scan(gateA!, ticket.code)).admitted).toBe(true);
    expect((await scan(gateB!, ticket.code)).admitted).toBe(true); // moves from A to B
    expect((await scan(venueGate!, `${ticket.code.slice(0, -6)}AAAAAA`)).reason).toBe('forged');
    expect((await scan(venueGate!, 'hello')).reason).toBe('unreadable');
    await eventually('the desk shows one person, in B', () => {
      const data = newest();
      return data?.venue.inside === 1 && data.zones.map(({ inside }) => inside).join() === '0,1' && data.refused === 3;
    });

    // B fills up: 80 %, 95 %, then it locks; the way out reopens it.
    const walkIns = await world.walkIns(venueGate!, fair.id, 6);
    for (const { code } of walkIns.slice(0, 4)) expect((await scan(gateB!, code)).admitted).toBe(true);
    expect((await scan(gateB!, walkIns[4]!.code)).reason).toBe('zoneFull');
    await eventually('the alert of a full zone', () => newest()?.alerts.some(({ letter, level }) => letter === 'B' && level === 'lock'));
    expect((await scan(gateB!, ticket.code, 'exit')).admitted).toBe(true);
    expect((await scan(gateB!, walkIns[4]!.code)).admitted).toBe(true);
    // 提前锁闸, 全场停入, 调核定数.
    const zoneA = fair.zones.find(({ letter }) => letter === 'A')!.id;
    await bureau.admin.call('POST /zones/:zoneId/lock', { params: { zoneId: zoneA }, body: { locked: true, reason: '搬设备' } });
    expect((await scan(gateA!, walkIns[5]!.code)).reason).toBe('zoneLocked');
    await bureau.admin.call('POST /zones/:zoneId/lock', { params: { zoneId: zoneA }, body: { locked: false, reason: '搬完了' } });
    await bureau.admin.call('POST /fairs/:fairId/stop', { params, body: { stopped: true, reason: '消防检查' } });
    expect((await scan(gateA!, walkIns[5]!.code)).reason).toBe('fairStopped');
    expect((await scan(venueGate!, ticket.code, 'exit')).admitted).toBe(true);
    await bureau.admin.call('POST /fairs/:fairId/stop', { params, body: { stopped: false, reason: '查完了' } });
    await bureau.admin.call('POST /zones/:zoneId/capacity', { params: { zoneId: zoneA }, body: { approvedNumber: 1, reason: '安全员核定' } });
    expect((await scan(gateA!, walkIns[5]!.code)).admitted).toBe(true);
    expect((await scan(gateA!, ticket.code)).reason).toBe('zoneFull');

    // The consent is taken back: the employer sees nothing of the person any more.
    for (const consent of await candidate.caller.call('GET /me/consents')) await candidate.caller.call('DELETE /me/consents/:consentId', { params: { consentId: consent.id } });
    await eventually('the applicant is hidden', async () => (await employer.admin.call('GET /applicants', { query: { jobId: job.id } })).items.every((each) => each.candidate === null));
    expect((await employer.admin.call('GET /leads', { query: {} })).items).toEqual([]);

    // The end.
    await bureau.admin.call('POST /fairs/:fairId/status', { params, body: { to: 'closed', reason: '到点了' } });
    expect((await scan(venueGate!, ticket.code)).reason).toBe('fairNotOpen');
    expect((await scan(venueGate!, walkIns[0]!.code, 'exit')).admitted).toBe(true);
    await bureau.admin.call('POST /fairs/:fairId/status', { params, body: { to: 'archived' } });
    const audit = await bureau.admin.call('GET /organisations/:organisationId/audit', { params: { organisationId: bureau.organisationId }, query: { limit: 100 } });
    expect(audit.items.length).toBeGreaterThan(5);
    const final = await insideIs(bureau, fair.id, 5);
    expect(final.visitorsToday).toBe(7);
    expect(final.entered - final.left).toBe(final.venue.inside);

    // The log holds no personal data.
    const [leak] = await world.servers.query<{ n: string }>(`SELECT count(*) AS n FROM "Event" WHERE data::text LIKE ANY($1)`, [[`%${candidate.phone}%`, '%王小春%']]);
    expect(leak!.n).toBe('0');
  },
};
