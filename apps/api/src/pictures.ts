import { Injectable } from '@nestjs/common';
import type { Snapshot } from '#libs/contracts';
import { Snapshots } from '#libs/events';
import { SLOW_ROOM, snapshotRoom, type LiveServer, type LiveSocket } from './socket.js';
import type { Admission } from './topics.js';

type Subject = NonNullable<Admission['snapshot']>;

/** Sends the pictures of coalesced topics to who watches them. A topic is watched exactly while its room has somebody in it. */
@Injectable()
export class Pictures {
  private readonly subjects = new Map<string, Subject>();
  private readonly watches = new Map<string, { end: () => void; newest: Snapshot | null }>();

  constructor(private readonly snapshots: Snapshots) {}

  start(server: LiveServer): void {
    const { adapter } = server.of('/');
    adapter.on('create-room', (room: string) => {
      const subject = this.subjects.get(room);
      if (subject) this.watch(server, room, subject);
    });
    adapter.on('delete-room', (room: string) => {
      this.watches.get(room)?.end();
      this.watches.delete(room);
      this.subjects.delete(room);
    });
  }

  /** The client gets every new picture from now on. @returns the present one */
  async join(socket: LiveSocket, subject: Subject | null): Promise<Snapshot | null> {
    if (subject === null || !socket.connected) return null;
    const room = snapshotRoom(subject.kind, subject.id);
    this.subjects.set(room, subject);
    await socket.join(room);
    return this.snapshots.make(subject.kind, subject.id);
  }

  async leave(socket: LiveSocket, subject: Subject | null): Promise<void> {
    if (subject) await socket.leave(snapshotRoom(subject.kind, subject.id));
  }

  /** The newer of this picture and the last one that was sent to all: it may have gone out while this one was made. */
  newest({ kind, id }: Subject, picture: Snapshot): Snapshot {
    const sent = this.watches.get(snapshotRoom(kind, id))?.newest;
    return sent && sent.madeAt > picture.madeAt ? sent : picture;
  }

  private watch(server: LiveServer, room: string, { kind, id }: Subject): void {
    const watched = { newest: null as Snapshot | null, end: (): void => {} };
    watched.end = this.snapshots.watch(kind, id, {
      send: (snapshot) => {
        watched.newest = snapshot;
        server.local.to(room).except(SLOW_ROOM).emit('snapshot', snapshot);
      },
      count: () => server.of('/').adapter.rooms.get(room)?.size ?? 0,
    });
    this.watches.set(room, watched);
  }
}
