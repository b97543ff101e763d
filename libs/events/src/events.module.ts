import { Module, type BeforeApplicationShutdown, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Health, Log, Settings } from '#libs/platform';
import { Bus, LocalBus } from './bus.js';
import { Consumers } from './consumers.js';
import { Feed } from './feed.js';
import { measure } from './measures.js';
import { Relay } from './relay.js';
import { Snapshots } from './snapshots.js';
import { Events } from './store.js';
import { Watchers } from './watchers.js';

@Module({})
class EventsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly relay: Relay,
    private readonly feed: Feed,
    private readonly consumers: Consumers,
    private readonly snapshots: Snapshots,
    private readonly health: Health,
  ) {}

  /** After every `onModuleInit`, so that all consumers are there; before the process listens. */
  async onApplicationBootstrap(): Promise<void> {
    await this.bus.open(await this.logId());
    this.health.register('bus', async () => {
      const { up, detail } = this.bus.state();
      return { ok: true, detail, ...(!up && { degraded: true }) };
    });
    measure(this.bus, this.feed, this.consumers);
    await this.feed.start();
    await this.consumers.start();
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.snapshots.stop();
    await this.relay.stop();
    await this.consumers.stop();
    await this.feed.stop();
    await this.bus.close();
  }

  private async logId(): Promise<string> {
    await this.database.read.$executeRaw`INSERT INTO "RelayState" (id) VALUES (1) ON CONFLICT (id) DO NOTHING`;
    const { logId } = await this.database.read.relayState.findUniqueOrThrow({ where: { id: 1 } });
    return logId;
  }
}

const offered = [Events, Relay, Feed, Consumers, Snapshots, Watchers];

/** One constant: Nest makes one module of it however often it is imported. A function would make one bus a caller. */
export const eventsModule: DynamicModule = {
  module: EventsModule,
  providers: [
    ...offered,
    {
      provide: Bus,
      inject: [Settings, Log],
      // The only place that chooses. Redis' client is 650 files, a fifth of a start: loaded where it is used only.
      useFactory: async (settings: Settings, log: Log): Promise<Bus> => {
        if (!settings.redisUrl) return new LocalBus();
        const { RedisBus } = await import('./redis-bus.js');
        return new RedisBus(settings.redisUrl, log);
      },
    },
  ],
  exports: offered,
};
