import { Injectable } from '@nestjs/common';
import { Database, Log, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { CLOCK_RIGHT_MS, CLOCK_WRONG_MS } from './upload-clock.rules.js';

/** What the database keeps of an offset, ms: some twenty days. */
const MOST_MS = 2_000_000_000;
const log = Log.named('devices');

/** Whether devices' clocks are right: each heartbeat and each upload tells. The desk hears when one goes wrong, and when it is right again. */
@Injectable()
export class DeviceClocks {
  constructor(private readonly database: Database, private readonly events: Events) {}

  /** The device is alive, and says what its clock shows (epoch ms); written only when that turns from right to wrong or back. Never rejects: the next time tells as well. */
  async hear(deviceId: string, clock: number, receivedAt = Date.now()): Promise<void> {
    const offsetMs = receivedAt - clock;
    try {
      const known = await this.database.read.device.findUnique({ where: { id: deviceId }, select: { clockWrong: true } });
      if (known && known.clockWrong !== isWrong(offsetMs, known.clockWrong)) await this.database.transaction((tx) => this.note(tx, deviceId, offsetMs));
    } catch (err) {
      log.warn({ err, deviceId }, 'Whether a device’s clock is right could not be written');
    }
  }

  /** Writes the server's clock minus the device's, ms. @returns whether it is wrong */
  async note(tx: Tx, deviceId: string, offsetMs: number): Promise<boolean> {
    // A heartbeat and an upload may come at the same moment.
    const [device] = await tx.$queryRaw<{ fairId: string; gateId: string; clockWrong: boolean }[]>`SELECT "fairId", "gateId", "clockWrong" FROM "Device" WHERE id = ${deviceId}::uuid FOR UPDATE`;
    const { fairId, gateId, clockWrong } = device!;
    const wrong = isWrong(offsetMs, clockWrong);
    await tx.device.update({ where: { id: deviceId }, data: { clockOffsetMs: Math.max(-MOST_MS, Math.min(MOST_MS, Math.round(offsetMs))), clockWrong: wrong } });
    if (wrong !== clockWrong) {
      await this.events.append(tx, 'device.clockChanged', { kind: 'fair', id: fairId }, { fairId, deviceId, gateId, offsetMs, wrong }, { actorId: deviceId });
    }
    return wrong;
  }
}

/** The line takes its time, too: what is a minute off does not turn with each heartbeat. */
const isWrong = (offsetMs: number, before: boolean): boolean => Math.abs(offsetMs) >= (before ? CLOCK_RIGHT_MS : CLOCK_WRONG_MS);
