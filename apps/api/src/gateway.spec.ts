import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import type { Ack, Actor, Snapshot, Subscribe, Subscribed } from '#libs/contracts';
import { Consumers, Events, Feed, type AnyDraft } from '#libs/events';
import { AccessTokens, type AccountActor } from '#libs/identity';
import { Keys, newId, Seal } from '#libs/platform';
import { SignJWT } from 'jose';
import { testApplication, type TestApplication } from '../../../test/support/application.js';
import { nasty } from '../../../test/support/hostile.js';
import { hear, type LiveSocket as Client } from '../../../test/support/world.js';
import { ApiModule } from './api.module.js';
import { EventsGateway } from './events.gateway.js';

let api: TestApplication;
let events: Events, consumers: Consumers, feed: Feed;
const clients: Client[] = [];
const get = <T>(type: new (...parts: never[]) => T): T => api.app.get(type, { strict: false });

beforeAll(async () => {
  api = await testApplication({ imports: [ApiModule] });
  [events, consumers, feed] = [get(Events), get(Consumers), get(Feed)];
});
afterEach(() => clients.splice(0).forEach((client) => client.disconnect()));
afterAll(() => api.close());

/** Opens a line; rejects with what the server says when it is refused. */
async function open(token?: unknown, options: object = {}): Promise<Client> {
  const client: Client = io(api.url, { auth: token === undefined ? {} : { token }, transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  clients.push(client);
  await new Promise<void>((resolve, reject) => {
    client.once('connect', resolve);
    client.once('connect_error', reject);
  });
  return client;
}
const openAs = async (actor: AccountActor) => open(await get(AccessTokens).issue(actor));
/** Sends anything under any name, as a program that is not ours would. */
const send = (client: Client, name: string, ...args: unknown[]): Promise<Ack<Subscribed>> =>
  (client as unknown as { timeout(ms: number): { emitWithAck(...all: unknown[]): Promise<Ack<Subscribed>> } }).timeout(5_000).emitWithAck(name, ...args);
async function subscribe(client: Client, request: Subscribe): Promise<Subscribed> {
  const answer = await send(client, 'subscribe', request);
  if (!answer.ok) throw Object.assign(new Error(answer.error.code), answer.error);
  return answer.data;
}

interface Made { id: string; organiser: AccountActor & { organisationId: string }; venue: string; gateId: string }
async function fair(status: 'draft' | 'published' | 'open' = 'open', organisationId = newId()): Promise<Made> {
  const [id, venue, gateId] = [newId(), newId(), newId()];
  const db = api.database.read;
  const [startsAt, endsAt] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
  await db.fair.create({ data: { id, organiserId: organisationId, name: '春风专场', channel: 'hall', status, regionCode: '350100', startsAt, endsAt } });
  await db.zone.create({ data: { id: venue, fairId: id, name: '全场', approvedNumber: 100 } });
  await db.zoneState.create({ data: { zoneId: venue, fairId: id } });
  await db.gate.create({ data: { id: gateId, fairId: id, zoneId: venue, name: '1 号门' } });
  return { id, venue, gateId, organiser: { role: 'organiserStaff', accountId: newId(), organisationId } };
}
async function device({ id: fairId, gateId }: Made): Promise<{ id: string; token: string }> {
  const [id, token] = [newId(), `dev_${randomUUID()}`];
  await api.database.read.device.create({ data: { id, fairId, gateId, name: '手机', tokenHash: get(Seal).hash(token) } });
  return { id, token };
}
const append = (...drafts: AnyDraft[]) => api.database.transaction((tx) => events.appendMany(tx, drafts));
const updated = ({ id }: Made): AnyDraft => ({ type: 'fair.updated', scope: { kind: 'fair', id }, data: { fairId: id } });
const lockChanged = ({ id, venue }: Made, reason = ''): AnyDraft => ({ type: 'zone.lockChanged', scope: { kind: 'fair', id }, data: { fairId: id, zoneId: venue, locked: true, reason } });
const entry = ({ id, venue, gateId }: Made, inside: number): AnyDraft => ({
  type: 'checkIn.recorded', scope: { kind: 'fair', id },
  data: { fairId: id, checkInId: newId(), scanId: newId(), ticketId: newId(), gateId, direction: 'entry', first: true, override: false, zones: [{ zoneId: venue, change: 1, inside }] },
});
async function until(what: string, condition: () => unknown, ms = 5_000): Promise<void> {
  for (const end = Date.now() + ms; !condition();) {
    if (Date.now() > end) throw new Error(`it did not happen: ${what}`);
    await pause(10);
  }
}

describe('a line', () => {
  it('opens for anyone, and beats', async () => {
    const client = await open();
    const beat = await new Promise<{ position: number; at: string }>((resolve) => client.once('beat', resolve));
    expect(beat.position).toBe(feed.head());
    expect(Math.abs(Date.parse(beat.at) - Date.now())).toBeLessThan(2_000);
  }, 10_000);

  it.each([
    ['garbage', 'garbage', 'unauthenticated'], ['a number', 7, 'unauthenticated'], ['an object', { $ne: null }, 'unauthenticated'],
    ['a list', ['x'], 'unauthenticated'], ['something huge', 'x'.repeat(3_000), 'unauthenticated'], ['an unknown device', 'dev_nobody', 'unauthenticated'],
  ])('is refused with %s for a token, in the one shape of an error', async (_, token, code) => {
    await expect(open(token, { extraHeaders: { 'accept-language': 'en' } })).rejects.toMatchObject({
      message: 'Please sign in first.', data: { code, message: 'Please sign in first.', requestId: expect.stringMatching(/^[0-9A-Z]{10}$/) },
    });
  });

  it('is refused with a token that has expired, so that the page gets a new one', async () => {
    const old = await get(AccessTokens).issue({ role: 'candidate', accountId: newId() }, new Date(Date.now() - 3_600_000));
    await expect(open(old)).rejects.toMatchObject({ data: { code: 'tokenExpired' } });
  });

  it('ends when its token expires while it is open', async () => {
    jest.spyOn(performance, 'now').mockImplementation(() => Date.now() + looksLater);
    let looksLater = 0;
    const token = await new SignJWT({ role: 'candidate' }).setProtectedHeader({ alg: 'HS256' }).setIssuer('fairwind').setSubject(newId()).setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1_000) + 2).sign(get(Keys).token);
    const client = await open(token);
    const ended = new Promise<string>((resolve) => client.once('disconnect', resolve));
    await pause(2_100);
    looksLater = 31_000; // half a minute passes for the gateway
    expect(await ended).toBe('io server disconnect');
    jest.restoreAllMocks();
  }, 15_000);
});

