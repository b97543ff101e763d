import { Injectable } from '@nestjs/common';
import type { Actor, Booth, BoothCode, BoothPage, FloorPlan } from '#libs/contracts';
import { Fairs, origin, zoneView, type ZoneRow } from '#libs/fairs';
import { isMember, Organisations } from '#libs/identity';
import { Jobs } from '#libs/jobs';
import { Database, DomainError, Settings } from '#libs/platform';
import type { BoothRow } from './booths.js';

/** Booths as the contracts show them. */
@Injectable()
export class BoothViews {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly fairs: Fairs,
    private readonly organisations: Organisations,
    private readonly jobs: Jobs,
  ) {}

  /** Booths of one fair, in the order given. */
  async booths(fairId: string, rows: readonly BoothRow[]): Promise<Booth[]> {
    const standing = rows.flatMap((row) => row.organisationId ?? []);
    const [names, jobs] = await Promise.all([this.organisations.names(standing), this.jobs.shownAt(fairId, standing)]);
    return rows.map(({ id, zoneId, number, organisationId, x, y, width, height }) => ({
      id, fairId, zoneId, number, x, y, width, height,
      organisation: organisationId ? { id: organisationId, name: names.get(organisationId) ?? '', jobCount: jobs.get(organisationId)?.length ?? 0 } : null,
    }));
  }

  async booth(row: BoothRow): Promise<Booth> {
    return (await this.booths(row.fairId, [row]))[0] as Booth;
  }

  /** The plan of a fair that this actor may see: all zones but the root, and all booths. */
  async floorPlan(actor: Actor, fairId: string): Promise<FloorPlan> {
    await this.fairs.requireVisible(actor, fairId);
    const [zones, rows] = await Promise.all([this.fairs.zones(fairId), this.database.read.booth.findMany({ where: { fairId }, orderBy: { number: 'asc' } })]);
    const [{ width, height }, ...parts] = zones as [ZoneRow, ...ZoneRow[]];
    return { width, height, zones: parts.map(zoneView), booths: await this.booths(fairId, rows) };
  }

  /** What a booth's QR leads to. A free booth, and one of a fair that the actor may not see, is `notFound`. */
  async page(actor: Actor, row: BoothRow | null): Promise<BoothPage> {
    if (!row?.organisationId) throw new DomainError('notFound');
    const { organisationId } = row;
    const fair = await this.fairs.requireVisible(actor, row.fairId);
    const [booth, employer, jobs] = await Promise.all([
      this.booth(row), this.organisations.get(organisationId), this.jobs.shownAt(row.fairId, [organisationId]),
    ]);
    const verified = employer.status === 'active' ? employer.verified : null;
    return {
      booth,
      fair: { id: fair.id, name: fair.name, status: fair.status, startsAt: fair.startsAt.toISOString(), endsAt: fair.endsAt.toISOString() },
      organisation: { id: employer.id, name: employer.name, about: employer.about, verifiedBy: verified?.by ?? null, verifiedAt: verified?.at ?? null },
      jobIds: jobs.get(organisationId) ?? [],
    };
  }

  /** The QR's address, for the booth's employer and the fair's organiser; for others `notFound`. */
  async code(actor: Actor, row: BoothRow): Promise<BoothCode> {
    const fair = await this.fairs.require(row.fairId);
    const own = isMember(actor) && actor.organisationId === row.organisationId;
    if (!own && !this.fairs.isOwn(actor, fair)) throw new DomainError('notFound');
    return { boothId: row.id, leadCode: row.leadCode, url: `${origin(this.settings)}/b/${row.leadCode}` };
  }
}
