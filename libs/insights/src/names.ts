import { Injectable } from '@nestjs/common';
import type { Gate, InterviewTotals } from '#libs/contracts';
import { Attendance } from '#libs/attendance';
import { Booths } from '#libs/booths';
import { Fairs, type FairRow } from '#libs/fairs';
import { Organisations } from '#libs/identity';
import { InterviewCounts } from '#libs/interviews';
import { Lately } from './lately.js';

/** What of a fair the dashboards show beside the numbers. */
export interface FairNames {
  fair: FairRow;
  gates: Gate[];
  /** Booth number and employer's name by organisation id. */
  booths: Map<string, { boothNumber: string; organisationName: string }>;
  interviews: InterviewTotals;
}

/** Reads names through the slices that own them. They may be a second old, and so may a device's last sign of life. */
@Injectable()
export class Names {
  private readonly lately = new Lately((fairId) => this.read(fairId));

  constructor(
    private readonly fairs: Fairs,
    private readonly attendance: Attendance,
    private readonly booths: Booths,
    private readonly organisations: Organisations,
    private readonly interviews: InterviewCounts,
  ) {}

  /** Null when there is no such fair. */
  of(fairId: string, forPicture = false): Promise<FairNames | null> {
    return forPicture ? this.lately.forPicture(fairId) : this.lately.of(fairId);
  }

  /** Something other than counts has changed. */
  forget(fairId: string): void {
    this.lately.forget(fairId);
  }

  private async read(fairId: string): Promise<FairNames | null> {
    const fair = await this.fairs.get(fairId);
    if (!fair) return null;
    const [gates, booths, interviews] = await Promise.all([this.attendance.gates(fairId), this.booths.byOrganisation(fairId), this.interviews.of(fairId)]);
    const organisations = await this.organisations.names(booths.keys());
    const named = [...booths].map(([id, booth]) => [id, { boothNumber: booth.number, organisationName: organisations.get(id) ?? '' }] as const);
    return { fair, gates, booths: new Map(named), interviews };
  }
}
