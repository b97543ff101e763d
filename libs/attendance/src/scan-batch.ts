import { Injectable } from '@nestjs/common';
import { pathTo, type ScanResult } from '#libs/contracts';
import { Context, Database, DomainError, GroupCommit, newId, refusalOf, type Last, type Tx } from '#libs/platform';
import { Events, type AnyDraft } from '#libs/events';
import { actorId, Audit } from '#libs/identity';
import { Hall, type GateFacts, type HallQuestion, type KnownTicket, type Passed } from './hall.js';
import { placesHeld, recallLeases } from './lease-store.js';
import type { Attempt } from './scan-attempt.js';
import { scanResult } from './scan-result.js';
import { lockAndRead, lockZones, readHall, writeBatch, type BatchWrites } from './scan-store.js';

/** The answer to one attempt, or the error that it alone gets. */
type Outcome = ScanResult | DomainError;

const MOST_TOGETHER = 64;
const MOST_WAITING = 2_048;

/**
 * Group commit of scans. Each fair has its own lane in each process; what arrives while the lane's last transaction is
 * under way is committed together in the next. Lanes of several processes meet at the zones' locks, so they decide one
 * after the other, and each sees what the other has done.
 */
@Injectable()
export class ScanBatch {
  private readonly lanes = new Map<string, GroupCommit<Attempt, Outcome>>();

  constructor(private readonly database: Database, private readonly events: Events, private readonly audit: Audit) {}

  /**
   * Commits one attempt, and answers when it is in the database for good. The same id again hears the first answer,
   * whatever it brings now. Throws `deviceRevoked` or `unauthenticated` for a device that is not (any more) at this gate: whoever
   * asked may have known it from before. Throws `conflict` for the id of another fair's scan, `notFound` for a gate of another fair,
   * `unavailable` when far too many wait; a database that cannot be reached is thrown as it comes.
   */
  async commit(attempt: Attempt): Promise<ScanResult> {
    const outcome = await this.lane(attempt.fairId).add(attempt);
    if (outcome instanceof DomainError) throw outcome;
    return outcome;
  }

  private lane(fairId: string): GroupCommit<Attempt, Outcome> {
    const known = this.lanes.get(fairId);
    if (known) return known;
    const lane = new GroupCommit<Attempt, Outcome>({
      // An override is audited through the models; the many others are statements alone.
      run: (attempts) => (attempts.some(({ override }) => override !== null)
        ? this.database.transaction((tx) => this.commitTogether(tx, fairId, attempts))
        : this.database.rawTransaction((tx, last) => this.commitTogether(tx, fairId, attempts, last))),
      max: MOST_TOGETHER,
      waiting: MOST_WAITING,
      hopeless: isOutage,
      onIdle: () => this.lanes.delete(fairId),
    });
    this.lanes.set(fairId, lane);
    return lane;
  }

