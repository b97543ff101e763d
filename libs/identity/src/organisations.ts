import { Injectable } from '@nestjs/common';
import type { Organisation } from '#libs/contracts';
import { Database, type Tx } from '#libs/platform';

/** Inside a transaction (then the answer counts until it commits) or outside. */
export type Reader = Tx | Database['read'];
/** Who vouched for an employer (人社局's name), when, and the last day of its licence (China). */
export interface Verified { by: string; at: Date; expiresOn: string; licenceNumber: string }
export type LicenceState = 'missing' | 'pending' | 'approved' | 'expired';

/** Reading organisations; what changes them lies beside. */
@Injectable()
export class Organisations {
  constructor(readonly database: Database) {}

  /** Throws `notFound`. */
  get(id: string): Promise<Organisation> { throw new Error(`being written ${id}`); }
  names(ids: Iterable<string>): Promise<Map<string, string>> { throw new Error(`being written ${typeof ids}`); }
  /** Throws `licenceMissing`, `licenceExpired` or `organisationSuspended` unless the employer may publish at `at`. */
  requireVerified(reader: Reader, organisationId: string, at = new Date()): Promise<void> { throw new Error(`being written ${typeof [reader, organisationId, at]}`); }
  /** Who is verified at `at`; the others are missing from the map. */
  verified(ids: Iterable<string>, at = new Date()): Promise<Map<string, Verified>> { throw new Error(`being written ${typeof [ids, at]}`); }
  /** What a reviewer of booth applications sees; a refused licence counts as missing. */
  licenceStates(ids: Iterable<string>, at = new Date()): Promise<Map<string, LicenceState>> { throw new Error(`being written ${typeof [ids, at]}`); }
}
