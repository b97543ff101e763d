import { Injectable } from '@nestjs/common';
import type { Consent, ConsentPurpose } from '#libs/contracts';
import { Database, type Tx } from '#libs/platform';

export interface NewConsent { accountId: string; organisationId: string; purpose: ConsentPurpose; wording: string }

/** A candidate's own yes to one employer and purpose (PIPL 23); it can be taken back, and given again. */
@Injectable()
export class Consents {
  constructor(readonly database: Database) {}

  /** Gives it, or keeps the one that holds already. The answer is its id. Appends `consent.given` when it is new. */
  give(tx: Tx, consent: NewConsent): Promise<string> { throw new Error(`being written ${typeof [tx, consent]}`); }
  /** Those of `accountIds` whose consent to this organisation and purpose holds now. */
  active(accountIds: Iterable<string>, organisationId: string, purpose: ConsentPurpose): Promise<Set<string>> { throw new Error(`being written ${typeof [accountIds, organisationId, purpose]}`); }
  /** Takes it back. Appends `consent.withdrawn`. Throws `notFound` for somebody else's. */
  withdraw(tx: Tx, accountId: string, consentId: string): Promise<void> { throw new Error(`being written ${typeof [tx, accountId, consentId]}`); }
  list(accountId: string): Promise<Consent[]> { throw new Error(`being written ${accountId}`); }
}
