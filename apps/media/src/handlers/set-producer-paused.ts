import { ProducerPausedDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const setProducerPaused: Handler<'setProducerPaused'> = {
  dto: ProducerPausedDto,
  async handle({ peer }, { producerId, paused }) {
    const producer = peer.producer(producerId);
    await (paused ? producer.pause() : producer.resume());
    return null;
  },
};
