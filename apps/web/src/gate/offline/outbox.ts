/** Uploads what was decided here, in order, until the server has it. A record that the server hears twice is one record. */
import type { OfflineRecord, UploadAnswer, UploadScans } from '#libs/contracts';
import { elapsed, thisMoment, type Moment } from './elapsed';
import type { DeviceRow, GateRecord, GateStore } from './gate-store';

/** Of one request; the contract's own limit. */
const TOGETHER = 200;

export type SendUpload = (token: string, body: UploadScans) => Promise<UploadAnswer>;

/** A record as it is uploaded. */
export function uploadOf(record: GateRecord, now: Moment): OfflineRecord {
  const ago = elapsed(record.moment, now);
  return {
    id: record.id,
    sequence: record.sequence!,
    direction: record.direction,
    ...(record.count > 1 && { count: record.count }),
    code: record.code,
    walkIn: record.walkIn,
    happenedAt: new Date(record.moment.wall).toISOString(),
    offsetMs: Math.round(record.offsetMs),
    agoMs: ago === null ? null : Math.max(0, Math.round(ago)),
    leaseId: record.leaseId,
    admitted: record.result?.admitted ?? false,
    reason: record.result?.reason ?? null,
  };
}

/**
 * Uploads everything that waits for one device. Rejects with what `send` rejects with; what was answered before that is settled.
 * @returns the last answer, or null when nothing waited
 */
export async function upload(store: GateStore, row: Pick<DeviceRow, 'deviceId' | 'token'>, send: SendUpload, sent: () => void = () => undefined): Promise<UploadAnswer | null> {
  for (let last: UploadAnswer | null = null; ;) {
    const batch = await store.waiting(row.deviceId, TOGETHER);
    if (batch.length === 0) return last;
    const now = thisMoment();
    last = await send(row.token, { sentAt: new Date(now.wall).toISOString(), records: batch.map(record => uploadOf(record, now)) });
    const known = new Set(batch.map(({ id }) => id));
    const answers = last.records.filter(({ id }) => known.has(id));
    if (answers.length === 0) throw new Error('the server answered about none of the records that it was sent');
    await store.settle(answers);
    sent();
  }
}
