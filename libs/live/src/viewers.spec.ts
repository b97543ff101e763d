import { randomUUID } from 'node:crypto';
import { Events, Watchers } from '#libs/events';
import { code } from '../../../test/support/market.js';
import { shows, type Show, type Shows } from '../../../test/support/show.js';
import { Airing } from './airing.js';
import { Likes } from './likes.js';
import { States } from './states.js';
import { ViewerCounts } from './viewer-counts.js';
import { ViewerProcesses } from './viewer-processes.js';

/** A process of the same installation, as far as counting goes. */
class OtherProcess {
  readonly watchers = new Watchers();
  readonly processes = new ViewerProcesses(testing.database);
  readonly counts = new ViewerCounts(testing.database, testing.get(Events), this.watchers, this.processes);
  constructor() { this.counts.onModuleInit(); }
}

let testing: Shows;
let show: Show;
let topic: string;
const others: OtherProcess[] = [];
beforeAll(async () => { testing = await shows(); }, 60_000);
beforeEach(async () => {
  show = await testing.show();
  topic = `broadcast:${show.broadcast.id}`;
});
afterEach(async () => {
  for (const { counts } of others.splice(0)) await counts.beforeApplicationShutdown();
});
afterAll(() => testing.close());

const here = () => testing.get(Watchers);
const flush = () => testing.get(ViewerCounts).flush();
const state = () => testing.get(States).fresh(show.broadcast.id);
function another(): OtherProcess {
  const made = new OtherProcess();
  others.push(made);
  return made;
}

describe('viewers', () => {
  it('are persons: one in two tabs and on two processes is one, and goes with the last of them', async () => {
    const second = another();
    for (const person of ['account:a', 'account:a', 'device:b']) here().enter(topic, person);
    for (const person of ['account:a', 'socket:c']) second.watchers.enter(topic, person);
    await Promise.all([flush(), second.counts.flush()]);
    expect(await state()).toMatchObject({ viewers: 3, peakViewers: 3 });
    for (let n = 0; n < 2; n += 1) here().leave(topic, 'account:a');
    await flush();
    expect(await state()).toMatchObject({ viewers: 3 });
    second.watchers.leave(topic, 'account:a');
    await second.counts.flush();
    expect(await state()).toMatchObject({ viewers: 2, peakViewers: 3 });
  });

  it('are counted right when many processes write at once', async () => {
    const all = [another(), another(), another()];
    for (let round = 0; round < 5; round += 1) {
      all.forEach(({ watchers }, n) => watchers.enter(topic, `account:${round}-${n}`));
      all.forEach(({ watchers }) => watchers.enter(topic, `account:shared-${round}`));
      await Promise.all(all.map(({ counts }) => counts.flush()));
      expect((await state()).viewers).toBe((round + 1) * 4);
    }
  });

  it('do not include the hosts, and a peak is of the time on air', async () => {
    const early = await testing.show({ live: false });
    here().enter(`broadcast:${early.broadcast.id}`, 'device:1');
    here().enter(topic, `account:${show.host.accountId}`);
    await flush();
    expect((await state()).viewers).toBe(0);
    expect(await testing.get(States).fresh(early.broadcast.id)).toMatchObject({ viewers: 1, peakViewers: 0 });
    await testing.get(Airing).changeStatus(early.host, early.broadcast.id, { status: 'live' });
    expect(await testing.get(States).fresh(early.broadcast.id)).toMatchObject({ viewers: 1, peakViewers: 1 });
  });

  it('of a process that died go; one that was only slow counts again', async () => {
    const dead = another();
    for (const person of ['device:1', 'device:2']) dead.watchers.enter(topic, person);
    here().enter(topic, 'device:2');
    await Promise.all([flush(), dead.counts.flush()]);
    expect((await state()).viewers).toBe(2);
    await testing.database.read.viewerProcess.update({ where: { id: dead.counts['processId'] }, data: { seenAt: new Date(Date.now() - 60_000) } });
    await testing.get(ViewerProcesses).beat();
    expect((await state()).viewers).toBe(1);
    await dead.processes.beat();
    await dead.counts.flush();
    expect((await state()).viewers).toBe(2);
  });

  it('leave with a process that ends in order', async () => {
    const ending = another();
    ending.watchers.enter(topic, 'device:1');
    await ending.counts.flush();
    await ending.counts.beforeApplicationShutdown();
    expect((await state()).viewers).toBe(0);
    expect(await testing.database.read.broadcastViewer.count({ where: { broadcastId: show.broadcast.id } })).toBe(0);
  });
});

describe('likes', () => {
  it('are written together, acknowledged when they are, and none is lost', async () => {
    const second = another();
    const like = (count: number) => testing.get(Likes).add({ role: 'anyone' }, show.broadcast.id, { count, deviceId: randomUUID() });
    await Promise.all([...Array.from({ length: 20 }, () => like(5)), ...Array.from({ length: 10 }, () => second.counts.like(show.broadcast.id, 3))]);
    expect((await state()).likes).toBe(130);
    const told = await testing.database.read.event.count({ where: { type: 'broadcast.counted', data: { path: ['broadcastId'], equals: show.broadcast.id } } });
    expect(told).toBeLessThanOrEqual(4);
  });

  it('are for what is on air', async () => {
    await testing.get(Airing).changeStatus(show.host, show.broadcast.id, { status: 'ended' });
    expect(await code(testing.get(Likes).add({ role: 'anyone' }, show.broadcast.id, { count: 1, deviceId: randomUUID() }))).toBe('broadcastStateRefused');
  });
});
