// `npm test [-- STEP… [PATTERN…]] [--long] [--seed N]`: the whole proof, from a bare clone, with every real service that it
// needs. `npm test -- unit libs/tickets` is a part of it. A step that fails does not keep the next from running.
import './node-version.mjs';
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeBatches } from './batches.mjs';
import { endChildrenWithMe, startGuard } from './children.mjs';
import { runJest } from './jest-run.mjs';
import { LONG_TEST_PACKAGES, TEST_PACKAGES, commandPath, ensurePackages } from './packages.mjs';
import { prepare } from './prepare.mjs';
import { ROOT } from './root.mjs';
import { startPostgres15, startRedis } from './services.mjs';
import { StepFailed, elapsed, runStep } from './step.mjs';
import { startTemplate } from './template.mjs';
import { presentWorker } from './worker/worker.mjs';

/** @typedef {import('./jest-run.mjs').Outcome} Outcome */
/** @typedef {'types' | 'lint' | 'unit' | 'scenarios' | 'browser'} StepName */

/** In this order: the cheap ones first. @type {StepName[]} */
const STEPS = ['types', 'lint', 'unit', 'scenarios', 'browser'];
/** Those that are jest's. */
const JEST = new Set(['unit', 'scenarios', 'browser']);
const LIMIT_MS = 20 * 60_000;
const LONG_LIMIT_MS = 120 * 60_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean', default: false }, seed: { type: 'string' } },
});
const named = /** @type {StepName[]} */ (positionals.filter((word) => STEPS.includes(/** @type {StepName} */ (word))));
const patterns = positionals.filter((word) => !STEPS.includes(/** @type {StepName} */ (word)));
const steps = STEPS.filter((step) => {
  if (named.length > 0) return named.includes(step);
  return patterns.length === 0 || JEST.has(step); // a path alone means the specs there
});
const seed = values.seed ?? process.env.TEST_SEED ?? String(randomInt(1, 2 ** 31));
const again = `npm ${values.long ? 'run test:long' : 'test'} -- ${[...steps, ...patterns].join(' ')} --seed ${seed}`;

/** Tests that jest has run. */
let specs = 0;
let passed = 0;
let failed = 0;
/** @type {string[]} */
const failures = [];

/** @param {string} name @param {Outcome} outcome @param {number} since */
function note(name, outcome, since) {
  if (JEST.has(name)) specs += outcome.passed + outcome.failed;
  passed += outcome.passed;
  failed += outcome.failed;
  for (const failure of outcome.failures) failures.push(`${name}: ${failure}`);
  console.log(`== ${name}: ${outcome.passed} passed, ${outcome.failed} failed, ${elapsed(since)}`);
}

/** Does something that counts as one. @param {string} name @param {() => Promise<unknown>} work @returns {Promise<boolean>} */
async function one(name, work) {
  const since = performance.now();
  try {
    await work();
    note(name, { passed: 1, failed: 0, failures: [] }, since);
    return true;
  } catch (error) {
    console.error(error instanceof StepFailed ? error.message : error);
    note(name, { passed: 0, failed: 1, failures: [/** @type {Error} */ (error).message.trim().split('\n').at(-1) ?? ''] }, since);
    return false;
  }
}

const needs = (/** @type {StepName[]} */ ...some) => some.some((step) => steps.includes(step));
const running = needs('unit', 'scenarios', 'browser');

/**
 * @param {boolean} built whether dist is there
 * @returns {Promise<NodeJS.ProcessEnv>} what the specs are told. Without the build there is no template: each spec then
 *   starts an embedded database of its own
 */
async function startServices(built) {
  const chromium = process.env.CHROMIUM ?? commandPath('chromium') ?? commandPath('chromium-browser');
  const [redis, postgres, template] = await Promise.all([startRedis(), startPostgres15(), built ? startTemplate() : undefined]);
  return {
    NODE_ENV: 'test',
    TEST_SEED: seed,
    TEST_LONG: values.long ? '1' : '',
    TEST_REDIS_URL: redis.url,
    TEST_PG15_URL: postgres.url,
    ...(template && { TEST_EMBEDDED_URL: template.url, TEST_TEMPLATE: template.name }),
    ...(chromium && { CHROMIUM: chromium }),
  };
}

