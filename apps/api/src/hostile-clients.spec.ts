import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { nasty } from '../../../test/support/hostile.js';
import { LiveApi, lockChanged, send, until, watch } from '../../../test/support/live.js';
import { hear, type LiveSocket as Client } from '../../../test/support/world.js';
import { EventsGateway } from './events.gateway.js';

let live: LiveApi;
beforeAll(async () => { live = await LiveApi.start(); });
afterEach(() => live.leave());
afterAll(() => live.close());

describe('hostile clients', () => {
  it('get a refusal or nothing for whatever they send, and the server goes on', async () => {
    const made = await live.fair();
    const valid = { topic: { kind: 'fair', id: made.id } };
    const broken = fc.oneof(
      nasty, nasty.map((kind) => ({ topic: { kind, id: made.id } })), nasty.map((id) => ({ topic: { kind: 'fair', id } })), nasty.map((topic) => ({ topic })),
      nasty.map((since) => ({ ...valid, since })), fc.tuple(fc.string(), nasty).map(([name, value]) => ({ ...valid, [name || 'x']: value })),
      nasty.map((id) => ({ topic: { kind: 'account', id } })),
    );
    let client = await live.open();
    await fc.assert(fc.asyncProperty(fc.constantFrom('subscribe', 'unsubscribe', 'beat', 'event', '', '__proto__', 'toString'), fc.array(broken, { maxLength: 3 }), async (name, args) => {
      const size = Buffer.byteLength(JSON.stringify(args) ?? '');
      if (size > 7_000) return; // the next test
      client.disconnect();
      client = await live.open();
      const answer = await send(client, name, ...args);
      if (!answer.ok) {
        expect(answer.error.code).not.toBe('internal');
        expect(answer.error).toMatchObject({ message: expect.any(String), requestId: expect.any(String) });
      } else expect(args).toHaveLength(1);
    }), { numRuns: 150 });
    await watch(await live.open(), { topic: { kind: 'fair', id: made.id } });
  }, 60_000);

  it('that want no answer break nothing', async () => {
    const made = await live.fair();
    const client = await live.open() as unknown as { emit(...all: unknown[]): void } & Client;
    for (const args of [['subscribe'], ['subscribe', null], ['subscribe', [1, 2]], ['unsubscribe', {}], ['nothing', {}], ['subscribe', { topic: { kind: 'fair', id: made.id } }, 'not a function']]) client.emit(...args as [string]);
    expect(await watch(client, { topic: { kind: 'fair', id: made.id } })).toMatchObject({ resync: false });
  });

  it('that send something huge are closed', async () => {
    const client = await live.open();
    const ended = new Promise((resolve) => client.once('disconnect', resolve));
    (client as unknown as { emit(...all: unknown[]): void }).emit('subscribe', { topic: 'x'.repeat(20_000) });
    await ended;
    await live.open();
  });

  it('that flood are refused, and closed when they go on', async () => {
    const client = await live.open();
    const topic = { kind: 'fair', id: (await live.fair()).id };
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
    const client = await live.open();
    const answers: string[] = [];
    for (let n = 0; n < 55; n += 1) {
      const answer = await send(client, 'subscribe', { topic: { kind: 'fair', id: (await live.fair()).id } });
      answers.push(answer.ok ? 'ok' : answer.error.code);
      if (n > 40) await pause(100); // not the flood guard's
    }
    expect(answers.filter((code) => code === 'ok')).toHaveLength(50);
    expect(answers.at(-1)).toBe('tooManyRequests');
  }, 15_000);
});

describe('a client that does not read', () => {
  it('is left out, then told what it missed, in order and once; it cannot grow this process', async () => {
    const made = await live.fair();
    const client = await live.open();
    const heard = hear(client);
    await watch(client, { topic: { kind: 'fair', id: made.id } });
    const line = (client.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket;
    line.pause();
    const since = live.feed.head();
    const server = live.get(EventsGateway);
    const unsent = () => Math.max(...[...(server as unknown as { server: { of(name: string): { sockets: Map<string, { conn: { writeBuffer: unknown[] } }> } } }).server.of('/').sockets.values()].map(({ conn }) => conn.writeBuffer.length));
    let most = 0;
    // Long reasons, so that the kernel's buffers fill.
    for (let n = 0; n < 800; n += 1) {
      await live.append(lockChanged(made, '满'.repeat(20_000)));
      most = Math.max(most, unsent());
    }
    await live.settled();
    expect(most).toBeGreaterThan(128); // it was slow
    expect(most).toBeLessThan(400);
    line.resume();
    await until('everything', () => heard.events.length >= 800, 20_000);
    expect(heard.events.map(({ position }) => position)).toEqual((await live.feed.since(since, { scopeId: made.id })).map(({ position }) => position));
  }, 60_000);
});
