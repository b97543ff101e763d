import { Injectable } from '@nestjs/common';
import type { Consent, ConsentPurpose } from '#libs/contracts';
import { Events } from '#libs/events';
import { Database, DomainError, newId, type Tx } from '#libs/platform';
import { Vault } from './vault.js';

export interface NewConsent { accountId: string; organisationId: string; purpose: ConsentPurpose; wording: string }
type Row = { id: string; accountId: string; organisationId: string; purpose: ConsentPurpose };

/** A candidate's own yes to one employer and purpose (PIPL 23): one row, which can be taken back and given again. */
@Injectable()
export class Consents {
  constructor(private readonly database: Database, private readonly vault: Vault, private readonly events: Events) {}

  /**
   * Gives it, or keeps the one that holds already. Answers its id. Appends `consent.given` when it did not hold before.
   * Throws `unauthenticated` once the person is erased, so nothing is written beside a deletion.
   */
  async give(tx: Tx, { accountId, organisationId, purpose, wording }: NewConsent): Promise<string> {
    await this.vault.hold(tx, accountId);
    const [given] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO "Consent" (id, "accountId", "organisationId", purpose, wording)
      VALUES (${newId()}::uuid, ${accountId}::uuid, ${organisationId}::uuid, ${purpose}::"ConsentPurpose", ${wording})
      ON CONFLICT ("accountId", "organisationId", purpose) DO UPDATE SET wording = excluded.wording, "givenAt" = now(), "withdrawnAt" = NULL
      WHERE "Consent"."withdrawnAt" IS NOT NULL
      RETURNING id`;
    if (!given) {
      const { id } = await tx.consent.findUniqueOrThrow({ where: { accountId_organisationId_purpose: { accountId, organisationId, purpose } } });
      return id;
    }
    await this.append(tx, 'consent.given', { id: given.id, accountId, organisationId, purpose });
    return given.id;
  }

  /** Those of `accountIds` whose consent to this organisation and purpose holds now; nobody's while the organisation is suspended. */
  async active(accountIds: Iterable<string>, organisationId: string, purpose: ConsentPurpose, reader: Tx | Database['read'] = this.database.read): Promise<Set<string>> {
    const rows = await reader.$queryRaw<{ accountId: string }[]>`
      SELECT c."accountId" FROM "Consent" c JOIN "Organisation" o ON o.id = c."organisationId" AND o.status = 'active'
      WHERE c."organisationId" = ${organisationId}::uuid AND c.purpose = ${purpose}::"ConsentPurpose" AND c."withdrawnAt" IS NULL
        AND c."accountId" = ANY(${[...new Set(accountIds)]}::uuid[])`;
    return new Set(rows.map((row) => row.accountId));
  }

  /** Takes one back; a second time changes nothing. Appends `consent.withdrawn`. Throws `notFound` for somebody else's. */
  async withdraw(tx: Tx, accountId: string, consentId: string): Promise<void> {
    const consent = await tx.consent.findFirst({ where: { id: consentId, accountId } });
    if (!consent) throw new DomainError('notFound');
    await this.withdrawAll(tx, accountId, consentId);
  }

  /** Takes back all that hold, or only the one with this id. */
  async withdrawAll(tx: Tx, accountId: string, id?: string): Promise<void> {
    const withdrawn = await tx.consent.updateManyAndReturn({ where: { accountId, withdrawnAt: null, ...(id ? { id } : {}) }, data: { withdrawnAt: new Date() } });
    for (const consent of withdrawn) await this.append(tx, 'consent.withdrawn', consent);
  }

  /** A person's own list, newest first, withdrawn ones too. */
  async list(accountId: string): Promise<Consent[]> {
    const rows = await this.database.read.consent.findMany({ where: { accountId }, orderBy: { givenAt: 'desc' } });
    const organisations = await this.database.read.organisation.findMany({
      where: { id: { in: rows.map((row) => row.organisationId) } }, select: { id: true, name: true },
    });
    const names = new Map(organisations.map(({ id, name }) => [id, name]));
    return rows.map(({ id, organisationId, purpose, givenAt, withdrawnAt }) => ({
      id, organisationId, organisationName: names.get(organisationId) ?? '', purpose,
      givenAt: givenAt.toISOString(), withdrawnAt: withdrawnAt?.toISOString() ?? null,
    }));
  }

  private append(tx: Tx, type: 'consent.given' | 'consent.withdrawn', { id: consentId, accountId, organisationId, purpose }: Row): Promise<void> {
    return this.events.append(tx, type, { kind: 'organisation', id: organisationId }, { consentId, accountId, organisationId, purpose }, { actorId: accountId });
  }
}