/** @typedef {[name: string, file: string, ...args: string[]]} Program */
/** @type {Program} */
const TSC = ['tsc', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'];
/** @type {Program} */
const ESLINT = ['eslint', 'node_modules/eslint/bin/eslint.js', '.'];
/** What both of them do. @type {Program} */
const TSC_AND_ESLINT = ['tsc and eslint', 'infra/setup/check.mjs'];
/** @type {Program[]} */
const OTHER_TYPES = [
  ['tsc of infra/setup', 'node_modules/typescript/bin/tsc', '-p', 'infra/setup/tsconfig.json'],
  ['vue-tsc', 'node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'apps/web/tsconfig.json'],
  ['vue-tsc of specs', 'node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'apps/web/tsconfig.spec.json'],
];

/** One after the other, for each is a gigabyte; on what the specs leave of the processors, for those wait a good deal. @param {Program[]} programs */
async function check(programs) {
  /** @type {string[]} */
  const failed = [];
  for (const [name, file, ...args] of programs) {
    const step = { name, command: process.execPath, args: [path.join(ROOT, file), ...args], advice: 'Mend what is said above.', aside: running };
    await runStep(step).catch((error) => failed.push(error.message));
  }
  if (failed.length > 0) throw new StepFailed(failed.join('\n\n'));
}

/** @returns {Promise<unknown>} types and lint, as far as they are wanted, side by side */
function startChecks() {
  if (needs('types') && needs('lint')) return Promise.all([one('types', () => check(OTHER_TYPES)), one('types of the server, lint', () => check([TSC_AND_ESLINT]))]);
  if (needs('types')) return one('types', () => check([TSC, ...OTHER_TYPES]));
  return needs('lint') ? one('lint', () => check([ESLINT])) : Promise.resolve();
}

/** The steps that are jest's. @param {boolean} built whether dist is there */
async function runSpecs(built) {
  /** @type {NodeJS.ProcessEnv} */
  let env = {};
  const served = await one('services', async () => {
    env = await startServices(built);
  });
  if (!served) return;
  for (const project of steps.filter((step) => JEST.has(step))) {
    const since = performance.now();
    console.log(`== ${project}`);
    if (project !== 'unit' && !built) {
      note(project, { passed: 0, failed: 1, failures: ['not run, since the build failed'] }, since);
      continue;
    }
    // The long run's whole processes are measured under load, and its browsers play minutes of media.
    const flags = project !== 'unit' && values.long ? ['--runInBand'] : ['--maxWorkers=2'];
    const limitMs = values.long ? LONG_LIMIT_MS : LIMIT_MS;
    const batches = project === 'unit' && !values.long && patterns.length === 0 ? { TEST_BATCHES: writeBatches() } : {};
    note(project, await runJest({ project, patterns, flags, env: { ...env, ...batches }, limitMs }), since);
  }
  if (patterns.length > 0 && specs === 0) {
    note('specs', { passed: 0, failed: 1, failures: [`no test was found under ${patterns.join(', ')}`] }, performance.now());
  }
}

/** @returns {Promise<void>} the media worker, which specs of libs/sfu start */
async function startWorker() {
  if (presentWorker()) return;
  const file = path.join(import.meta.dirname, 'worker', 'worker.mjs');
  const advice = 'The last line above says what it needs.';
  const step = runStep({ name: 'preparing the media worker', command: process.execPath, args: [file], advice, signal: 'SIGTERM' });
  step.catch(() => {}); // looked at later, when the steps beside it are done
  await step;
}

/** @returns {Promise<void>} what every step stands on: system packages, npm packages, the database client */
async function setUp() {
  if (running) {
    const packages = ensurePackages([...TEST_PACKAGES, ...(values.long ? LONG_TEST_PACKAGES : [])], (line) => console.log(`  ${line}`));
    if (packages.sentence) throw new StepFailed(packages.sentence);
  }
  await prepare({ server: false, web: false });
}

async function main() {
  endChildrenWithMe();
  startGuard();
  const begin = performance.now();
  console.log(`Fairwind tests: ${steps.join(', ')}${values.long ? ' (full counts)' : ''}, seed ${seed}`);
  if (await one('set-up', setUp)) {
    // Minutes on a machine that has none, so it goes on beside the build, the types and the lint.
    const worker = running ? startWorker() : undefined;
    const checks = startChecks();
    const built = running && (await one('build', () => prepare({ web: needs('scenarios', 'browser') })));
    if (worker) await one('media worker', () => worker);
    if (running) await runSpecs(built);
    await checks;
  }
  if (failures.length > 0) {
    console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}\nseed ${seed}; again: ${again}`);
  }
  console.log(`Took ${elapsed(begin)}.`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

await main();
