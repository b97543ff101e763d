import { Injectable } from '@nestjs/common';
import type { StationPerson as Shown } from '#libs/contracts';
import { Audit, Profiles, Vault, type MemberActor } from '#libs/identity';
import { Database, type StationPerson } from '#libs/platform';
import { Tickets } from '#libs/tickets';
import { Bookings } from './bookings.js';
import { InterviewViews } from './interview.view.js';
import { Places } from './places.js';
import { QueueViews } from './queue.view.js';
import { SlotViews } from './slot.view.js';
import { StationPeople } from './station-people.js';

/** People for the clerk who helps them: what this station does for them, and their tickets. Each look is written to the audit log. */
@Injectable()
export class StationViews {
  constructor(
    private readonly database: Database,
    private readonly people: StationPeople,
    private readonly places: Places,
    private readonly bookings: Bookings,
    private readonly queueViews: QueueViews,
    private readonly slotViews: SlotViews,
    private readonly interviews: InterviewViews,
    private readonly registered: Tickets,
    private readonly vault: Vault,
    private readonly profiles: Profiles,
    private readonly audit: Audit,
  ) {}

  /** Everybody who is here now, the latest first. `q`: part of a name, or the phone's last digits. */
  async list(actor: MemberActor, q = ''): Promise<Shown[]> {
    const all: Shown[] = [];
    // One after the other: each is a dozen queries, and a station may have a hall full of people.
    for (const row of await this.people.list(actor.organisationId)) all.push(await this.make(row));
    const found = all.filter(({ name, phoneMasked }) => name.includes(q) || (/^\d{2,4}$/.test(q) && phoneMasked?.endsWith(q)));
    await this.database.transaction((tx) => this.audit.writeEach(tx, actor, 'station.personSeen', found.map(({ id }) => ({ kind: 'account', id }))));
    return found;
  }

  /** Throws `personNotHere`. */
  async one(actor: MemberActor, personId: string): Promise<Shown> {
    const row = await this.people.require(actor, personId);
    await this.database.transaction((tx) => this.audit.write(tx, actor, 'station.personSeen', { kind: 'account', id: personId }));
    return this.make(row);
  }

  private async make({ accountId, stationId, registeredAt }: StationPerson): Promise<Shown> {
    const [names, phones, facts, tickets, places, bookings, interviews] = await Promise.all([
      this.vault.names([accountId]), this.vault.maskedPhones([accountId]), this.profiles.facts([accountId]), this.tickets(accountId),
      this.queueViews.places(await this.places.mine(accountId, stationId)), this.slotViews.bookings(await this.bookings.mine(accountId, stationId)),
      this.interviewsOf(accountId, stationId),
    ]);
    return {
      id: accountId, name: names.get(accountId) ?? '', phoneMasked: phones.get(accountId) || null, hasCv: (facts.get(accountId)?.cvFileId ?? null) !== null,
      registeredAt: registeredAt.toISOString(), tickets, places, bookings, interviews,
    };
  }

  private async tickets(accountId: string): Promise<Shown['tickets']> {
    const now = new Date().toISOString();
    const valid = (await this.registered.mine(accountId)).filter(({ status, validUntil }) => status === 'valid' && validUntil > now);
    return valid.sort((a, b) => a.validFrom.localeCompare(b.validFrom)).map(({ id, fairId, fair, shortCode, code }) => ({ id, fairId, fairName: fair.name, shortCode, code }));
  }

  private async interviewsOf(accountId: string, stationId: string): Promise<Shown['interviews']> {
    return (await this.interviews.allMine(accountId, stationId)).map(({ id, status, organisationName, decision }) => ({ id, status, organisationName, decision }));
  }
}
