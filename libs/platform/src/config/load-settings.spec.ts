import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadSettings } from './load-settings.js';
import { PROJECT_ROOT } from './project.js';
import { declaredSettings } from './setting.js';
import { settingsTable } from './settings-table.js';
import { SettingsRefused } from './settings-refused.js';
import type { ProcessRole } from './settings.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fairwind-env-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
function load({ argv = [], env = {}, file = '', role = 'all' }: { argv?: string[]; env?: Record<string, string>; file?: string; role?: ProcessRole }) {
  const name = path.join(folder, `${(count += 1)}.env`);
  writeFileSync(name, file);
  return loadSettings(argv, env, role, name);
}
function reasons(given: Parameters<typeof load>[0]): string[] {
  try {
    load(given);
  } catch (error) {
    if (error instanceof SettingsRefused) return [...error.reasons];
    throw error;
  }
  return [];
}
const key = (digit: string) => digit.repeat(64);
const several = { DATABASE_URL: 'postgresql://db/x', REDIS_URL: 'redis://r', FAIRWIND_DATA_KEY: key('a'), FAIRWIND_HASH_KEY: key('b'), FAIRWIND_TOKEN_KEY: key('c') };

it('has defaults with which everything runs', () => {
  expect(load({})).toMatchObject({ port: 3000, dataDir: path.join(PROJECT_ROOT, '.data'), databaseUrl: null, redisUrl: null, lan: false, demo: null });
});

it('takes flags before the environment before .env', () => {
  const file = 'PORT=1\nFAIRWIND_LOG_LEVEL=warn\nDATA_DIR=/tmp/of-file\n# a comment\n';
  expect(load({ file, env: { PORT: '2', DATA_DIR: '/tmp/of-environment' }, argv: ['--port', '3', '--lan', '--no-demo'] })).toMatchObject({
    port: 3, logLevel: 'warn', dataDir: '/tmp/of-environment', lan: true, demo: false,
  });
  expect(load({ argv: ['--port=4', '--demo'] })).toMatchObject({ port: 4, demo: true });
  expect(load({ env: { PATH: '/bin', HOME: '/root' }, file: 'NODE_ENV=test\nPORT=\n' }).port).toBe(3000);
});

it.each<[string, Parameters<typeof load>[0], string]>([
  ['an unknown flag', { argv: ['--prot', '3'] }, 'There is no flag --prot. Did you mean --port?'],
  ['a word that is no flag', { argv: ['start'] }, 'There is no flag start.'],
  ['a flag without its value', { argv: ['--port'] }, '--port needs a value.'],
  ['a negated flag that is no switch', { argv: ['--no-port'] }, 'There is no flag --no-port.'],
  ['an unknown name in .env', { file: 'DATABSE_URL=x' }, 'There is no setting DATABSE_URL in .env. Did you mean DATABASE_URL?'],
  ['an unknown FAIRWIND_ name', { env: { FAIRWIND_SMS_ULR: 'x' } }, 'There is no setting FAIRWIND_SMS_ULR in the environment. Did you mean FAIRWIND_SMS_URL?'],
  ['a port that is no number', { env: { PORT: 'abc' } }, 'PORT in the environment must be a whole number, not “abc”.'],
  ['a port that is none', { env: { PORT: '70000' } }, 'PORT in the environment must not be greater than 65535; “70000” is not.'],
  ['a switch that is neither', { env: { FAIRWIND_LAN: 'maybe' } }, 'FAIRWIND_LAN in the environment must be true or false, not “maybe”.'],
  ['another kind of database', { env: { DATABASE_URL: 'mysql://x' } }, 'DATABASE_URL in the environment must be a postgresql:// address; what it is set to is not.'],
  ['an address that is none', { env: { PUBLIC_URL: 'fair' } }, 'PUBLIC_URL in the environment must be an http(s):// address; “fair” is not.'],
  ['a short key', { env: { FAIRWIND_DATA_KEY: 'abc' } }, 'FAIRWIND_DATA_KEY in the environment must be longer than or equal to 64 characters; what it is set to is not.'],
  ['Redis without a database', { env: { REDIS_URL: 'redis://x' } }, 'set DATABASE_URL too'],
  ['the api alone', { role: 'api', env: { DATABASE_URL: 'postgresql://x' } }, 'set DATABASE_URL and REDIS_URL'],
  ['media alone', { role: 'media' }, 'set DATABASE_URL and REDIS_URL'],
  ['several processes without common keys', { role: 'api', env: { DATABASE_URL: 'postgresql://x', REDIS_URL: 'redis://x' } }, 'Several processes need the same keys'],
  ['half a certificate', { env: { TLS_CERT: 'a.pem' } }, 'set both'],
  ['a bucket’s key without the bucket', { env: { FAIRWIND_S3_KEY_ID: 'a', FAIRWIND_S3_SECRET: 'b' } }, 'set FAIRWIND_S3_BUCKET'],
  ['one key for two things', { env: { FAIRWIND_DATA_KEY: key('a'), FAIRWIND_HASH_KEY: key('a') } }, 'must differ'],
])('refuses %s and says so', (_, given, sentence) => {
  const found = reasons(given);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(sentence);
});

it('says everything that is wrong at once, and shows no secret', () => {
  const found = reasons({ env: { PORT: 'x', FAIRWIND_NO: '1', DATABASE_URL: 'hunter2' }, argv: ['--x'] });
  expect(found).toHaveLength(4);
  expect(found.join()).not.toContain('hunter2');
});

it.each<ProcessRole>(['all', 'api', 'media'])('lets %s run as one of several', (role) => {
  expect(load({ role, env: several })).toMatchObject({ role, redisUrl: 'redis://r' });
});

it('is written down for people, whole', () => {
  const written = readFileSync(path.join(PROJECT_ROOT, 'libs', 'platform', 'SETTINGS.md'), 'utf8');
  expect(written.slice(written.indexOf('| name |'))).toBe(settingsTable());
  const readme = readFileSync(path.join(PROJECT_ROOT, 'README.md'), 'utf8');
  const known = declaredSettings().map(({ env }) => env);
  expect([...readme.matchAll(/`(FAIRWIND_[A-Z0-9_]+)`/g)].map(([, name]) => name).filter((name) => !known.includes(name))).toEqual([]);
});
