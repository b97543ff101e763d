import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, OverrideEntry, ScanInput, ScanResult } from '#libs/contracts';
import { Context, Database, DomainError } from '#libs/platform';
import { Fairs } from '#libs/fairs';
import { TicketCodes } from '#libs/tickets';
import type { DeviceActor } from './device-tokens.js';
import { ScanBatch } from './scan-batch.js';

/** A device's clock may be so far ahead; the past is no error, because a device may have been without a network. */
const AHEAD_MS = 120_000;

/** Scans at gates, and the organiser's own admissions: both are attempts, both go through the one group commit. */
@Injectable()
export class Scans {
  constructor(
    private readonly batch: ScanBatch,
    private readonly codes: TicketCodes,
    private readonly database: Database,
    private readonly fairs: Fairs,
  ) {}

  /**
   * One scan at the device's own gate. A refusal is an answer and is kept with its reason. Throws `scanFromFuture`, and
   * what `ScanBatch.commit` throws.
   */
  async scan(device: DeviceActor, { id, direction, code, happenedAt, count = 1, leaseId }: ScanInput): Promise<ScanResult> {
    const at = new Date(happenedAt);
    const ahead = at.getTime() - Date.now();
    if (ahead > AHEAD_MS) throw new DomainError('scanFromFuture', { seconds: Math.round(ahead / 1000) });
    return this.batch.commit({
      id: id.toLowerCase(),
      fairId: device.fairId,
      gateId: device.gateId,
      deviceId: device.deviceId,
      direction,
      code: await this.codes.claim(code),
      codeHash: hashOf(code),
      happenedAt: at,
      count,
      leaseId: leaseId?.toLowerCase() ?? null,
      override: null,
    });
  }

  /**
   * 人工放行: lets a person in past a full, locked or wrong zone and a stopped fair; never with a code that is not good, nor
   * somebody who is in. Audited, whatever comes of it. Throws `notFound`, `gateWrongFair`, `reasonRequired`.
   */
  async override(actor: Actor, fairId: string, { id, gateId, code, reason }: OverrideEntry): Promise<ScanResult> {
    if (reason === '') throw new DomainError('reasonRequired');
    await this.fairs.requireOwn(actor, fairId);
    const gate = await this.database.read.gate.findUnique({ where: { id: gateId.toLowerCase() } });
    if (gate?.fairId !== fairId) throw new DomainError('gateWrongFair');
    return this.batch.commit({
      id: id.toLowerCase(),
      fairId,
      gateId: gate.id,
      deviceId: null,
      direction: 'entry',
      code: await this.codes.claim(code),
      codeHash: hashOf(code),
      happenedAt: new Date(),
      count: 1,
      leaseId: null,
      override: { actor, reason, context: Context.current() },
    });
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
