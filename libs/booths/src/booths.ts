import { Injectable } from '@nestjs/common';
import { Database, type Booth } from '#libs/platform';

/** A booth as its row, for other slices. */
export type BoothRow = Booth;

/** Reading booths, for slices above; what changes them lies beside. */
@Injectable()
export class Booths {
  constructor(private readonly database: Database) {}

  /** Numbers by booth id. */
  async names(boothIds: Iterable<string>): Promise<Map<string, string>> {
    const rows = await this.database.read.booth.findMany({ where: { id: { in: [...boothIds] } }, select: { id: true, number: true } });
    return new Map(rows.map((row) => [row.id, row.number]));
  }

  /** Where an employer stands at a fair, or null. */
  boothOf(fairId: string, organisationId: string): Promise<BoothRow | null> {
    return this.database.read.booth.findUnique({ where: { fairId_organisationId: { fairId, organisationId } } });
  }

  /** The booths of a fair that somebody stands at, by organisation id. */
  async byOrganisation(fairId: string): Promise<Map<string, BoothRow>> {
    const rows = await this.database.read.booth.findMany({ where: { fairId, organisationId: { not: null } } });
    return new Map(rows.map((row) => [row.organisationId as string, row]));
  }
}
