import { ProducerDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const closeProducer: Handler<'closeProducer'> = {
  dto: ProducerDto,
  async handle({ peer }, { producerId }) {
    peer.producer(producerId).close();
    return null;
  },
};
