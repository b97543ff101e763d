import { DomainError, fieldRefused } from '#libs/platform';
import type { ConsumeOptions } from '#libs/sfu';
import { ConsumeDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

/** Tracks that one person receives at once. */
const MOST_CONSUMERS = 64;

/** The consumer starts paused: the page resumes it once it is ready for the first key frame. */
export const consume: Handler<'consume'> = {
  dto: ConsumeDto,
  async handle({ peer, room }, { transportId, producerId, rtpCapabilities, layers }) {
    if (peer.consumers().length >= MOST_CONSUMERS) throw new DomainError('tooManyRequests', { seconds: 30 });
    const transport = peer.transport(transportId);
    if (transport.direction !== 'recv') throw fieldRefused({ field: 'transportId', zh: '这条连接只能发送。', en: 'This transport only sends.' });
    const consumer = await transport.consume({ producerId, rtpCapabilities: rtpCapabilities as ConsumeOptions['rtpCapabilities'], preferredLayers: layers });
    const consumerId = consumer.id;
    consumer.on('layers', (now) => peer.say('consumerLayers', { consumerId, layers: now ?? null }));
    consumer.once('closed', (reason) => {
      if (reason !== 'closed') peer.say('consumerClosed', { consumerId });
    });
    const source = room.sfu.producer(producerId)?.source;
    if (!source) throw new DomainError('notFound'); // it has ended meanwhile
    const { kind, type, rtpParameters, producerPaused } = consumer;
    return { consumerId, producerId, kind, source, rtpParameters, producerPaused, type };
  },
};
