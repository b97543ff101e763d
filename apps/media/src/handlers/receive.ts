import { DomainError } from '#libs/platform';
import { consumeTrack, letGo } from '../consuming.js';
import { ReceiveDto } from '../messages.dto.js';
import { mostConsumers } from '../peer.js';
import { mediaFailure } from '../sfu-failure.js';
import type { Handler } from './handler.js';

/** Of one track only: the others are received. */
const itsOwn = (error: unknown): boolean => error instanceof DomainError && (error.code === 'notFound' || error.code === 'codecUnsupported');

/** Who comes in gets all of it with one message: each message more is a round trip before the first picture. */
export const receive: Handler<'receive'> = {
  dto: ReceiveDto,
  async handle({ peer, room }, { rtpCapabilities, tracks, forceTcp }) {
    if (peer.consumers().length + tracks.length > mostConsumers) throw new DomainError('tooManyRequests', { seconds: 30 });
    const transport = await peer.createTransport('receive', forceTcp);
    try {
      const made = await Promise.all(tracks.map(async ({ producerId, layers, paused }) => {
        try {
          const { consumer, parameters } = await consumeTrack(room, peer, transport, { producerId, rtpCapabilities, layers });
          if (!paused) letGo(consumer, peer); // once the transport is connected, which its page does when it is ready
          return [parameters];
        } catch (error) {
          if (itsOwn(mediaFailure(error))) return [];
          throw error;
        }
      }));
      const { id: transportId, iceParameters, iceCandidates, dtlsParameters } = transport.params;
      return { transport: { transportId, iceParameters, iceCandidates, dtlsParameters }, consumers: made.flat() };
    } catch (error) {
      transport.close();
      throw error;
    }
  },
};
