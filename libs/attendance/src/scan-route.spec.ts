import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { ErrorBody, PairedDevice, ScanResult } from '#libs/contracts';
import { setLogLevel } from '#libs/platform';
import { TicketCodes } from '#libs/tickets';
import { testApplication, type TestApplication } from '../../../test/support/application.js';
import { gateSlices, hallMaker, scanOf, type HallMaker, type TestFair } from '../../../test/support/hall.js';
import { Pairing } from './index.js';
import { Scans } from './scans.js';

let application: TestApplication;
let maker: HallMaker;
let fair: TestFair;
let pairing: Pairing;

beforeAll(async () => {
  application = await testApplication({ imports: gateSlices });
  setLogLevel('silent');
  maker = await hallMaker(application.database, application.app.get(TicketCodes, { strict: false }));
  pairing = application.app.get(Pairing, { strict: false });
  fair = await maker.fair();
}, 60_000);
afterAll(() => application.close());

interface Answer { status: number; type: string | null; policy: string | null; body: Partial<ErrorBody> & Partial<ScanResult> }
async function send(path: string, token: string, body: string | undefined, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${application.url}/api/scans${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }, body });
  return { status: response.status, type: response.headers.get('content-type'), policy: response.headers.get('content-security-policy'), body: (await response.json()) as Answer['body'] };
}
/** Ahead of Nest; with a query it is the controller's. */
const [ahead, nest] = ['', '?of=nest'];

async function paired(): Promise<PairedDevice> {
  const { code } = await pairing.makeCode(fair.organiser, fair.door.id);
  const device = await pairing.pair({ code, name: '手机' });
  expect((await send(nest, device.deviceToken, JSON.stringify(scanOf('hello')))).status).toBe(200); // now it is known
  return device;
}

describe('a scan ahead of Nest', () => {
  it('is answered as the controller answers it, whatever it is', async () => {
    const { deviceToken } = await paired();
    const good = scanOf('x');
    const bodies = [
      JSON.stringify(good), JSON.stringify({ ...good, id: randomUUID().toUpperCase() }), '', '{', '5', 'null', '"x"', '[]', '{}', '\ufeff{}', '{"a":1}{"b":2}',
      ...[{ id: 'x' }, { direction: 'both' }, { code: 5 }, { code: 'x'.repeat(513) }, { code: '😀'.repeat(300) }, { code: 'a\0b' }, { happenedAt: 'yesterday' }, { more: true }, { id: undefined }, { count: 0 }, { count: null }, { leaseId: 'x' },
        { happenedAt: new Date(Date.now() + 200_000).toISOString() }, { code: 'x'.repeat(9_000) }].map((wrong) => JSON.stringify({ ...good, ...wrong })),
      JSON.stringify(good).replace('{', '{"__proto__":{"admin":true},'),
    ];
    for (const body of bodies) {
      const [here, there] = [await send(ahead, deviceToken, body), await send(nest, deviceToken, body)];
      for (const { body: answer } of [here, there]) if (answer.error) answer.error.requestId = '';
      // What is a good scan was kept the first time, and the second one hears the same.
      expect([body, here]).toEqual([body, there]);
    }
    for (const headers of [{ 'content-type': 'text/plain' }, { 'content-type': 'application/json; charset=utf-16' }, { 'content-encoding': 'gzip' }, { authorization: 'Bearer dev_nobody' }, { authorization: 'dev_nobody' }] as Record<string, string>[]) {
      const [here, there] = [await send(ahead, deviceToken, JSON.stringify(good), headers), await send(nest, deviceToken, JSON.stringify(good), headers)];
      expect([headers, here.status, here.body.error?.code]).toEqual([headers, there.status, there.body.error?.code]);
      expect(here.status).not.toBe(200);
    }
  });

  it('is refused from the revocation on, though the device is known, and is not kept', async () => {
    const { deviceToken, device } = await paired();
    const [ticket] = await maker.tickets(fair, 1);
    const first = scanOf(ticket!.code);
    expect((await send(ahead, deviceToken, JSON.stringify(first))).body.admitted).toBe(true);
    await pairing.revoke(fair.organiser, device.deviceId, '丢了');
    const later = scanOf(ticket!.code, 'exit');
    for (const scan of [first, later, later]) {
      const { status, body } = await send(ahead, deviceToken, JSON.stringify(scan));
      expect([status, body.error?.code]).toEqual([401, 'deviceRevoked']);
    }
    expect(await application.database.read.scan.count({ where: { id: later.id } })).toBe(0);
  });

  it('is decided against a revocation in the same moment: whoever is admitted was so before it', async () => {
    const tickets = await maker.tickets(fair, 40);
    const { deviceToken, device } = await paired();
    const answers = tickets.map(({ code }) => send(ahead, deviceToken, JSON.stringify(scanOf(code))));
    await pairing.revoke(fair.organiser, device.deviceId, '丢了');
    const { revokedAt } = await application.database.read.device.findUniqueOrThrow({ where: { id: device.deviceId } });
    const heard = await Promise.all(answers);
    const admitted = heard.filter(({ body }) => body.admitted);
    expect(heard.filter(({ body }) => body.error?.code === 'deviceRevoked').length + admitted.length).toBe(40);
    const kept = await application.database.read.scan.findMany({ where: { deviceId: device.deviceId, admitted: true } });
    expect(kept).toHaveLength(admitted.length);
    expect((await send(ahead, deviceToken, JSON.stringify(scanOf(tickets[0]!.code, 'exit')))).body.error?.code).toBe('deviceRevoked');
    expect(revokedAt).not.toBeNull();
  });

  it('from a device of another gate, or of none, goes to nobody', async () => {
    const scans = application.app.get(Scans, { strict: false });
    const device = await maker.device(fair, fair.door);
    await expect(scans.scan({ ...device, gateId: fair.gateA.id }, scanOf('x'))).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(scans.scan({ ...device, deviceId: randomUUID() }, scanOf('x'))).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('that breaks off in the middle holds nothing up', async () => {
    const { deviceToken } = await paired();
    const { hostname, port } = new URL(application.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`POST /api/scans HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${deviceToken}\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{"id":`);
    await new Promise((done) => setTimeout(done, 50));
    socket.destroy();
    expect((await send(ahead, deviceToken, JSON.stringify(scanOf('hello')))).status).toBe(200);
  });
});
