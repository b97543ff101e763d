import { Injectable } from '@nestjs/common';
import type { Actor, DecideQuarantine, OfflineRecord, QuarantinedRecord } from '#libs/contracts';
import { Database, DomainError, type QuarantinedRecord as Row } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { actorId, Audit } from '#libs/identity';
import { TicketCodes } from '#libs/tickets';
import { lockZones } from './scan-store.js';
import { Uploads } from './uploads.js';

const MOST = 2_000;

/** What revoked devices have brought: kept apart, until somebody of the organiser says what of it is true. */
@Injectable()
export class Quarantine {
  constructor(
    private readonly database: Database, private readonly events: Events, private readonly fairs: Fairs, private readonly audit: Audit, private readonly uploads: Uploads,
    private readonly codes: TicketCodes,
  ) {}

  /** Open ones first, each in its device's own order; `MOST` at once: of more, the next come up when these are decided. Throws `notFound`. */
  async list(actor: Actor, fairId: string): Promise<QuarantinedRecord[]> {
    await this.fairs.requireOwn(actor, fairId);
    const rows = await this.database.read.quarantinedRecord.findMany({
      where: { fairId }, orderBy: [{ decision: { sort: 'asc', nulls: 'first' } }, { deviceId: 'asc' }, { sequence: 'asc' }], take: MOST,
    });
    const [gates, devices, numbers] = await Promise.all([
      this.database.read.gate.findMany({ where: { fairId } }), this.database.read.device.findMany({ where: { fairId } }), this.numbers(fairId, rows),
    ]);
    const names = new Map([...gates, ...devices].map(({ id, name }) => [id, name]));
    return rows.map((row) => view(row, names, numbers));
  }

  /**
   * Accepted records are counted as if they had been uploaded in time, with all the rules of an upload; rejected ones are only
   * kept. Audited. Throws `notFound`, `reasonRequired`.
   */
  async decide(actor: Actor, fairId: string, { ids, accept, reason }: DecideQuarantine): Promise<QuarantinedRecord[]> {
    if (reason === '') throw new DomainError('reasonRequired');
    await this.fairs.requireOwn(actor, fairId);
    await this.database.transaction(async (tx) => {
      await this.fairs.lock(tx, fairId, 'use');
      // Two who decide at once: the second finds what is left.
      await lockZones(tx, fairId);
      const rows = await tx.quarantinedRecord.findMany({ where: { fairId, id: { in: ids.map((id) => id.toLowerCase()) }, decision: null }, orderBy: [{ deviceId: 'asc' }, { sequence: 'asc' }] });
      const decision = accept ? 'accepted' : 'rejected';
      for (const deviceId of new Set(rows.map((row) => row.deviceId))) {
        const own = rows.filter((row) => row.deviceId === deviceId);
        if (accept) {
          const counters = await lockZones(tx, fairId); // as the device before has left them
          const device = await tx.device.findUniqueOrThrow({ where: { id: deviceId } });
          await this.uploads.commit(tx, device, own.map(({ record, happenedAt, order }) => ({ record: record as unknown as OfflineRecord, at: happenedAt, order: Number(order) })), counters);
        }
        await this.events.append(tx, 'quarantine.decided', { kind: 'fair', id: fairId }, { fairId, deviceId, records: own.length, accepted: accept, reason }, { actorId: actorId(actor) });
        await this.audit.write(tx, actor, `quarantine.${decision}`, { kind: 'device', id: deviceId }, { reason, details: { fairId, records: own.length } });
      }
      await tx.quarantinedRecord.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { decision, decidedAt: new Date(), decidedById: actorId(actor), reason } });
    });
    return this.list(actor, fairId);
  }

  /** By record: the number of the ticket that its code names. Whether we have signed it is looked at when it is counted. */
  private async numbers(fairId: string, rows: Row[]): Promise<Map<string, string>> {
    const claims = await Promise.all(rows.map(async ({ id, record }) => ({ id, claim: await this.codes.claim((record as unknown as OfflineRecord).code ?? '') })));
    const ticketIds = claims.flatMap(({ claim }) => (claim.kind === 'ticket' ? [claim.ticketId] : []));
    const tickets = await this.database.read.ticket.findMany({ where: { fairId, id: { in: ticketIds } }, select: { id: true, shortCode: true } });
    const known = new Map(tickets.map(({ id, shortCode }) => [id, shortCode]));
    return new Map(claims.flatMap(({ id, claim }) => {
      const number = claim.kind === 'ticket' ? known.get(claim.ticketId) : claim.kind === 'shortCode' ? claim.shortCode : undefined;
      return number === undefined ? [] : [[id, number]];
    }));
  }
}

function view({ id, deviceId, gateId, record, happenedAt, receivedAt, decision, reason }: Row, names: Map<string, string>, numbers: Map<string, string>): QuarantinedRecord {
  const { direction, count = 1, admitted } = record as unknown as OfflineRecord;
  return {
    id, deviceId, deviceName: names.get(deviceId) ?? '', gateName: names.get(gateId) ?? '', shortCode: numbers.get(id) ?? null, direction, persons: count, admitted,
    happenedAt: happenedAt.toISOString(), receivedAt: receivedAt.toISOString(), decision: decision as QuarantinedRecord['decision'], reason,
  };
}
