import { DomainError, newId } from '#libs/platform';
import { AccessTokens } from '#libs/identity';
import { scanOf, testHall, type TestHall } from '../../../test/support/hall.js';
import { DeviceSightings } from './device-sightings.js';
import { GateContexts } from './gate-contexts.js';
import { Attendance, Gates, Pairing, Scans, type DeviceActor } from './index.js';
import { newPairingCode, normalPairingCode } from './pairing-code.js';

let hall: TestHall;
let pairing: Pairing, gates: Gates, tokens: AccessTokens;
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });
const code = (error: unknown) => (error as DomainError).code;

beforeAll(async () => {
  hall = await testHall();
  pairing = part(Pairing);
  gates = part(Gates);
  tokens = part(AccessTokens);
});
afterAll(() => hall.close());

describe('a pairing code', () => {
  it('has eight signs that nobody mistakes, and may be typed as people type', () => {
    for (let n = 0; n < 100; n += 1) expect(newPairingCode()).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    expect(normalPairingCode(' ab2c-３４56 ')).toBe('AB2C3456');
  });

  it('lets one device in, of twenty that try at once, and is not in the database', async () => {
    const fair = await hall.fair();
    const made = await pairing.makeCode(fair.organiser, fair.gateA.id);
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => pairing.pair({ code: made.code.toLowerCase(), name: `手机 ${n}` }).then(() => 'paired', code)));
    expect(outcomes.filter((outcome) => outcome === 'paired')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'pairingCodeInvalid')).toHaveLength(19);
    expect(await hall.database.read.device.count({ where: { gateId: fair.gateA.id } })).toBe(1);
    expect(JSON.stringify(await hall.database.read.devicePairing.findMany())).not.toContain(made.code);
  });

  it('ends after ten minutes', async () => {
    const fair = await hall.fair();
    const made = await pairing.makeCode(fair.organiser, fair.door.id);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeLessThanOrEqual(600_000);
    await hall.database.read.devicePairing.updateMany({ where: { gateId: fair.door.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await pairing.pair({ code: made.code, name: '迟到' }).catch(code)).toBe('pairingCodeInvalid');
  });
});

