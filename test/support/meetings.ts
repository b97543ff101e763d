/** Interviews for specs: an employer at a booth with colleagues, candidates with their yes, and calls made by the door that queue and slots use. */
import { randomUUID } from 'node:crypto';
import { PlacementService } from '../../libs/booths/src/index.js';
import type { PlaceMode } from '../../libs/contracts/src/index.js';
import { Consents, type CandidateActor, type MemberActor } from '../../libs/identity/src/index.js';
import { Calling } from '../../libs/interviews/src/calling.js';
import { InterviewsModule } from '../../libs/interviews/src/index.js';
import type { JobRow } from '../../libs/jobs/src/index.js';
import { newId, type Interview } from '../../libs/platform/src/index.js';
import { market, type Market } from './market.js';

export interface Desk { fairId: string; boothId: string; recruiter: MemberActor; colleague: MemberActor; job: JobRow }
export interface CallOptions { mode?: PlaceMode; minutes?: number; /** Milliseconds until the call is missed. */ within?: number; leader?: MemberActor; stationId?: string }

export interface Meetings extends Market {
  /** Two recruiters of their own, at the one booth that there is. */
  desk(): Promise<Desk>;
  /** Another employer's. */
  elsewhere(): Promise<Desk>;
  /** Somebody who said yes to this employer. */
  candidate(phone?: string, name?: string): Promise<CandidateActor & { phone: string }>;
  agree(person: CandidateActor, organisationId: string): Promise<string>;
  call(desk: Desk, person: CandidateActor, options?: CallOptions): Promise<Interview>;
  row(id: string): Promise<Interview>;
  /** A node that would carry rooms; nobody is there. */
  node(more?: { load?: number; capacity?: number }): Promise<void>;
}

export async function meetings(): Promise<Meetings> {
  const testing = await market([InterviewsModule]);
  const { get, database } = testing;
  const fair = await testing.fair();
  const booths = await get(PlacementService).layOut(testing.organiser, fair.id, { zoneId: fair.zoneA, count: 2 });
  const stand = async (boothId: string) => {
    const admin = await testing.verified();
    await testing.admit(fair.id, admin, boothId);
    const job = await testing.job(admin);
    const member = async (displayName: string): Promise<MemberActor> => {
      const { organisationId } = admin;
      const accountId = newId();
      await database.read.account.create({ data: { id: accountId, kind: 'staff', displayName } });
      await database.read.membership.create({ data: { id: newId(), accountId, organisationId, role: 'recruiter' } });
      return { role: 'recruiter', accountId, organisationId };
    };
    return async (): Promise<Desk> => ({ fairId: fair.id, boothId, recruiter: await member('林人事'), colleague: await member('陈同事'), job });
  };
  const [here, there] = [await stand(booths[0]!.id), await stand(booths[1]!.id)];
  const made: Meetings = {
    ...testing,
    desk: here,
    elsewhere: there,
    agree: (person, organisationId) =>
      database.transaction((tx) => get(Consents).give(tx, { accountId: person.accountId, organisationId, purpose: 'interview', wording: '同意' })),
    async call({ fairId, boothId, recruiter, job }, person, { mode = 'online', minutes = 8, within = 60_000, leader = recruiter, stationId } = {}) {
      await made.agree(person, recruiter.organisationId);
      return database.transaction((tx) => get(Calling).call(tx, leader, {
        fairId, boothId, organisationId: recruiter.organisationId, jobId: job.id, accountId: person.accountId, stationId: stationId ?? null,
        placeId: null, bookingId: null, mode, leaderId: leader.accountId, minutes, callUntil: new Date(Date.now() + within),
      }));
    },
    row: (id) => database.read.interview.findUniqueOrThrow({ where: { id } }),
    async node({ load = 0, capacity = 100 } = {}) {
      await database.read.mediaNode.create({ data: { id: newId(), url: `https://${randomUUID()}.cn`, capacity, load, seenAt: new Date(Date.now() + 3_600_000) } });
    },
  };
  return made;
}
