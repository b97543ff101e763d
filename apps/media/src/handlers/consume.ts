import { DomainError, fieldRefused } from '#libs/platform';
import { consumeTrack } from '../consuming.js';
import { ConsumeDto } from '../messages.dto.js';
import { mostConsumers } from '../peer.js';
import type { Handler } from './handler.js';

/** The consumer starts paused: the page resumes it once it is ready for the first key frame. */
export const consume: Handler<'consume'> = {
  dto: ConsumeDto,
  async handle({ peer, room }, { transportId, ...wanted }) {
    if (peer.consumers().length >= mostConsumers) throw new DomainError('tooManyRequests', { seconds: 30 });
    const transport = peer.transport(transportId);
    if (transport.direction !== 'recv') throw fieldRefused({ field: 'transportId', zh: '这条连接只能发送。', en: 'This transport only sends.' });
    return (await consumeTrack(room, peer, transport, wanted)).parameters;
  },
};
