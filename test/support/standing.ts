/** An employer at a booth with two recruiters, and a village station, made through the API alone. */
import type { InterviewSummary, Job } from '#libs/contracts';
import { boothAt } from './booth.js';
import type { Caller } from './caller.js';
import type { Bureau, Employer, World } from './world.js';

export interface Stand { bureau: Bureau; employer: Employer; recruiter: Caller; fairId: string; boothId: string; job: Job }
type Interview = Pick<InterviewSummary, 'id'>;

const inMinutes = (n: number): string => new Date(Date.now() + n * 60_000).toISOString();

/** @param bureau whose fair is there already, with `fairId` */
export async function stand(world: World, whose?: { bureau: Bureau; fairId: string; employer?: Employer; boothId?: string }): Promise<Stand> {
  const bureau = whose?.bureau ?? await world.bureau();
  const employer = whose?.employer ?? await world.employer();
  if (!whose?.employer) await world.verify(employer, bureau);
  const fairId = whose?.fairId ?? (await world.openFair(bureau)).fair.id;
  const boothId = whose?.boothId ?? await boothAt(await bureau.admin.call('GET /fairs/:fairId', { params: { fairId } }), bureau, employer);
  const { id } = await employer.admin.call('POST /jobs', { body: world.job() });
  const job = await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: id } });
  const { url } = await employer.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: employer.organisationId }, body: { role: 'recruiter' } });
  return { bureau, employer, recruiter: await world.join(url, '小林'), fairId, boothId, job };
}

/** Opens, pauses, limits or closes the queue. */
export const setQueue = ({ employer, boothId }: Stand, body: { status?: 'open' | 'paused' | 'closed'; limit?: number; minutes?: number }) =>
  employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body });

export const joinQueue = ({ boothId }: Stand, caller: Caller, mode: 'online' | 'onSite' = 'onSite') =>
  caller.call('POST /booths/:boothId/queue/places', { params: { boothId }, body: { mode, consent: true } });

export const callNext = ({ boothId }: Stand, caller: Caller) => caller.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} });

/** At the table: begins, or ends. */
export const meet = (caller: Caller, { id: interviewId }: Interview, how: 'begin' | 'end') => caller.call(`POST /interviews/:interviewId/${how}`, { params: { interviewId } });

export const publishSlots = ({ recruiter, boothId }: Stand, inFrom: number, count: number, caller = recruiter) =>
  caller.call('POST /slots', { body: { boothId, startsAt: inMinutes(inFrom), minutes: 15, count } });

/** A station of the bureau's province, and a clerk. */
export async function station(world: World, bureau: Bureau): Promise<{ organisationId: string; clerk: Caller }> {
  const { id: organisationId } = await bureau.admin.call('POST /organisations/stations', { body: { name: '澜溪村就业驿站', regionCode: bureau.regionCode } });
  const { url } = await bureau.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId }, body: { role: 'stationClerk' } });
  return { organisationId, clerk: await world.join(url, '钟站长') };
}