  /**
   * In a raw transaction (with `last`) it is two ways to the database: the lock and what is decided on, then what came of it
   * and the COMMIT.
   */
  private async commitTogether(tx: Tx, fairId: string, attempts: Attempt[], last?: Last): Promise<Outcome[]> {
    const keys = {
      scanIds: attempts.map(({ id }) => id),
      ticketIds: attempts.flatMap(({ code }) => (code.kind === 'ticket' ? [code.ticketId] : [])),
      shortCodes: attempts.flatMap(({ code }) => (code.kind === 'shortCode' ? [code.shortCode] : [])),
      leaseIds: attempts.flatMap(({ leaseId }) => leaseId ?? []),
      deviceIds: [...new Set(attempts.flatMap(({ deviceId }) => deviceId ?? []))],
    };
    const reading = last ? lockAndRead(tx, fairId, keys) : lockZones(tx, fairId).then((counters) => readHall(tx, fairId, counters, keys));
    const [{ hall: facts, known }] = await Promise.all([reading, verifyMeanwhile(attempts)]);
    const hall = new Hall(facts);
    const answered = new Map<string, Outcome>(known.map((scan) => [scan.id, scan.fairId === fairId ? scan.result : new DomainError('conflict')]));
    const record = new BatchRecord(hall);
    const outcomes = attempts.map((attempt) => {
      const stranger = strangerTo(hall, attempt);
      if (stranger) return stranger;
      const outcome = answered.get(attempt.id) ?? record.decide(attempt);
      answered.set(attempt.id, outcome);
      return outcome;
    });
    if (record.scans.length === 0) return outcomes;
    if (record.wanted.size > 0) record.drafts.push(...await recallLeases(tx, fairId, [...record.wanted], hall.now));
    const changes = hall.changes();
    record.drafts.push(...changes.leases.map((lease) => placesHeld(fairId, 'lease', lease)));
    const writes = [
      () => writeBatch(tx, fairId, hall.now, { scans: record.scans, checkIns: record.checkIns, ...changes }),
      () => this.events.appendMany(tx, record.drafts, { atOnce: last !== undefined }),
    ];
    if (last) last(Promise.all(writes.map((write) => write())));
    else {
      for (const write of writes) await write();
      await this.auditOverrides(tx, fairId, record);
    }
    return outcomes;
  }

  private async auditOverrides(tx: Tx, fairId: string, record: BatchRecord): Promise<void> {
    for (const { override, id, gateId, gateName, passed } of record.overrides) {
      // As people speak of them, and as they are called now: the line outlives both.
      const name = [gateName, passed.ticket?.shortCode.replace(/(\d{4})(?=\d)/, '$1 ')].filter(Boolean).join(' · ');
      // The command's own request, not the one that happened to start this batch.
      await Context.run(override.context, () => this.audit.write(tx, override.actor, 'entry.overridden',
        { kind: 'ticket', id: passed.ticket?.id ?? null },
        { reason: override.reason, details: { fairId, scanId: id, gateId, name, admitted: passed.decision.admitted } }));
    }
  }
}

/** The signatures of a batch, once its question is on its way: both take about as long, and the database works on another core. */
async function verifyMeanwhile(attempts: Attempt[]): Promise<void> {
  await new Promise<void>((resolve) => { process.nextTick(resolve); }); // what was asked goes out in a tick before this one
  for (const { code } of attempts) if (code.kind === 'ticket') code.signed();
}

/** Why a device may not ask, as it stands now: under the lock that a revocation takes too. */
function strangerTo(hall: Hall, { deviceId, gateId }: Attempt): DomainError | null {
  if (deviceId === null) return null;
  const device = hall.devices.get(deviceId);
  if (device?.gateId !== gateId) return new DomainError('unauthenticated');
  return device.revoked ? new DomainError('deviceRevoked') : null;
}

/** What a batch has come to, ready to be written. */
class BatchRecord implements Pick<BatchWrites, 'scans' | 'checkIns'> {
  readonly scans: BatchWrites['scans'] = [];
  readonly checkIns: BatchWrites['checkIns'] = [];
  readonly drafts: AnyDraft[] = [];
  /** Zones that somebody was refused at while places in them are held for gates without a network. */
  readonly wanted = new Set<string>();
  readonly overrides: (Attempt & { override: NonNullable<Attempt['override']>; gateName: string; passed: Passed })[] = [];

  private turn = 0;

  constructor(private readonly hall: Hall) {}

  decide(attempt: Attempt): Outcome {
    const gate = this.hall.gates.get(attempt.gateId);
    if (!gate || !this.hall.zones.has(gate.zoneId)) return new DomainError('notFound');
    const passed = this.hall.pass({
      direction: attempt.direction,
      gate,
      ticket: this.ticketOf(attempt),
      happenedAt: attempt.happenedAt,
      override: attempt.override !== null,
      count: attempt.count,
      lease: this.leaseOf(attempt),
    });
    if (!passed.decision.admitted && passed.decision.reason === 'zoneFull') this.want(gate);
    const result = scanResult(attempt, this.hall, gate, passed);
    this.keep(attempt, gate, passed, result);
    return result;
  }

