import { Injectable, type OnModuleInit } from '@nestjs/common';
import { crowdLevel, type CrowdSnapshot, type DeskAlert, type DeskSnapshot, type ZoneStatus } from '#libs/contracts';
import { Attendance } from '#libs/attendance';
import { Feed } from '#libs/events';
import { Database, DomainError } from '#libs/platform';
import { arrivals } from './arrivals.js';
import { crowdRows, deskRows, instant, type CrowdRows, type DeskRows } from './dashboard.rows.js';
import { dayOf } from './fair-clocks.js';
import { fairForecast, fillingRates } from './forecasts.js';
import { gateWork } from './gate-work.js';
import { FeedLines, feedLines } from './feed-lines.js';
import { gateStats, silentSince } from './gate-stats.js';
import { Lately } from './lately.js';
import { Names, type FairNames } from './names.js';

/** A picture, and the position up to which its numbers have read the log. */
export interface Picture<T> { position: number; data: T }

export interface Moment {
  /** Of when the picture is; absent: now. */
  now?: Date;
  /** One of many pictures for those who watch: the totals are read after this, and what no scan changes may be a second old. */
  reached?: Promise<void>;
}

/** The pictures that dashboards, phones and the wall show of a fair. */
@Injectable()
export class Dashboard implements OnModuleInit {
  private readonly rates = new Lately((fairId) => fillingRates(this.database, fairId, new Date()));
  private readonly work = new Lately((fairId) => gateWork(this.database, fairId));

  constructor(
    private readonly database: Database,
    private readonly attendance: Attendance,
    private readonly names: Names,
    private readonly feedLines: FeedLines,
    private readonly feed: Feed,
  ) {}

  onModuleInit(): void {
    const changedBy: [readonly string[], Pick<Lately<unknown>, 'forget'>][] = [
      [['fair', 'zone', 'device', 'booth'], this.names], [['forecast'], this.rates], [['conflict', 'upload', 'quarantine', 'lease', 'device'], this.work],
    ];
    this.feed.follow((events) => {
      for (const { type, data } of events) {
        const what = type.slice(0, type.indexOf('.'));
        for (const [those, lately] of changedBy) if (those.includes(what) && 'fairId' in data && data.fairId !== null) lately.forget(data.fairId);
      }
    });
  }

  /** How full it is, for anyone. Throws `notFound`. Who may ask is the caller's business. */
  async crowd(fairId: string, { now = new Date(), reached }: Moment = {}): Promise<Picture<CrowdSnapshot>> {
    const names = await this.require(fairId, reached !== undefined);
    const [statuses, rates] = await Promise.all([
      this.attendance.zoneStatuses(fairId), reached ? this.rates.forPicture(fairId) : fillingRates(this.database, fairId, now), reached,
    ]);
    const rows = await crowdRows(this.database, fairId, dayOf(now.toISOString(), names.fair.timeZone));
    const zones = zonesOf(statuses, rows);
    return { position: rows.position, data: { ...crowdOf(names, zones, rows, now), forecast: fairForecast(rates, zones, now) } };
  }

  /**
   * Everything for the organiser's desk; the totals are read last, since they are what is looked at and grows old. Throws
   * `notFound`.
   */
  async desk(fairId: string, { now = new Date(), reached }: Moment = {}): Promise<Picture<DeskSnapshot>> {
    const names = await this.require(fairId, reached !== undefined);
    const { timeZone, status } = names.fair;
    const [statuses, rates, offline, told] = await Promise.all([
      this.attendance.zoneStatuses(fairId),
      reached ? this.rates.forPicture(fairId) : fillingRates(this.database, fairId, now),
      reached ? this.work.forPicture(fairId) : gateWork(this.database, fairId),
      this.feedLines.newest(fairId),
      reached,
    ]);
    const rows = await deskRows(this.database, fairId, dayOf(now.toISOString(), timeZone), timeZone, now);
    const zones = zonesOf(statuses, rows);
    const open = status === 'open';
    const { total } = rows;
    const data: DeskSnapshot = {
      ...crowdOf(names, zones, rows, now),
      forecast: fairForecast(rates, zones, now),
      offline,
      interviews: names.interviews,
      entered: total?.entered ?? 0, left: total?.left ?? 0, refused: total?.refused ?? 0, registered: total?.registered ?? 0, leads: total?.leads ?? 0,
      peakInside: total?.peakInside ?? 0, peakAt: total?.peakAt ? instant(total.peakAt) : null,
      gates: gateStats(names.gates, rows, open, now),
      arrivals: arrivals(rows.minutes, open ? now : null),
      booths: rows.booths.map(({ organisationId, applications, leads }) => ({
        boothNumber: '', organisationName: '', ...names.booths.get(organisationId), applications, leads,
      })),
      refusals: rows.refusals,
      alerts: deskAlerts(rows.alerts, zones),
      feed: feedLines(told, names, zones),
    };
    return { position: rows.position, data };
  }

  private async require(fairId: string, forPicture: boolean): Promise<FairNames> {
    const names = await this.names.of(fairId, forPicture);
    if (!names) throw new DomainError('notFound');
    return names;
  }
}

/** Locks and approved numbers as they are now; who is inside as far as the log was read, so that it adds up with the rest. */
function zonesOf(statuses: ZoneStatus[], { zones: totals }: CrowdRows): ZoneStatus[] {
  const inside = new Map(totals.map((row) => [row.zoneId, row.inside]));
  return statuses.map((zone) => {
    const count = inside.get(zone.zoneId) ?? 0;
    return { ...zone, inside: count, level: crowdLevel(count, zone.approvedNumber) };
  });
}

function crowdOf({ fair, gates }: FairNames, statuses: ZoneStatus[], rows: CrowdRows, now: Date): CrowdSnapshot {
  const venue = statuses.find(({ parentId }) => parentId === null);
  if (!venue) throw new DomainError('notFound'); // a fair is made with its venue
  const zones = statuses.filter(({ parentId }) => parentId !== null);
  // Zones that lie in a zone are counted there already.
  const top = zones.filter(({ parentId }) => parentId === venue.zoneId);
  return {
    fairId: fair.id, fairName: fair.name, status: fair.status, venue, zones,
    unzoned: venue.inside - top.reduce((sum, zone) => sum + zone.inside, 0),
    visitorsToday: rows.visitorsToday, applications: rows.total?.applications ?? 0,
    silentGates: gates.flatMap((gate) => {
      const since = silentSince(gate, fair.status === 'open', now);
      return since ? [{ name: gate.name, since }] : [];
    }),
  };
}

/** Alerts of zones that are still there: open ones first, the oldest risk on top. */
function deskAlerts(alerts: DeskRows['alerts'], zones: ZoneStatus[]): DeskAlert[] {
  const byId = new Map(zones.map((zone) => [zone.zoneId, zone]));
  return alerts.flatMap(({ id, zoneId, level, inside, approved, raisedAt, clearedAt }) => {
    const zone = byId.get(zoneId);
    if (!zone) return [];
    return [{ id, zoneId, zoneName: zone.name, letter: zone.letter, level, inside, approved, raisedAt: instant(raisedAt), clearedAt: clearedAt && instant(clearedAt) }];
  });
}
