import { Injectable } from '@nestjs/common';
import type { Ticket } from '#libs/platform';
import { RegistrationBatch, type Registered } from './registration-batch.js';

/** Candidates' registration; the quota is exact: never one too many, never one too few. */
@Injectable()
export class Registration {
  constructor(private readonly batch: RegistrationBatch) {}

  /**
   * Registers a person for a fair. The same person, or the same `requestKey`, is the same ticket; a cancelled one becomes
   * valid again, unless this is a late repetition of the request that had made it. A revoked one stays revoked.
   * Throws `notFound`, `registrationClosed`, `quotaFull`.
   */
  async register(accountId: string, fairId: string, requestKey?: string): Promise<Ticket> {
    return (await this.registered(accountId, fairId, requestKey)).ticket;
  }

  /** The same, with the fair as it was then. */
  registered(accountId: string, fairId: string, requestKey?: string): Promise<Registered> {
    return this.batch.commit(fairId, { accountId, requestKey: requestKey === undefined ? null : `${fairId}:${accountId}:${requestKey}` });
  }
}
