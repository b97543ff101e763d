import ExcelJS from 'exceljs';
import type { Job, RouteName } from '#libs/contracts';
import type { Caller } from '../support/caller.js';
import { mediaReady } from '../support/interviewing.js';
import { callNext, meet, publishSlots, setQueue, stand, station } from '../support/standing.js';
import { eventually, hear, subscribe } from '../support/world.js';
import type { Story } from './story.js';

const NAME = '赖长妹';
const NUMBER = '11010519491231002X';
const PHONE = '13987654321';
/** What must reach nobody at the employer, in any spelling that a page or a program would use. */
const marks = { number: NUMBER, 'its birthday': '19491231', phone: PHONE, 'its international form': `+86${PHONE}`, 'its end': PHONE.slice(-8) };
/** What the person says for an employer that they apply to: the station's form says so to the clerk. */
const WISH = '想找离家近、包一顿饭的活';
const found = (text: string): string[] => Object.entries(marks).filter(([, mark]) => text.includes(mark)).map(([name]) => name);

/** A person whom a station helps, from the queue to the result; who also applies by themselves; the employer reads, exports and listens to all that it may. */
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

    const person = await clerk.call('POST /station/people', { body: { name: NAME, phone: PHONE, idNumber: NUMBER, education: '小学', experienceYears: 20, wish: WISH, consent: true } });
    const params = { personId: person.id };
    await clerk.call('POST /station/people/:personId/tickets', { params, body: { fairId } });
    await clerk.call('POST /station/people/:personId/queue-places', { params, body: { boothId, jobId: job.id, mode: 'online', consent: true } });
    const [slot] = await publishSlots(here, 90, 1);
    await clerk.call('POST /station/people/:personId/bookings', { params, body: { slotId: slot!.id, consent: true } });
    const booth = { recruiter, admin: employer.admin, boothId, fairId, job };
    const waits = await read(booth);
    expect(withName(waits)).toEqual(both('GET /booths/:boothId/queue/desk', 'GET /slots/mine'));
    expect([found(JSON.stringify(waits)), JSON.stringify(waits).includes(WISH)]).toEqual([[], false]);

    // By themselves, from their own phone: a station applies for nobody.
    const { caller: themselves, accountId } = await world.candidate(PHONE);
    expect(accountId).toBe(person.id);
    await themselves.call('POST /applications', { body: { jobId: job.id, source: 'page', consent: true } });
    const interview = await callNext(here, recruiter);
    await clerk.call('POST /station/people/:personId/interviews/:interviewId/join', { params: { ...params, interviewId: interview.id } });
    await clerk.call('POST /station/people/:personId/interviews/:interviewId/messages', { params: { ...params, interviewId: interview.id }, body: { text: '您好。' } });
    expect(JSON.stringify(interview)).toContain(NAME);
    const runs = await read(booth, interview.id);
    expect(withName(runs)).toEqual([...both(
      'GET /applicants', 'GET /booths/:boothId/queue/desk', 'GET /interviews', 'GET /interviews/:interviewId', 'GET /interviews/:interviewId/messages', 'GET /slots/mine',
    ), 'GET /applicants/export'].sort());
    await meet(recruiter, interview, 'end');
    const decided = await recruiter.call('PUT /interviews/:interviewId/decision', { params: { interviewId: interview.id }, body: { outcome: 'offerIntent', reason: '欢迎来上班。' } });
    const ended = await read(booth, interview.id);
    expect(withName(ended)).toEqual([...both(
      'GET /applicants', 'GET /interviews', 'GET /interviews/:interviewId', 'GET /interviews/:interviewId/messages', 'GET /slots/mine',
    ), 'GET /applicants/export'].sort());

    await eventually('the end, on every socket', () => heard.every(({ events }) => events.some(({ type }) => type === 'interview.decided')));
    for (const answers of [runs, ended]) {
      // What the person's own yes with the application gives to this employer, and only there: what they look for, and in the file the phone to call.
      expect(answers.filter(({ text }) => text.includes(WISH)).map(({ route }) => route).sort()).toEqual([...both('GET /applicants'), 'GET /applicants/export'].sort());
      expect(answers.filter(({ route }) => route === 'GET /applicants/export').map(({ text }) => found(text))).toEqual([['phone', 'its end']]);
      expect(found(JSON.stringify(answers.filter(({ route }) => route !== 'GET /applicants/export')))).toEqual([]);
    }
    expect([found(JSON.stringify([interview, decided])), found(JSON.stringify(heard)), found(JSON.stringify(await world.servers.query('SELECT data FROM "Event"')))]).toEqual([[], [], []]);
  },
};

interface Answer { route: RouteName; text: string }
const both = (...routes: RouteName[]): RouteName[] => routes.flatMap((route) => [route, route]);
/** The routes whose answers name the person, once for each who was answered. */
const withName = (answers: Answer[]): RouteName[] => answers.filter(({ text }) => text.includes(NAME)).map(({ route }) => route).sort();

/** All that the employer's pages read. Nobody is refused anything: one leads the interview, the other administers the employer. */
async function read({ recruiter, admin, boothId, fairId, job }: { recruiter: Caller; admin: Caller; boothId: string; fairId: string; job: Job }, interviewId?: string): Promise<Answer[]> {
  const answers = await Promise.all([recruiter, admin].flatMap((caller) => {
    const ask = async <R extends RouteName>(route: R, options: Parameters<typeof caller.call<R>>[1]): Promise<Answer> =>
      ({ route, text: JSON.stringify(await caller.call(route, options)) });
    return [
      ask('GET /booths/:boothId/queue/desk', { params: { boothId } }), ask('GET /slots/mine', { query: { boothId } }), ask('GET /slots', { query: { boothId } }), ask('GET /interviews', { query: {} }),
      ask('GET /applicants', { query: { jobId: job.id } }), ask('GET /booths/:boothId/queue', { params: { boothId } }), ask('GET /fairs/:fairId', { params: { fairId } }),
      ...(interviewId === undefined ? [] : [
        ask('GET /interviews/:interviewId', { params: { interviewId } }), ask('GET /interviews/:interviewId/sheets', { params: { interviewId } }),
        ask('GET /interviews/:interviewId/messages', { params: { interviewId }, query: {} }), ask('GET /interviews/:interviewId/recordings', { params: { interviewId } }),
      ]),
    ];
  }));
  const sheet = new ExcelJS.Workbook();
  await sheet.xlsx.load(await (await admin.fetch('GET /applicants/export', { query: {} })).arrayBuffer());
  return [...answers, { route: 'GET /applicants/export', text: JSON.stringify(sheet.worksheets.map((one) => one.getSheetValues())) }];
}
