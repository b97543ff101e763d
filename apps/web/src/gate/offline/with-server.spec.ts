/** Scanners' own code against the real server over HTTP: three devices without a network, and what the server makes of it. */
import 'fake-indexeddb/auto';
import type { GateConflict, GateContext, LeaseAnswer, PairedDevice, PairingCode, QuarantinedRecord, ScanResult, SignedOffline, Ticket, UploadAnswer, ZoneStatus } from '#libs/contracts';
import { GateStore } from './gate-store';
import { OfflineGate } from './offline-gate';
import { Sync } from './sync';

// The server's sources are typed for the server: here only what is used of them.
interface Application { url: string; database: object; app: { get(type: unknown, options: object): never }; close(): Promise<void> }
interface Fair { id: string; venue: string; zoneA: string; zoneB: string; organiser: object; door: { id: string }; gateA: { id: string }; gateB: { id: string } }
interface Support {
  testApplication(metadata: object): Promise<Application>; gateSlices: unknown[];
  hallMaker(database: object, codes: object): Promise<{ fair(options: object): Promise<Fair> }>;
  enrol(database: object, actor: object): Promise<void>; AccessTokens: { prototype: unknown }; TicketCodes: unknown;
}
const from = (path: string) => jest.requireActual<Support>(`../../../../../${path}`);

let application: Application;
let maker: Awaited<ReturnType<Support['hallMaker']>>;
let fair: Fair;
let organiser: string;
let onlooker: string;
let stores = 0;

async function call<T>(route: string, token?: string, body?: unknown): Promise<T> {
  const [method, path] = route.split(' ');
  const response = await fetch(`${application.url}/api${path}`, {
    method, headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${route}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : null) as T;
}

class Scanner {
  private constructor(readonly gate: OfflineGate, readonly sync: Sync, readonly token: string, readonly deviceId: string) {}

  static async at(gateId: string): Promise<Scanner> {
    const { code } = await call<PairingCode>(`POST /gates/${gateId}/pairing-codes`, organiser);
    const { deviceToken, device } = await call<PairedDevice>('POST /devices/pair', undefined, { code, name: `手机 ${stores}` });
    const store = await GateStore.open(`with-server-${stores++}`);
    const gate = await OfflineGate.open(store, device.deviceId, deviceToken, { gateId, gateName: device.gate.name, zoneName: device.gate.zoneName });
    const sync = new Sync(gate, {
      snapshot: since => call<SignedOffline>(`GET /devices/me/offline${since === undefined ? '' : `?since=${since}`}`, deviceToken),
      lease: ask => call<LeaseAnswer>('POST /devices/me/lease', deviceToken, ask),
      tellKey: publicKey => call('PUT /devices/me/key', deviceToken, { publicKey }),
      upload: (token, body) => call<UploadAnswer>('POST /scans/uploads', token, body),
    }, () => undefined);
    return new Scanner(gate, sync, deviceToken, device.deviceId);
  }

  async scan(code: string, direction: 'entry' | 'exit' = 'entry', count = 1): Promise<string> {
    const result = await this.gate.decideHere(await this.gate.begin({ code, direction, count }));
    return result!.admitted ? 'in' : result!.reason!;
  }

  /** As the page does it every few seconds, whatever is open in it. */
  async heartbeat(): Promise<void> {
    const { recalledLeaseId } = await call<GateContext>('GET /devices/me', this.token);
    if (recalledLeaseId) this.sync.recall(recalledLeaseId);
    await this.sync.round();
  }

  /** With the server: why not, or in. */
  async online(code: string, count = 1): Promise<string> {
    const result = await call<ScanResult>('POST /scans', this.token, { id: crypto.randomUUID(), direction: 'entry', code, count, happenedAt: new Date().toISOString() });
    return result.admitted ? 'in' : result.reason!;
  }

  /** Rounds until the server's log has told it. */
  async until(told: () => boolean): Promise<void> {
    for (let round = 0; round < 100 && !told(); round++) {
      await new Promise(done => setTimeout(done, 50));
      this.sync.hurry();
      await this.sync.round();
    }
    expect(told()).toBe(true);
  }

  async outcomes(): Promise<(string | null)[]> {
    return (await this.gate.store.history(this.deviceId, 500)).reverse().map(({ outcome, conflict }) => conflict ?? outcome);
  }
}
const passes = (count: number, more: object = {}) => call<Ticket[]>(`POST /fairs/${fair.id}/passes`, organiser, { kind: 'staff', count, ...more });
/** As a phone that only looks on sees it. */
const venue = async (): Promise<ZoneStatus> => (await call<GateContext>('GET /devices/me', onlooker)).zones.find(({ zoneId }) => zoneId === fair.venue)!;

beforeAll(async () => {
  application = await from('test/support/application').testApplication({ imports: from('test/support/hall').gateSlices });
  const get = (type: unknown): never => application.app.get(type, { strict: false });
  maker = await from('test/support/hall').hallMaker(application.database, get(from('libs/tickets/src/index').TicketCodes));
  const { organiser: actor } = fair = await maker.fair({ approved: 400 });
  await from('test/support/actors').enrol(application.database, actor);
  organiser = await (get(from('libs/identity/src/index').AccessTokens) as { issue(actor: object): Promise<string> }).issue(actor);
  ({ token: onlooker } = await Scanner.at(fair.door.id));
});
afterAll(() => application.close());

it('three devices go on alone; the counts are the truth, and whoever was let in twice is reported with both records', async () => {
  const tickets = await passes(60);
  const [bus] = await passes(1, { kind: 'group', size: 40 });
  const scanners = [await Scanner.at(fair.door.id), await Scanner.at(fair.door.id), await Scanner.at(fair.door.id)];
  for (const { sync } of scanners) await sync.round();
  const [first, second, third] = scanners;
  expect(scanners.map(({ gate }) => gate.placesLeft)).toEqual([30, 30, 30]);
  expect((await venue()).held).toBe(90);

  const verdicts: string[] = [];
  for (let n = 0; n < 15; n++) {
    verdicts.push(await first.scan(tickets[n].code), await second.scan(tickets[10 + n].shortCode), await third.scan(tickets[30 + n].code));
    if (n % 5 === 0) expect(await first.scan(tickets[n].shortCode)).toBe('alreadyInside');
  }
  expect(verdicts.every(verdict => verdict === 'in')).toBe(true);
  // Out by another gate than the one that they came in by.
  for (let n = 0; n < 4; n++) expect(await third.scan(tickets[n].code, 'exit')).toBe('in');
  expect(await second.scan(bus.code, 'entry', 12)).toBe('in');
  expect(await first.gate.walkIn(2)).toMatchObject({ admitted: true });
  expect(await third.scan('20000000')).toBe('unknownTicket');

  // The exits arrive before the entries.
  for (const scanner of [third, second, first]) await scanner.sync.round();
  // 0..24 and 30..44 once each, four of them out again, twelve of the bus, two without a ticket.
  expect((await venue()).inside).toBe(40 - 4 + 12 + 2);
  const found = await call<GateConflict[]>(`GET /fairs/${fair.id}/conflicts?open=true`, organiser);
  expect(found.map(({ kind, ticket }) => [kind, ticket?.shortCode]).sort()).toEqual(tickets.slice(10, 15).map(({ shortCode }) => ['twice', shortCode]).sort());
  expect(found.every(({ record, other }) => record.offline && other!.offline && record.deviceName !== other!.deviceName)).toBe(true);
  expect((await first.outcomes()).filter(outcome => outcome !== 'accepted')).toEqual(['twice', 'twice', 'twice', 'twice', 'twice']);

  // A round later everybody knows of everybody, and nothing that was uploaded is told twice.
  const now = Date.now.bind(Date);
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 20_000);
  for (const scanner of scanners) await scanner.until(() => scanner.gate.hall!.inside(fair.venue) === 50);
  clock.mockRestore();
  for (const [scanner, n] of [[first, 44], [second, 5], [third, 20]] as const) expect(await scanner.scan(tickets[n].code)).toBe('alreadyInside');
  expect(await third.scan(tickets[0].code)).toBe('in');
  expect(await third.scan(bus.shortCode, 'entry', 29)).toBe('groupFull');
});

