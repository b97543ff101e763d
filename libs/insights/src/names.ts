import { Injectable } from '@nestjs/common';
import type { Gate, InterviewTotals } from '#libs/contracts';
import { Attendance } from '#libs/attendance';
import { Booths } from '#libs/booths';
import { Fairs, type FairRow } from '#libs/fairs';
import { Organisations } from '#libs/identity';
import { InterviewCounts } from '#libs/interviews';

/** What of a fair the dashboards show beside the numbers. */
export interface FairNames {
  fair: FairRow;
  gates: Gate[];
  /** Booth number and employer's name by organisation id. */
  booths: Map<string, { boothNumber: string; organisationName: string }>;
  interviews: InterviewTotals;
}

/** Names may be a second old, and so may a device's last sign of life: a desk that is pushed ten times a second reads them once. */
const FRESH = 1_000;
/** Fairs whose names are kept; the oldest go. */
const KEPT = 200;

/** Reads names through the slices that own them, at most once a second a fair. */
@Injectable()
export class Names {
  private readonly known = new Map<string, { at: number; names: Promise<FairNames | null> }>();

  constructor(
    private readonly fairs: Fairs,
    private readonly attendance: Attendance,
    private readonly booths: Booths,
    private readonly organisations: Organisations,
    private readonly interviews: InterviewCounts,
  ) {}

  /** Null when there is no such fair. */
  of(fairId: string): Promise<FairNames | null> {
    const known = this.known.get(fairId);
    if (known && performance.now() - known.at < FRESH) return known.names;
    const names = this.read(fairId);
    this.known.delete(fairId);
    this.known.set(fairId, { at: performance.now(), names });
    names.catch(() => this.known.delete(fairId)); // the caller hears of it; the next one asks anew
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(oldest);
    }
    return names;
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
