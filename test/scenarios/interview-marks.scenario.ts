import ExcelJS from 'exceljs';
import type { Job } from '#libs/contracts';
import type { Caller } from '../support/caller.js';
import { mediaReady } from '../support/interviewing.js';
import { callNext, meet, publishSlots, setQueue, stand, station } from '../support/standing.js';
import { eventually, hear, subscribe } from '../support/world.js';
import type { Story } from './story.js';

const NUMBER = '11010519491231002X';
const PHONE = '13987654321';
/** What must reach nobody at the employer, in any spelling that a page or a program would use. */
const marks = { number: NUMBER, 'its birthday': '19491231', phone: PHONE, 'its international form': `+86${PHONE}`, 'its end': PHONE.slice(-8), 'what the clerk noted': '低保户，腿脚不便' };
const found = (text: string): string[] => Object.entries(marks).filter(([, mark]) => text.includes(mark)).map(([name]) => name);

/** A person whom a station helps, from the queue to the result; the employer reads, exports and listens to all that it may. */
export const interviewMarks: Story = {
  name: 'sensitive marks never reach the employer: not by its pages’ reads, its export, its events, or its sockets',
  slow: true,
  async tell(world) {
    await mediaReady(world);
    const here = await stand(world);
    const { employer, recruiter, bureau, boothId, fairId, job } = here;
    await setQueue(here, { status: 'open' });
    const { clerk } = await station(world, bureau);
    const listening = await Promise.all([employer.admin, recruiter].flatMap(({ token }) => [0, 1].map((index) => world.live(token, index))));
    const heard = listening.map(hear);
    await Promise.all(listening.flatMap((socket) => [
      subscribe(socket, { topic: { kind: 'organisation', id: employer.organisationId } }), subscribe(socket, { topic: { kind: 'queue', id: boothId } }), subscribe(socket, { topic: { kind: 'fair', id: fairId } }),
    ]));

    const person = await clerk.call('POST /station/people', { body: { name: '赖长妹', phone: PHONE, idNumber: NUMBER, education: '小学', experienceYears: 20, wish: marks['what the clerk noted'], consent: true } });
    const params = { personId: person.id };
    await clerk.call('POST /station/people/:personId/tickets', { params, body: { fairId } });
    await clerk.call('POST /station/people/:personId/queue-places', { params, body: { boothId, jobId: job.id, mode: 'online', consent: true } });
    const [slot] = await publishSlots(here, 90, 1);
    await clerk.call('POST /station/people/:personId/bookings', { params, body: { slotId: slot!.id, consent: true } });
    const answers: string[] = [await read(recruiter, employer.admin, { boothId, fairId, job })];
    const interview = await callNext(here, recruiter);
    answers.push(JSON.stringify(interview));
    await clerk.call('POST /station/people/:personId/interviews/:interviewId/join', { params: { ...params, interviewId: interview.id } });
    answers.push(await read(recruiter, employer.admin, { boothId, fairId, job }, interview.id));
    await meet(recruiter, interview, 'end');
    await recruiter.call('PUT /interviews/:interviewId/decision', { params: { interviewId: interview.id }, body: { outcome: 'offerIntent', reason: '欢迎来上班。' } });
    answers.push(await read(recruiter, employer.admin, { boothId, fairId, job }, interview.id));

    await eventually('the end, on every socket', () => heard.every(({ events }) => events.some(({ type }) => type === 'interview.decided')));
    expect(answers.join()).toContain('赖长妹'); // it is this person who was read of
    expect([found(answers.join()), found(JSON.stringify(heard)), found(JSON.stringify(await world.servers.query('SELECT data FROM "Event"')))]).toEqual([[], [], []]);
  },
};

/** All that the employer's pages read, as one text. */
async function read(recruiter: Caller, admin: Caller, { boothId, fairId, job }: { boothId: string; fairId: string; job: Job }, interviewId?: string): Promise<string> {
  const each = [recruiter, admin].flatMap((who) => [
    who.call('GET /booths/:boothId/queue/desk', { params: { boothId } }), who.call('GET /slots/mine', { query: { boothId } }), who.call('GET /slots', { query: { boothId } }), who.call('GET /interviews', { query: {} }),
    who.call('GET /applicants', { query: { jobId: job.id } }), who.call('GET /booths/:boothId/queue', { params: { boothId } }), who.call('GET /fairs/:fairId', { params: { fairId } }),
    ...(interviewId === undefined ? [] : [
      who.call('GET /interviews/:interviewId', { params: { interviewId } }), who.call('GET /interviews/:interviewId/sheets', { params: { interviewId } }),
      who.call('GET /interviews/:interviewId/messages', { params: { interviewId }, query: {} }), who.call('GET /interviews/:interviewId/recordings', { params: { interviewId } }),
    ]).map((answer) => answer.catch((error: unknown) => String(error))),
  ]);
  const sheet = new ExcelJS.Workbook();
  await sheet.xlsx.load(await (await admin.fetch('GET /applicants/export', { query: {} })).arrayBuffer());
  return JSON.stringify([await Promise.all(each), sheet.worksheets.map((one) => one.getSheetValues())]);
}