it('a group that has its ticket since the last snapshot comes in n at a time, and never beyond what its code says', async () => {
  const door = await Scanner.at(fair.door.id);
  await door.sync.round();
  const [van] = await passes(1, { kind: 'group', size: 5 });
  expect([await door.scan(van.code, 'entry', 6), await door.scan(van.code, 'entry', 4), await door.scan(van.code, 'entry', 2), await door.scan(van.code)]).toEqual(['groupFull', 'in', 'groupFull', 'in']);
  const before = await venue();
  await door.sync.round();
  expect((await venue()).inside).toBe(before.inside + 5);
});

it('a bus that is in two zones is known at a gate of one of them: who is there goes out, who is not comes in', async () => {
  const [bus] = await passes(1, { kind: 'group', size: 40 });
  const [door, gateA, gateB] = [await Scanner.at(fair.door.id), await Scanner.at(fair.gateA.id), await Scanner.at(fair.gateB.id)];
  const pass = async ({ token }: Scanner, count: number, direction = 'entry') =>
    expect(await call<ScanResult>('POST /scans', token, { id: crypto.randomUUID(), direction, code: bus.code, count, happenedAt: new Date().toISOString() })).toMatchObject({ admitted: true });
  await gateA.sync.round();
  const perZone = () => { const found = gateA.gate.find(bus.code); return typeof found === 'object' ? found?.booked?.perZone : undefined; };
  await pass(door, 40);
  await pass(gateA, 5);
  await gateA.until(() => perZone()?.get(fair.zoneA) === 5);
  await pass(gateB, 8);
  await gateA.until(() => perZone()?.get(fair.zoneB) === 8);
  expect(perZone()).toEqual(new Map([[fair.venue, 40], [fair.zoneA, 5], [fair.zoneB, 8]]));
  expect([await gateA.scan(bus.code, 'entry', 36), await gateA.scan(bus.code, 'entry', 7), await gateA.scan(bus.code, 'exit', 12), await gateA.scan(bus.code, 'exit', 1)])
    .toEqual(['groupFull', 'in', 'in', 'notInside']);
  await gateA.sync.round();
  expect(await gateA.outcomes()).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  // They all go home: its one number says it again.
  await pass(door, 40, 'exit');
  await gateA.until(() => perZone() === null);
  expect(gateA.gate.snapshot?.facts.groups).toEqual([]);
});