describe('topics', () => {
  const anyone: Actor = { role: 'anyone' };
  const candidate: Actor = { role: 'candidate', accountId: newId() };
  const other: Actor = { role: 'organiserAdmin', accountId: newId(), organisationId: newId() };
  const recruiter: Actor = { role: 'recruiter', accountId: newId(), organisationId: newId() };
  const platform: Actor = { role: 'platformAdmin', accountId: newId() };

  it.each<[string, Actor | 'own' | 'device' | 'otherDevice', (fair: Made) => Subscribe['topic'], string | null]>([
    ['a public fair, anyone', anyone, ({ id }) => ({ kind: 'fair', id }), null],
    ['its crowd, anyone', anyone, ({ id }) => ({ kind: 'crowd', id }), null],
    ['its desk, its own people', 'own', ({ id }) => ({ kind: 'desk', id }), null],
    ['its desk, anyone', anyone, ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its desk, a candidate', candidate, ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its desk, another organiser', other, ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its desk, a gate', 'device', ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its gates, a gate of it', 'device', ({ id }) => ({ kind: 'gates', id }), null],
    ['its gates, a gate of another fair', 'otherDevice', ({ id }) => ({ kind: 'gates', id }), 'notFound'],
    ['its gates, anyone', anyone, ({ id }) => ({ kind: 'gates', id }), 'unauthenticated'],
    ['its gates, an organiser', 'own', ({ id }) => ({ kind: 'gates', id }), 'forbidden'],
    ['one’s own organisation', recruiter, () => ({ kind: 'organisation', id: recruiter.organisationId }), null],
    ['another organisation', recruiter, () => ({ kind: 'organisation', id: other.organisationId }), 'notFound'],
    ['an organisation, a candidate', candidate, () => ({ kind: 'organisation', id: other.organisationId }), 'forbidden'],
    ['reviews, an organiser', other, () => ({ kind: 'reviewers' }), null],
    ['reviews, the platform', platform, () => ({ kind: 'reviewers' }), null],
    ['reviews, an employer', recruiter, () => ({ kind: 'reviewers' }), 'forbidden'],
    ['one’s own account', candidate, () => ({ kind: 'account' }), null],
    ['an account without one', anyone, () => ({ kind: 'account' }), 'unauthenticated'],
    ['a fair that does not exist', anyone, () => ({ kind: 'fair', id: newId() }), 'notFound'],
  ])('%s: %#', async (_, who, topic, refused) => {
    const made = await fair();
    const token = who === 'device' ? (await device(made)).token : who === 'otherDevice' ? (await device(await fair())).token
      : who === 'own' ? await get(AccessTokens).issue(made.organiser) : who.role === 'anyone' ? undefined : await get(AccessTokens).issue(who as AccountActor);
    const client = await open(token);
    const answer = await send(client, 'subscribe', { topic: topic(made) });
    expect(answer.ok ? null : answer.error.code).toBe(refused);
  });

  it('of a draft are for its own people alone', async () => {
    const draft = await fair('draft');
    const [stranger, own] = [await open(), await openAs(draft.organiser)];
    for (const kind of ['fair', 'crowd'] as const) {
      await expect(subscribe(stranger, { topic: { kind, id: draft.id } })).rejects.toMatchObject({ code: 'notFound' });
      await subscribe(own, { topic: { kind, id: draft.id } });
    }
  });
});

