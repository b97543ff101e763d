import { Injectable } from '@nestjs/common';
import { Seat } from './seat.js';
import type { MediaSocket } from './socket.js';

/** Which peer a new line belongs to: the one that it goes on with, or a new one. */
@Injectable()
export class Seats {
  private readonly seats = new Map<string, Seat>();

  /** Gives a client its place, and tells it and the others. */
  seat(socket: MediaSocket): void {
    const { entry, room, resume } = socket.data;
    if (room.closed) {
      socket.emit('roomClosed', { reason: 'moved' });
      socket.disconnect(true);
      return;
    }
    const before = resume === null ? undefined : this.own(socket, resume);
    if (before) {
      before.renew(entry);
      return before.sit(socket, true);
    }
    this.clear(socket);
    const seat = new Seat(room.addPeer(entry), room, entry.expiresAt);
    this.seats.set(seat.peer.id, seat);
    seat.peer.once('closed', () => this.seats.delete(seat.peer.id));
    seat.sit(socket, false);
  }

  /** A page that was loaded again leaves a peer without a line, whose pictures would stand still. */
  private clear(socket: MediaSocket): void {
    const { entry, room, replace } = socket.data;
    for (const peer of [...room.peers.values()]) {
      if (peer.personKey === entry.personKey && (peer.id === replace || this.seats.get(peer.id)?.waiting)) peer.close('replaced');
    }
  }

  /** Only of the same person in the same room. */
  private own(socket: MediaSocket, peerId: string): Seat | undefined {
    const { entry, room } = socket.data;
    const seat = this.seats.get(peerId);
    return seat && seat.room === room && seat.peer.personKey === entry.personKey && !seat.peer.closed ? seat : undefined;
  }
}
