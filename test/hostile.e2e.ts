/**
 * Nothing that a client sends makes a 500: every route of the OpenAPI document and every socket message, as every role.
 * Half of the calls and more are signed in and differ from a valid one in a single field, because those get furthest.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { errors, roles, topicKinds, type Role } from '#libs/contracts';
import { Inputs, nasty, type OpenApi, type Operation, type Request } from './support/hostile.js';
import { throwAt } from './support/hostile-media.js';
import { MediaLine } from './support/media-line.js';
import { onAir } from './support/on-air.js';
import { broadcasting } from './support/broadcasting.js';
import { long, seed } from './support/runs.js';
import { Servers } from './support/servers.js';
import { callNext, joinQueue, publishSlots, setQueue, stand, station } from './support/standing.js';
import { World, type LiveSocket } from './support/world.js';

/** Calls a route and kind. */
const runs = long ? 64 : 5;

interface Route { method: string; path: string; operation: Operation }

let servers: Servers;
let world: World;
let inputs: Inputs;
let routes: Route[];
const tokens = new Map<Role, string | undefined>();
let calls = 0;
let nearMisses = 0;
/** Right requests by somebody who may ask, and those of them that were done: the test must get past the door. */
let asked = 0;
let done = 0;

/** `test/access.md`, which is held against the code by access.spec: which roles may call a route. */
const access = new Map(readFileSync('test/access.md', 'utf8').split('\n').filter((line) => line.startsWith('| `')).map((line) => {
  const [name, ...dots] = line.split('|').slice(1, -1).map((cell) => cell.trim());
  return [name!.replaceAll('`', ''), roles.filter((_, n) => dots[n] === '●')] as const;
}));
const allowed = ({ method, path }: Route): readonly Role[] | undefined => access.get(`${method} ${path.replace(/^\/api/, '').replace(/\{(\w+)\}/g, ':$1')}`);

beforeAll(async () => {
  servers = await Servers.start('one');
  world = await World.open(servers);
  const bureau = await world.bureau();
  const employer = await world.employer();
  await world.verify(employer, bureau);
  const { fair, gates } = await world.openFair(bureau);
  const candidate = await world.candidate();
  const ticket = await world.ticket(candidate, fair.id);
  const booths = await bureau.admin.call('POST /fairs/:fairId/booths/lay-out', { params: { fairId: fair.id }, body: { zoneId: fair.zones[0]!.id, count: 3 } });
  const device = await world.device(bureau, gates[0]!);
  const job = await employer.admin.call('POST /jobs', { body: world.job() });
  await employer.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
  const application = await candidate.caller.call('POST /applications', { body: { jobId: job.id, source: 'page', consent: true } });
  const boothApplication = await employer.admin.call('POST /fairs/:fairId/booth-applications', { params: { fairId: fair.id }, body: { contactName: '林人事' } });
  const [licence] = await employer.admin.call('GET /organisations/:organisationId/licences', { params: { organisationId: employer.organisationId } });
  const { leadCode } = await bureau.admin.call('GET /booths/:boothId/code', { params: { boothId: booths[0]!.id } });
  const staffLink = await bureau.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: bureau.organisationId }, body: { role: 'organiserStaff' } });
  const recruiterLink = await employer.admin.call('POST /organisations/:organisationId/invitations', { params: { organisationId: employer.organisationId }, body: { role: 'recruiter' } });
  const who: Record<Role, string | undefined> = {
    anyone: undefined, candidate: candidate.caller.token, gateDevice: device.token, employerAdmin: employer.admin.token, organiserAdmin: bureau.admin.token,
    platformAdmin: world.platform.token, organiserStaff: (await world.join(staffLink.url, '小周')).token, recruiter: (await world.join(recruiterLink.url, '小林')).token,
    stationClerk: undefined,
  };
  // A queue with somebody called, a booking, and a person at a station.
  const { organisationId: stationId, clerk } = await station(world, bureau);
  who.stationClerk = clerk.token;
  for (const role of roles) tokens.set(role, who[role]);
  // A live broadcast with a chat, a hand and a held message.
  const show = await broadcasting(world, { bureau, employer });
  const { accountId: hostId } = await employer.admin.call('GET /me');
  const inShow = { broadcastId: show.broadcast.id };
  const held = await candidate.caller.call('POST /broadcasts/:broadcastId/messages', { params: inShow, body: { kind: 'chat', text: '先交押金', deviceId: crypto.randomUUID() } });
  const hand = await candidate.caller.call('POST /broadcasts/:broadcastId/hand', { params: inShow, body: { deviceId: crypto.randomUUID() } });
  const queue = await stand(world, { bureau, employer, fairId: show.fairId, boothId: show.broadcast.boothId });
  await setQueue(queue, { status: 'open' });
  const villager = await clerk.call('POST /station/people', { body: { name: '钟水生', idNumber: '11010519491231002X', consent: true } });
  const places = [await joinQueue(queue, candidate.caller)];
  const interview = await callNext(queue, queue.recruiter);
  places.push(...(await clerk.call('POST /station/people/:personId/queue-places', { params: { personId: villager.id }, body: { boothId: queue.boothId, mode: 'online', consent: true } })).places);
  const slots = await publishSlots(queue, 60, 4);
  const booking = await candidate.caller.call('POST /slots/:slotId/booking', { params: { slotId: slots[0]!.id }, body: { consent: true } });
  const document = (await (await fetch(`${servers.next()}/api/openapi.json`)).json()) as OpenApi;
  inputs = new Inputs(document, {
    fairId: [fair.id], gateId: gates.map(({ id }) => id), zoneId: [fair.venue.id, ...fair.zones.map(({ id }) => id)], ticketId: [ticket.id],
    jobId: [job.id], applicationId: [application.id], boothApplicationId: [boothApplication.id], licenceId: [licence!.id], leadCode: [leadCode],
    boothId: [queue.boothId, ...booths.map(({ id }) => id)], placeId: places.map(({ id }) => id), slotId: slots.map(({ id }) => id), bookingId: [booking.id], interviewId: [interview.id], personId: [villager.id],
    idNumber: ['440524188001010014'], broadcastId: [show.broadcast.id], messageId: [held.id], handId: [hand.id], place: ['workshop', 'canteen'], hostIds: [hostId], organisationId: [bureau.organisationId, employer.organisationId, stationId], accountId: [candidate.accountId],
  });
  // The people above must stay signed in, and the test's own fair and broadcast must stay.
  const keep = /sign-out|sign-in|refresh|change-password|^\/api\/me$|status$|\/broadcasts\/.*stop$/;
  routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([method]) => !(keep.test(path) && method !== 'get'))
    .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
}, 120_000);

