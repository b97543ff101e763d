import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Lead, LeaveLead, Page } from '#libs/contracts';
import { Events } from '#libs/events';
import { FairRules, Fairs, stateRefused } from '#libs/fairs';
import { Consents, Erasures, Exports, Organisations, Vault, type CandidateActor, type MemberActor } from '#libs/identity';
import { cursorOf, Database, DomainError, Limits, newId, PAGE_ROWS, type Lead as Row, type Tx } from '#libs/platform';
import { Booths } from './booths.js';

const cursor = cursorOf(['instant', 'id']);

/** Candidates who left their contact at a booth. The employer sees them only as long as their consent holds. */
@Injectable()
export class LeadsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly booths: Booths,
    private readonly consents: Consents,
    private readonly organisations: Organisations,
    private readonly vault: Vault,
    private readonly limits: Limits,
    private readonly exports: Exports,
    private readonly erasures: Erasures,
  ) {}

  onModuleInit(): void {
    this.exports.add('leads', (accountId) => this.copy(accountId));
    this.erasures.add('leads', async (tx, accountId) => void (await tx.lead.deleteMany({ where: { accountId } })));
  }

  /**
   * Leaves the candidate's contact: consent, lead and event in one transaction. A repeated scan is one lead, with the newest
   * note. Throws `consentRequired`, `notFound` (a free booth), `fairStateRefused`, `licenceMissing` and its kin.
   */
  async leave(actor: CandidateActor, boothId: string, { note, consent }: LeaveLead): Promise<void> {
    if (!consent) throw new DomainError('consentRequired');
    const { accountId } = actor;
    await this.limits.take('leadByAccount', accountId);
    await this.database.transaction(async (tx) => {
      const { fairId } = await this.booths.require(boothId, tx);
      const fair = await this.fairs.lock(tx, fairId, 'use');
      await tx.$queryRaw`SELECT id FROM "Booth" WHERE id = ${boothId}::uuid FOR SHARE`;
      const { organisationId } = await this.booths.require(boothId, tx);
      if (organisationId === null || fair.status === 'draft') throw new DomainError('notFound');
      if (!FairRules.isRunning(fair.status)) throw stateRefused(fair);
      await this.organisations.requireVerified(tx, organisationId);
      const wording = await this.wording(tx, organisationId);
      const consentId = await this.consents.give(tx, { accountId, organisationId, purpose: 'lead', wording });
      const [made] = await tx.lead.createManyAndReturn({
        data: [{ id: newId(), boothId, fairId, organisationId, accountId, consentId, note: note ?? '' }], skipDuplicates: true,
      });
      if (made) await this.append(tx, made);
      else await tx.lead.update({ where: { boothId_organisationId_accountId: { boothId, organisationId, accountId } }, data: { consentId, note } });
    });
  }

  /**
   * An employer's leads, the newest first: only people whose consent holds now, so one who took it back is gone at once.
   * Whole phones, each look written to the audit log. Throws `validationFailed` for a cursor that is not ours.
   */
  async list(actor: MemberActor, { fairId, after, limit = PAGE_ROWS }: { fairId?: string; after?: string; limit?: number }): Promise<Page<Lead>> {
    const rows = await this.consented(actor.organisationId, fairId, after, limit + 1);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: await this.views(actor, items), next: rows.length > limit && last ? cursor.write(last.createdAt, last.id) : null };
  }

  /** The next `count` leads with consent: reads on past those without. */
  private async consented(organisationId: string, fairId: string | undefined, after: string | undefined, count: number): Promise<Row[]> {
    const found: Row[] = [];
    for (let place = cursor.read(after), more = true; more && found.length < count;) {
      const rows: Row[] = await this.database.read.lead.findMany({
        where: { organisationId, fairId, ...(place ? { OR: [{ createdAt: { lt: place[0] } }, { createdAt: place[0], id: { lt: place[1] } }] } : {}) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: count,
      });
      const active = await this.consents.active(rows.map((row) => row.accountId), organisationId, 'lead');
      found.push(...rows.filter((row) => active.has(row.accountId)));
      const last = rows.at(-1);
      more = rows.length === count;
      if (last) place = [last.createdAt, last.id];
    }
    return found.slice(0, count);
  }

  private async views(actor: MemberActor, rows: readonly Row[]): Promise<Lead[]> {
    if (rows.length === 0) return [];
    const people = rows.map((row) => row.accountId);
    const [names, numbers] = await Promise.all([this.vault.names(people), this.booths.names(rows.map((row) => row.boothId))]);
    const phones = await this.database.transaction((tx) => this.vault.phones(tx, actor, people, { action: 'phone.revealed' }));
    return rows.flatMap(({ id, fairId, boothId, accountId, note, createdAt }) => {
      const phone = phones.get(accountId);
      return phone === undefined ? [] : [{ id, fairId, boothNumber: numbers.get(boothId) ?? '', candidate: { name: names.get(accountId) ?? '', phone }, note, createdAt: createdAt.toISOString() }];
    });
  }

  private append(tx: Tx, { id: leadId, fairId, boothId, organisationId, accountId }: Row): Promise<void> {
    return this.events.append(tx, 'lead.collected', { kind: 'fair', id: fairId }, { fairId, leadId, boothId, organisationId, accountId }, { actorId: accountId });
  }

  private async wording(tx: Tx, organisationId: string): Promise<string> {
    const name = (await this.organisations.names([organisationId], tx)).get(organisationId) ?? '';
    return `同意把我的名字和手机号给${name}，只用于招聘联系，随时能收回。`;
  }

  private async copy(accountId: string): Promise<unknown[]> {
    return this.database.read.lead.findMany({
      where: { accountId }, orderBy: { id: 'asc' }, select: { id: true, fairId: true, boothId: true, organisationId: true, note: true, createdAt: true },
    });
  }
}
