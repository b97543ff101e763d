import type { QuarantinedRecord } from '#libs/contracts';
import { inPortions, inTime, openByDevice, within } from './quarantine.rules';

const record = (id: string, clock: string, more: Partial<QuarantinedRecord> = {}) => ({ id, deviceId: 'phone', happenedAt: `2026-03-07T${clock}Z`, decision: null, ...more }) as QuarantinedRecord;
const ids = (records: QuarantinedRecord[]) => records.map(({ id }) => id).join('');
const minute = (clock: string) => `2026-03-07T${clock}:00.000Z`;

it('shows what is not decided, a device a list, in its own order and in time’s', () => {
  const devices = openByDevice([record('a', '14:05:00'), record('b', '13:00:00'), record('c', '13:30:00', { decision: 'accepted' }), record('d', '12:00:00', { deviceId: 'other' })]);
  expect([devices.map(ids), ids(inTime(devices[0]!))]).toEqual([['ab', 'd'], 'ba']);
});

it('takes the honest ones and leaves those after the theft: whole minutes, either end open', () => {
  const records = [record('a', '13:59:59.999'), record('b', '14:00:00'), record('c', '14:00:59.999'), record('d', '14:01:00')];
  const chosen = (from: string, until: string) => ids(within(records, { from, until }));
  expect([chosen('', ''), chosen('', minute('14:00')), chosen(minute('14:00'), ''), chosen(minute('14:00'), minute('14:00')), chosen(minute('14:01'), minute('14:00'))]).toEqual(['abcd', 'abc', 'bcd', 'bc', '']);
});

it('sends more than one request takes, each record once, also after one has failed', async () => {
  const left = Array.from({ length: 1_220 }, (_, n) => String(n));
  const sent: string[][] = [];
  let fails = true;
  const send = async (some: string[]) => {
    if (sent.length === 1 && fails) { fails = false; throw new Error('no network'); }
    sent.push(some);
  };
  await expect(inPortions(left, send)).rejects.toThrow('no network');
  expect(left).toHaveLength(720);
  await inPortions(left, send);
  expect([left, sent.map(({ length }) => length), new Set(sent.flat()).size]).toEqual([[], [500, 500, 220], 1_220]);
});
