/**
 * One ticket's day, walked from its records in the order in which they happened, whatever the order in which they came. It is
 * the rule by which presence is corrected:
 *
 * - One ticket is one presence (a ticket for several: as many as it is for). An entry while all of them are inside counts
 *   nobody more: the earlier record holds the entry, the later is in excess, and is a conflict (a correction never is).
 * - An exit takes out whom the records before it have brought in, and nobody else.
 * - The end of a day (a sweep) takes everybody out who is still in.
 *
 * The result depends on the records alone, so it is the same for every order in which they arrive.
 */
import { entryChanges, exitChanges, pathTo, type Direction, type PresenceFacts, type ZoneChange, type Zones } from '#libs/contracts';

export interface PassageRecord {
  id: string; scanId: string; direction: Direction; zoneId: string; gateId: string; persons: number; since: Date;
  /** Microseconds since 1970. */
  order: number;
  /** A correction: nobody has passed a gate a second time, somebody has said where the person is. */
  byHand?: boolean;
}
/** Persons of an entry who were inside already; `zoneId`: of its gate. */
export interface Excess { scanId: string; zoneId: string; persons: number; holder: string | null }
export interface Walked {
  presences: PresenceFacts[];
  /** By zone: how often somebody came in, and went out (swept ones too). */
  entered: ReadonlyMap<string, number>;
  left: ReadonlyMap<string, number>;
  /** By the record's id: persons of an entry who were inside already, and the scan that holds them. */
  excess: ReadonlyMap<string, Excess>;
}

/** @param sweeps orders of the fair's sweeps */
export function walk(zones: Zones, size: number, records: readonly PassageRecord[], sweeps: readonly number[]): Walked {
  const held = new Map<string, PresenceFacts & { persons: number; scanId: string }>();
  const [entered, left] = [new Map<string, number>(), new Map<string, number>()];
  const excess = new Map<string, Excess>();
  const steps = [...records.map((record) => ({ order: record.order, id: record.id, record })), ...sweeps.map((order) => ({ order, id: '', record: null }))]
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  const apply = (changes: ZoneChange[], record: PassageRecord | null): void => {
    for (const { zoneId, change } of changes) {
      const tally = change > 0 ? entered : left;
      tally.set(zoneId, (tally.get(zoneId) ?? 0) + Math.abs(change));
      const there = held.get(zoneId);
      const persons = (there?.persons ?? 0) + change;
      if (persons <= 0) held.delete(zoneId);
      else if (there) held.set(zoneId, { ...there, persons });
      else if (record) held.set(zoneId, { zoneId, gateId: record.gateId, since: record.since, persons, scanId: record.scanId });
    }
  };
  for (const { record } of steps) {
    const presences = [...held.values()];
    if (!record) {
      apply(presences.map(({ zoneId, persons }) => ({ zoneId, change: -persons })), null);
      continue;
    }
    const { zoneId, persons, direction, byHand = false } = record;
    if (!zones.has(zoneId)) continue;
    const there = held.get(zoneId);
    if (direction === 'exit') {
      apply(exitChanges(zones, zoneId, presences, Math.min(persons, there?.persons ?? 0)), record);
      continue;
    }
    const welcome = Math.min(persons, Math.max(0, size - (there?.persons ?? 0)));
    if (welcome < persons && !byHand) excess.set(record.id, { scanId: record.scanId, zoneId, persons: persons - welcome, holder: there?.scanId ?? null });
    if (welcome > 0) apply(entryChanges(zones, pathTo(zones, zoneId), presences, size, welcome), record);
  }
  const presences = [...held.values()].map(({ zoneId, gateId, since, persons }) => ({ zoneId, gateId, since, persons }));
  return { presences, entered, left, excess };
}

/** What the counters have to do so that the second is true instead of the first: out before in, so that no peak is made up. */
export function difference(before: Walked, after: Walked): ZoneChange[] {
  const zones = [...new Set([...before.entered.keys(), ...before.left.keys(), ...after.entered.keys(), ...after.left.keys()])].sort();
  const changes = zones.flatMap((zoneId) => {
    const came = (after.entered.get(zoneId) ?? 0) - (before.entered.get(zoneId) ?? 0);
    const went = (after.left.get(zoneId) ?? 0) - (before.left.get(zoneId) ?? 0);
    // Fewer than before on one side is more on the other: who is inside comes out the same.
    const [up, down] = [Math.max(0, came) + Math.max(0, -went), Math.max(0, went) + Math.max(0, -came)];
    return [{ zoneId, change: up }, { zoneId, change: -down }];
  });
  return changes.filter(({ change }) => change !== 0).sort((a, b) => Math.sign(a.change) - Math.sign(b.change));
}
