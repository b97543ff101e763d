/** A broadcast that goes on, made through the API alone, as real people would; with or without media behind it. */
import type { Broadcast, Job } from '#libs/contracts';
import { boothAt, boothFor, type BoothOf } from './booth.js';
import type { Caller } from './caller.js';
import type { Bureau, Employer, World } from './world.js';

export interface Broadcasting { bureau: Bureau; employer: Employer; fairId: string; broadcast: Broadcast; jobs: Job[] }

const inHours = (n: number): string => new Date(Date.now() + n * 3_600_000).toISOString();

/** @param whose people that are there already: an employer whose licence was approved, and the bureau of its fair */
export async function broadcasting(world: World, whose?: { bureau: Bureau; employer: Employer }): Promise<Broadcasting> {
  const { bureau, employer, fair, boothId } = whose ? await newFair(world, whose) : await boothFor(world);
  const fairId = fair.id;
  const job = await employer.admin.call('POST /jobs', { body: world.job() });
  const jobs = [await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } })];
  const { accountId } = await employer.admin.call('GET /me');
  const planned = await employer.admin.call('POST /fairs/:fairId/broadcasts', { params: { fairId }, body: {
    boothId, kind: 'talk', title: '装配工专场', startsAt: inHours(0.1), endsAt: inHours(2), jobIds: jobs.map(({ id }) => id), hostIds: [accountId],
  } });
  const broadcast = await employer.admin.call('POST /broadcasts/:broadcastId/status', { params: { broadcastId: planned.id }, body: { status: 'live' } });
  return { bureau, employer, fairId, broadcast, jobs };
}

async function newFair(world: World, { bureau, employer }: { bureau: Bureau; employer: Employer }): Promise<BoothOf> {
  const { fair } = await world.openFair(bureau);
  return { bureau, employer, fair, boothId: await boothAt(fair, bureau, employer) };
}

/** The broadcast's picture, as it is for this caller. */
export const stateOf = (caller: Caller, broadcastId: string) => caller.call('GET /broadcasts/:broadcastId/state', { params: { broadcastId } });
