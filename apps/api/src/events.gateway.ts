import { UseFilters, type BeforeApplicationShutdown } from '@nestjs/common';
import { Ack, ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway, type OnGatewayConnection, type OnGatewayDisconnect, type OnGatewayInit } from '@nestjs/websockets';
import type { ServerOptions } from 'socket.io';
import type { Ack as Answer, AnyEnvelope, Subscribed } from '#libs/contracts';
import { Feed, Watchers } from '#libs/events';
import { DomainError } from '#libs/platform';
import { AckFilter } from './ack.filter.js';
import { audienceOf, CatchUp, type Missed } from './catch-up.js';
import { departing } from './departures.js';
import { guardFloods } from './flood-guard.js';
import { Handshake } from './handshake.js';
import { Pictures } from './pictures.js';
import { SlowClients } from './slow-clients.js';
import { countSockets } from './socket-count.js';
import { SLOW_ROOM, topicKey, type LiveServer, type LiveSocket } from './socket.js';
import { SubscribeDto, topicOf, UnsubscribeDto } from './subscribe.dto.js';
import { Topics, type Admission } from './topics.js';

const options: Partial<ServerOptions> = {
  path: '/socket.io',
  serveClient: false,
  // A command goes by HTTP: nothing that a client says here is longer than a token.
  maxHttpBufferSize: 8_192,
  pingInterval: 5_000,
  pingTimeout: 20_000,
  connectTimeout: 10_000,
  perMessageDeflate: false,
};
/** Milliseconds between beats. */
const BEAT = 5_000;
/** Topics that one client watches at once. */
const MOST_TOPICS = 50;

/**
 * The one door for facts: every event goes to the rooms of its audience, every picture to those who watch its topic.
 * Written once: a new event is decided in contracts/audiences.ts, a new topic in topics.ts, a new picture by a source.
 * Deliveries are local: the bus has brought the event to every process already.
 */
@WebSocketGateway(options)
@UseFilters(AckFilter)
export class EventsGateway implements OnGatewayInit<LiveServer>, OnGatewayConnection<LiveSocket>, OnGatewayDisconnect<LiveSocket>, BeforeApplicationShutdown {
  private server: LiveServer;
  private beating: NodeJS.Timeout;
  private unfollow = (): void => {};

  constructor(
    private readonly feed: Feed,
    private readonly handshake: Handshake,
    private readonly topics: Topics,
    private readonly catchUp: CatchUp,
    private readonly pictures: Pictures,
    private readonly slow: SlowClients,
    private readonly watchers: Watchers,
  ) {}

  afterInit(server: LiveServer): void {
    this.server = server;
    server.use((socket, next) => void this.handshake.admit(socket, next));
    this.unfollow = this.feed.follow((events) => events.forEach((event) => this.deliver(event)));
    this.pictures.start(server);
    this.slow.start(server);
    countSockets(server);
    this.beating = setInterval(() => this.beat(), BEAT);
  }

  beforeApplicationShutdown(): void {
    this.unfollow();
    this.slow.stop();
    clearInterval(this.beating);
  }

  handleConnection(socket: LiveSocket): void {
    guardFloods(socket);
    this.handshake.keepLooking(socket);
  }

  handleDisconnect({ data: { topics, personKey } }: LiveSocket): void {
    for (const key of topics.keys()) this.watchers.leave(key, personKey);
    topics.clear();
  }

  /** Answers with what was missed since `since`, and from now on with everything as it happens. */
  @SubscribeMessage('subscribe')
  async subscribe(@ConnectedSocket() socket: LiveSocket, @MessageBody() request: SubscribeDto, @Ack() ack?: (answer: Answer<Subscribed>) => void): Promise<void> {
    const { topics, actor } = socket.data;
    const topic = topicOf(request.topic);
    const key = topicKey(topic);
    if (topics.size >= MOST_TOPICS && !topics.has(key)) throw new DomainError('tooManyRequests', { seconds: 60 });
    const admission = await this.topics.admit(actor, topic);
    if (!socket.connected) return;
    if (!topics.has(key)) this.watchers.enter(key, socket.data.personKey);
    topics.set(key, admission);
    try {
      const picture = await this.pictures.join(socket, admission.snapshot);
      await this.missed(admission, request.since, (missed) => {
        // It may have left meanwhile, and a room that is joined then is never left.
        if (!socket.connected) return;
        if (admission.audience && topics.has(key)) void socket.join(admission.audience);
        const snapshot = admission.snapshot && picture && this.pictures.newest(admission.snapshot, picture);
        ack?.({ ok: true, data: { position: this.feed.head(), events: missed ?? [], resync: missed === null, snapshot } });
      });
    } catch (error) {
      await this.leave(socket, key);
      throw error;
    }
  }

  @SubscribeMessage('unsubscribe')
  async unsubscribe(@ConnectedSocket() socket: LiveSocket, @MessageBody() request: UnsubscribeDto, @Ack() ack?: (answer: Answer<null>) => void): Promise<void> {
    await this.leave(socket, topicKey(topicOf(request.topic)));
    ack?.({ ok: true, data: null });
  }

  private async leave(socket: LiveSocket, key: string): Promise<void> {
    const admission = socket.data.topics.get(key);
    if (!admission) return;
    socket.data.topics.delete(key);
    this.watchers.leave(key, socket.data.personKey);
    if (admission.audience) await socket.leave(admission.audience);
    await this.pictures.leave(socket, admission.snapshot);
  }

  private async missed({ audience }: Admission, since: number | undefined, act: (missed: Missed) => void): Promise<void> {
    if (since === undefined || audience === null) act([]);
    else await this.catchUp.read([audience], since, act);
  }

  private deliver(event: AnyEnvelope): void {
    const audience = audienceOf(event);
    if (audience.length > 0) this.server.local.to(audience).except(SLOW_ROOM).emit('event', event);
    const leaving = departing(event);
    if (leaving.length > 0) this.server.local.in(leaving).disconnectSockets(true);
  }

  private beat(): void {
    this.server.local.except(SLOW_ROOM).emit('beat', { position: this.feed.head(), at: new Date().toISOString() });
  }
}
