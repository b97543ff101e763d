import { Injectable } from '@nestjs/common';
import { Database, type Device, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { CLOCK_WRONG_MS } from './upload-clock.rules.js';

/** What the database keeps of an offset, ms: some twenty days. */
const MOST_MS = 2_000_000_000;

/** Whether devices' clocks are right: each heartbeat and each upload tells. The desk hears when one goes wrong, and when it is right again. */
@Injectable()
export class DeviceClocks {
  constructor(private readonly database: Database, private readonly events: Events) {}

  /** The device is alive, and says what its clock shows (epoch ms); written only when that turns from right to wrong or back. */
  async hear(deviceId: string, clock: number, receivedAt = Date.now()): Promise<void> {
    const offsetMs = receivedAt - clock;
    const known = await this.database.read.device.findUnique({ where: { id: deviceId }, select: { clockWrong: true } });
    if (known === null || known.clockWrong === isWrong(offsetMs)) return;
    await this.database.transaction(async (tx) => {
      await tx.$executeRaw`SELECT FROM "Device" WHERE id = ${deviceId}::uuid FOR UPDATE`;
      await this.note(tx, await tx.device.findUniqueOrThrow({ where: { id: deviceId } }), offsetMs);
    });
  }

  /** Writes the server's clock minus the device's, ms. `tx` holds what keeps the device's row as it was read. @returns whether it is wrong */
  async note(tx: Tx, { id: deviceId, fairId, gateId, clockWrong }: Device, offsetMs: number): Promise<boolean> {
    const wrong = isWrong(offsetMs);
    await tx.device.update({ where: { id: deviceId }, data: { clockOffsetMs: Math.max(-MOST_MS, Math.min(MOST_MS, Math.round(offsetMs))), clockWrong: wrong } });
    if (wrong !== clockWrong) {
      await this.events.append(tx, 'device.clockChanged', { kind: 'fair', id: fairId }, { fairId, deviceId, gateId, offsetMs, wrong }, { actorId: deviceId });
    }
    return wrong;
  }
}

const isWrong = (offsetMs: number): boolean => Math.abs(offsetMs) >= CLOCK_WRONG_MS;
