import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignedIn } from '#libs/contracts';
import { account, accessToken, heed, renew, restoreAccount, signedIn, signOut, useAccountCredentials } from './account';
import { api, ApiError, newId, useCredentials } from './api';
import { remember } from './remember';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const asked: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
let handlers: Handler[] = [];
let server: Server;
const realFetch = globalThis.fetch;

const answer = (status: number, body?: unknown): Handler => (_, response) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body));
const problem = (status: number, code: string): Handler => answer(status, { error: { code, message: `about ${code}`, requestId: 'r-7' } });
const drop: Handler = (request) => request.socket.destroy();
const session = (n: number): SignedIn => ({ accessToken: `token-${n}`, expiresIn: 600, account: { accountId: 'a', role: 'candidate', displayName: '李*福', phoneMasked: null, organisation: null } });
const until = async (so: () => boolean): Promise<void> => { while (!so()) await new Promise(done => setTimeout(done, 2)); };
const failing = (promise: Promise<unknown>): Promise<ApiError> => promise.then(() => { throw new Error('It should have failed'); }, (error: ApiError) => error);

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => { body += chunk; }).on('end', () => {
      asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      (handlers.shift() ?? answer(500))(request, response, body);
    });
  });
  await new Promise<void>(ready => server.listen(0, ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  globalThis.fetch = (path, init) => realFetch(`${origin}${String(path)}`, init);
});
afterAll(async () => {
  globalThis.fetch = realFetch;
  await signOut();
  server.closeAllConnections();
  await new Promise(done => server.close(done));
});
beforeEach(() => {
  asked.length = 0;
  handlers = [];
  useCredentials({ token: () => null, renew: () => Promise.resolve(false) });
});

