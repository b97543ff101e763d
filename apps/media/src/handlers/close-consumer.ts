import { ConsumerDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const closeConsumer: Handler<'closeConsumer'> = {
  dto: ConsumerDto,
  async handle({ peer }, { consumerId }) {
    peer.consumer(consumerId).close();
    return null;
  },
};
