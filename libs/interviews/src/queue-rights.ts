import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Erasures, Exports } from '#libs/identity';
import { Database, type Tx } from '#libs/platform';
import { Bookings } from './bookings.js';
import { Places } from './places.js';

/** What follows for places and bookings when a person uses their rights: copy (PIPL 45), deletion (47). */
@Injectable()
export class QueueRights implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly exports: Exports,
    private readonly erasures: Erasures,
    private readonly places: Places,
    private readonly bookings: Bookings,
  ) {}

  onModuleInit(): void {
    this.exports.add('places', (accountId) => this.placesOf(accountId));
    this.exports.add('bookings', (accountId) => this.bookingsOf(accountId));
    this.exports.add('stations', (accountId) => this.stationsOf(accountId));
    this.erasures.add('queues', (tx, accountId) => this.erase(tx, accountId));
  }

  /** With what was promised at joining (`earliest`, `latest`: seconds) and why it ended. */
  private async placesOf(accountId: string): Promise<unknown[]> {
    const rows = await this.database.read.queuePlace.findMany({ where: { accountId }, orderBy: { id: 'asc' }, include: { queue: true } });
    return rows.map(({ id, jobId, stationId, mode, status, earliest, latest, joinedAt, calledAt, closedAt, reason, queue: { fairId, boothId, organisationId } }) =>
      ({ id, fairId, boothId, organisationId, jobId, stationId, mode, status, earliest, latest, joinedAt, calledAt, closedAt, reason }));
  }

  private async bookingsOf(accountId: string): Promise<unknown[]> {
    const rows = await this.database.read.booking.findMany({ where: { accountId }, orderBy: { id: 'asc' }, include: { slot: true } });
    return rows.map(({ id, stationId, moves, bookedAt, endedAt, reason, slot: { fairId, boothId, organisationId, jobId, status, startsAt, endsAt, cancelReason } }) =>
      ({ id, fairId, boothId, organisationId, jobId, stationId, status: endedAt ? 'cancelled' : status, startsAt, endsAt, moves, bookedAt, endedAt, reason: reason ?? cancelReason }));
  }

  private stationsOf(accountId: string): Promise<unknown[]> {
    return this.database.read.stationPerson.findMany({ where: { accountId }, orderBy: { registeredAt: 'asc' }, select: { stationId: true, registeredAt: true, leftAt: true } });
  }

  /** Keeps that somebody stood in a queue and when (for the estimates' record), and no station's register of them. */
  private async erase(tx: Tx, accountId: string): Promise<void> {
    await this.places.closeAllOf(tx, accountId);
    await this.bookings.endAllOf(tx, accountId, '本人注销了');
    await tx.stationPerson.deleteMany({ where: { accountId } });
  }
}
