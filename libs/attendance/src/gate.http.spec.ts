import { createPublicKey, randomUUID, verify } from 'node:crypto';
import type { ErrorBody, Gate, GateContext, PairedDevice, PairingCode, Page, ScanResult, Ticket, TicketKey, TicketRow, UploadAnswer, ZoneStatus } from '#libs/contracts';
import { newId } from '#libs/platform';
import { AccessTokens, type AccountActor } from '#libs/identity';
import { TicketCodes } from '#libs/tickets';
import { enrol } from '../../../test/support/actors.js';
import { testApplication, type TestApplication } from '../../../test/support/application.js';
import { gateSlices, hallMaker, scanOf, type HallMaker, type TestFair } from '../../../test/support/hall.js';

let application: TestApplication;
let maker: HallMaker;
let fair: TestFair;
let organiser: string, candidate: string;
async function tokenOf(actor: AccountActor): Promise<string> {
  await enrol(application.database, actor);
  return application.app.get(AccessTokens, { strict: false }).issue(actor);
}

/** The answer of `METHOD /path`; an error's code for an error. */
async function call<T = string>(route: string, token?: string, body?: unknown): Promise<{ status: number; data: T }> {
  const [method, path] = route.split(' ') as [string, string];
  const response = await fetch(`${application.url}/api${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json: unknown = text === '' ? null : JSON.parse(text);
  return { status: response.status, data: (response.ok ? json : (json as ErrorBody).error.code) as T };
}

beforeAll(async () => {
  application = await testApplication({ imports: gateSlices });
  maker = await hallMaker(application.database, application.app.get(TicketCodes, { strict: false }));
  fair = await maker.fair({ approved: 3 });
  organiser = await tokenOf(fair.organiser);
  candidate = await tokenOf({ role: 'candidate', accountId: newId() });
});
afterAll(() => application.close());

describe('the gate over HTTP', () => {
  let device: string, gateId: string, ticket: Ticket, walkIn: Ticket;

  it('gets a gate and a device', async () => {
    const gate = await call<Gate>(`POST /fairs/${fair.id}/gates`, organiser, { zoneId: fair.venue, name: '2 号门', direction: 'both', deskHint: '服务台在左手边' });
    expect([gate.status, gate.data.deskHint]).toEqual([201, '服务台在左手边']);
    gateId = gate.data.id;
    expect((await call<Gate>(`PATCH /gates/${gateId}`, organiser, { name: '南门' })).data.name).toBe('南门');
    const code = await call<PairingCode>(`POST /gates/${gateId}/pairing-codes`, organiser);
    expect((await call('POST /devices/pair', undefined, { code: 'XXXXXXXX', name: '手机' })).data).toBe('pairingCodeInvalid');
    const paired = await call<PairedDevice>('POST /devices/pair', undefined, { code: code.data.code, name: '手机' });
    device = paired.data.deviceToken;
    expect((await call<GateContext>('GET /devices/me', device)).data).toMatchObject({ gate: { id: gateId, name: '南门' }, fair: { id: fair.id }, deviceName: '手机' });
    expect((await call<Gate[]>(`GET /fairs/${fair.id}/gates`)).data.flatMap(({ devices }) => devices)).toEqual([]);
  });

  it('gives tickets: registered, walk-in, pass; the public key verifies their codes', async () => {
    const made = await call<Ticket>(`POST /fairs/${fair.id}/tickets`, candidate, { requestKey: randomUUID() });
    expect([made.status, made.data.kind, made.data.fair.name]).toEqual([201, 'visitor', '春风专场']);
    ticket = made.data;
    expect((await call<Ticket[]>('GET /me/tickets', candidate)).data.map(({ id }) => id)).toEqual([ticket.id]);
    walkIn = (await call<Ticket>(`POST /fairs/${fair.id}/walk-ins`, device, { requestKey: randomUUID() })).data;
    expect(walkIn.kind).toBe('walkIn');
    expect((await call<Ticket[]>(`POST /fairs/${fair.id}/passes`, organiser, { kind: 'staff', count: 2 })).data).toHaveLength(2);
    const { data: keys } = await call<TicketKey[]>('GET /tickets/keys');
    const raw = new Map(keys.map(({ id, publicKey: x }) => [id, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })]));
    for (const { code, id } of [ticket, walkIn]) {
      const bytes = Buffer.from(code.slice(4), 'base64url');
      expect(verify(null, Buffer.concat([Buffer.from('FW1.'), bytes.subarray(0, 44)]), raw.get(bytes.readUInt16BE(1))!, bytes.subarray(44))).toBe(true);
      expect(bytes.toString('hex', 3, 35)).toBe((fair.id + id).replaceAll('-', ''));
    }
  });

  it('scans, and the lock and the override do what they say', async () => {
    const scan = async (code: string, direction: 'entry' | 'exit' = 'entry') => (await call<ScanResult>('POST /scans', device, scanOf(code, direction))).data;
    expect(await scan(ticket.code)).toMatchObject({ admitted: true, zone: { inside: 1, approvedNumber: 3 } });
    expect(await scan(ticket.shortCode)).toMatchObject({ admitted: false, reason: 'alreadyInside', previous: { gateName: '南门' } });
    expect((await call<Page<TicketRow>>(`GET /fairs/${fair.id}/tickets?q=${ticket.shortCode}`, organiser)).data.items).toMatchObject([{ id: ticket.id, inside: true }]);
    expect((await call(`DELETE /tickets/${ticket.id}`, candidate)).data).toBe('ticketAlreadyUsed');

    const locked = await call<ZoneStatus>(`POST /zones/${fair.venue}/lock`, organiser, { locked: true, reason: '人多' });
    expect([locked.status, locked.data.earlyLocked]).toEqual([200, true]);
    expect((await scan(walkIn.code)).reason).toBe('zoneLocked');
    const override = { id: randomUUID(), gateId, code: walkIn.shortCode, reason: '家长' };
    expect((await call<ScanResult>(`POST /fairs/${fair.id}/overrides`, organiser, override)).data).toMatchObject({ admitted: true, override: true });
    expect((await call<ZoneStatus>(`POST /zones/${fair.venue}/capacity`, organiser, { approvedNumber: 2, reason: '核定' })).data).toBe('zoneOverVenue');
    expect((await call<ZoneStatus>(`POST /fairs/${fair.id}/stop`, organiser, { stopped: true, reason: '检查' })).data.stopped).toBe(true);
    expect((await scan(ticket.code, 'exit')).admitted).toBe(true);
    expect((await call<TicketRow>(`POST /tickets/${ticket.id}/revoke`, organiser, { reason: '倒票' })).data.status).toBe('revoked');
  });

  it('hears with its heartbeat whether a gate’s clock is right, and tells once when it is not, and once when it is again', async () => {
    const beat = (aheadMs: number) => call<GateContext>(`GET /devices/me?clock=${new Date(Date.now() + aheadMs).toISOString()}`, device);
    const told = async () => (await application.database.read.event.findMany({ where: { scopeId: fair.id, type: 'device.clockChanged' }, orderBy: { seq: 'asc' } })).map(({ data }) => (data as { wrong: boolean }).wrong);
    for (const ahead of [5_000, 600_000, 600_000, -1_000]) expect((await beat(ahead)).status).toBe(200);
    expect(await told()).toEqual([true, false]);
    await beat(-90_000);
    expect(await told()).toEqual([true, false, true]);
    expect(await application.database.read.device.count({ where: { fairId: fair.id, clockWrong: true } })).toBe(1);
    expect((await call('GET /devices/me?clock=noon', device)).data).toBe('validationFailed');
    await beat(0);
  });

  it('takes an upload of whatever a scanner has read, NUL and half a character too, also of a revoked device', async () => {
    const { data: code } = await call<PairingCode>(`POST /gates/${gateId}/pairing-codes`, organiser);
    const { data: { deviceToken } } = await call<PairedDevice>('POST /devices/pair', undefined, { code: code.code, name: '另一部手机' });
    const record = (sequence: number) => ({
      id: randomUUID(), sequence, direction: 'entry', code: `a\0b\ud83d${sequence}`, walkIn: null, happenedAt: new Date().toISOString(), offsetMs: 0, agoMs: 5, leaseId: null, admitted: false, reason: 'unreadable',
    });
    const taken = async (...records: object[]) =>
      (await call<UploadAnswer>('POST /scans/uploads', deviceToken, { sentAt: new Date().toISOString(), records })).data.records.map(({ outcome }) => outcome);
    expect(await taken(record(1), record(2))).toEqual(['accepted', 'accepted']);
    const { id } = await application.database.read.device.findFirstOrThrow({ where: { gateId, name: '另一部手机' } });
    await call(`POST /devices/${id}/revoke`, organiser, { reason: '丢了' });
    expect(await taken(record(3))).toEqual(['quarantined']);
  });

  it('refuses the wrong people', async () => {
    expect((await call('POST /scans', candidate, scanOf('x'))).status).toBe(403);
    expect((await call('POST /scans', undefined, scanOf('x'))).status).toBe(401);
    expect((await call(`POST /fairs/${fair.id}/stop`, device, { stopped: false, reason: 'x' })).data).toBe('forbidden');
    const stranger = await tokenOf({ ...fair.organiser, organisationId: newId() });
    for (const [route, body] of [
      [`POST /fairs/${fair.id}/stop`, { stopped: false, reason: 'x' }], [`POST /zones/${fair.venue}/lock`, { locked: false, reason: 'x' }],
      [`GET /fairs/${fair.id}/tickets`, undefined], [`POST /tickets/${ticket.id}/revoke`, { reason: 'x' }], [`POST /gates/${gateId}/pairing-codes`, undefined],
      [`POST /fairs/${fair.id}/walk-ins`, { requestKey: 'x' }], [`POST /fairs/${fair.id}/passes`, { kind: 'staff', count: 1 }], [`DELETE /gates/${gateId}`, undefined],
    ] as const) expect([route, (await call(route, stranger, body)).data]).toEqual([route, 'notFound']);
  });

  it('refuses what is no request, and answers whatever a code is', async () => {
    const good = scanOf('x');
    for (const wrong of [{ id: 'x' }, { direction: 'both' }, { code: 5 }, { code: 'x'.repeat(513) }, { happenedAt: 'yesterday' }, { more: true }, { id: undefined }]) {
      expect((await call('POST /scans', device, { ...good, ...wrong })).data).toBe('validationFailed');
    }
    for (const code of ['', '\u0000', '\ud800', '😀'.repeat(128), "'; DROP TABLE", 'FW1.', `FW1.${'A'.repeat(144)}`]) {
      const answer = await call<ScanResult>('POST /scans', device, scanOf(code));
      expect([answer.status, answer.data.reason]).toEqual([200, 'unreadable']);
    }
    expect((await call('POST /scans', device, { ...good, happenedAt: new Date(Date.now() + 200_000).toISOString() })).data).toBe('scanFromFuture');
    expect((await call(`POST /zones/${fair.venue}/lock`, organiser, { locked: true, reason: ' ' })).data).toBe('reasonRequired');
    expect((await call(`POST /zones/${fair.venue}/capacity`, organiser, { approvedNumber: 1.5, reason: 'x' })).data).toBe('validationFailed');
    expect((await call(`PATCH /gates/${gateId}`, organiser, { zoneId: null })).data).toBe('validationFailed');
    expect((await call(`GET /fairs/${fair.id}/tickets?after=nonsense`, organiser)).data).toBe('validationFailed');
    expect((await call('DELETE /gates/nothing', organiser)).data).toBe('notFound');
  });

  it('ends a device at once', async () => {
    const { deviceId } = (await call<GateContext>('GET /devices/me', device)).data;
    expect((await call(`POST /devices/${deviceId}/revoke`, organiser, { reason: '丢了' })).status).toBe(200);
    expect((await call('POST /scans', device, scanOf('x'))).data).toBe('deviceRevoked');
    const code = await call<PairingCode>(`POST /gates/${gateId}/pairing-codes`, organiser);
    const { data } = await call<PairedDevice>('POST /devices/pair', undefined, { code: code.data.code, name: '二号' });
    expect((await call('POST /devices/me/sign-out', data.deviceToken)).status).toBe(204);
    expect((await call('GET /devices/me', data.deviceToken)).data).toBe('deviceRevoked');
  });
});
