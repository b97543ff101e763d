import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database, Log } from '#libs/platform';

/** The desk calls a gate silent after ten seconds, so this is well below. */
const FLUSH_MS = 2_000;
const log = Log.named('devices');

/** When each device was last heard of: all that were heard within two seconds are written with one statement. */
@Injectable()
export class DeviceSightings implements OnModuleDestroy {
  private seen = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** The device has just spoken to us. */
  mark(deviceId: string): void {
    this.seen.set(deviceId, Date.now());
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Writes what was seen and waits for it. Never rejects: the next time tells as well. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const seen = [...this.seen].map(([id, at]) => ({ id, at: new Date(at).toISOString() }));
    this.seen = new Map();
    if (seen.length > 0) this.writing = this.writing.then(() => this.write(seen));
    return this.writing;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  private async write(seen: { id: string; at: string }[]): Promise<void> {
    try {
      // In the order of the ids, so that two processes cannot wait for each other in a circle.
      await this.database.read.$executeRaw`
        WITH seen AS (
          SELECT d.id, s.at FROM "Device" d JOIN json_to_recordset(${JSON.stringify(seen)}::json) AS s(id uuid, at timestamptz) USING (id)
          WHERE d."lastSeenAt" IS NULL OR d."lastSeenAt" < s.at ORDER BY d.id FOR NO KEY UPDATE OF d
        )
        UPDATE "Device" d SET "lastSeenAt" = seen.at FROM seen WHERE d.id = seen.id`;
    } catch (err) {
      log.warn({ err, devices: seen.length }, 'When the devices were last heard of could not be written.');
    }
  }
}
