/** What the wall tells the crowd: one instruction, the most urgent first. Pure, so that each state can be tried in a spec. */
import type { CrowdSnapshot, ZoneStatus } from '#libs/contracts';

export type Instruction =
  | { kind: 'stopped'; reason: string }
  | { kind: 'venueFull' }
  /** Zones that are full or locked; `free` are those that one can go to instead, emptiest first, two at most. */
  | { kind: 'zoneFull'; zones: ZoneStatus[]; free: ZoneStatus[] }
  | { kind: 'zoneLocked'; zone: ZoneStatus }
  | null;

const share = (zone: ZoneStatus) => (zone.approvedNumber > 0 ? zone.inside / zone.approvedNumber : 1);

export function instruction({ venue, zones }: Pick<CrowdSnapshot, 'venue' | 'zones'>): Instruction {
  if (venue.stopped) return { kind: 'stopped', reason: venue.reason ?? '' };
  if (venue.earlyLocked) return { kind: 'zoneLocked', zone: venue };
  if (venue.level === 'lock' && venue.approvedNumber > 0) return { kind: 'venueFull' };
  const full = zones.filter(zone => zone.level === 'lock');
  if (full.length) {
    const free = zones.filter(zone => zone.level === 'flow' && !zone.earlyLocked).sort((a, b) => share(a) - share(b)).slice(0, 2);
    return { kind: 'zoneFull', zones: full, free };
  }
  const locked = zones.find(zone => zone.earlyLocked);
  return locked ? { kind: 'zoneLocked', zone: locked } : null;
}
