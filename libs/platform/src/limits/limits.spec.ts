import { redisForTests } from '../../../../test/support/services.js';
import { Settings } from '../config/settings.js';
import { setLogLevel } from '../logging/log.js';
import { limitTable } from './limit-table.js';
import { Limits } from './limits.js';

beforeAll(() => setLogLevel('silent'));
const { points } = limitTable.signInByPhone;
const take = async (limits: Limits, times: number, key: string) => {
  for (let n = 0; n < times; n += 1) await limits.take('signInByPhone', key);
};

it('takes what is allowed and refuses the next with the seconds to wait', async () => {
  const limits = new Limits(new Settings());
  await take(limits, points, 'a');
  await expect(take(limits, 1, 'a')).rejects.toMatchObject({ code: 'tooManyRequests', details: { seconds: limitTable.signInByPhone.seconds } });
  await take(limits, points, 'b');
  await limits.forget('signInByPhone', 'a');
  await take(limits, 1, 'a');
});

it('counts together with other processes over Redis, and alone while Redis is away', async () => {
  const settings = Object.assign(new Settings(), { redisUrl: await redisForTests() });
  const [one, two] = [new Limits(settings), new Limits(settings)];
  const key = `k${Math.random()}`;
  try {
    await Promise.all([one.onModuleInit(), two.onModuleInit()]);
    for (const limits of [one, two]) for (let n = 0; n < 100 && !limits['redis']?.isReady; n += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await take(one, points / 2, key);
    await take(two, points / 2, key);
    await expect(take(one, 1, key)).rejects.toMatchObject({ code: 'tooManyRequests' });
    await expect(take(two, 1, key)).rejects.toMatchObject({ code: 'tooManyRequests' });
  } finally {
    one.beforeApplicationShutdown();
    two.beforeApplicationShutdown();
  }
  await take(one, 1, 'redis is gone');
}, 20_000);

it('leaves room for a hall of 4,000 people behind one address', () => {
  for (const [name, limit] of Object.entries(limitTable)) {
    if (name.endsWith('ByAddress') && name.startsWith('phone')) expect((limit.points / limit.seconds) * 3_600).toBeGreaterThanOrEqual(4_000);
  }
});

it('lets 300 viewers behind one address chat as people do: a message every two seconds, and likes with it', () => {
  const { messageByPerson, messageByPersonHour, likeByPerson } = limitTable;
  expect(messageByPerson.points / messageByPerson.seconds).toBeGreaterThanOrEqual(0.5);
  expect(messageByPersonHour.points).toBeGreaterThanOrEqual(360); // one every ten seconds, for an hour
  expect(likeByPerson.points / likeByPerson.seconds).toBeGreaterThanOrEqual(1);
  expect(Object.keys(limitTable).filter((name) => /^(message|like|join|card|hand).*Address/.test(name))).toEqual([]);
});
