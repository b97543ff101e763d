import type { AnyEnvelope, EventType, Envelope } from '#libs/contracts';
import { accountRoom, deviceRoom, memberRoom } from './socket.js';

type Departure = { [T in EventType]?: (event: Envelope<T>) => string[] };

/** Facts that end somebody's access: the rooms of those who lose it, whose open lines would not ask by themselves. */
const departures: Departure = {
  'device.revoked': ({ data }) => [deviceRoom(data.deviceId)],
  'member.removed': ({ data }) => [memberRoom(data.organisationId, data.accountId)],
  'member.statusChanged': ({ data }) => (data.disabled ? [memberRoom(data.organisationId, data.accountId)] : []),
  'organisation.statusChanged': ({ data }) => (data.status === 'suspended' ? [memberRoom(data.organisationId)] : []),
  'person.erased': ({ data }) => [accountRoom(data.accountId)],
};

/** The rooms whose sockets are to be closed after this event was delivered. */
export function departing(event: AnyEnvelope): string[] {
  const rooms = departures[event.type] as ((event: AnyEnvelope) => string[]) | undefined;
  return rooms?.(event) ?? [];
}
