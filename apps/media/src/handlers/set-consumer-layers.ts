import { ConsumerLayersDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const setConsumerLayers: Handler<'setConsumerLayers'> = {
  dto: ConsumerLayersDto,
  async handle({ peer }, { consumerId, layers }) {
    const consumer = peer.consumer(consumerId);
    // A producer with one layer has nothing to choose.
    if (consumer.type === 'simulcast' || consumer.type === 'svc') await consumer.setPreferredLayers({ spatialLayer: layers.spatialLayer, temporalLayer: layers.temporalLayer });
    return null;
  },
};
