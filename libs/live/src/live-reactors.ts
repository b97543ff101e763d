import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Booths } from '#libs/booths';
import { Consumers, Events, projector, reactor, type EventsOf } from '#libs/events';
import { FairRules } from '#libs/fairs';
import { Members } from '#libs/identity';
import { Database, Timers, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { Airing } from './airing.js';
import { BroadcastTimers, timerNames } from './broadcast-timers.js';
import { isOnAir } from './broadcast.rules.js';
import { Broadcasts } from './broadcasts.js';
import { Cards } from './cards.js';
import { scopeOf } from './scope.js';

/** What follows for broadcasts by itself: from their media, their fair, their employer, their jobs, and from time alone. */
@Injectable()
export class LiveReactors implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly events: Events,
    private readonly timers: Timers,
    private readonly times: BroadcastTimers,
    private readonly broadcasts: Broadcasts,
    private readonly airing: Airing,
    private readonly cards: Cards,
    private readonly booths: Booths,
    private readonly members: Members,
    private readonly rooms: Rooms,
  ) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'live.media', types: ['room.mediaChanged'],
      react: async ({ data }) => {
        if (data.kind === 'broadcast') await this.airing.followMedia(data.ownerId);
      },
    }));
    this.consumers.add(reactor({
      name: 'live.fair-cancelled', types: ['fair.statusChanged'],
      react: async ({ data }) => {
        if (data.to === 'cancelled') await this.closeAll({ fairId: data.fairId }, '招聘会取消了');
      },
    }));
    this.consumers.add(reactor({
      name: 'live.organisation-suspended', types: ['organisation.statusChanged'],
      react: async ({ data }) => {
        if (data.status === 'suspended') await this.closeAll({ organisationId: data.organisationId }, '单位被暂停');
      },
    }));
    this.consumers.add(reactor({ name: 'live.booth', types: ['booth.placed'], react: ({ data: { fairId } }) => this.endWithoutBooth(fairId) }));
    this.consumers.add(reactor({ name: 'live.job-closed', types: ['job.closed'], react: ({ data }) => this.cards.unpinEverywhere(data.jobId) }));
    this.consumers.add(reactor({
      name: 'live.member', types: ['member.removed', 'member.statusChanged'],
      react: ({ data: { organisationId, accountId } }) => this.shutOut(organisationId, accountId),
    }));
    // A projector, because moving twice is not moving once.
    this.consumers.add(projector({ name: 'live.schedule', types: ['fair.rescheduled'], project: (tx, events) => this.move(tx, events) }));
    this.timers.handle(timerNames.interrupted, (tx, { key }) => this.airing.giveUp(tx, key));
    this.timers.handle(timerNames.longest, (tx, { key }) => this.airing.close(tx, key, '超过最长时间，自动结束'));
    this.timers.handle(timerNames.missed, async (tx, { key }) => {
      if (!isOnAir((await this.broadcasts.require(key, tx)).status)) await this.airing.close(tx, key, '没有开播');
    });
  }

  private async closeAll(where: { fairId: string } | { organisationId: string }, reason: string): Promise<void> {
    const open = await this.database.read.broadcast.findMany({ where: { ...where, status: { notIn: ['ended', 'cancelled'] } }, select: { id: true } });
    for (const { id } of open) await this.database.transaction((tx) => this.airing.close(tx, id, reason));
  }

  /** Who has no booth at the fair any more goes off the air; who moved to another goes on. What has not begun asks for its booth when it does. */
  private async endWithoutBooth(fairId: string): Promise<void> {
    const onAir = await this.database.read.broadcast.findMany({ where: { fairId, status: { in: ['live', 'paused'] } }, select: { id: true, organisationId: true } });
    for (const { id, organisationId } of onAir) {
      if (!(await this.booths.boothOf(fairId, organisationId))) await this.database.transaction((tx) => this.airing.close(tx, id, '展位收回了'));
    }
  }

  /** A colleague who is gone sends nothing more, with a page or an encoder's key. Read as it is now: who is back stays. */
  private async shutOut(organisationId: string, accountId: string): Promise<void> {
    if (await this.members.areAll(organisationId, [accountId])) return;
    const open = await this.database.read.broadcast.findMany({ where: { organisationId, status: { notIn: ['ended', 'cancelled'] } }, select: { roomId: true } });
    for (const { roomId } of open) await this.database.transaction((tx) => this.rooms.shutOut(tx, roomId, accountId, 'not a member any more'));
  }

  /** A fair that is moved takes along what was planned for it before, and has not begun. */
  private async move(tx: Tx, events: readonly EventsOf<'fair.rescheduled'>[]): Promise<void> {
    for (const { data: { fairId, from, to }, recordedAt } of events) {
      const [before, after] = [new Date(from.startsAt), new Date(to.startsAt)];
      const planned = await tx.broadcast.findMany({
        where: { fairId, status: { in: ['scheduled', 'rehearsing'] }, createdAt: { lt: new Date(recordedAt) } }, select: { id: true }, orderBy: { id: 'asc' },
      });
      for (const { id } of planned) {
        const row = await this.broadcasts.lock(tx, id);
        const times = { startsAt: FairRules.moved(row.startsAt, before, after), endsAt: FairRules.moved(row.endsAt, before, after) };
        await this.times.moved(tx, row, await tx.broadcast.update({ where: { id }, data: times }));
        await this.events.append(tx, 'broadcast.updated', scopeOf(row), { fairId, broadcastId: id, organisationId: row.organisationId });
      }
    }
  }
}
