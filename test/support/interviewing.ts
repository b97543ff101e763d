/** An interview that goes on, made through the API alone, as real people would; with or without media behind it. */
import type { Interview, InterviewPass } from '#libs/contracts';
import { boothFor } from './booth.js';
import type { Caller } from './caller.js';
import { MediaLine } from './media-line.js';
import { eventually, type Bureau, type Candidate, type Employer, type World } from './world.js';

export interface Recruiter { caller: Caller; accountId: string }
export interface Booth { bureau: Bureau; employer: Employer; fairId: string; boothId: string; jobId: string; recruiter: Recruiter; colleague: Recruiter }

/** An employer at a booth with an open queue and two recruiters. */
export async function boothWithQueue(world: World): Promise<Booth> {
  const { bureau, employer, fair, boothId } = await boothFor(world);
  const job = await employer.admin.call('POST /jobs', { body: world.job() });
  await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
  const recruit = async (name: string): Promise<Recruiter> => {
    const { url } = await employer.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: employer.organisationId }, body: { role: 'recruiter' } });
    const caller = await world.join(url, name);
    return { caller, accountId: (await caller.call('GET /me')).accountId };
  };
  await employer.admin.call('PUT /booths/:boothId/queue', { params: { boothId }, body: { status: 'open' } });
  return { bureau, employer, fairId: fair.id, boothId, jobId: job.id, recruiter: await recruit('林人事'), colleague: await recruit('陈同事') };
}

/** Somebody joins the queue and is called. */
export async function calledTo(world: World, { boothId, jobId, recruiter }: Booth, by = recruiter): Promise<{ candidate: Candidate; interview: Interview }> {
  const candidate = await world.candidate();
  await candidate.caller.call('POST /booths/:boothId/queue/places', { params: { boothId }, body: { jobId, mode: 'online', consent: true } });
  return { candidate, interview: await by.caller.call('POST /booths/:boothId/queue/call', { params: { boothId }, body: {} }) };
}

export const joinInterview = (caller: Caller, interviewId: string): Promise<InterviewPass> => caller.call('POST /interviews/:interviewId/join', { params: { interviewId } });

export const mediaReady = (world: World, within = 60_000) => eventually('live media', async () => (await world.anyone.call('GET /media/readiness')).state === 'ready', within);

/** The media ports of the node that holds this room. */
export async function portsOf(world: World, pass: InterviewPass): Promise<{ udp: number[]; tcp: number[] }> {
  const line = await MediaLine.enter(pass, world.servers.urls[0]!);
  try {
    const candidates = (await line.transport('receive')).iceCandidates as { protocol: string; port: number }[];
    const of = (protocol: string) => candidates.filter((each) => each.protocol === protocol).map(({ port }) => port);
    return { udp: of('udp'), tcp: of('tcp') };
  } finally {
    line.close();
  }
}

/** Whatever a node reports, it carries as much as it can: the database itself says so. */
export async function fullNodes({ servers }: World): Promise<void> {
  await servers.query(`CREATE FUNCTION full_node() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.load := NEW.capacity; RETURN NEW; END'`);
  await servers.query('CREATE TRIGGER full_node BEFORE INSERT OR UPDATE ON "MediaNode" FOR EACH ROW EXECUTE FUNCTION full_node()');
  await servers.query('UPDATE "MediaNode" SET load = 0');
}
export async function emptyNodes({ servers }: World): Promise<void> {
  await servers.query('DROP FUNCTION full_node CASCADE');
  await servers.query('UPDATE "MediaNode" SET load = 0');
}
