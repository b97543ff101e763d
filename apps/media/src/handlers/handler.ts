import type { Type } from '@nestjs/common';
import type { Ack, MediaClientToServer } from '#libs/contracts';
import type { LiveRoom } from '../live-room.js';
import type { Peer } from '../peer.js';
import type { Seat } from '../seat.js';
import type { RoomTokens } from '#libs/rooms';

export type MessageName = keyof MediaClientToServer;
export type RequestOf<M extends MessageName> = Parameters<MediaClientToServer[M]>[0];
/** What its acknowledgement carries; null where none is wanted. */
export type AnswerOf<M extends MessageName> = Parameters<MediaClientToServer[M]> extends [unknown, (answer: Ack<infer T>) => void] ? T : null;

/** Who asks, and where. */
export interface Visit {
  peer: Peer;
  room: LiveRoom;
  seat: Seat;
  tokens: RoomTokens;
}

/** One message: what it must look like, and what it does. What it throws is its acknowledgement. */
export interface Handler<M extends MessageName> {
  dto: Type<RequestOf<M> & object>;
  handle(visit: Visit, request: RequestOf<M>): Promise<AnswerOf<M>>;
}