afterAll(async () => {
  world?.close();
  await servers?.stop();
  console.info(`hostile: seed ${seed}, ${calls} calls, ${nearMisses} of them signed in and one field off; of ${asked} right ones by the right role ${done} were done`);
}, 30_000);

/** Sends it, and checks that the answer is one that a client may get. */
async function send(route: Route, request: Request, role: Role, right = false): Promise<void> {
  const { method } = route;
  const query = new URLSearchParams(request.query).toString();
  const token = tokens.get(role);
  let response: Response;
  try {
    response = await fetch(`${servers.next()}${request.path}${query && `?${query}`}`, {
      method,
      headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(method !== 'GET' && { 'Content-Type': 'application/json' }) },
      body: method === 'GET' || request.body === undefined ? undefined : JSON.stringify(request.body),
      redirect: 'manual',
    });
  } catch (error) {
    throw new Error(`${method} ${request.path} as ${role}: no answer`, { cause: error });
  }
  calls++;
  const body = await response.text();
  // A server without a media worker says so, and asks nobody to report it.
  const noMedia = response.status === 503 && /"code":"media(Preparing|Unavailable|Full)"/.test(body);
  if (response.status >= 500 && !noMedia) throw new Error(`${method} ${request.path} as ${role}: ${response.status} ${body}\n${servers.lines.filter((line) => line.includes('"level":50')).at(-1) ?? ''}`);
  if (right) judge(route, role, response.status);
  if (response.status < 400) return;
  const { error } = JSON.parse(body) as { error: { code: string; message: string; requestId: string } };
  if (!(error.code in errors) || !error.message || !error.requestId) throw new Error(`${method} ${request.path}: not the one shape: ${body}`);
}

/** A right request: nobody gets in whom the table keeps out. */
function judge(route: Route, role: Role, status: number): void {
  const may = allowed(route);
  if (!may) throw new Error(`${route.method} ${route.path} is not in the table of access`);
  if (may.includes(role)) {
    asked++;
    if (status < 400) done++;
  } else if (status !== 401 && status !== 403) throw new Error(`${route.method} ${route.path} let ${role} in: ${status}`);
}

it('was told of every route', () => {
  expect(routes.length).toBeGreaterThan(60);
  // Only a build by tsc describes the bodies: without them every call would be an empty one.
  expect(inputs.described('ScanDto')).toEqual(['code', 'count', 'direction', 'happenedAt', 'id', 'leaseId']);
});

it('answers nothing with a 500, on any route, as any role', async () => {
  let turn = 0;
  for (const route of routes) {
    const as = fc.constantFrom(...roles);
    const signedIn = fc.constantFrom(...roles.filter((role) => role !== 'anyone'));
    const check = (arbitrary: fc.Arbitrary<Request>, role: fc.Arbitrary<Role>, numRuns: number, right: boolean) =>
      fc.assert(fc.asyncProperty(arbitrary, role, (request, actor) => send(route, request, actor, right)), { seed: seed + turn++, numRuns, endOnFailure: true });
    await check(inputs.offByOne(route.path, route.operation), signedIn, runs * 3, false);
    nearMisses += runs * 3;
    for (const role of roles) await check(inputs.request(route.path, route.operation), fc.constant(role), Math.max(1, runs / 8), true);
    await check(inputs.anything(route.path), as, runs, false);
  }
  expect(nearMisses).toBeGreaterThanOrEqual(calls / 2);
  expect(done).toBeGreaterThan(asked / 4);
}, 15 * 60_000);

