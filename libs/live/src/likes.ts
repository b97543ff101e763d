import { Injectable } from '@nestjs/common';
import type { Actor, AddLikes } from '#libs/contracts';
import { Context, Limits } from '#libs/platform';
import { isOnAir } from './broadcast.rules.js';
import { Broadcasts, stateRefused } from './broadcasts.js';
import { personOf } from './person.js';
import { Sanctions } from './sanctions.js';
import { ViewerCounts } from './viewer-counts.js';

/** Likes, sent by pages in handfuls. */
@Injectable()
export class Likes {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly sanctions: Sanctions,
    private readonly counts: ViewerCounts,
    private readonly limits: Limits,
  ) {}

  /** Resolves when they are written. Throws `broadcastStateRefused`, `banned`, `tooManyRequests`, `notFound`. */
  async add(actor: Actor, broadcastId: string, { count, deviceId }: AddLikes): Promise<void> {
    const person = personOf(actor, deviceId);
    await this.limits.take('likeByPerson', `${broadcastId}:${person.personKey}`);
    const { broadcast } = await this.broadcasts.requireVisible(actor, broadcastId);
    if (!isOnAir(broadcast.status)) throw stateRefused(broadcast.status, Context.current().language);
    await this.sanctions.requireAdmitted(broadcastId, person);
    await this.counts.like(broadcastId, count);
  }
}
