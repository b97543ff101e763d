import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Log, Settings } from '#libs/platform';
import { RoomHolding } from '#libs/rooms';
import type { Transport } from '#libs/sfu';
import type { LiveRoom } from './live-room.js';
import { LiveRooms } from './live-rooms.js';
import { begin, looked, REMEMBERED, restAfter, type Sending } from './over-cap.rules.js';
import type { Peer } from './peer.js';

/** Milliseconds. Each look asks a worker once for each line that something is sent over: hosts' and guests', never viewers'. */
const LOOK = 2_500;

/**
 * Ends who sends far more than one person may (over-cap.rules): the cap that a transport has is advice, which an encoder may not hear.
 * Hosts and the organiser read why. The encoder's key stays good, for when its bitrate is set lower; one that goes on as before waits
 * longer each time.
 */
@Injectable()
export class RateWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly standings = new WeakMap<Peer, Sending>();
  /** Bytes that had come at the look before. */
  private readonly received = new WeakMap<Transport, number>();
  /** When people of a room were ended, by both. */
  private readonly ends = new Map<string, number[]>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(private readonly rooms: LiveRooms, private readonly holding: RoomHolding, private readonly settings: Settings, private readonly log: Log) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      if (this.looking) return;
      this.looking = true;
      void this.look(performance.now()).finally(() => { this.looking = false; });
    }, LOOK).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @param at milliseconds, of a clock that is never set */
  async look(at: number): Promise<void> {
    for (const room of this.rooms.all()) {
      await Promise.all([...room.peers.values()].map((peer) => this.weigh(room, peer, at).catch((err: unknown) => {
        // What was asked may have ended meanwhile; the next look asks anew.
        this.log.debug({ err, roomId: room.id, peerId: peer.id }, 'What a peer sends could not be read.');
      })));
    }
  }

  /** Seconds until somebody who was ended may send again; 0: now. */
  restOf(roomId: string, personKey: string, at = performance.now()): number {
    const ends = this.endsOf(roomId, personKey, at);
    return Math.max(0, Math.ceil(restAfter(ends.length) - (at - (ends.at(-1) ?? at)) / 1_000));
  }

  private endsOf(roomId: string, personKey: string, at: number): number[] {
    return this.ends.get(`${roomId} ${personKey}`)?.filter((then) => at - then < REMEMBERED) ?? [];
  }

  private async weigh(room: LiveRoom, peer: Peer, at: number): Promise<void> {
    const lines = peer.sendingOver();
    if (lines.length === 0) return void this.standings.delete(peer);
    const bytes = (await Promise.all(lines.map((line) => this.since(line)))).reduce((sum, each) => sum + each, 0);
    const before = this.standings.get(peer);
    if (!before) return void this.standings.set(peer, begin(at));
    const seconds = (at - before.looks.at(-1)!.at) / 1_000;
    const most = this.settings.mediaPublisherBitrate;
    const { sending, over } = looked(before, { at, bitrate: bytes * 8 / seconds }, most);
    this.standings.set(peer, sending);
    if (over !== null && !peer.closed) await this.end(room, peer, { sent: over, most, at });
  }

  /** Bytes that have come over a line since the look before; none at the first. */
  private async since(line: Transport): Promise<number> {
    const { bytesReceived } = await line.stats();
    const before = this.received.get(line) ?? bytesReceived;
    this.received.set(line, bytesReceived);
    return bytesReceived - before;
  }

  private async end(room: LiveRoom, peer: Peer, { sent, most, at }: { sent: number; most: number; at: number }): Promise<void> {
    this.standings.delete(peer);
    for (const [key, ends] of this.ends) if (ends.every((then) => at - then >= REMEMBERED)) this.ends.delete(key);
    this.ends.set(`${room.id} ${peer.personKey}`, [...this.endsOf(room.id, peer.personKey, at), at]);
    const rest = this.restOf(room.id, peer.personKey, at);
    this.log.warn({ roomId: room.id, peerId: peer.id, role: peer.role, sent, most, rest }, 'Somebody sent far more than is allowed and was ended: FAIRWIND_MEDIA_PUBLISHER_BITRATE.');
    peer.close('removed');
    await this.holding.publisherEnded(room.id, room.epoch, { code: 'bitrateTooHigh', sent, most, rest });
  }
}
