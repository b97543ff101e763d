import { Module, type DynamicModule } from '@nestjs/common';
import { Consumers } from './consumers.js';
import { Feed } from './feed.js';
import { Relay } from './relay.js';
import { Events } from './store.js';

@Module({})
class EventsModule {}

/** One constant: Nest makes one module of it however often it is imported. A call would make one bus a caller. */
export const eventsModule: DynamicModule = {
  module: EventsModule,
  providers: [Events, Relay, Feed, Consumers],
  exports: [Events, Relay, Feed, Consumers],
};
