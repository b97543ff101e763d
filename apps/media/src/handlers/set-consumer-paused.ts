import { letGo } from '../consuming.js';
import { ConsumerPausedDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

/** Answered at once: its first picture may take a moment. */
export const setConsumerPaused: Handler<'setConsumerPaused'> = {
  dto: ConsumerPausedDto,
  async handle({ peer }, { consumerId, paused }) {
    const consumer = peer.consumer(consumerId);
    if (paused) await consumer.pause();
    else letGo(consumer, peer);
    return null;
  },
};
