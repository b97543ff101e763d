import { testModule, type TestModule } from '../../../../test/support/module.js';
import type { Tx } from '../database/tx.js';
import { setLogLevel } from '../logging/log.js';
import { PlatformModule } from '../platform.module.js';
import { bootModule } from '../boot.module.js';
import { Test } from '@nestjs/testing';
import { Timers } from './timers.js';

let testing: TestModule;
let timers: Timers;
let second: Timers;
let closeSecond: () => Promise<void>;
const done: { name: string; key: string; data: unknown }[] = [];
let failures = 0;

beforeAll(async () => {
  testing = await testModule({});
  setLogLevel('silent');
  timers = testing.module.get(Timers);
  // A second process on the same database.
  const other = await Test.createTestingModule({ imports: [bootModule(testing.settings, testing.database), PlatformModule] }).compile();
  second = other.get(Timers);
  closeSecond = () => other.close();
  for (const each of [timers, second]) {
    each.handle('note', async (_tx, timer) => void done.push(timer));
    each.handle('fails twice', async (tx, timer) => {
      await tx.timer.updateMany({ where: { name: 'witness' }, data: { attempts: { increment: 1 } } });
      if ((failures += 1) < 3) throw new Error('not yet');
      done.push(timer);
    });
    each.handle('again', async (tx, timer) => {
      done.push(timer);
      if (done.filter(({ name }) => name === 'again').length < 3) await each.schedule(tx, 'again', timer.key, new Date());
    });
    each.onApplicationBootstrap();
  }
}, 60_000);
afterAll(async () => {
  await closeSecond();
  await testing.close();
});
beforeEach(() => void done.splice(0));

const inTx = <T>(work: (tx: Tx) => Promise<T>) => testing.database.transaction(work);
const at = (ms: number) => new Date(Date.now() + ms);
async function until(what: () => boolean, ms = 10_000) {
  for (const since = Date.now(); !what(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() - since > ms) throw new Error('it did not happen');
  }
}

it('does a thing at its time, once, with its data', async () => {
  await inTx((tx) => timers.schedule(tx, 'note', 'a', at(300), { fairId: 'x' }));
  expect(done).toEqual([]);
  await until(() => done.length === 1);
  expect(done[0]).toMatchObject({ name: 'note', key: 'a', data: { fairId: 'x' } });
});

it('is set in a transaction of raw statements as well', async () => {
  await testing.database.rawTransaction((tx) => timers.schedule(tx, 'note', 'raw', at(3_600_000), { n: 1 }));
  await testing.database.rawTransaction((tx) => timers.schedule(tx, 'note', 'raw', at(100), { n: 2 }));
  await until(() => done.length === 1);
  expect(done[0]).toMatchObject({ key: 'raw', data: { n: 2 }, attempts: 0 });
});

it('does a hundred once each, in two processes', async () => {
  await inTx(async (tx) => {
    for (let n = 0; n < 100; n += 1) await timers.schedule(tx, 'note', `n${n}`, at(0));
  });
  second['ticking'].wake();
  await until(() => done.length >= 100);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(done.map(({ key }) => key).sort()).toEqual(Array.from({ length: 100 }, (_, n) => `n${n}`).sort());
}, 20_000);

it('forgets one that was cancelled or rolled back, and moves one that was moved', async () => {
  await inTx((tx) => timers.schedule(tx, 'note', 'cancelled', at(150)));
  await inTx((tx) => timers.cancel(tx, 'note', 'cancelled'));
  await expect(inTx(async (tx) => {
    await timers.schedule(tx, 'note', 'rolled back', at(0));
    throw new Error('no');
  })).rejects.toThrow();
  await inTx((tx) => timers.schedule(tx, 'note', 'moved', at(100), { n: 1 }));
  await inTx((tx) => timers.schedule(tx, 'note', 'moved', at(300), { n: 2 }));
  await until(() => done.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(done.map(({ key, data }) => [key, data])).toEqual([['moved', { n: 2 }]]);
});

it('tries one that fails again later, and nothing of the failed try is kept', async () => {
  await inTx((tx) => timers.schedule(tx, 'witness', 'w', at(3_600_000)));
  await inTx((tx) => timers.schedule(tx, 'fails twice', 'f', at(0)));
  for (let tries = 1; tries < 3; tries += 1) {
    await until(() => failures === tries);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const row = await testing.database.read.timer.findFirstOrThrow({ where: { name: 'fails twice' } });
    expect(row).toMatchObject({ attempts: tries, doneAt: null });
    const wait = (row.dueAt.getTime() - Date.now()) / 1000;
    expect(wait).toBeGreaterThan(5 * 2 ** (tries - 1) - 2);
    await testing.database.read.timer.update({ where: { id: row.id }, data: { dueAt: new Date() } });
    timers['ticking'].wake();
  }
  // The handler says that it ran before its transaction commits: the row is waited for, and then counted once more.
  const witness = (): Promise<{ attempts: number }> => testing.database.read.timer.findFirstOrThrow({ where: { name: 'witness' } });
  for (const end = Date.now() + 10_000; Date.now() < end && (await witness()).attempts === 0;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await witness()).attempts).toBe(1);
}, 20_000);

it('lets a handler set its own timer anew', async () => {
  await inTx((tx) => timers.schedule(tx, 'again', 'x', at(0)));
  await until(() => done.length === 3);
});