it('a child’s pass and a staff pass are made at the desk and known at the gate: one person each, in their zone alone', async () => {
  const [[child], [staff], [inB]] = await Promise.all([passes(1, { kind: 'child' }), passes(1), passes(1, { kind: 'child', zoneIds: [fair.zoneB] })]);
  const [door, gateA] = [await Scanner.at(fair.door.id), await Scanner.at(fair.gateA.id)];
  const kindAt = ({ gate }: Scanner, { code }: Ticket) => { const found = gate.find(code); return typeof found === 'object' ? found?.booked?.profile.kind : undefined; };
  for (const scanner of [door, gateA]) await scanner.until(() => [child, staff, inB].map(pass => kindAt(scanner, pass)).join() === 'child,staff,child');
  const before = await venue();
  expect([await door.scan(child.code), await door.scan(child.shortCode), await door.scan(staff.code), await gateA.scan(inB.code), await door.scan(inB.shortCode)])
    .toEqual(['in', 'alreadyInside', 'in', 'wrongZone', 'in']);
  for (const scanner of [door, gateA]) await scanner.sync.round();
  expect((await venue()).inside).toBe(before.inside + 3);
  // With the network: out, and no second time out.
  const out = () => call<ScanResult>('POST /scans', door.token, { id: crypto.randomUUID(), direction: 'exit', code: child.code, happenedAt: new Date().toISOString() });
  expect([(await out()).admitted, (await out()).reason]).toEqual([true, 'notInside']);
  expect((await venue()).inside).toBe(before.inside + 2);
  expect(await call<GateConflict[]>(`GET /fairs/${fair.id}/conflicts?open=true`, organiser).then(all => all.filter(({ ticket }) => [child.id, staff.id, inB.id].includes(ticket?.id ?? '')))).toEqual([]);
});

it('a revoked ticket is known after the next round; a revoked device’s records are kept apart', async () => {
  const [ticket, other] = await passes(2);
  const scanner = await Scanner.at(fair.door.id);
  await scanner.sync.round();
  await call(`POST /tickets/${ticket.id}/revoke`, organiser, { reason: '补办了' });
  await scanner.until(() => { const found = scanner.gate.find(ticket.code); return typeof found === 'object' && found?.facts.status === 'revoked'; });
  expect(await scanner.scan(ticket.code)).toBe('revoked');
  expect(await scanner.scan(other.code)).toBe('in');
  const before = (await venue()).inside;
  await call(`POST /devices/${scanner.deviceId}/revoke`, organiser, { reason: '手机丢了' });
  expect(await scanner.sync.round()).toMatchObject({ revoked: true });
  expect(await scanner.outcomes()).toEqual(['quarantined', 'quarantined']);
  expect((await venue()).inside).toBe(before);
  expect(await call<QuarantinedRecord[]>(`GET /fairs/${fair.id}/quarantine`, organiser)).toHaveLength(2);
});

it('a phone that hears no event gives its places back when somebody waits at a full gate, and lets them be had', async () => {
  fair = await maker.fair({ approved: 100 });
  const [scanner, other] = [await Scanner.at(fair.door.id), await Scanner.at(fair.door.id)];
  ({ token: onlooker } = other);
  await scanner.heartbeat();
  expect(scanner.gate.placesLeft).toBe(30);
  const [[mine, theirs, third], [bus]] = [await passes(3), await passes(1, { kind: 'group', size: 100 })];
  await scanner.until(() => typeof scanner.gate.find(mine.code) === 'object');
  expect(await scanner.scan(mine.code)).toBe('in');
  expect([await other.online(bus.code, 70), await other.online(theirs.code)]).toEqual(['in', 'zoneFull']);
  await scanner.heartbeat();
  // What it has let in is told, what it has not used is free, and it does not come for more while they wait.
  await scanner.heartbeat();
  expect(scanner.gate.row).toMatchObject({ lease: null, question: null });
  expect([(await venue()).inside, (await venue()).held]).toEqual([71, undefined]);
  expect([await other.online(theirs.code), await other.online(third.code)]).toEqual(['in', 'in']);
  expect(await scanner.outcomes()).toEqual(['accepted']);
});
