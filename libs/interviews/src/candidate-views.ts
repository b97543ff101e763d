import { Injectable } from '@nestjs/common';
import type { DeskPlace } from '#libs/contracts';
import { Consents, Profiles, Vault } from '#libs/identity';

type Shown = NonNullable<DeskPlace['candidate']>;

/** Candidates as an employer's people see them: only while their own yes to it holds, and never a number or a mark of hardship. */
@Injectable()
export class CandidateViews {
  constructor(private readonly consents: Consents, private readonly vault: Vault, private readonly profiles: Profiles) {}

  /** By account id; whose yes does not hold is missing. */
  async of(organisationId: string, people: readonly { accountId: string; stationId: string | null }[]): Promise<Map<string, Shown>> {
    const agreed = await this.consents.active(people.map(({ accountId }) => accountId), organisationId, 'interview');
    const [names, facts] = await Promise.all([this.vault.names(agreed), this.profiles.facts(agreed)]);
    return new Map(people.flatMap(({ accountId, stationId }) => {
      const [name, fact] = [names.get(accountId), facts.get(accountId)];
      if (name === undefined || !fact) return [];
      const { education, experienceYears, cvFileId } = fact;
      return [[accountId, { name, education, experienceYears, hasCv: cvFileId !== null, atStation: stationId !== null }] as const];
    }));
  }
}
