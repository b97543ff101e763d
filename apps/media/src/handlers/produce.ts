import type { MediaSource } from '#libs/contracts';
import { fieldRefused } from '#libs/platform';
import type { ProduceOptions } from '#libs/sfu';
import { ProduceDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

const kindOf: Record<MediaSource, 'audio' | 'video'> = { camera: 'video', screen: 'video', microphone: 'audio', screenAudio: 'audio' };

export const produce: Handler<'produce'> = {
  dto: ProduceDto,
  async handle({ peer }, { transportId, kind, source, rtpParameters, paused, onDemand }) {
    if (kindOf[source] !== kind) throw fieldRefused({ field: 'kind', zh: '类型和来源对不上。', en: `A ${source} is ${kindOf[source]}.` });
    peer.mustHave(source);
    const transport = peer.transport(transportId);
    if (transport.direction !== 'send') throw fieldRefused({ field: 'transportId', zh: '这条连接只能接收。', en: 'This transport only receives.' });
    const producer = await transport.produce({ kind, source, rtpParameters: rtpParameters as ProduceOptions['rtpParameters'], paused, onDemand });
    producer.on('keyFrameWanted', () => peer.say('keyFrameWanted', { producerId: producer.id }));
    if (!peer.sources.has(source)) producer.close(); // taken meanwhile
    peer.mustHave(source);
    // One of each: what it sent as the same before has ended.
    for (const other of peer.producers()) if (other.source === source && other !== producer) other.close();
    return { producerId: producer.id };
  },
};
