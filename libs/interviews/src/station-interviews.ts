import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/platform';
import type { CandidateActor, MemberActor } from '#libs/identity';
import { Interviews } from './interviews.js';
import { StationPeople } from './station-people.js';

/** Whose interview a station's computer is for now: the clerk's hands, the person's own meeting. */
@Injectable()
export class StationInterviews {
  constructor(private readonly people: StationPeople, private readonly interviews: Interviews) {}

  /**
   * The person as who the clerk's computer acts, in this interview only. Throws `personNotHere`, and `notFound` for somebody else's interview
   * and for one that the person has without the station.
   */
  async person(clerk: MemberActor, personId: string, interviewId: string): Promise<CandidateActor> {
    await this.people.require(clerk, personId);
    const { accountId, stationId } = await this.interviews.require(interviewId);
    if (accountId !== personId || stationId !== clerk.organisationId) throw new DomainError('notFound');
    return { role: 'candidate', accountId };
  }
}
