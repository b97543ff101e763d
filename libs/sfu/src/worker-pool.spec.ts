import { once } from 'node:events';
import { WorkerPool } from './worker-pool.js';

/** A real worker: the set-up puts its binary where mediasoup looks for it. */
describe('WorkerPool', () => {
  const options = { count: 2, listen: [{ address: '127.0.0.1' }], firstPort: 0 };
  let pool: WorkerPool | undefined;
  afterEach(() => pool?.close());

  it('runs one WebRtcServer a worker, on UDP and TCP', async () => {
    pool = await WorkerPool.start(options);
    expect(pool.alive.map(({ index }) => index).sort()).toEqual([0, 1]);
    for (const { server } of pool.alive) {
      const { udpSockets, tcpServers } = await server.dump();
      expect([udpSockets.length, tcpServers.length]).toEqual([1, 1]);
    }
  });

  it('listens on IPv4 and IPv6 at once, with one socket of UDP and TCP each, also on all addresses', async () => {
    for (const [one, other] of [['127.0.0.1', '::1'], ['0.0.0.0', '::']] as const) {
      pool = await WorkerPool.start({ count: 1, listen: [{ address: one, announced: '203.0.113.5' }, { address: other, announced: '2001:db8::5' }], firstPort: 0 });
      const [{ worker, server }] = pool.alive as [(typeof pool.alive)[number]];
      const { udpSockets, tcpServers } = await server.dump();
      expect([udpSockets.map(({ ip }) => ip), tcpServers.map(({ ip }) => ip)]).toEqual([[one, other], [one, other]]);
      const transport = await (await worker.createRouter()).createWebRtcTransport({ webRtcServer: server });
      expect(transport.iceCandidates.map(({ address, protocol }) => `${protocol} ${address}`).sort())
        .toEqual(['tcp 2001:db8::5', 'tcp 203.0.113.5', 'udp 2001:db8::5', 'udp 203.0.113.5']);
      pool.close();
    }
  });

  it('replaces a worker that was killed, in its own place', async () => {
    pool = await WorkerPool.start(options);
    const victim = pool.alive[1]!;
    const lost = once(pool, 'lost');
    const replaced = once(pool, 'replaced');
    process.kill(victim.worker.pid, 'SIGKILL');
    expect((await lost)[0]).toBe(victim.index);
    const [replacement] = await replaced;
    expect(replacement.index).toBe(victim.index);
    expect(replacement.worker.pid).not.toBe(victim.worker.pid);
    expect(pool.alive).toHaveLength(2);
  });

  it('leaves nothing running when one worker cannot start', async () => {
    await expect(WorkerPool.start({ ...options, listen: [{ address: '192.0.2.1' }] })).rejects.toThrow();
  });

  it('is closed once and for all', async () => {
    pool = await WorkerPool.start(options);
    const workers = pool.alive.map(({ worker }) => worker);
    const ends = workers.map((worker) => once(worker, 'subprocessclose'));
    pool.close();
    pool.close();
    expect(pool.alive).toEqual([]);
    await Promise.all(ends);
    for (const { pid } of workers) expect(() => process.kill(pid, 0)).toThrow();
  });
});
