import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { DomainError } from '../errors/domain-error.js';
import { limitTable, type LimitName } from './limit-table.js';

/** Counts what people do, and refuses what is too much. */
@Injectable()
export class Limits {
  private readonly limiters = new Map<LimitName, RateLimiterAbstract>();

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

  private limiter(name: LimitName): RateLimiterAbstract {
    const known = this.limiters.get(name);
    if (known) return known;
    const { points, seconds } = limitTable[name];
    const limiter = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
    this.limiters.set(name, limiter);
    return limiter;
  }
}
