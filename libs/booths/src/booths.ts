import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FairCounts } from '#libs/fairs';
import { Stands, type Stand } from '#libs/jobs';
import { Database, DomainError, type Booth, type Reader } from '#libs/platform';

/** A booth as its row, for other slices. */
export type BoothRow = Booth;

const isCode = /^[A-Z0-9]{4,20}$/i;

/** Reading booths, for slices above; what changes them lies beside. Tells fairs and jobs, below, what they show of booths. */
@Injectable()
export class Booths implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly counts: FairCounts,
    private readonly stands: Stands,
  ) {}

  onModuleInit(): void {
    this.counts.add('booths', (fairIds) => this.count(fairIds));
    this.stands.use({ places: (pairs) => this.places(pairs), admitted: (fairId, organisationId, reader) => this.admitted(fairId, organisationId, reader) });
  }

  /** Throws `notFound`. */
  async require(boothId: string, reader: Reader = this.database.read): Promise<BoothRow> {
    const booth = await reader.booth.findUnique({ where: { id: boothId } });
    if (!booth) throw new DomainError('notFound');
    return booth;
  }

  /** The booth of a QR, or null. People type codes, too. */
  byCode(leadCode: string): Promise<BoothRow | null> {
    return isCode.test(leadCode) ? this.database.read.booth.findUnique({ where: { leadCode: leadCode.toUpperCase() } }) : Promise.resolve(null);
  }

  /** Numbers by booth id. */
  async names(boothIds: Iterable<string>, reader: Reader = this.database.read): Promise<Map<string, string>> {
    const rows = await reader.booth.findMany({ where: { id: { in: [...new Set(boothIds)] } }, select: { id: true, number: true } });
    return new Map(rows.map((row) => [row.id, row.number]));
  }

  /** Where an employer stands at a fair, or null. */
  boothOf(fairId: string, organisationId: string, reader: Reader = this.database.read): Promise<BoothRow | null> {
    return reader.booth.findUnique({ where: { fairId_organisationId: { fairId, organisationId } } });
  }

  /** The booths of a fair that somebody stands at, by organisation id. */
  async byOrganisation(fairId: string): Promise<Map<string, BoothRow>> {
    const rows = await this.database.read.booth.findMany({ where: { fairId, organisationId: { not: null } } });
    return new Map(rows.map((row) => [row.organisationId as string, row]));
  }

  /** Whether the organiser admitted the employer to this fair. */
  async admitted(fairId: string, organisationId: string, reader: Reader = this.database.read): Promise<boolean> {
    const application = await reader.boothApplication.findUnique({ where: { fairId_organisationId: { fairId, organisationId } }, select: { status: true } });
    return application?.status === 'approved';
  }

  /** Where employers stand, by `fairId/organisationId`. */
  async places(pairs: readonly { fairId: string; organisationId: string }[]): Promise<Map<string, Stand>> {
    const rows = await this.database.read.booth.findMany({
      where: { fairId: { in: [...new Set(pairs.map((pair) => pair.fairId))] }, organisationId: { in: [...new Set(pairs.map((pair) => pair.organisationId))] } },
    });
    return new Map(rows.map((row) => [`${row.fairId}/${row.organisationId}`, { boothId: row.id, boothNumber: row.number }]));
  }

  private async count(fairIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.read.booth.groupBy({ by: ['fairId'], where: { fairId: { in: [...fairIds] } }, _count: true });
    return new Map(rows.map((row) => [row.fairId, row._count]));
  }
}
