import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Database, Seal, type Tx } from '#libs/platform';
import { Audit } from './audit.js';

/** A person's own fields, decrypted; `erased` people have none. */
export interface Person { name: string; phone: string | null }

/** Why a whole phone is looked at: it stands in the audit log of `organisationId`. */
export interface Look { action: string; subject: { kind: string; id: string }; organisationId?: string }

/**
 * The vault of candidates' names and numbers: each person has a key of their own, wrapped by the key from the settings;
 * destroying it erases the person. Phones are found by a keyed hash with a separate key.
 */
@Injectable()
export class Vault {
  constructor(readonly database: Database, readonly seal: Seal, readonly audit: Audit) {}

  /** A person's fields for a command of the person's own (a text message, their own page). Not audited; never for others. */
  person(tx: Tx, accountId: string): Promise<Person> { throw new Error(`being written ${accountId} ${typeof tx}`); }
  /** Names by account id; erased and unknown people are missing from the map. */
  names(accountIds: Iterable<string>): Promise<Map<string, string>> { throw new Error(`being written ${typeof accountIds}`); }
  /** `138 **** 2607` by account id. */
  maskedPhones(accountIds: Iterable<string>): Promise<Map<string, string>> { throw new Error(`being written ${typeof accountIds}`); }
  /** Whole phones by account id, for a role that needs them; each person's look is written to the audit log. */
  phones(tx: Tx, actor: Actor, accountIds: Iterable<string>, look: Look): Promise<Map<string, string>> { throw new Error(`being written ${typeof [tx, actor, accountIds, look]}`); }
  /** The account with this phone, or null. */
  findByPhone(phone: string): Promise<string | null> { throw new Error(`being written ${phone}`); }
  /** The candidate's account with this phone; made when there is none. */
  enrol(tx: Tx, phone: string): Promise<{ accountId: string; created: boolean }> { throw new Error(`being written ${typeof [tx, phone]}`); }
  setName(tx: Tx, accountId: string, name: string): Promise<void> { throw new Error(`being written ${typeof [tx, accountId, name]}`); }
  /** Destroys the person's key and fields. Slices do not call it: the deletion does, after all `Erasures`. */
  erase(tx: Tx, accountId: string): Promise<void> { throw new Error(`being written ${typeof [tx, accountId]}`); }
}
