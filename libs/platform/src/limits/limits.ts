import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { createClient } from 'redis';
import { Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';
import { Log } from '../logging/log.js';
import { limitTable, type LimitName } from './limit-table.js';

const log = Log.named('limits');

/** Counts what people do, and refuses what is too much: in this process, or with REDIS_URL for all of them together. */
@Injectable()
export class Limits implements OnModuleInit, BeforeApplicationShutdown {
  private readonly limiters = new Map<LimitName, RateLimiterAbstract>();
  private redis: ReturnType<typeof createClient> | null = null;

  constructor(private readonly settings: Settings) {}

  async onModuleInit(): Promise<void> {
    const { redisUrl } = this.settings;
    if (redisUrl === null) return;
    const { createClient } = await import('redis'); // it takes a tenth of a second to load: only where it is used
    this.redis = createClient({ url: redisUrl, disableOfflineQueue: true });
    this.redis.on('error', (err: unknown) => log.warn({ err }, 'Redis does not answer; each process counts for itself meanwhile.'));
    this.redis.connect().catch((err: unknown) => log.warn({ err }, 'Redis does not answer yet.'));
  }

  /**
   * Counts one. Throws `tooManyRequests` with the seconds to wait.
   * @param key whose; see the table. Personal data is hashed first.
   */
  async take(limit: LimitName, key: string): Promise<void> {
    try {
      await this.limiter(limit).consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new DomainError('tooManyRequests', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) });
    }
  }

  /** Forgets what was counted: a password that was right makes the wrong ones before it harmless. */
  async forget(limit: LimitName, key: string): Promise<void> {
    await this.limiter(limit).delete(key);
  }

  beforeApplicationShutdown(): void {
    this.redis?.destroy();
  }

  private limiter(name: LimitName): RateLimiterAbstract {
    const known = this.limiters.get(name);
    if (known) return known;
    const { points, seconds } = limitTable[name];
    const options = { keyPrefix: `limit:${name}`, points, duration: seconds };
    const memory = new RateLimiterMemory(options);
    const limiter = this.redis === null ? memory : new RateLimiterRedis({ ...options, storeClient: this.redis, useRedisPackage: true, insuranceLimiter: memory });
    this.limiters.set(name, limiter);
    return limiter;
  }
}