describe('events', () => {
  it('reach who may see them, in order, once, and nobody else', async () => {
    const [one, two] = [await fair(), await fair()];
    const [watcher, gate, both, stranger] = [await open(), await open((await device(one)).token), await openAs(one.organiser), await open()];
    const heard = [watcher, gate, both, stranger].map(hear);
    await subscribe(watcher, { topic: { kind: 'fair', id: one.id } });
    await subscribe(gate, { topic: { kind: 'gates', id: one.id } });
    await subscribe(both, { topic: { kind: 'fair', id: one.id } });
    await subscribe(both, { topic: { kind: 'desk', id: one.id } });
    await subscribe(stranger, { topic: { kind: 'fair', id: two.id } });
    for (let n = 0; n < 40; n += 1) await append(updated(one), entry(one, 1), lockChanged(one), { type: 'device.paired', scope: { kind: 'fair', id: one.id }, data: { fairId: one.id, deviceId: newId(), gateId: one.gateId } });
    await consumers.settled();
    const log = (await feed.since(0, { scopeId: one.id, without: ['checkIn.recorded'] }));
    const visible = log.filter(({ type }) => type !== 'device.paired');
    await until('all events', () => heard[0]!.events.length >= 80 && heard[1]!.events.length >= 80 && heard[2]!.events.length >= log.length);
    expect(heard[0]!.events).toEqual(visible);
    expect(heard[1]!.events).toEqual(visible);
    expect(heard[2]!.events).toEqual(log);
    expect(heard[3]!.events).toEqual([]);
  });

  it('that were missed come with the answer: none twice, none lost, while new ones keep coming', async () => {
    const made = await fair();
    await append(updated(made));
    await consumers.settled();
    const seen = feed.head();
    let stop = false;
    const rush = (async () => { while (!stop) await append(updated(made), entry(made, 1)); })();
    await pause(150);
    const joined = await Promise.all(Array.from({ length: 12 }, async () => {
      const client = await open();
      const heard = hear(client);
      const answer = await subscribe(client, { topic: { kind: 'fair', id: made.id }, since: seen });
      return { heard, answer };
    }));
    await pause(150);
    stop = true;
    await rush;
    await consumers.settled();
    const log = await feed.since(seen, { scopeId: made.id, types: ['fair.updated'], limit: 10_000 });
    for (const { heard, answer } of joined) {
      const before = heard.events.filter(({ position }) => position <= answer.position);
      expect(before).toEqual([]);
      await until('the rest', () => answer.events.length + heard.events.length >= log.length);
      expect([...answer.events, ...heard.events]).toEqual(log);
    }
  });

  it('that were missed before this process started are read from the log', async () => {
    const made = await fair();
    const since = feed.head();
    await append(...Array.from({ length: 30 }, () => updated(made)));
    await consumers.settled();
    const second = await secondProcess();
    try {
      const client = await second.open();
      const { events: missed, resync, position } = await subscribe(client, { topic: { kind: 'fair', id: made.id }, since });
      expect(resync).toBe(false);
      expect(missed).toHaveLength(30);
      expect(position).toBe(feed.head());
    } finally {
      await second.close();
    }
  });

  it('that are too many, or of another log, are a resync', async () => {
    const made = await fair();
    const since = feed.head();
    for (let n = 0; n < 3; n += 1) await append(...Array.from({ length: 400 }, () => updated(made)));
    await consumers.settled();
    const client = await open();
    for (const from of [since, feed.head() + 1_000, Number.MAX_SAFE_INTEGER]) {
      expect(await subscribe(client, { topic: { kind: 'fair', id: made.id }, since: from })).toMatchObject({ resync: true, events: [], position: feed.head() });
    }
    expect(await subscribe(client, { topic: { kind: 'fair', id: made.id }, since: feed.head() })).toMatchObject({ resync: false, events: [] });
  });

  it('stop after unsubscribe', async () => {
    const made = await fair();
    const client = await open();
    const heard = hear(client);
    const topic = { kind: 'fair', id: made.id } as const;
    await subscribe(client, { topic });
    expect(await send(client, 'unsubscribe', { topic })).toEqual({ ok: true, data: null });
    await append(updated(made));
    await consumers.settled();
    await pause(50);
    expect(heard.events).toEqual([]);
  });
});

