/** Uploads what was decided here, in order, until the server has it. A record that the server hears twice is one record. */
import { ApiError } from '../../net/api';
import type { OfflineRecord, UploadAnswer, UploadScans } from '#libs/contracts';
import { ran, thisMoment, type Moment } from './elapsed';
import type { DeviceRow, GateRecord, GateStore } from './gate-store';

/** Of one request; the contract's own limit. */
const TOGETHER = 200;

export type SendUpload = (token: string, body: UploadScans) => Promise<UploadAnswer>;

/** A record as it is uploaded. */
export function uploadOf(record: GateRecord, now: Moment): OfflineRecord {
  const ago = ran(record.moment, now);
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

/** The server understands the request and will not have it: sent again it would be refused again. */
const isRefusal = (error: unknown): boolean => error instanceof ApiError && [400, 413, 422].includes(error.status);

/**
 * Uploads everything that waits for one device. One record that the server refuses does not hold up the others: it is found, kept here
 * as `refused`, and passed by. Rejects with what `send` rejects with otherwise; what was answered before that is settled.
 * @returns the last answer, or null when nothing waited
 */
export async function upload(store: GateStore, row: Pick<DeviceRow, 'deviceId' | 'token'>, send: SendUpload, sent: () => void = () => undefined): Promise<UploadAnswer | null> {
  for (let last: UploadAnswer | null = null, together = TOGETHER; ;) {
    const batch = await store.waiting(row.deviceId, together);
    if (batch.length === 0) return last;
    const now = thisMoment();
    try {
      last = await send(row.token, { sentAt: new Date(now.wall).toISOString(), records: batch.map(record => uploadOf(record, now)) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (batch.length === 1) await store.settle([{ id: batch[0].id, outcome: 'refused', conflict: null }]);
      together = 1;
      continue;
    }
    const known = new Set(batch.map(({ id }) => id));
    const answers = last.records.filter(({ id }) => known.has(id));
    if (answers.length === 0) throw new Error('the server answered about none of the records that it was sent');
    await store.settle(answers);
    sent();
  }
}
