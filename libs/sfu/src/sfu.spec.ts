import { once } from 'node:events';
import { Sfu } from './sfu.js';

describe('Sfu', () => {
  let sfu: Sfu | undefined;
  afterEach(() => sfu?.close());
  const start = async (firstPort = 0) => {
    sfu = await Sfu.start({ count: 2, listen: [{ address: '127.0.0.1' }], firstPort });
    return sfu;
  };

  it('opens one room for an id, and the next room where there is least to do', async () => {
    const { pool, ...rest } = { pool: (await start()).pool, sfu: sfu! };
    const [one, same] = await Promise.all([rest.sfu.open({ id: 'a' }), rest.sfu.open({ id: 'a' })]);
    expect(one).toBe(same);
    await rest.sfu.open({ id: 'b' });
    expect(rest.sfu.load()).toEqual({
      rooms: 2,
      workers: pool.alive.map(({ index }) => ({ index, routers: 1, consumers: 0, producers: 0 })),
    });
    expect([...rest.sfu.roomLoads().keys()]).toEqual(['a', 'b']);
    one.close();
    expect(rest.sfu.room('a')).toBeUndefined();
  });

  it('tells whose room must be opened anew when a worker dies', async () => {
    const own = await start();
    await own.open({ id: 'a' });
    const [victim] = own.pool.alive.filter(({ load }) => load.routers > 0);
    const closed = once(own, 'roomClosed');
    process.kill(victim!.worker.pid, 'SIGKILL');
    expect(await closed).toEqual(['a', 'workerDied']);
    expect((await own.open({ id: 'a' })).closed).toBe(false);
  });

  it('says that a media port is taken, and by what address it cannot listen', async () => {
    const own = await start();
    const taken = (await own.pool.alive[0]!.server.dump()).udpSockets[0]!.port;
    await expect(Sfu.start({ count: 1, listen: [{ address: '127.0.0.1' }], firstPort: taken })).rejects.toMatchObject({ code: 'portTaken' });
    await expect(Sfu.start({ count: 1, listen: [{ address: '192.0.2.1' }], firstPort: 0 })).rejects.toMatchObject({ code: 'addressUnknown' });
  });

  it('has no room while no worker runs', async () => {
    const own = await start();
    own.close();
    await expect(own.open({ id: 'a' })).rejects.toMatchObject({ code: 'noWorker' });
  });
});