describe('pictures', () => {
  it('come with the answer, then as the hall fills, at most ten a second, and the last one is the truth', async () => {
    const made = await fair();
    const [phone, desk] = [await open(), await openAs(made.organiser)];
    const [heardPhone, heardDesk] = [hear(phone), hear(desk)];
    const first = await subscribe(phone, { topic: { kind: 'crowd', id: made.id } });
    await subscribe(desk, { topic: { kind: 'desk', id: made.id } });
    expect(first.snapshot).toMatchObject({ topic: { kind: 'crowd', id: made.id }, data: { venue: { inside: 0 } } });
    const started = Date.now();
    for (let inside = 1; inside <= 100; inside += 1) await append(entry(made, inside));
    const took = Date.now() - started;
    for (const { snapshots } of [heardPhone, heardDesk]) {
      await until('the full hall', () => snapshots.at(-1)?.data.venue.inside === 100);
      expect(snapshots.length).toBeLessThanOrEqual(Math.ceil((took + 1_000) / 100) + 1);
      const numbers = snapshots.map(({ data }) => data.venue.inside);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      const positions = snapshots.map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
    }
    expect(heardPhone.snapshots.at(-1)!.data.venue.level).toBe('lock');
    expect(heardPhone.snapshots.every(({ topic }) => topic.kind === 'crowd')).toBe(true);
  });

  it('show a lock at once', async () => {
    const made = await fair();
    const client = await open();
    const heard = hear(client);
    await subscribe(client, { topic: { kind: 'crowd', id: made.id } });
    await api.database.transaction(async (tx) => {
      await tx.zoneState.update({ where: { zoneId: made.venue }, data: { earlyLocked: true, reason: '人多' } });
      await events.appendMany(tx, [lockChanged(made, '人多')]);
    });
    await until('the lock', () => heard.snapshots.at(-1)?.data.venue.earlyLocked, 1_000);
  });

  it('show a gate that fell silent, with no event at all', async () => {
    const made = await fair();
    const { id } = await device(made);
    await api.database.read.device.update({ where: { id }, data: { lastSeenAt: new Date(Date.now() - 8_000) } });
    const client = await open();
    const heard = hear(client);
    const { snapshot } = await subscribe(client, { topic: { kind: 'crowd', id: made.id } });
    expect(snapshot).toMatchObject({ data: { silentGates: [] } });
    await until('the silence', () => (heard.snapshots.at(-1) as Snapshot | undefined)?.data.silentGates[0]?.name === '1 号门', 6_000);
  }, 10_000);

  it('a gate’s open line keeps it alive without a scan', async () => {
    const made = await fair();
    const { id, token } = await device(made);
    const client = await open(token);
    await api.database.read.device.update({ where: { id }, data: { lastSeenAt: new Date(0) } });
    expect(client.connected).toBe(true);
    for (const end = Date.now() + 9_000; Date.now() < end; await pause(200)) {
      if ((await api.database.read.device.findUniqueOrThrow({ where: { id } })).lastSeenAt!.getTime() > 0) return;
    }
    throw new Error('the device was not seen');
  }, 12_000);
});

