/** A stay in a room, with everything that was made in it. It may outlive its line: the next one goes on with it (`resume`). */
import { RoomError, type AnswerOf, type MediaLine, type Question, type RequestOf } from './media-line';

export class Stay {
  /** @param line undefined: lost, and being made again */
  constructor(readonly peerId: string, public line: MediaLine | undefined) {}

  get connected(): boolean { return this.line?.socket.connected ?? false; }

  /** Rejects with RoomError; `lineLost` also after the stay is over. */
  async ask<K extends Question>(name: K, request: RequestOf<K>, patience?: number): Promise<AnswerOf<K>> {
    if (!this.line) throw new RoomError('lineLost', `${name}: not in the room.`);
    return this.line.ask(name, request, patience);
  }
}
