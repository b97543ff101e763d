import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Database, DomainError, Prisma, type AgendaSession, type Fair, type Reader, type Tx, type Zone } from '#libs/platform';
import { isOrganiser } from '#libs/identity';

export interface FairTimes { startsAt: Date; endsAt: Date; timeZone: string }
/** A fair as its row, for other slices. */
export type FairRow = Fair;
export type ZoneRow = Zone;
export type SessionRow = AgendaSession;

/** Reading fairs, for all slices above; what changes them lies beside. */
@Injectable()
export class Fairs {
  constructor(private readonly database: Database) {}

  /** The fair, or null. Templates and drafts too: see `requireVisible` for what the public may see. */
  get(fairId: string, reader: Reader = this.database.read): Promise<FairRow | null> {
    return reader.fair.findUnique({ where: { id: fairId } });
  }

  /** Throws `notFound`. */
  async require(fairId: string, reader: Reader = this.database.read): Promise<FairRow> {
    return (await this.get(fairId, reader)) ?? notFound();
  }

  /** The fair, if the actor belongs to its organiser; else `notFound`, so that nobody learns that it exists. */
  async requireOwn(actor: Actor, fairId: string, reader: Reader = this.database.read): Promise<FairRow> {
    const fair = await this.require(fairId, reader);
    return this.isOwn(actor, fair) ? fair : notFound();
  }

  /** The fair, if this actor may see it: drafts and templates are their organiser's alone. Throws `notFound`. */
  async requireVisible(actor: Actor, fairId: string, reader: Reader = this.database.read): Promise<FairRow> {
    const fair = await this.require(fairId, reader);
    return isPublic(fair) || this.isOwn(actor, fair) ? fair : notFound();
  }

  isOwn(actor: Actor, fair: Pick<FairRow, 'organiserId'>): boolean {
    return isOrganiser(actor) && actor.organisationId === fair.organiserId;
  }

  /** Fairs by id; unknown ones are missing from the map. */
  async byIds(ids: Iterable<string>, reader: Reader = this.database.read): Promise<Map<string, FairRow>> {
    const rows = await reader.fair.findMany({ where: { id: { in: [...new Set(ids)] } } });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The root zone: the venue itself, with the approved number of the whole fair. Throws `notFound`. */
  async venue(fairId: string, reader: Reader = this.database.read): Promise<ZoneRow> {
    return (await reader.zone.findFirst({ where: { fairId, parentId: null } })) ?? notFound();
  }

  /** All zones, the root first, then by letter. */
  zones(fairId: string, reader: Reader = this.database.read): Promise<ZoneRow[]> {
    return reader.zone.findMany({ where: { fairId }, orderBy: [{ parentId: { sort: 'asc', nulls: 'first' } }, { letter: 'asc' }] });
  }

  /** In the order of time. */
  agenda(fairId: string, reader: Reader = this.database.read): Promise<SessionRow[]> {
    return reader.agendaSession.findMany({ where: { fairId }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] });
  }

  /** Throws `notFound`. */
  async timesOf(fairId: string, reader: Reader = this.database.read): Promise<FairTimes> {
    const { startsAt, endsAt, timeZone } = await this.require(fairId, reader);
    return { startsAt, endsAt, timeZone };
  }

  /**
   * Locks the fair's row until `tx` ends, and answers it. `change`: nobody else changes or uses the fair meanwhile.
   * `use`: it stays as it is (state, zones) while something is added to it; users do not wait for each other, nor for the
   * statement that moves the quota. Throws `notFound`.
   */
  async lock(tx: Tx, fairId: string, how: 'change' | 'use'): Promise<FairRow> {
    const strength = how === 'change' ? Prisma.sql`FOR UPDATE` : Prisma.sql`FOR KEY SHARE`;
    const [fair] = await tx.$queryRaw<FairRow[]>`SELECT * FROM "Fair" WHERE id = ${fairId}::uuid ${strength}`;
    return fair ?? notFound();
  }
}

/** Whether everybody may see it. */
export const isPublic = (fair: Pick<FairRow, 'status' | 'isTemplate'>): boolean => fair.status !== 'draft' && !fair.isTemplate;

function notFound(): never {
  throw new DomainError('notFound');
}
