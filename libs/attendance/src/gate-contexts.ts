import { Injectable } from '@nestjs/common';
import type { GateContext } from '#libs/contracts';
import { Database, DomainError } from '#libs/platform';
import { Fairs } from '#libs/fairs';
import { zoneStatuses } from './zone-status.js';

/** What a device needs to know of where it stands. */
@Injectable()
export class GateContexts {
  constructor(private readonly database: Database, private readonly fairs: Fairs) {}

  /** Throws `notFound`. */
  async of(deviceId: string): Promise<GateContext> {
    const device = await this.database.read.device.findUnique({ where: { id: deviceId }, include: { gate: true } });
    if (!device) throw new DomainError('notFound');
    const { gate } = device;
    const { read } = this.database;
    const [fair, zones, recalled] = await Promise.all([
      this.fairs.require(gate.fairId), zoneStatuses(read, this.fairs, gate.fairId),
      read.gateLease.findFirst({ where: { deviceId, status: 'outstanding', recalledAt: { not: null } }, orderBy: { sequence: 'desc' }, select: { id: true } }),
    ]);
    return {
      deviceId,
      deviceName: device.name,
      serverTime: new Date().toISOString(),
      gate: {
        id: gate.id, name: gate.name, direction: gate.direction, deskHint: gate.deskHint, zoneId: gate.zoneId,
        zoneName: zones.find(({ zoneId }) => zoneId === gate.zoneId)?.name ?? '',
      },
      fair: {
        id: fair.id, name: fair.name, venueName: fair.venueName, startsAt: fair.startsAt.toISOString(), endsAt: fair.endsAt.toISOString(),
        timeZone: fair.timeZone, status: fair.status,
      },
      zones,
      ...(recalled && { recalledLeaseId: recalled.id }),
    };
  }
}