describe('access that ends', () => {
  const ended = (client: Client) => new Promise<string>((resolve) => client.once('disconnect', resolve));

  it('closes the lines of a revoked device, a removed member, a suspended organisation, an erased person — and no other', async () => {
    const made = await fair();
    const { id: deviceId, token } = await device(made);
    const organisationId = newId();
    const member = (accountId = newId()): AccountActor => ({ role: 'recruiter', accountId, organisationId });
    const [removed, colleague, person] = [member(), member(), { role: 'candidate', accountId: newId() } as const];
    const [gate, removedLine, colleagueLine, personLine, otherGate] =
      [await open(token), await openAs(removed), await openAs(colleague), await openAs(person), await open((await device(made)).token)];
    const all = [gate, removedLine, colleagueLine, personLine].map(ended);
    await append({ type: 'device.revoked', scope: { kind: 'fair', id: made.id }, data: { fairId: made.id, deviceId, gateId: made.gateId, reason: '丢了' } });
    expect(await all[0]).toBe('io server disconnect');
    await append({ type: 'member.removed', scope: { kind: 'organisation', id: organisationId }, data: { organisationId, accountId: removed.accountId } });
    await all[1];
    expect(colleagueLine.connected).toBe(true);
    await append({ type: 'organisation.statusChanged', scope: { kind: 'platform' }, data: { organisationId, status: 'suspended', reason: '查证' } });
    await all[2];
    await append({ type: 'person.erased', scope: { kind: 'platform' }, data: { accountId: person.accountId } });
    await all[3];
    expect(otherGate.connected).toBe(true);
  });
});

