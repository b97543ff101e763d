import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Database, DomainError, type Reader, type Sanction, type Tx } from '#libs/platform';
import type { Person } from './person.js';

/** Reading who is muted or banned. A sanction takes a person and their browser: a new account on the same one is no way out. */
@Injectable()
export class Sanctions {
  constructor(private readonly database: Database) {}

  /** Those that hold now in a broadcast, the newest last. */
  standing(broadcastId: string, reader: Reader = this.database.read): Promise<Sanction[]> {
    return reader.sanction.findMany({ where: { broadcastId, liftedAt: null, OR: [{ until: null }, { until: { gt: new Date() } }] }, orderBy: { id: 'asc' } });
  }

  /** Throws `banned`. */
  async requireAdmitted(broadcastId: string, person: Person): Promise<void> {
    refuse(hitting(await this.standing(broadcastId), person).filter(({ kind }) => kind === 'ban'));
  }

  /** Throws `banned` or `muted`: who may not write may not speak either. */
  async requireVoice(tx: Tx, broadcastId: string, person: Culprit): Promise<void> {
    refuse(hitting(await this.standing(broadcastId, tx), person));
  }
}

/** Whom a sanction takes: a person, and their browser where it is known. */
export interface Culprit { personKey: string; deviceId: string | null }

/** Those that take this person or this browser. */
export const hitting = <S extends Culprit>(standing: readonly S[], { personKey, deviceId }: Partial<Culprit>): S[] =>
  standing.filter((each) => each.personKey === personKey || (each.deviceId !== null && each.deviceId === deviceId));

/** Throws for the heaviest of these: `banned`, else `muted` with the time of its end. */
export function refuse(sanctions: readonly Pick<Sanction, 'kind' | 'until'>[]): void {
  const error = refusalOf(sanctions);
  if (error) throw error;
}

export function refusalOf(sanctions: readonly Pick<Sanction, 'kind' | 'until'>[]): DomainError | null {
  if (sanctions.some(({ kind }) => kind === 'ban')) return new DomainError('banned');
  const until = mutedUntil(sanctions);
  return until && new DomainError('muted', { until: DateTime.fromJSDate(until, { zone: 'Asia/Shanghai' }).toFormat('MM-dd HH:mm'), at: until.toISOString() });
}

/** The end of the longest mute among these, or null. */
export function mutedUntil(sanctions: readonly Pick<Sanction, 'kind' | 'until'>[]): Date | null {
  const ends = sanctions.flatMap(({ kind, until }) => (kind === 'mute' && until ? [until.getTime()] : []));
  return ends.length > 0 ? new Date(Math.max(...ends)) : null;
}
