import type { PublishingStats } from '#libs/contracts';
import { Log } from '#libs/platform';
import type { Producer } from '#libs/sfu';
import type { LiveRoom } from './live-room.js';
import type { Peer } from './peer.js';
import { received, type Track } from './received.rules.js';

const EVERY = 1_000;
/** Viewers' lines that are asked each time: their mean is near enough, and each costs a question to its worker. */
const SAMPLE = 12;

const watches = new WeakMap<LiveRoom, PublishingWatch>();

/** The one of a room. */
export function publishingWatchOf(room: LiveRoom): PublishingWatch {
  const watch = watches.get(room) ?? new PublishingWatch(room);
  watches.set(room, watch);
  return watch;
}

/** Tells hosts once a second what is sent and what viewers get of it, while one of them asks. */
export class PublishingWatch {
  private readonly watchers = new Set<Peer>();
  private timer: NodeJS.Timeout | undefined;
  private asking = false;

  constructor(private readonly room: LiveRoom) {}

  add(peer: Peer): void {
    if (this.watchers.has(peer) || peer.closed) return;
    this.watchers.add(peer);
    peer.once('closed', () => this.remove(peer));
    this.timer ??= setInterval(() => void this.tell(), EVERY);
  }

  remove(peer: Peer): void {
    this.watchers.delete(peer);
    if (this.watchers.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async tell(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const stats = await this.stats();
      for (const peer of this.watchers) if (peer.role === 'host') peer.say('publishing', stats);
    } catch (error) {
      // What was asked may have ended meanwhile; the next second asks anew.
      Log.named('rooms').debug({ err: error, roomId: this.room.id }, 'The statistics of a room could not be read.');
    } finally {
      this.asking = false;
    }
  }

  private async stats(): Promise<PublishingStats> {
    const hosted = this.room.sfu.producers().filter(({ peerId }) => this.room.peers.get(peerId)?.role === 'host');
    const producers = await Promise.all(hosted.map(statsOf));
    const viewers = [...this.room.peers.values()].filter(({ listed }) => !listed);
    const lines = await Promise.all(sample(viewers).flatMap((peer) => peer.receiving()).map((transport) => transport.stats()));
    const losses = viewers.flatMap(({ quality }) => quality?.lossRatio ?? []);
    return {
      producers,
      consumers: this.room.sfu.load().consumers,
      received: received(viewers.map((peer) => ({ personKey: peer.personKey, tracks: this.tracksOf(peer) }))),
      viewerLossRatio: mean(losses.length > 0 ? losses : lines.flatMap(({ rtpPacketLossSent }) => rtpPacketLossSent ?? [])),
      viewerBitrate: Math.round(mean(lines.map(({ sendBitrate }) => sendBitrate))),
    };
  }

  /** What a viewer is sent now, on whichever router of the room. Known here already: nothing is asked of a worker. */
  private tracksOf(peer: Peer): Track[] {
    return peer.receiving().filter(({ state }) => state === 'connected').flatMap((transport) => transport.consumers())
      .filter(({ paused, producerPaused }) => !paused && !producerPaused)
      .map(({ kind, type, currentLayers, producerId }) => ({
        kind, size: currentLayers?.spatialLayer ?? null,
        sizes: type === 'simulcast' ? this.room.sfu.producer(producerId)?.rtpParameters.encodings?.length ?? 1 : 1,
      }));
  }
}

async function statsOf(producer: Producer): Promise<PublishingStats['producers'][number]> {
  const streams = await producer.stats();
  const lost = streams.map(({ fractionLost }) => fractionLost / 256); // as RTCP counts it
  const layers = streams.map(({ bitrate }) => ({ bitrate })).sort((one, other) => one.bitrate - other.bitrate);
  return {
    producerId: producer.id,
    source: producer.source,
    bitrate: layers.reduce((sum, { bitrate }) => sum + bitrate, 0),
    lossRatio: Math.min(1, mean(lost)),
    score: Math.max(0, ...producer.score.map(({ score }) => score)),
    layers,
  };
}

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Some of them, others each time. */
function sample<T>(all: readonly T[]): T[] {
  const start = Math.floor(Math.random() * all.length);
  return all.length <= SAMPLE ? [...all] : Array.from({ length: SAMPLE }, (_, n) => all[(start + n) % all.length]!);
}
