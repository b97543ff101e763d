import { Injectable } from '@nestjs/common';
import type { Actor, GateRules as Rules } from '#libs/contracts';
import { Database, type Reader } from '#libs/platform';
import { Fairs } from '#libs/fairs';
import { Audit } from '#libs/identity';
import { lockZones } from './scan-store.js';

const defaults: Rules = { reEntry: true, leaseMinutes: 60, leaseShare: 50 };

/** What a fair's gates go by; a fair that nobody has set has the defaults. */
@Injectable()
export class GateRules {
  constructor(private readonly database: Database, private readonly fairs: Fairs, private readonly audit: Audit) {}

  async of(fairId: string, reader: Reader = this.database.read): Promise<Rules> {
    const set = await reader.gateRules.findUnique({ where: { fairId } });
    return set ? { reEntry: set.reEntry, leaseMinutes: set.leaseMinutes, leaseShare: set.leaseShare } : defaults;
  }

  /** Throws `notFound`. */
  async read(actor: Actor, fairId: string): Promise<Rules> {
    await this.fairs.requireOwn(actor, fairId);
    return this.of(fairId);
  }

  /** From the answer on; leases that are out keep their time. Audited. Throws `notFound`. */
  async set(actor: Actor, fairId: string, { reEntry, leaseMinutes, leaseShare }: Rules): Promise<Rules> {
    await this.fairs.requireOwn(actor, fairId);
    const values = { reEntry, leaseMinutes, leaseShare };
    await this.database.transaction(async (tx) => {
      await this.fairs.lock(tx, fairId, 'use');
      await lockZones(tx, fairId);
      await tx.gateRules.upsert({ where: { fairId }, create: { fairId, ...values }, update: values });
      await this.audit.write(tx, actor, 'gateRules.set', { kind: 'fair', id: fairId }, { details: values });
    });
    return values;
  }
}
