import type { Servers } from './servers.js';

/** `npm run rebuild -- attendance` through its launcher, beside the servers: the log makes the very rows that stand there. @returns the place in the log at which it looked */
export async function rebuiltTheSame(servers: Servers, fairId: string): Promise<number> {
  const { code, output } = await servers.command('infra/setup/rebuild.mjs', ['attendance', '--fair', fairId]);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('the same') as string });
  const [, found] = /tables (\w{64})/.exec(output)!;
  expect(output).toContain(`log    ${found}`);
  return Number(/until (\d+)/.exec(output)![1]);
}
