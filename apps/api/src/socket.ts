import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Actor, ClientToServer, Language, ServerToClient, Topic } from '#libs/contracts';
import type { SnapshotKind } from '#libs/events';
import type { Admission } from './topics.js';

/** What the gateway knows of a client. */
export interface ClientState {
  actor: Actor;
  /** Who it is for whoever counts people: `account:…`, `device:…`, or `socket:…` of a browser that names no device. */
  personKey: string;
  /** As it was shown in the handshake; null: nobody signed in. */
  token: string | null;
  language: Language;
  /** When the token was last looked at, milliseconds of this process. */
  checkedAt: number;
  /** What it watches, by `topicKey`. */
  topics: Map<string, Admission>;
  /** It does not read fast enough: the position up to which it was sent everything, and since when. */
  slow: { from: number; since: number; recovering: boolean } | null;
}

export type LiveSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, ClientState>;
export type LiveServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, ClientState>;

export const topicKey = (topic: Topic): string => ('id' in topic ? `${topic.kind}:${topic.id}` : topic.kind);

/** Rooms beside the audiences. */
export const snapshotRoom = (kind: SnapshotKind, id: string): string => `snapshot:${kind}:${id}`;
export const accountRoom = (id: string): string => `is-account:${id}`;
export const deviceRoom = (id: string): string => `is-device:${id}`;
export const memberRoom = (organisationId: string, accountId?: string): string => `is-member:${organisationId}${accountId ? `:${accountId}` : ''}`;
/** Who cannot be sent anything for the moment. */
export const SLOW_ROOM = 'slow';

/** The rooms that say who an actor is, so that somebody who loses access can be found. */
export function actorRooms(actor: Actor): string[] {
  if (actor.role === 'anyone') return [];
  if (actor.role === 'gateDevice') return [deviceRoom(actor.deviceId)];
  const own = accountRoom(actor.accountId);
  return 'organisationId' in actor ? [own, memberRoom(actor.organisationId), memberRoom(actor.organisationId, actor.accountId)] : [own];
}