describe('hostile clients', () => {
  it('get a refusal or nothing for whatever they send, and the server goes on', async () => {
    const made = await fair();
    const valid = { topic: { kind: 'fair', id: made.id } };
    const broken = fc.oneof(
      nasty, nasty.map((kind) => ({ topic: { kind, id: made.id } })), nasty.map((id) => ({ topic: { kind: 'fair', id } })), nasty.map((topic) => ({ topic })),
      nasty.map((since) => ({ ...valid, since })), fc.tuple(fc.string(), nasty).map(([name, value]) => ({ ...valid, [name || 'x']: value })),
      nasty.map((id) => ({ topic: { kind: 'account', id } })),
    );
    let client = await open();
    await fc.assert(fc.asyncProperty(fc.constantFrom('subscribe', 'unsubscribe', 'beat', 'event', '', '__proto__', 'toString'), fc.array(broken, { maxLength: 3 }), async (name, args) => {
      const size = Buffer.byteLength(JSON.stringify(args) ?? '');
      if (size > 7_000) return; // the next test
      client.disconnect();
      client = await open();
      const answer = await send(client, name, ...args);
      if (!answer.ok) {
        expect(answer.error.code).not.toBe('internal');
        expect(answer.error).toMatchObject({ message: expect.any(String), requestId: expect.any(String) });
      } else expect(args).toHaveLength(1);
    }), { numRuns: 150 });
    await subscribe(await open(), { topic: { kind: 'fair', id: made.id } });
  }, 60_000);

  it('that want no answer break nothing', async () => {
    const made = await fair();
    const client = await open() as unknown as { emit(...all: unknown[]): void } & Client;
    for (const args of [['subscribe'], ['subscribe', null], ['subscribe', [1, 2]], ['unsubscribe', {}], ['nothing', {}], ['subscribe', { topic: { kind: 'fair', id: made.id } }, 'not a function']]) client.emit(...args as [string]);
    expect(await subscribe(client, { topic: { kind: 'fair', id: made.id } })).toMatchObject({ resync: false });
  });

  it('that send something huge are closed', async () => {
    const client = await open();
    const ended = new Promise((resolve) => client.once('disconnect', resolve));
    (client as unknown as { emit(...all: unknown[]): void }).emit('subscribe', { topic: 'x'.repeat(20_000) });
    await ended;
    await open();
  });

  it('that flood are refused, and closed when they go on', async () => {
    const client = await open();
    const topic = { kind: 'fair', id: (await fair()).id };
    const answers = await Promise.all(Array.from({ length: 90 }, () => send(client, 'unsubscribe', { topic })));
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
    expect(codes.filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(60);
    expect(codes).toContain('tooManyRequests');
    expect(client.connected).toBe(true);
    const ended = new Promise((resolve) => client.once('disconnect', resolve));
    for (let n = 0; n < 400; n += 1) client.emit('unsubscribe', { topic } as never, () => {});
    await ended;
  });

  it('cannot watch more topics than a page could show', async () => {
    const client = await open();
    const answers: string[] = [];
    for (let n = 0; n < 55; n += 1) {
      const answer = await send(client, 'subscribe', { topic: { kind: 'fair', id: (await fair()).id } });
      answers.push(answer.ok ? 'ok' : answer.error.code);
      if (n > 40) await pause(100); // not the flood guard's
    }
    expect(answers.filter((code) => code === 'ok')).toHaveLength(50);
    expect(answers.at(-1)).toBe('tooManyRequests');
  }, 15_000);
});

describe('a client that does not read', () => {
  it('is left out, then told what it missed, in order and once; it cannot grow this process', async () => {
    const made = await fair();
    const client = await open();
    const heard = hear(client);
    await subscribe(client, { topic: { kind: 'fair', id: made.id } });
    const line = (client.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket;
    line.pause();
    const since = feed.head();
    const server = api.app.get(EventsGateway);
    const unsent = () => Math.max(...[...(server as unknown as { server: { of(name: string): { sockets: Map<string, { conn: { writeBuffer: unknown[] } }> } } }).server.of('/').sockets.values()].map(({ conn }) => conn.writeBuffer.length));
    let most = 0;
    // Long reasons, so that the kernel's buffers fill.
    for (let n = 0; n < 800; n += 1) {
      await append(lockChanged(made, '满'.repeat(20_000)));
      most = Math.max(most, unsent());
    }
    await consumers.settled();
    expect(most).toBeGreaterThan(128); // it was slow
    expect(most).toBeLessThan(400);
    line.resume();
    await until('everything', () => heard.events.length >= 800, 20_000);
    expect(heard.events.map(({ position }) => position)).toEqual((await feed.since(since, { scopeId: made.id })).map(({ position }) => position));
  }, 60_000);
});

/** Another process of the same installation. */
async function secondProcess() {
  const first = api;
  const { bootModule, configureHttp, Database, PlatformModule, Settings } = await import('#libs/platform');
  const { NestFactory } = await import('@nestjs/core');
  const database = new Database({ url: first.databaseUrl, connections: 5 });
  const settings = Object.assign(new Settings(), { ...first.settings, port: 0 });
  const root = { module: class Root {}, imports: [bootModule(settings, database), PlatformModule, ApiModule] };
  const app = await NestFactory.create<typeof first.app>(root, { bodyParser: false, logger: false, forceCloseConnections: true });
  configureHttp(app, settings);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    open: async () => {
      const client: Client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true, reconnection: false });
      clients.push(client);
      await new Promise((resolve, reject) => client.once('connect', () => resolve(null)).once('connect_error', reject));
      return client;
    },
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}
