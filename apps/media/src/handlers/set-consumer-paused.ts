import { ConsumerPausedDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const setConsumerPaused: Handler<'setConsumerPaused'> = {
  dto: ConsumerPausedDto,
  async handle({ peer }, { consumerId, paused }) {
    const consumer = peer.consumer(consumerId);
    await (paused ? consumer.pause() : consumer.resume());
    return null;
  },
};
