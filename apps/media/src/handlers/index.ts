import { closeConsumer } from './close-consumer.js';
import { closeProducer } from './close-producer.js';
import { closeTransport } from './close-transport.js';
import { connectTransport } from './connect-transport.js';
import { consume } from './consume.js';
import { createTransport } from './create-transport.js';
import type { Handler, MessageName } from './handler.js';
import { produce } from './produce.js';
import { receive } from './receive.js';
import { renewToken } from './renew-token.js';
import { reportQuality } from './report-quality.js';
import { restartIce } from './restart-ice.js';
import { setConsumerLayers } from './set-consumer-layers.js';
import { setConsumerPaused } from './set-consumer-paused.js';
import { setProducerPaused } from './set-producer-paused.js';
import { watchPublishing } from './watch-publishing.js';

/** Every message of contracts/signalling: a new one does not compile until somebody answers it. */
export const handlers: { readonly [M in MessageName]: Handler<M> } = {
  createTransport, connectTransport, restartIce, closeTransport,
  produce, setProducerPaused, closeProducer,
  receive, consume, setConsumerPaused, setConsumerLayers, closeConsumer,
  renewToken, watchPublishing, reportQuality,
};
