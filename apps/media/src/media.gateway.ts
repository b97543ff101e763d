import type { BeforeApplicationShutdown } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { ServerOptions } from 'socket.io';
import { mediaSocketPath } from '#libs/contracts';
import { handlers } from './handlers/index.js';
import { Requests } from './handlers/requests.js';
import { LiveRooms } from './live-rooms.js';
import { guardMediaFloods } from './media-flood-guard.js';
import { MediaHandshake } from './media-handshake.js';
import { Seats } from './seats.js';
import { peerOf, roomOf, type MediaNamespace, type MediaSocket } from './socket.js';
import type { LiveRoom } from './live-room.js';
import type { Peer, Said } from './peer.js';

const options: Partial<ServerOptions> & { namespace: string } = {
  namespace: '/media',
  path: mediaSocketPath,
  serveClient: false,
  // RTP capabilities of a browser are about 10 kB.
  maxHttpBufferSize: 65_536,
  pingInterval: 5_000,
  pingTimeout: 20_000,
  connectTimeout: 10_000,
  perMessageDeflate: false,
  // A media node has an origin of its own. What opens a room is the token, no cookie.
  cors: { origin: '*' },
};
/** How often lines are looked at, milliseconds; a client with more unsent messages than this is slow, and so long. */
const LOOK = 1_000;
const MOST_UNSENT = 256;
const SLOW_LOOKS = 10;

/** Signalling: every client is a peer of one room. What a message does is in handlers/, one file a message. */
@WebSocketGateway(options)
export class MediaGateway implements OnGatewayInit<MediaNamespace>, OnGatewayConnection<MediaSocket>, BeforeApplicationShutdown {
  private namespace: MediaNamespace;
  private looking: NodeJS.Timeout | undefined;
  private readonly slow = new WeakMap<MediaSocket, number>();

  constructor(
    private readonly handshake: MediaHandshake,
    private readonly rooms: LiveRooms,
    private readonly seats: Seats,
    private readonly requests: Requests,
  ) {}

  afterInit(namespace: MediaNamespace): void {
    this.namespace = namespace;
    // Nobody has anything to say on the path's other namespace.
    namespace.server.of('/').use((_, next) => next(new Error('notFound')));
    namespace.use((socket, next) => void this.handshake.admit(socket, next));
    this.rooms.on('held', (room) => this.speakFor(room));
    this.looking = setInterval(() => this.closeSlow(), LOOK);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.looking);
  }

  handleConnection(socket: MediaSocket): void {
    guardMediaFloods(socket, known);
    for (const name of known) socket.on(name, (...args: unknown[]) => void this.requests.answer(socket, name, args));
    this.seats.seat(socket);
  }

  private speakFor(room: LiveRoom): void {
    room.on('announced', (except, said, audience) => this.tell(room, except, said, audience));
  }

  private tell(room: LiveRoom, except: Peer | null, [message, ...args]: Said, audience: 'all' | 'listed'): void {
    const everybody = this.namespace.local.to(roomOf(room.id, audience));
    const others = except ? everybody.except(peerOf(except.id)) : everybody;
    (message === 'speakers' || message === 'quality' ? others.volatile : others).emit(message, ...(args as never));
  }

  /** What a client does not read must not pile up here: it comes back when it can. */
  private closeSlow(): void {
    for (const socket of this.namespace.sockets.values()) {
      const looks = unsentOf(socket) > MOST_UNSENT ? (this.slow.get(socket) ?? 0) + 1 : 0;
      this.slow.set(socket, looks);
      if (looks >= SLOW_LOOKS) socket.disconnect(true);
    }
  }
}

const known: ReadonlySet<keyof typeof handlers> = new Set(Object.keys(handlers) as (keyof typeof handlers)[]);

/** Messages that wait for the client's line. Engine.io keeps them in a field that its types call private. */
const unsentOf = ({ conn }: MediaSocket): number => (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