  private leaseOf({ leaseId, deviceId }: Attempt): HallQuestion['lease'] {
    const lease = leaseId === null ? undefined : this.hall.leases.get(leaseId);
    return lease && lease.deviceId === deviceId ? lease : null;
  }

  private want({ zoneId }: GateFacts): void {
    for (const id of pathTo(this.hall.zones, zoneId)) if (this.hall.zones.get(id)!.held > 0) this.wanted.add(id);
  }

  private ticketOf({ code, fairId }: Attempt): HallQuestion['ticket'] {
    if (code.kind === 'refused') return code.reason;
    if (code.kind === 'shortCode') return this.hall.ticketByShortCode(code.shortCode) ?? 'unknownTicket';
    if (!code.signed()) return 'forged';
    return code.fairId === fairId ? this.hall.ticket(code.ticketId) ?? 'unknownTicket' : 'wrongFair';
  }

  private keep(attempt: Attempt, gate: GateFacts, passed: Passed, result: ScanResult): void {
    const { id, gateId, deviceId, direction, codeHash, override } = attempt;
    const happenedAt = attempt.happenedAt.toISOString();
    const ticketId = passed.ticket?.id ?? null;
    const { admitted } = passed.decision;
    const persons = attempt.count;
    const reason = result.override ? 'override' : result.reason;
    this.scans.push({ id, gateId, deviceId, ticketId, direction, codeHash, admitted, reason, result, happenedAt });
    if (override) this.overrides.push({ ...attempt, override, gateName: gate.name, passed });
    if (!admitted || passed.ticket === null || ticketId === null) {
      this.tell(attempt, { type: 'scan.refused', data: { fairId: attempt.fairId, scanId: id, gateId, direction, reason: result.reason!, ticketId } });
      return;
    }
    const checkInId = newId();
    const { size } = passed.ticket;
    const order = this.orderOf(passed.ticket);
    const arrived = this.hall.arrived(passed.moves);
    passed.ticket.arrived += arrived;
    this.checkIns.push({ id: checkInId, scanId: id, zoneId: gate.zoneId, gateId, ticketId, direction, persons, arrived, order, offline: false, mark: null, happenedAt });
    this.tell(attempt, { type: 'checkIn.recorded', data: {
      fairId: attempt.fairId, checkInId, scanId: id, ticketId, gateId, direction, zones: passed.moves, first: passed.first, override: result.override,
      ...(persons > 1 && { persons }), ...(size > 1 && { size }), zoneId: gate.zoneId, order } });
    if (override && result.override) {
      this.tell(attempt, { type: 'entry.overridden', data: {
        fairId: attempt.fairId, scanId: id, zoneId: gate.zoneId, gateId, ticketId, reason: override.reason } });
    }
  }

  /** The server's clock in microseconds, later than whatever is known of the ticket. */
  private orderOf(ticket: KnownTicket): number {
    this.turn += 1;
    ticket.lastOrder = Math.max(ticket.lastOrder + 1, this.hall.now.getTime() * 1_000 + this.turn);
    return ticket.lastOrder;
  }

  private tell(attempt: Attempt, fact: AnyFact): void {
    const by = attempt.override ? actorId(attempt.override.actor) : attempt.deviceId;
    this.drafts.push({ ...fact, scope: { kind: 'fair', id: attempt.fairId }, actorId: by, happenedAt: attempt.happenedAt } as AnyDraft);
  }
}

/** No database, no connection, no time: not the fault of one scan. */
const isOutage = (error: unknown): boolean => refusalOf(error).code === 'unavailable';

type FactOf<D> = D extends { type: infer T; data: infer F } ? { type: T; data: F } : never;
type AnyFact = FactOf<Extract<AnyDraft, { type: 'checkIn.recorded' | 'scan.refused' | 'entry.overridden' }>>;
