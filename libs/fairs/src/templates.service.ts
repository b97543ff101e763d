import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DateTime } from 'luxon';
import { v5 } from 'uuid';
import { Consumers, Events, reactor } from '#libs/events';
import { Organisations } from '#libs/identity';
import { Database, newId, type Tx } from '#libs/platform';
import { makeVenue } from './fairs.service.js';
import { templates, type Template } from './template-list.js';
import { planSize } from './zone.rules.js';

/** Namespace of the templates' ids (RFC 9562, version 5): one organiser has each template once, however often it is made. */
const namespace = '6f1c7a52-0b0e-5c6d-9a57-3d2e8b6f4c10';
const zone = 'Asia/Shanghai';
/** A template has no date of its own; it stands on this day. */
const day = '2026-01-01';

/** Gives every bureau the templates of small fairs. */
@Injectable()
export class TemplatesService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly consumers: Consumers,
    private readonly organisations: Organisations,
  ) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'fairs.templates',
      types: ['organisation.registered'],
      react: async ({ data }) => {
        if (data.kind === 'organiser') await this.ensure(data.organisationId);
      },
    }));
  }

  /** Makes those that the organiser has not yet; twice is once. */
  async ensure(organiserId: string): Promise<void> {
    const { regionCode } = await this.organisations.get(organiserId);
    await this.database.transaction(async (tx) => {
      for (const template of templates) await this.make(tx, organiserId, regionCode, template);
    });
  }

  private async make(tx: Tx, organiserId: string, regionCode: string, template: Template): Promise<void> {
    const { key, zones, gates, agenda, approvedNumber, from, to, ...text } = template;
    const id = v5(`${organiserId}/${key}`, namespace);
    const { count } = await tx.fair.createMany({
      data: [{ id, organiserId, regionCode, ...text, startsAt: at(from), endsAt: at(to), isTemplate: true }],
      skipDuplicates: true,
    });
    if (count === 0) return;
    const fair = await tx.fair.findUniqueOrThrow({ where: { id } });
    const rootId = await makeVenue(tx, fair, approvedNumber, planSize);
    const ids = new Map<string | null, string>([[null, rootId], ...zones.map(({ letter }) => [letter, newId()] as const)]);
    const parts = zones.map((each) => ({ ...each, id: ids.get(each.letter) as string, fairId: id, parentId: rootId }));
    await tx.zone.createMany({ data: parts });
    await tx.zoneState.createMany({ data: parts.map((part) => ({ zoneId: part.id, fairId: id })) });
    await tx.gate.createMany({ data: gates.map(({ zone: letter, ...gate }) => ({ ...gate, id: newId(), fairId: id, zoneId: ids.get(letter) as string })) });
    await tx.agendaSession.createMany({ data: agenda.map(({ from: begin, to: end, ...each }) => ({ ...each, id: newId(), fairId: id, startsAt: at(begin), endsAt: at(end) })) });
    await this.events.append(tx, 'fair.created', { kind: 'fair', id }, { fairId: id, organiserId, clonedFromId: null });
  }
}

const at = (clock: string): Date => DateTime.fromISO(`${day}T${clock}`, { zone }).toJSDate();
