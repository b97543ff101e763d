import { Injectable } from '@nestjs/common';
import { tourPlaces, type ShowTourPlace, type TourPlace, type TourStop } from '#libs/contracts';
import { Events } from '#libs/events';
import type { MemberActor } from '#libs/identity';
import { Context, Database, DomainError } from '#libs/platform';
import { Broadcasts, stateRefused, type BroadcastRow } from './broadcasts.js';
import { scopeOf } from './scope.js';

/** 直播探岗: what a tour must show, each stop with the time and place that prove it. */
@Injectable()
export class Tour {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly broadcasts: Broadcasts,
  ) {}

  /**
   * Ticks a stop while the tour is live. The time is the database's, so it cannot be dated back. A stop that was ticked stays as it
   * was; one without a place takes a place that comes later, with the time at which it came. Throws `broadcastStateRefused` (also for a talk), `notFound`, `forbidden`.
   */
  async show(actor: MemberActor, broadcastId: string, place: string, { latitude, longitude, accuracy }: ShowTourPlace): Promise<BroadcastRow> {
    if (!isPlace(place)) throw new DomainError('notFound');
    return this.database.transaction(async (tx) => {
      await this.broadcasts.requireCrew(actor, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      if (broadcast.kind !== 'tour') throw new DomainError('notFound');
      if (broadcast.status !== 'live') throw stateRefused(broadcast.status, Context.current().language);
      const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
      const where = latitude !== undefined && longitude !== undefined ? { latitude, longitude, accuracy, locatedAt: now } : null;
      const { count: ticked } = await tx.tourStop.createMany({ data: [{ broadcastId, place, shownAt: now, ...where }], skipDuplicates: true });
      const { count: located } = ticked > 0 || !where ? { count: 0 } : await tx.tourStop.updateMany({ where: { broadcastId, place, locatedAt: null }, data: where });
      const facts = { fairId: broadcast.fairId, broadcastId, place };
      if (ticked > 0) await this.events.append(tx, 'tourPlace.shown', scopeOf(broadcast), facts, { actorId: actor.accountId });
      if (located > 0) await this.events.append(tx, 'tourPlace.located', scopeOf(broadcast), facts, { actorId: actor.accountId });
      return broadcast;
    });
  }

  /** All stops of a tour, those that were not shown yet too; none of a talk. */
  async stops({ id: broadcastId, kind }: BroadcastRow): Promise<TourStop[]> {
    if (kind !== 'tour') return [];
    const rows = await this.database.read.tourStop.findMany({ where: { broadcastId } });
    return tourPlaces.map((place) => {
      const stop = rows.find((row) => row.place === place);
      return {
        place, shownAt: stop?.shownAt.toISOString() ?? null, latitude: stop?.latitude ?? null, longitude: stop?.longitude ?? null, accuracy: stop?.accuracy ?? null,
        locatedAt: stop?.locatedAt?.toISOString() ?? null,
      };
    });
  }
}

const isPlace = (place: string): place is TourPlace => (tourPlaces as readonly string[]).includes(place);
