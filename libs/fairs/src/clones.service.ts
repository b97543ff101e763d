import { Injectable } from '@nestjs/common';
import type { CloneFair } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId, Audit, type MemberActor } from '#libs/identity';
import { Database, newId, type Tx } from '#libs/platform';
import { movedAgenda } from './fair.rules.js';
import { Fairs, type FairRow, type ZoneRow } from './fairs.js';
import { makeVenue, timesOf } from './fairs.service.js';

/** A new draft after an old fair or a template. */
@Injectable()
export class ClonesService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly audit: Audit,
  ) {}

  /**
   * Copies texts, zones, gates and the agenda, which moves by the difference of the starts. People, tickets, booths'
   * employers and what happened are not copied. Throws `notFound` for another organiser's, `timesReversed`.
   */
  async clone(actor: MemberActor, fairId: string, { name, startsAt, endsAt, asTemplate = false }: CloneFair): Promise<FairRow> {
    const times = timesOf(startsAt, endsAt);
    return this.database.transaction(async (tx) => {
      const source = await this.fairs.requireOwn(actor, fairId, tx);
      const { campaign, theme, description, channel, venueName, venueAddress, regionCode, latitude, longitude, timeZone, quota, coverFileId } = source;
      const fair = await tx.fair.create({
        data: {
          id: newId(), organiserId: actor.organisationId, name, ...times, isTemplate: asTemplate, clonedFromId: source.id,
          campaign, theme, description, channel, venueName, venueAddress, regionCode, latitude, longitude, timeZone, quota, coverFileId,
        },
      });
      const zoneIds = await this.copyZones(tx, source, fair);
      await this.copyGates(tx, source, fair, zoneIds);
      const sessions = await tx.agendaSession.findMany({ where: { fairId: source.id } });
      await tx.agendaSession.createMany({ data: movedAgenda(sessions, source, fair).map((each) => ({ ...each, id: newId(), fairId: fair.id })) });
      const fact = { fairId: fair.id, organiserId: fair.organiserId, clonedFromId: source.id };
      await this.events.append(tx, 'fair.created', { kind: 'fair', id: fair.id }, fact, { actorId: actorId(actor) });
      await this.audit.write(tx, actor, 'fair.created', { kind: 'fair', id: fair.id }, { details: { name, clonedFromId: source.id } });
      return fair;
    });
  }

  /** @returns the new id of each zone of the source */
  private async copyZones(tx: Tx, source: FairRow, fair: FairRow): Promise<Map<string, string>> {
    const [root, ...parts] = (await this.fairs.zones(source.id, tx)) as [ZoneRow, ...ZoneRow[]];
    const rootId = await makeVenue(tx, fair, root.approvedNumber, root);
    const ids = new Map(parts.map((zone) => [zone.id, newId()] as const));
    await tx.zone.createMany({ data: parts.map((zone) => ({ ...zone, id: ids.get(zone.id) as string, fairId: fair.id, parentId: rootId })) });
    await tx.zoneState.createMany({ data: [...ids.values()].map((zoneId) => ({ zoneId, fairId: fair.id })) });
    return ids.set(root.id, rootId);
  }

  /** Gates belong to attendance, which lies above; a copied gate is a plain row, and its devices are paired anew. */
  private async copyGates(tx: Tx, source: FairRow, fair: FairRow, zoneIds: ReadonlyMap<string, string>): Promise<void> {
    const gates = await tx.gate.findMany({ where: { fairId: source.id }, orderBy: { id: 'asc' } });
    const rows = gates.flatMap((gate) => {
      const zoneId = zoneIds.get(gate.zoneId);
      return zoneId ? [{ ...gate, id: newId(), fairId: fair.id, zoneId }] : [];
    });
    await tx.gate.createMany({ data: rows });
  }
}
