import { crowdLevel, type ZoneStatus } from '#libs/contracts';
import { DomainError, type Reader, type ZoneState } from '#libs/platform';
import type { Fairs } from '#libs/fairs';

/** All zones of a fair with their counters and locks, the venue first, then by letter. */
export async function zoneStatuses(reader: Reader, fairs: Fairs, fairId: string): Promise<ZoneStatus[]> {
  // One after the other: a transaction has one connection.
  const zones = await fairs.zones(fairId, reader);
  const states = await reader.zoneState.findMany({ where: { fairId } });
  const byZone = new Map<string, ZoneState>(states.map((state) => [state.zoneId, state]));
  return zones.flatMap(({ id, parentId, letter, name, approvedNumber }) => {
    const state = byZone.get(id);
    if (!state) return [];
    const { inside, held, earlyLocked, stopped, reason } = state;
    return [{ zoneId: id, parentId, letter, name, inside, approvedNumber, level: crowdLevel(inside, approvedNumber), earlyLocked, stopped, reason, ...(held > 0 && { held }) }];
  });
}

/** One of them. Throws `notFound`. */
export async function zoneStatus(reader: Reader, fairs: Fairs, fairId: string, zoneId: string): Promise<ZoneStatus> {
  const status = (await zoneStatuses(reader, fairs, fairId)).find((each) => each.zoneId === zoneId);
  if (!status) throw new DomainError('notFound');
  return status;
}