it('survives what is not even HTTP as it should be', async () => {
  const url = servers.next();
  const bodies: [string, RequestInit][] = [
    ['broken JSON', { body: '{"a":', headers: { 'Content-Type': 'application/json' } }],
    ['a scalar', { body: '42', headers: { 'Content-Type': 'application/json' } }],
    ['wrong type', { body: '<a/>', headers: { 'Content-Type': 'text/xml' } }],
    ['strange charset', { body: '{}', headers: { 'Content-Type': 'application/json; charset=utf-99' } }],
    ['broken gzip', { body: 'not gzip', headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' } }],
    ['a megabyte', { body: JSON.stringify({ code: 'x'.repeat(1 << 20) }), headers: { 'Content-Type': 'application/json' } }],
    ['deep nesting', { body: '['.repeat(50_000) + ']'.repeat(50_000), headers: { 'Content-Type': 'application/json' } }],
    ['broken multipart', { body: 'x', headers: { 'Content-Type': 'multipart/form-data; boundary=y' } }],
    ['forged token', { body: '{}', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' } }],
    ['device token', { body: '{}', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer dev_x' } }],
  ];
  for (const [what, init] of bodies) {
    for (const path of ['/api/scans', '/api/auth/sign-in', '/api/fairs', '/api/nowhere', '/api/%ff', '/api/fairs/%00']) {
      const response = await fetch(url + path, { method: 'POST', ...init });
      const { error } = (await response.json()) as { error: { code: string } };
      expect([what, path, response.status < 500, error.code in errors]).toEqual([what, path, true, true]);
    }
  }
});

it('answers in the one shape what is refused before a handler sees it', async () => {
  const long = await fetch(`${servers.next()}/api/fairs?q=${'a'.repeat(20_000)}`);
  expect([long.status, ((await long.json()) as { error: { code: string } }).error.code]).toEqual([413, 'payloadTooLarge']);
  const { hostname, port } = new URL(servers.next());
  const heard = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('hello, is this HTTP?\r\n\r\n'));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => { text += String(chunk); }).once('end', () => resolve(text)).once('error', reject);
  });
  expect(heard).toMatch(/^HTTP\/1\.1 400 /);
  expect(JSON.parse(heard.slice(heard.indexOf('{')))).toMatchObject({ error: { code: 'malformedRequest' } });
});

it('answers no socket message with `internal`, and stays up', async () => {
  const topic = fc.record({ kind: fc.oneof(fc.constantFrom<unknown>(...topicKinds), nasty), id: fc.oneof(fc.uuid() as fc.Arbitrary<unknown>, nasty) }, { requiredKeys: ['kind'] });
  const message = fc.oneof(
    { weight: 3, arbitrary: fc.record({ topic: fc.oneof({ weight: 4, arbitrary: topic as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: nasty }), since: fc.oneof(fc.nat() as fc.Arbitrary<unknown>, nasty) }, { requiredKeys: ['topic'] }) as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: nasty },
  );
  for (const role of roles) {
    let socket: LiveSocket = await world.live(tokens.get(role));
    await fc.assert(fc.asyncProperty(fc.constantFrom('subscribe', 'subscribe', 'unsubscribe', 'toString', 'disconnecting', '__proto__', 'x'), message, async (name, data) => {
      if (!socket.connected) socket = await world.live(tokens.get(role)); // thrown out, as a flood or a forbidden message may be
      const bare = socket as unknown as { timeout(ms: number): { emitWithAck(name: string, data: unknown): Promise<unknown> }; emit(name: string, ...data: unknown[]): void };
      if (name !== 'subscribe' && name !== 'unsubscribe') return void bare.emit(name === 'disconnecting' ? 'x-disconnecting' : name, data);
      const answer = (await bare.timeout(5_000).emitWithAck(name, data).catch(() => null)) as { ok: boolean; error?: { code: string } } | null;
      calls++;
      if (answer && !answer.ok && (answer.error!.code === 'internal' || !(answer.error!.code in errors))) throw new Error(`${name} as ${role}: ${JSON.stringify(answer)}`);
      if (answer === null && socket.connected) throw new Error(`${name} as ${role} was not answered: ${JSON.stringify(data)}`);
    }), { seed, numRuns: runs * 10, endOnFailure: true });
  }
  expect((await fetch(`${servers.next()}/readyz`)).status).toBe(200);
}, 5 * 60_000);

it('says nothing on the media sockets that makes a fault, and no worker dies of it', async () => {
  const show = await onAir(world);
  const workers = await servers.mediaWorkers();
  const enter = async () => MediaLine.enter(await show.host.admin.call('POST /broadcasts/:broadcastId/join', {
    params: { broadcastId: show.broadcast.id }, body: { deviceId: crypto.randomUUID(), as: 'host' },
  }), servers.next());
  const { done, refused } = await throwAt(enter, { seed, numRuns: runs * 25 });
  calls += done + refused;
  expect([refused > done, await servers.mediaWorkers()]).toEqual([true, workers]);
}, 5 * 60_000);