describe('a device', () => {
  const paired = async () => {
    const fair = await hall.fair();
    const { code: text } = await pairing.makeCode(fair.organiser, fair.gateA.id);
    return { fair, ...await pairing.pair({ code: text, name: '一号手机' }) };
  };

  it('is bound to its gate, knows where it stands, and its token is kept as a hash', async () => {
    const { fair, deviceToken, device } = await paired();
    expect(device).toMatchObject({ deviceName: '一号手机', gate: { id: fair.gateA.id, name: 'A 门', zoneName: 'A 区' }, fair: { id: fair.id, status: 'open' } });
    expect(device.zones.map(({ name, inside }) => [name, inside])).toEqual([['全场', 0], ['A 区', 0], ['B 区', 0]]);
    expect(await tokens.actor(deviceToken)).toEqual({ role: 'gateDevice', deviceId: device.deviceId, fairId: fair.id, gateId: fair.gateA.id });
    expect(JSON.stringify(await hall.database.read.device.findMany(), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(deviceToken.slice(4));
    expect(await tokens.actor('dev_nothing').catch(code)).toBe('unauthenticated');
  });

  it('that is revoked is refused at once, on any process', async () => {
    const { fair, deviceToken, device } = await paired();
    const actors = await Promise.all(Array.from({ length: 20 }, () => tokens.actor(deviceToken)));
    expect(new Set(actors.map((actor) => (actor as DeviceActor).deviceId))).toEqual(new Set([device.deviceId]));
    expect(await pairing.revoke({ ...fair.organiser, organisationId: newId() }, device.deviceId, '捡到的').catch(code)).toBe('notFound');
    expect(await pairing.revoke(fair.organiser, device.deviceId, '丢了')).toMatchObject({ id: device.deviceId, revokedAt: expect.any(String) });
    expect(await tokens.actor(deviceToken).catch(code)).toBe('deviceRevoked');
    await pairing.revoke(fair.organiser, device.deviceId, '又一次');
    expect(await hall.database.read.event.count({ where: { scopeId: fair.id, type: 'device.revoked' } })).toBe(1);
  });

  it('signs out', async () => {
    const { deviceToken } = await paired();
    await pairing.signOut((await tokens.actor(deviceToken)) as DeviceActor);
    expect(await tokens.actor(deviceToken).catch(code)).toBe('deviceRevoked');
  });

  it('is seen whenever it speaks, and that is written together', async () => {
    const { fair, deviceToken, device } = await paired();
    await hall.database.read.device.updateMany({ data: { lastSeenAt: null } });
    await tokens.actor(deviceToken);
    await part(DeviceSightings).flush();
    const [gate] = (await part(Attendance).gates(fair.id)).filter(({ id }) => id === fair.gateA.id);
    expect(gate!.devices).toMatchObject([{ id: device.deviceId, lastSeenAt: expect.any(String) }]);
    expect(Date.now() - Date.parse(gate!.devices[0]!.lastSeenAt!)).toBeLessThan(10_000);
  });
});

describe('gates', () => {
  it('are made, changed and removed by their organiser alone, each with its own name', async () => {
    const fair = await hall.fair();
    const made = await gates.create(fair.organiser, fair.id, { zoneId: fair.zoneB, name: '边门', direction: 'exit', deskHint: '服务台在左边' });
    expect(made).toMatchObject({ fairId: fair.id, zoneName: 'B 区', name: '边门', direction: 'exit', devices: [] });
    expect(await gates.create(fair.organiser, fair.id, { zoneId: fair.zoneB, name: '边门', direction: 'both' }).catch(code)).toBe('nameTaken');
    expect(await gates.create(fair.organiser, fair.id, { zoneId: newId(), name: '没有的', direction: 'both' }).catch(code)).toBe('validationFailed');
    expect(await gates.update(fair.organiser, made.id, { direction: 'both', zoneId: fair.zoneA })).toMatchObject({ name: '边门', direction: 'both', zoneName: 'A 区' });
    expect(await gates.update(fair.organiser, made.id, { name: 'A 门' }).catch(code)).toBe('nameTaken');
    const stranger = { ...fair.organiser, organisationId: newId() };
    for (const attempt of [gates.update(stranger, made.id, { name: '我的' }), gates.remove(stranger, made.id), gates.create(stranger, fair.id, { zoneId: fair.zoneA, name: '我的', direction: 'both' })]) {
      expect(await attempt.catch(code)).toBe('notFound');
    }
    await gates.remove(fair.organiser, made.id);
    expect(await hall.database.read.gate.findUnique({ where: { id: made.id } })).toBeNull();
  });

  it('stay while they have records or devices', async () => {
    const fair = await hall.fair();
    const device = await hall.device(fair, fair.door);
    expect(await gates.remove(fair.organiser, fair.door.id).catch(code)).toBe('gateInUse');
    await part(Scans).scan(device, scanOf('hello'));
    await pairing.revoke(fair.organiser, device.deviceId, '收摊');
    expect(await gates.remove(fair.organiser, fair.door.id).catch(code)).toBe('gateInUse');
  });

  it('are shown to anyone, their devices to the organiser', async () => {
    const fair = await hall.fair();
    await hall.device(fair, fair.door);
    const devices = async (actor: Parameters<Gates['list']>[0]) => (await gates.list(actor, fair.id)).flatMap((gate) => gate.devices).length;
    expect(await devices(fair.organiser)).toBe(1);
    expect(await devices({ role: 'anyone' })).toBe(0);
    expect(await devices({ ...fair.organiser, organisationId: newId() })).toBe(0);
    expect(await gates.list({ role: 'anyone' }, (await hall.fair({ status: 'draft' })).id).catch(code)).toBe('notFound');
    expect(await part(GateContexts).of(newId()).catch(code)).toBe('notFound');
  });
});
