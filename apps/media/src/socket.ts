import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Language, MediaClientToServer, MediaServerToClient } from '#libs/contracts';
import type { RoomEntry } from '#libs/rooms';
import type { LiveRoom } from './live-room.js';
import type { Seat } from './seat.js';

/** What the gateway knows of a client. */
export interface MediaClientState {
  language: Language;
  /** What its token said, less what was taken since. */
  entry: RoomEntry;
  room: LiveRoom;
  /** The peer of an earlier connection that it goes on with, or replaces. */
  resume: string | null;
  replace: string | null;
  /** From the connection on. */
  seat: Seat | null;
}

export type MediaSocket = Socket<MediaClientToServer, MediaServerToClient, DefaultEventsMap, MediaClientState>;
export type MediaNamespace = Namespace<MediaClientToServer, MediaServerToClient, DefaultEventsMap, MediaClientState>;

/** The socket rooms of a live room: everybody; its hosts and guests; one peer. */
export const roomOf = (roomId: string, audience: 'all' | 'listed'): string => `room:${roomId}:${audience}`;
export const peerOf = (peerId: string): string => `peer:${peerId}`;