describe('api', () => {
  it('fills the path and the query, and tells language and request id', async () => {
    handlers = [answer(200, { items: [], next: null })];
    await api('GET /fairs/:fairId/tickets', { params: { fairId: 'a/b' }, query: { q: '电工 2', status: null, limit: 5 } });
    expect(asked[0].line).toBe('GET /api/fairs/a%2Fb/tickets?q=%E7%94%B5%E5%B7%A5+2&limit=5');
    expect(asked[0].headers).toMatchObject({ 'accept-language': 'zh-CN', 'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(asked[0].headers.authorization).toBeUndefined();
  });

  it('turns the error shape into ApiError, and what is not ours into words', async () => {
    handlers = [answer(400, { error: { code: 'validationFailed', message: '有内容没填对', requestId: 'r-1', details: { fields: [{ field: 'phone', problems: ['要 11 位'] }] } } })];
    const refused = await failing(api('POST /auth/phone-code', { body: { phone: '1' } }));
    expect(refused).toMatchObject({ code: 'validationFailed', status: 400, requestId: 'r-1', message: '有内容没填对', fields: { phone: '要 11 位' } });
    handlers = [(_, response) => response.writeHead(500).end('<html>')];
    expect(await failing(api('POST /auth/sign-out'))).toMatchObject({ code: 'unreadable', status: 500 });
  });

  it('tries a GET again when the line drops or a proxy says not now, and a command only if it is repeatable', async () => {
    handlers = [drop, answer(503), answer(200, [])];
    expect(await api('GET /me/tickets')).toEqual([]);
    expect(asked).toHaveLength(3);
    handlers = [drop];
    expect(await failing(api('POST /fairs/:fairId/tickets', { params: { fairId: 'f' }, body: {} }))).toMatchObject({ code: 'offline', status: 0 });
    expect(asked).toHaveLength(4);
    handlers = [drop, answer(200, { id: 't' })];
    await api('POST /fairs/:fairId/tickets', { params: { fairId: 'f' }, body: { requestKey: 'k' }, repeatable: true });
    expect(asked.slice(4).map(one => one.body)).toEqual(['{"requestKey":"k"}', '{"requestKey":"k"}']);
    handlers = [problem(404, 'notFound')];
    expect(await failing(api('GET /me'))).toMatchObject({ code: 'notFound' });
    expect(asked).toHaveLength(7);
  });

  it('gives up after its time, and says nothing when the page itself took the question back', async () => {
    handlers = [() => undefined, () => undefined, () => undefined];
    expect(await failing(api('POST /auth/sign-out', { timeout: 30 }))).toMatchObject({ code: 'timeout' });
    const stop = new AbortController();
    const question = failing(api('GET /me', { signal: stop.signal }));
    setTimeout(() => stop.abort(), 20);
    expect((await question).name).toBe('AbortError');
  });

  it('makes ids that are UUIDs', () => expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
});

describe('account', () => {
  beforeEach(useAccountCredentials);

  it('renews once after a 401, however many requests met it, and sends the new token', async () => {
    signedIn(session(1));
    const guard: Handler = (request, response, body) => (request.headers.authorization === 'Bearer token-2' ? answer(200, []) : problem(401, 'tokenExpired'))(request, response, body);
    const route: Handler = (request, response, body) => (request.url === '/api/auth/refresh' ? answer(200, session(2)) : guard)(request, response, body);
    handlers = Array.from({ length: 9 }, () => route);
    await Promise.all([api('GET /me/tickets'), api('GET /me/consents'), api('GET /me/applications')]);
    expect(asked.filter(one => one.line === 'POST /api/auth/refresh')).toHaveLength(1);
    expect(accessToken()).toBe('token-2');
  });

  it('does not renew again for a 401 that comes after the renewal, nor for one that comes after signing out', async () => {
    signedIn(session(1));
    let letGo = (): void => undefined;
    const slow: Handler = (...to) => { letGo = () => problem(401, 'tokenExpired')(...to); };
    handlers = [slow, answer(200, session(2)), answer(200, [])];
    const late = api('GET /me/tickets');
    await until(() => asked.length === 1);
    await renew();
    letGo();
    await late;
    expect(asked.map(one => one.line)).toEqual(['GET /api/me/tickets', 'POST /api/auth/refresh', 'GET /api/me/tickets']);
    expect(asked[2].headers.authorization).toBe('Bearer token-2');
    handlers = [slow, answer(204)];
    const orphan = failing(api('GET /me/tickets'));
    await until(() => asked.length === 4);
    await signOut();
    letGo();
    expect(await orphan).toMatchObject({ code: 'tokenExpired' });
    expect(asked).toHaveLength(5);
  });

  it('is forgotten when the server says so, and kept when it cannot be reached', async () => {
    signedIn(session(3));
    handlers = [drop];
    expect(await renew()).toBe(false);
    expect(account.value?.displayName).toBe('李*福');
    handlers = [problem(401, 'tokenReused')];
    expect(await renew()).toBe(false);
    expect(account.value).toBeNull();
  });

  it('does not ask the server for a visitor who never signed in', async () => {
    await restoreAccount();
    expect(asked).toHaveLength(0);
    remember('fw-signed-in', 'yes');
    handlers = [answer(200, session(4))];
    await restoreAccount();
    expect(accessToken()).toBe('token-4');
    handlers = [answer(204)];
    await signOut();
    expect(asked.map(one => one.line)).toEqual(['POST /api/auth/refresh', 'POST /api/auth/sign-out']);
    expect(asked[1].headers.authorization).toBe('Bearer token-4');
    expect(account.value).toBeNull();
  });

  it('ends here when another tab signs out, and only then', () => {
    signedIn(session(5));
    expect(heed({ key: 'fw-text', newValue: 'no' })).toBe(false);
    expect(heed({ key: 'fw-signed-in', newValue: 'yes' })).toBe(false);
    expect(account.value).not.toBeNull();
    expect(heed({ key: 'fw-signed-in', newValue: 'no' })).toBe(true);
    expect(account.value).toBeNull();
    expect(accessToken()).toBeNull();
    expect(heed({ key: 'fw-signed-in', newValue: 'no' })).toBe(false);
  });
});
