import { Injectable } from '@nestjs/common';
import type { SetAgenda, SetZones, ZoneInput } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, newId, Prisma, type Tx } from '#libs/platform';
import { isEditable, isRunning, overlaps } from './fair.rules.js';
import { Fairs, type FairRow, type ZoneRow } from './fairs.js';
import { FairsService, stateRefused, timesOf } from './fairs.service.js';
import { sessionView, zoneView } from './fair.view.js';
import { agendaVersion, zonesVersion } from './version.rules.js';
import { grownPlan, overVenue, zoneProblems } from './zone.rules.js';

/** The parts of a venue, and the agenda. Both are set as a whole, as the pages edit them. */
@Injectable()
export class ZonesService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly commands: FairsService,
  ) {}

  /**
   * Makes the zones of a fair be exactly these; one with an `id` is changed, one without is new, one that is missing goes.
   * Throws `changedMeanwhile` for the version of something else, `zoneOverVenue`, `zoneInUse`, `validationFailed` (a letter twice, one over another), `fairStateRefused`.
   * While the fair is open its approved numbers are changed by 调核定数 alone, which needs a reason.
   */
  setZones(actor: MemberActor, fairId: string, { zones, version }: SetZones): Promise<FairRow> {
    return this.database.transaction(async (tx) => {
      const fair = await this.commands.lockOwn(tx, actor, fairId);
      if (!isEditable(fair.status)) throw stateRefused(fair);
      const [root, ...existing] = (await this.fairs.zones(fairId, tx)) as [ZoneRow, ...ZoneRow[]];
      requireVersion(version, zonesVersion(existing.map(zoneView)));
      check(fair, root, existing, zones);
      await this.remove(tx, existing.filter((zone) => !zones.some((each) => each.id === zone.id)));
      await this.save(tx, fair, root, zones);
      const plan = grownPlan(root, zones);
      if (plan.width !== root.width || plan.height !== root.height) await tx.zone.update({ where: { id: root.id }, data: plan });
      if (isRunning(fair.status)) await this.appendCapacities(tx, actor, fairId, existing, zones);
      await this.events.append(tx, 'fair.updated', { kind: 'fair', id: fairId }, { fairId }, { actorId: actorId(actor) });
      return fair;
    });
  }

  /** Makes the agenda be exactly these sessions. Throws `changedMeanwhile` as `setZones`, `timesReversed`, `validationFailed` for one outside the fair's time. */
  async setAgenda(actor: MemberActor, fairId: string, { sessions, version }: SetAgenda): Promise<FairRow> {
    const rows = sessions.map(({ startsAt, endsAt, ...text }) => ({ id: newId(), fairId, ...text, ...timesOf(startsAt, endsAt) }));
    return this.database.transaction(async (tx) => {
      const fair = await this.commands.lockOwn(tx, actor, fairId);
      if (!isEditable(fair.status)) throw stateRefused(fair);
      requireVersion(version, agendaVersion((await this.fairs.agenda(fairId, tx)).map(sessionView)));
      const stray = rows.findIndex((row) => !overlaps(row, fair));
      if (stray >= 0) throw fieldRefused({ field: `sessions.${stray}.startsAt`, zh: '不在招聘会的时间里。', en: 'It is outside the time of the fair.' });
      await tx.agendaSession.deleteMany({ where: { fairId } });
      await tx.agendaSession.createMany({ data: rows });
      await this.events.append(tx, 'fair.updated', { kind: 'fair', id: fairId }, { fairId }, { actorId: actorId(actor) });
      return fair;
    });
  }

  private async save(tx: Tx, fair: FairRow, root: ZoneRow, zones: readonly ZoneInput[]): Promise<void> {
    const kept = zones.flatMap(({ id, ...zone }) => (id === undefined ? [] : [{ id, zone }]));
    // Two zones may swap letters, and (fairId, letter) is unique at every statement: park them first.
    for (const { id } of kept) await tx.zone.update({ where: { id }, data: { letter: `~${id}` } });
    for (const { id, zone } of kept) await tx.zone.update({ where: { id }, data: zone });
    const made = zones.filter((zone) => zone.id === undefined).map((zone) => ({ ...zone, id: newId(), fairId: fair.id, parentId: root.id }));
    await tx.zone.createMany({ data: made });
    await tx.zoneState.createMany({ data: made.map(({ id }) => ({ zoneId: id, fairId: fair.id })) });
  }

  /** Refuses with `zoneInUse` while anything hangs on a zone; its counters are locked first, so nobody enters meanwhile. */
  private async remove(tx: Tx, zones: readonly ZoneRow[]): Promise<void> {
    if (zones.length === 0) return;
    const ids = zones.map((zone) => zone.id);
    // Read across slices in SQL, because the refusal must hold in this transaction: their rows have no foreign key.
    await tx.$queryRaw`SELECT 1 FROM "ZoneState" WHERE "zoneId" = ANY(${ids}::uuid[]) ORDER BY "zoneId" FOR UPDATE`;
    const used = await tx.$queryRaw<{ letter: string }[]>(Prisma.sql`
      SELECT z.letter FROM "Zone" z JOIN "ZoneState" s ON s."zoneId" = z.id WHERE z.id = ANY(${ids}::uuid[]) AND (
        s.inside > 0 OR EXISTS (SELECT 1 FROM "Booth" b WHERE b."zoneId" = z.id) OR EXISTS (SELECT 1 FROM "Gate" g WHERE g."zoneId" = z.id)
        OR EXISTS (SELECT 1 FROM "Presence" p WHERE p."zoneId" = z.id)
        OR EXISTS (SELECT 1 FROM "Ticket" t WHERE t."fairId" = z."fairId" AND z.id = ANY(t."zoneIds")))
      ORDER BY z.letter`);
    if (used.length > 0) throw new DomainError('zoneInUse', { zones: used.map((zone) => zone.letter) });
    await tx.zoneState.deleteMany({ where: { zoneId: { in: ids } } });
    await tx.zone.deleteMany({ where: { id: { in: ids } } });
  }

  private async appendCapacities(tx: Tx, actor: MemberActor, fairId: string, before: readonly ZoneRow[], zones: readonly ZoneInput[]): Promise<void> {
    for (const zone of before) {
      const to = zones.find((each) => each.id === zone.id)?.approvedNumber ?? zone.approvedNumber;
      if (to === zone.approvedNumber) continue;
      const fact = { fairId, zoneId: zone.id, from: zone.approvedNumber, to, reason: '' };
      await this.events.append(tx, 'zone.capacityChanged', { kind: 'fair', id: fairId }, fact, { actorId: actorId(actor) });
    }
  }
}

