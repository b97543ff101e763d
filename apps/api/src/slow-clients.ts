import { Injectable } from '@nestjs/common';
import { Feed, Snapshots } from '#libs/events';
import { Log } from '#libs/platform';
import { CatchUp } from './catch-up.js';
import { SLOW_ROOM, type ClientState, type LiveServer, type LiveSocket } from './socket.js';

/** How often clients are looked at, milliseconds. */
const LOOK = 200;
/** A client with more unsent messages than this is slow, and is sent nothing more until it has read. */
const MOST_UNSENT = 128;
/** It has read when so many are left. */
const FEW_UNSENT = 8;
/** A client that does not read for so long is closed; it comes back when it can. Milliseconds. */
const PATIENCE = 30_000;

/**
 * Back-pressure: what a client does not read must not pile up here. A slow one is left out of all deliveries; once it has
 * read it is told what it missed and shown the newest pictures, or, if that is too much, closed, to come back and fetch anew.
 */
@Injectable()
export class SlowClients {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: Feed,
    private readonly catchUp: CatchUp,
    private readonly snapshots: Snapshots,
    private readonly log: Log,
  ) {}

  start(server: LiveServer): void {
    this.timer = setInterval(() => {
      for (const socket of server.of('/').sockets.values()) this.look(socket);
    }, LOOK);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(socket: LiveSocket): void {
    const unsent = unsentOf(socket);
    const { slow } = socket.data;
    if (slow === null) {
      if (unsent <= MOST_UNSENT) return;
      socket.data.slow = { from: this.feed.head(), since: performance.now(), recovering: false };
      void socket.join(SLOW_ROOM);
    } else if (slow.recovering) {
      return;
    } else if (unsent <= FEW_UNSENT) {
      this.recover(socket, slow).catch((error: unknown) => {
        this.log.error({ err: error }, 'A slow client could not be caught up; it is closed to come back');
        socket.disconnect(true);
      });
    } else if (performance.now() - slow.since > PATIENCE) {
      socket.disconnect(true);
    }
  }

  private async recover(socket: LiveSocket, slow: NonNullable<ClientState['slow']>): Promise<void> {
    slow.recovering = true;
    const admissions = [...socket.data.topics.values()];
    const pictures = await Promise.all(admissions.flatMap(({ snapshot }) => (snapshot ? [this.snapshots.make(snapshot.kind, snapshot.id)] : [])));
    await this.catchUp.read(admissions.flatMap(({ audience }) => audience ?? []), slow.from, (missed) => {
      if (missed === null) return void socket.disconnect(true);
      for (const event of missed) socket.emit('event', event);
      for (const picture of pictures) if (picture) socket.emit('snapshot', picture);
      void socket.leave(SLOW_ROOM);
      socket.data.slow = null;
    });
  }
}

/** Messages that wait for the client's line. Engine.io keeps them in a field that its types call private, and offers no other look. */
function unsentOf({ conn }: LiveSocket): number {
  return (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
}
