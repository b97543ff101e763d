import { Injectable } from '@nestjs/common';
import type { Actor, AgendaSession, Fair, FairSummary, ScheduleChange, Zone } from '#libs/contracts';
import { Organisations } from '#libs/identity';
import { Database, type ScheduleChange as ChangeRow } from '#libs/platform';
import { FairCounts } from './fair-counts.js';
import { nextStatuses } from './fair.rules.js';
import { Fairs, type FairRow, type SessionRow, type ZoneRow } from './fairs.js';
import { agendaVersion, zonesVersion } from './version.rules.js';

/** Rows as the contracts show them. */
@Injectable()
export class FairViews {
  constructor(
    private readonly database: Database,
    private readonly fairs: Fairs,
    private readonly organisations: Organisations,
    private readonly counts: FairCounts,
  ) {}

  /** The whole fair. `nextStatuses` is the organiser's alone; others get an empty list. */
  async fair(actor: Actor, row: FairRow): Promise<Fair> {
    const { read } = this.database;
    const [[summary], zones, agenda, changes] = await Promise.all([
      this.summaries([row]),
      this.fairs.zones(row.id),
      this.fairs.agenda(row.id),
      read.scheduleChange.findMany({ where: { fairId: row.id }, orderBy: [{ at: 'desc' }, { id: 'desc' }] }),
    ]);
    const [root, ...parts] = zones.map(zoneView);
    const sessions = agenda.map(sessionView);
    const { organiserId, description, statusReason, latitude, longitude, quota, registered } = row;
    return {
      ...(summary as FairSummary), organiserId, description, statusReason, latitude, longitude, quota, registered,
      venue: root as Zone, zones: parts, zonesVersion: zonesVersion(parts), agenda: sessions, agendaVersion: agendaVersion(sessions), changes: changes.map(changeView),
      nextStatuses: this.fairs.isOwn(actor, row) ? nextStatuses(row) : [],
    };
  }

  async summaries(rows: readonly FairRow[]): Promise<FairSummary[]> {
    const ids = rows.map((row) => row.id);
    const [names, booths, jobs] = await Promise.all([
      this.organisations.names(rows.map((row) => row.organiserId)),
      this.counts.count('booths', ids),
      this.counts.count('jobs', ids),
    ]);
    return rows.map((row) => {
      const { id, name, campaign, theme, channel, status, isTemplate, venueName, venueAddress, regionCode, timeZone } = row;
      return {
        id, name, campaign, theme, channel, status, isTemplate, venueName, venueAddress, regionCode, timeZone,
        startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString(),
        organiserName: names.get(row.organiserId) ?? '', boothCount: booths.get(id) ?? 0, jobCount: jobs.get(id) ?? 0,
      };
    });
  }
}

export function zoneView({ id, parentId, letter, name, approvedNumber, x, y, width, height }: ZoneRow): Zone {
  return { id, parentId, letter, name, approvedNumber, x, y, width, height };
}

export function sessionView({ id, title, speaker, place, startsAt, endsAt }: SessionRow): AgendaSession {
  return { id, title, speaker, place, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

function changeView(row: ChangeRow): ScheduleChange {
  return {
    from: { startsAt: row.fromStartsAt.toISOString(), endsAt: row.fromEndsAt.toISOString(), venueName: row.fromVenue },
    to: { startsAt: row.toStartsAt.toISOString(), endsAt: row.toEndsAt.toISOString(), venueName: row.toVenue },
    reason: row.reason, at: row.at.toISOString(),
  };
}
