/** What waits for the duty officer, from the newest picture of the desk. Pure, so that each case can be tried in a spec. */
import { alertHysteresis, crowdThresholds, type DeskAlert, type DeskSnapshot, type GateStat, type ZoneForecast, type ZoneStatus } from '#libs/contracts';

export type Risk =
  /** A zone crossed a level and has not come down far enough. `eased`: it is below the level again, and at which share it ends, per cent. */
  | { kind: 'alert'; key: string; since: string; zone: ZoneStatus; level: DeskAlert['level']; eased: number | null }
  /** A gate's devices are not heard. */
  | { kind: 'silent'; key: string; since: string; gate: GateStat }
  /** 提前锁闸 is in force; `since` is null when the feed does not reach so far back. */
  | { kind: 'locked'; key: string; since: string | null; zone: ZoneStatus }
  /** 全场停入 is in force. */
  | { kind: 'stopped'; key: string; since: string | null; reason: string }
  /** At its rate a zone is full soon. */
  | { kind: 'forecast'; key: string; since: null; zone: ZoneStatus; forecast: ZoneForecast }
  /** What waits at the gates: records that do not agree, a revoked device's upload, silent places, wrong clocks. */
  | { kind: GateRisk; key: string; since: null; count: number };
export type GateRisk = 'conflicts' | 'quarantined' | 'presumed' | 'clocks';

const rank: Record<DeskAlert['level'], number> = { busy: 1, near: 2, lock: 3 };

/** Risks first, the oldest on top; then what is in force by hand, so that nobody forgets it. */
export function risksOf(desk: DeskSnapshot): Risk[] {
  const zones = new Map([desk.venue, ...desk.zones].map(zone => [zone.zoneId, zone]));
  const highest = new Map<string, DeskAlert>();
  for (const alert of desk.alerts) {
    const known = highest.get(alert.zoneId);
    if (alert.clearedAt === null && zones.has(alert.zoneId) && (!known || rank[alert.level] > rank[known.level])) highest.set(alert.zoneId, alert);
  }
  const alerts: Risk[] = [...highest.values()].map(({ id, zoneId, level, raisedAt }) => {
    const zone = zones.get(zoneId)!;
    const line = Math.round(crowdThresholds[level] * 100);
    const eased = zone.inside * 100 < zone.approvedNumber * line ? line - Math.round(alertHysteresis * 100) : null;
    return { kind: 'alert', key: id, since: raisedAt, zone, level, eased };
  });
  const silent: Risk[] = desk.gates.flatMap(gate => (gate.silentSince === null ? [] : [{ kind: 'silent' as const, key: gate.gateId, since: gate.silentSince, gate }]));
  const when = (what: 'lock' | 'stop', subject: string) => desk.feed.find(line => line.kind === 'command' && line.what === what && line.subject === subject)?.at ?? null;
  const locked: Risk[] = [...zones.values()].filter(zone => zone.earlyLocked)
    .map(zone => ({ kind: 'locked', key: `locked:${zone.zoneId}`, since: when('lock', zone.letter ? `${zone.letter} ${zone.name}` : zone.name), zone }));
  const stopped: Risk[] = desk.venue.stopped ? [{ kind: 'stopped', key: 'stopped', since: when('stop', ''), reason: desk.venue.reason ?? '' }] : [];
  const risks = [...alerts, ...silent].sort((a, b) => Date.parse(a.since!) - Date.parse(b.since!));
  const coming: Risk[] = (desk.forecast ?? []).flatMap(forecast => (forecast.alarm && zones.has(forecast.zoneId)
    ? [{ kind: 'forecast' as const, key: `forecast:${forecast.zoneId}`, since: null, zone: zones.get(forecast.zoneId)!, forecast }] : []));
  const { conflicts = 0, quarantined = 0, presumedPersons = 0, clocksWrong = 0 } = desk.offline ?? {};
  const atGates = ([['conflicts', conflicts], ['quarantined', quarantined], ['presumed', presumedPersons], ['clocks', clocksWrong]] as [GateRisk, number][])
    .flatMap(([kind, count]): Risk[] => (count > 0 ? [{ kind, key: kind, since: null, count }] : []));
  return [...risks, ...coming, ...atGates, ...stopped, ...locked];
}
