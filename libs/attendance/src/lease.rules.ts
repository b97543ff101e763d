import type { FairStatus, GateDirection, LeaseAnswer, Zones } from '#libs/contracts';

export interface LeaseQuestion {
  zones: Zones;
  /** The venue first, the gate's own zone last. */
  path: readonly string[];
  direction: GateDirection;
  fairStatus: FairStatus;
  /** Places that the device would like. */
  asked: number;
  /** Of the places that no person takes, per cent, that all gates together may hold. */
  share: number;
}

/**
 * How many places a gate may have without a network: as many as it asks, never more than are free in each zone on its way,
 * nor than the gates' common share of them. So the last places are always given out one by one.
 */
export function grantable({ zones, path, direction, fairStatus, asked, share }: LeaseQuestion): { places: number; why: LeaseAnswer['why'] } {
  const none = (why: LeaseAnswer['why']) => ({ places: 0, why });
  if (direction === 'exit') return none('exitOnly');
  if (fairStatus !== 'open') return none('fairNotOpen');
  if ([...zones.values()].some(({ parentId, stopped }) => parentId === null && stopped)) return none('stopped');
  const way = path.flatMap((zoneId) => zones.get(zoneId) ?? []);
  if (way.length === 0) return none('full');
  if (way.some(({ earlyLocked }) => earlyLocked)) return none('locked');
  const room = way.map(({ approvedNumber, inside, held = 0 }) => Math.floor((Math.max(0, approvedNumber - inside) * share) / 100) - held);
  const places = Math.max(0, Math.min(asked, ...room));
  return places === 0 ? none('full') : { places, why: null };
}
