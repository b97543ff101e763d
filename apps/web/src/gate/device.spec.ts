/** A phone at its gate with no page open: what its heartbeat alone brings about. */
import 'fake-indexeddb/auto';
import type { AskLease } from '#libs/contracts';
import { alone, openStore } from './alone';
import { pairDevice, refreshDevice, unbindDevice } from './device';
import { ids, signedSnapshot } from './offline/snapshot.fixture';

const context: Record<string, unknown> = {
  deviceId: ids.device, serverTime: new Date().toISOString(), zones: [], fair: { startsAt: '', endsAt: '', venueName: '' }, gate: { id: ids.gate, name: '1 号门', zoneName: '会展中心' },
};
const asked: AskLease[] = [];
const clocks: unknown[] = [];
jest.mock('../net/api', () => ({
  api: (route: string, { body, query }: { body?: unknown; query?: { clock?: string } } = {}) => Promise.resolve(({
    'POST /devices/pair': () => ({ deviceToken: 'token', device: context }),
    'GET /devices/me': () => { clocks.push(query?.clock); return context; },
    'GET /devices/me/offline': () => signedSnapshot([]),
    'POST /devices/me/lease': () => {
      const { places } = body as AskLease;
      asked.push(body as AskLease);
      return places === 0 ? { lease: null, why: 'gaveBack' } : { lease: { leaseId: ids.lease, gateId: ids.gate, places, durationMs: 3_600_000, zoneIds: [ids.venue] }, why: null };
    },
  } as Record<string, () => unknown>)[route]?.() ?? null),
  ApiError: class extends Error {}, newId: () => crypto.randomUUID(), useCredentials: () => undefined,
}));
jest.mock('../net/kept', () => ({ kept: { put: async () => undefined, remove: async () => undefined } }));
jest.mock('../net/live', () => ({ liveAs: () => undefined }));

beforeAll(async () => {
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
  jest.spyOn(globalThis, 'setInterval').mockReturnValue(0 as never);
  await openStore();
  await pairDevice('ABCD2345', '手机');
});
afterAll(() => unbindDevice());

it('says what its clock shows', async () => {
  const before = new Date().toISOString();
  await refreshDevice();
  expect(String(clocks.at(-1)) >= before && String(clocks.at(-1)) <= new Date().toISOString()).toBe(true);
});

it('gives back a lease that is asked back, and takes no other at once', async () => {
  await refreshDevice();
  expect([alone.placesLeft, asked.map(({ places }) => places)]).toEqual([30, [30]]);
  context.recalledLeaseId = 'another';
  await refreshDevice();
  expect(alone.placesLeft).toBe(30);
  context.recalledLeaseId = ids.lease;
  for (let beat = 0; beat < 3; beat++) await refreshDevice();
  expect([alone.placesLeft, asked.map(({ places, previous }) => [places, previous?.leaseId])]).toEqual([0, [[30, undefined], [0, ids.lease]]]);
});
