/** Which of the records that revoked devices have brought are decided together. Pure. */
import type { QuarantinedRecord } from '#libs/contracts';

/** Of one request; the contract's own limit. */
const TOGETHER = 500;
const MINUTE = 60_000;

/** The first and the last minute, instants; both are meant with all their seconds. Empty: not narrowed. */
export interface Minutes { from: string; until: string }

/** What nobody has decided yet, a device a list, each in its device's own order. */
export function openByDevice(records: readonly QuarantinedRecord[]): QuarantinedRecord[][] {
  const devices = new Map<string, QuarantinedRecord[]>();
  for (const record of records) {
    if (record.decision !== null) continue;
    const own = devices.get(record.deviceId);
    if (own) own.push(record);
    else devices.set(record.deviceId, [record]);
  }
  return [...devices.values()];
}

/** A device's clock may have been set while it worked: its own order is not always this. */
export const inTime = (records: readonly QuarantinedRecord[]): QuarantinedRecord[] => [...records].sort((a, b) => Date.parse(a.happenedAt) - Date.parse(b.happenedAt));

/** A phone may have been honest until it was stolen: the records of these minutes. */
export function within(records: readonly QuarantinedRecord[], { from, until }: Minutes): QuarantinedRecord[] {
  const [first, end] = [from === '' ? -Infinity : Date.parse(from), until === '' ? Infinity : Date.parse(until) + MINUTE];
  return records.filter(({ happenedAt }) => Date.parse(happenedAt) >= first && Date.parse(happenedAt) < end);
}

/** Sends all, as many at once as the server takes. What it has taken is out of `left`: after a failure the others alone are sent again. */
export async function inPortions(left: string[], send: (ids: string[]) => Promise<void>): Promise<void> {
  while (left.length > 0) {
    const ids = left.slice(0, TOGETHER);
    await send(ids);
    left.splice(0, ids.length);
  }
}
