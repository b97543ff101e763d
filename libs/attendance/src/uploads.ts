import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OfflineRecord, UploadAnswer, UploadedRecord, UploadScans } from '#libs/contracts';
import { Database, storable, type Device, type Tx } from '#libs/platform';
import { Events, type AnyDraft } from '#libs/events';
import { Issuing, TicketCodes } from '#libs/tickets';
import { DeviceClocks } from './device-clocks.js';
import type { DeviceActor } from './device-tokens.js';
import { Hall } from './hall.js';
import { conflictsHeld, courseOf, leasesUsed, pastOf, writeConflicts } from './upload-store.js';
import { placesHeld } from './lease-store.js';
import { lockZones, readHall, writeBatch } from './scan-store.js';
import { laterId, UploadBatch, type ReadRecord } from './upload-batch.js';
import { placeOf } from './upload-clock.rules.js';
import { walkInHolds } from './upload-walk-ins.js';

/** A record with its time by our clock. */
export interface PlacedRecord { record: OfflineRecord; at: Date; order: number }

/**
 * What devices have decided without a network. Nothing is dropped: a record is counted by the rule of `timeline.rules.ts`,
 * and what cannot be right is a conflict for the organiser. Idempotent: the same record twice is one.
 */
@Injectable()
export class Uploads {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly codes: TicketCodes,
    private readonly issuing: Issuing,
    private readonly clocks: DeviceClocks,
  ) {}

  /** Takes records in the device's order. A revoked device's are kept apart. `receivedAt` is when the request came. */
  async upload({ deviceId, fairId }: DeviceActor, { sentAt, records }: UploadScans, receivedAt = new Date()): Promise<UploadAnswer> {
    const offsetMs = receivedAt.getTime() - Date.parse(sentAt);
    const sorted = [...records].sort((a, b) => a.sequence - b.sequence);
    return this.database.transaction(async (tx) => {
      await this.issuing.holdFair(tx, fairId);
      const counters = await lockZones(tx, fairId);
      const device = await tx.device.findUniqueOrThrow({ where: { id: deviceId } });
      const before = await tx.deviceUpload.findFirst({ where: { deviceId, sequence: { lt: sorted[0]!.sequence } }, orderBy: { sequence: 'desc' } });
      const answered = await this.answered(tx, sorted.map(({ id }) => id.toLowerCase()));
      let after = Number(before?.order ?? 0);
      const placed = sorted.map((record): PlacedRecord => {
        const place = placeOf(record, { sentAt: new Date(sentAt), receivedAt }, after);
        // A question that the server took up after the device had given up on it: what the device did next came after that.
        const order = Math.max(place.order, answered.get(record.id.toLowerCase()) ?? 0);
        after = order;
        return { record, at: place.at, order };
      });
      const revoked = device.revokedAt !== null;
      const answers = revoked ? await this.quarantine(tx, device, placed, receivedAt) : await this.commit(tx, device, placed, counters);
      await tx.deviceUpload.createMany({
        data: answers.map(({ id, sequence, outcome, conflict }, n) => ({ deviceId, sequence, recordId: id, outcome, conflict, order: placed[n]!.order })), skipDuplicates: true,
      });
      const contiguous = await this.contiguous(tx, device);
      await tx.device.update({ where: { id: deviceId }, data: { uploadSequence: contiguous } });
      const wrong = await this.clocks.note(tx, deviceId, offsetMs);
      return { records: answers, contiguous, clock: { offsetMs, wrong }, revoked };
    });
  }

  /** Counts records of one device. The zones are locked by `tx`. */
  async commit(tx: Tx, device: Device, placed: PlacedRecord[], counters: Awaited<ReturnType<typeof lockZones>>): Promise<UploadedRecord[]> {
    const { id: deviceId, fairId, gateId, publicKey } = device;
    const items = await Promise.all(placed.map(async ({ record, ...place }): Promise<ReadRecord> => {
      const text = record.code ?? record.walkIn?.ticketId ?? '';
      return {
        record, ...place, id: record.id.toLowerCase(), read: record.code === null ? { kind: 'refused', reason: 'unreadable' } : await this.codes.read(record.code),
        codeHash: createHash('sha256').update(text, 'utf8').digest('hex'), walkInHolds: record.walkIn !== null && walkInHolds(publicKey, fairId, gateId, record.walkIn),
      };
    }));
    const drafts = await this.makeWalkIns(tx, device, items);
    const ids = items.flatMap(({ id }) => [id, laterId(id)]);
    const answered = await tx.scan.findMany({ where: { id: { in: ids }, ticketId: { not: null } }, select: { ticketId: true } });
    const usedLeases = await leasesUsed(tx, deviceId, items.filter(({ record }) => !record.admitted).map(({ id }) => id));
    const { hall: facts, known } = await readHall(tx, fairId, counters, {
      scanIds: ids,
      ticketIds: [...items.flatMap(({ read, record }) => (record.walkIn ? [record.walkIn.ticketId.toLowerCase()] : read.kind === 'ticket' ? [read.ticketId] : [])), ...answered.flatMap(({ ticketId }) => ticketId ?? [])],
      shortCodes: items.flatMap(({ read }) => (read.kind === 'shortCode' ? [read.shortCode] : [])),
      leaseIds: [...items.flatMap(({ record }) => record.leaseId?.toLowerCase() ?? []), ...usedLeases.values()],
      deviceIds: [],
    });
    const hall = new Hall(facts);
    const ticketIds = facts.tickets.map(({ id }) => id);
    const batch = new UploadBatch({
      hall, fairId, deviceId, gate: hall.gates.get(gateId)!, known, seen: await this.seen(tx, deviceId, items), past: await pastOf(tx, ticketIds),
      sweeps: (await tx.presenceSweep.findMany({ where: { fairId }, select: { order: true } })).map(({ order }) => Number(order)),
      course: await courseOf(tx, fairId, facts.tickets), usedLeases,
    }, await conflictsHeld(tx, ticketIds));
    const answers = items.map((item) => batch.take(item));
    const changes = hall.changes();
    await writeBatch(tx, fairId, hall.now, { scans: batch.scans, checkIns: batch.checkIns, ...changes });
    if (batch.voided.length > 0) await tx.checkIn.updateMany({ where: { id: { in: batch.voided } }, data: { mark: 'void' } });
    if (batch.bodies.length > 0) {
      await tx.zoneCorrection.createMany({ data: batch.bodies.map((body) => ({ ...body, fairId, reason: '', byId: deviceId })) });
    }
    const told = await writeConflicts(tx, fairId, [...batch.conflicts.values()], hall.now, gateId);
    await this.events.appendMany(tx, [...drafts, ...batch.drafts, ...told, ...changes.leases.map((lease) => placesHeld(fairId, 'lease', lease))]);
    return answers;
  }

  private async quarantine(tx: Tx, { id: deviceId, fairId, gateId }: Device, placed: PlacedRecord[], receivedAt: Date): Promise<UploadedRecord[]> {
    const kept = await tx.quarantinedRecord.createMany({
      data: placed.map(({ record, at, order }) => ({ id: record.id.toLowerCase(), fairId, gateId, deviceId, sequence: record.sequence, record: { ...record, code: record.code && storable(record.code), walkIn: record.walkIn && { ...record.walkIn } }, happenedAt: at, order, receivedAt })),
      skipDuplicates: true,
    });
    if (kept.count > 0) {
      await this.events.append(tx, 'upload.quarantined', { kind: 'fair', id: fairId }, { fairId, deviceId, gateId, records: kept.count }, { actorId: deviceId });
    }
    return placed.map(({ record }) => ({ id: record.id.toLowerCase(), sequence: record.sequence, outcome: 'quarantined', conflict: null }));
  }

  /** Where the server has placed those of these scans that it was asked about too, and admitted. */
  private async answered(tx: Tx, ids: string[]): Promise<Map<string, number>> {
    const scans = await tx.scan.findMany({ where: { id: { in: ids }, admitted: true, ticketId: { not: null } }, select: { ticketId: true } });
    if (scans.length === 0) return new Map();
    const rows = await tx.checkIn.findMany({ where: { ticketId: { in: scans.flatMap(({ ticketId }) => ticketId ?? []) }, scanId: { in: ids } }, select: { scanId: true, order: true } });
    return new Map(rows.map(({ scanId, order }) => [scanId, Number(order)]));
  }

  private async seen(tx: Tx, deviceId: string, items: ReadRecord[]): Promise<Set<string>> {
    // What was kept apart has done nothing yet.
    const rows = await tx.deviceUpload.findMany({ where: { deviceId, recordId: { in: items.map(({ id }) => id) }, outcome: { not: 'quarantined' } }, select: { recordId: true } });
    return new Set(rows.map(({ recordId }) => recordId));
  }

  /** Persons without a ticket get one now, so that they can be found, and can leave and come again. */
  private async makeWalkIns(tx: Tx, { fairId, id: deviceId }: Device, items: ReadRecord[]): Promise<AnyDraft[]> {
    const drafts: AnyDraft[] = [];
    for (const { record, walkInHolds: holds } of items) {
      if (record.walkIn && holds) drafts.push(...await this.issuing.offlineWalkIn(tx, fairId, record.walkIn.ticketId.toLowerCase(), record.walkIn.persons, deviceId));
    }
    return drafts;
  }

  /** Up to which of its numbers nothing is missing. */
  private async contiguous(tx: Tx, { id, uploadSequence }: Device): Promise<number> {
    const rows = await tx.deviceUpload.findMany({ where: { deviceId: id, sequence: { gt: uploadSequence } }, select: { sequence: true }, orderBy: { sequence: 'asc' } });
    let last = uploadSequence;
    for (const { sequence } of rows) {
      if (sequence !== last + 1) break;
      last = sequence;
    }
    return last;
  }
}
