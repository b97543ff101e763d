import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { MemberActor } from '#libs/identity';
import { Database, DomainError, type Reader, type StationPerson as Row } from '#libs/platform';

/** Who is at which station now. Somebody is there from being registered until they go home, and at the latest until the day ends in China. */
@Injectable()
export class StationPeople {
  constructor(private readonly database: Database) {}

  /** The person (`personId` is their account's), if they are at this clerk's station now. Throws `personNotHere`, for unknown people too. */
  async require(actor: MemberActor, personId: string, reader: Reader = this.database.read): Promise<Row> {
    const row = await reader.stationPerson.findFirst({ where: { stationId: actor.organisationId, accountId: personId, ...hereAt(new Date()) } });
    if (!row) throw new DomainError('personNotHere');
    return row;
  }

  /** Everybody who is there now, the latest first. */
  list(stationId: string): Promise<Row[]> {
    return this.database.read.stationPerson.findMany({ where: { stationId, ...hereAt(new Date()) }, orderBy: [{ registeredAt: 'desc' }, { accountId: 'desc' }] });
  }
}

const hereAt = (now: Date) => ({ leftAt: null, registeredAt: { gte: DateTime.fromJSDate(now, { zone: 'Asia/Shanghai' }).startOf('day').toJSDate() } });