function requireVersion(asked: string | undefined, now: string): void {
  if (asked !== undefined && asked !== now) throw new DomainError('changedMeanwhile');
}

function check(fair: FairRow, root: ZoneRow, existing: readonly ZoneRow[], zones: readonly ZoneInput[]): void {
  const [first, ...rest] = zoneProblems(zones);
  if (first) throw fieldRefused(first, ...rest);
  const over = overVenue(zones, root.approvedNumber);
  if (over && fair.channel !== 'online') throw new DomainError('zoneOverVenue', { approved: root.approvedNumber, letter: over.letter });
  zones.forEach((zone, n) => {
    const before = existing.find((each) => each.id === zone.id);
    if (zone.id !== undefined && !before) throw new DomainError('notFound', { field: `zones.${n}.id` });
    const number = `zones.${n}.approvedNumber`;
    if (fair.status === 'open' && before && before.approvedNumber !== zone.approvedNumber) {
      throw fieldRefused({ field: number, zh: '正在进行，改人数请用“调核定数”并写明原因。', en: 'The fair is open; change the number by “change capacity”, with a reason.' });
    }
    if (isRunning(fair.status) && fair.channel !== 'online' && zone.approvedNumber <= 0) {
      throw fieldRefused({ field: number, zh: '已经发布了，核定人数要大于 0。', en: 'The fair is published; the approved number must be above 0.' });
    }
  });
}
