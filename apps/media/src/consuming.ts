import type { ConsumerParameters, Layers } from '#libs/contracts';
import { DomainError, Log } from '#libs/platform';
import type { Consumer, ConsumeOptions, Transport } from '#libs/sfu';
import type { LiveRoom } from './live-room.js';
import type { Peer } from './peer.js';

/** One track of the room on its way to a peer, paused; the peer's client is told of its layers and its end. Throws `notFound`, and SfuError. */
export async function consumeTrack(
  room: LiveRoom, peer: Peer, transport: Transport, { producerId, rtpCapabilities, layers }: { producerId: string; rtpCapabilities: unknown; layers?: Layers },
): Promise<{ consumer: Consumer; parameters: ConsumerParameters }> {
  const consumer = await transport.consume({ producerId, rtpCapabilities: rtpCapabilities as ConsumeOptions['rtpCapabilities'], preferredLayers: layers });
  const consumerId = consumer.id;
  consumer.on('layers', (now) => peer.say('consumerLayers', { consumerId, layers: now ?? null }));
  consumer.once('closed', (reason) => {
    if (reason !== 'closed') peer.say('consumerClosed', { consumerId });
  });
  const source = room.sfu.producer(producerId)?.source;
  if (!source) throw new DomainError('notFound'); // it has ended meanwhile
  const { kind, type, rtpParameters, producerPaused } = consumer;
  return { consumer, parameters: { consumerId, producerId, kind, source, rtpParameters, producerPaused, type } };
}

/** Lets it go; what it waits for (its line, a key frame) nobody else waits for. */
export function letGo(consumer: Consumer, peer: Peer): void {
  void consumer.resume().catch((err: unknown) => log.debug({ err, peerId: peer.id }, 'A track could not be let go.'));
}

const log = Log.named('rooms');
