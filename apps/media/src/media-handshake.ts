import { Injectable } from '@nestjs/common';
import { answerFailure, Context, DomainError, languageOf, newRequestId } from '#libs/platform';
import { RoomTokens } from '#libs/rooms';
import { LiveRooms } from './live-rooms.js';
import type { MediaSocket } from './socket.js';

const PEER_ID = /^[0-9a-f-]{36}$/;

/** Who comes into which room: read once when a line opens. */
@Injectable()
export class MediaHandshake {
  constructor(private readonly tokens: RoomTokens, private readonly rooms: LiveRooms) {}

  /** Lets a client in or refuses it (`connect_error` with the error as its `data`). */
  async admit(socket: MediaSocket, next: (error?: Error) => void): Promise<void> {
    const header = socket.handshake.headers['accept-language'];
    const language = languageOf(Array.isArray(header) ? header[0] : header);
    await Context.run({ requestId: newRequestId(), language }, async () => {
      try {
        const { token, resume, replace } = socket.handshake.auth as Record<string, unknown>;
        const entry = await this.tokens.read(token);
        const room = await this.rooms.hold(entry.roomId);
        room.admits(entry);
        const sources = room.takings.left(entry);
        if (entry.role === 'viewer' && this.rooms.full) throw new DomainError('mediaFull');
        Object.assign(socket.data, { language, entry: { ...entry, sources }, room, resume: peerId(resume), replace: peerId(replace), seat: null });
        next();
      } catch (error) {
        const { body } = answerFailure(error);
        next(Object.assign(new Error(body.error.message), { data: body.error }));
      }
    });
  }
}

/** Null for anything else: a client that names a peer that never was enters as a new one. */
const peerId = (named: unknown): string | null => (typeof named === 'string' && PEER_ID.test(named) ? named : null);
