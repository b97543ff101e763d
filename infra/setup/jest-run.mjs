// One jest project in a process of its own, and its numbers from jest's own report.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { track } from './children.mjs';
import { ROOT } from './root.mjs';
import { temporaryFolder } from './services.mjs';

/** @typedef {{ passed: number, failed: number, failures: string[] }} Outcome */

/** @param {string} file of the report @returns {string} what stands before its tests; a batch's own begin with their spec */
const before = (file) => (file.endsWith('.batch.cjs') ? '' : `${path.relative(ROOT, file)} › `);

/** @param {string} message of jest @returns {string} the line of the spec and what it says first, in one line: a log that was cut keeps its end */
function brief(message) {
  const lines = stripVTControlCharacters(message).split('\n').map((line) => line.trim()).filter(Boolean);
  const place = lines.find((line) => /^at .*\.(spec|e2e|scenario)\.ts:\d+/.test(line));
  return [...(place ? [place] : []), ...lines.slice(0, 3)].join(' | ').slice(0, 400);
}

/**
 * @param {{ name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] | null }[] }[]} files of the report
 * @returns {string[]} the file and the test and below it why, or the file and why when it could not be run
 */
function failedTests(files) {
  return files
    .filter((file) => file.status === 'failed')
    .flatMap((file) => {
      const tests = file.assertionResults.filter((test) => test.status === 'failed');
      if (tests.length === 0) return [`${path.relative(ROOT, file.name)}: ${brief(file.message)}`];
      return tests.map((test) => `${before(file.name)}${test.fullName}\n    ${brief(test.failureMessages?.[0] ?? '')}`);
    });
}

/**
 * @param {{ name: string, assertionResults: { duration?: number | null, fullName: string }[] }[]} files of the report
 * @returns {string[]} the tests that took longest, a line each, so that time is won where it is lost
 */
function slowestTests(files) {
  return files
    .flatMap(({ name, assertionResults }) => assertionResults.map(({ fullName, duration }) => ({ name, fullName, ms: duration ?? 0 })))
    .filter(({ ms }) => ms >= 2_000)
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 20)
    .map(({ name, fullName, ms }) => `  ${(ms / 1_000).toFixed(1)} s  ${before(name)}${fullName}`);
}

/** @returns {NodeJS.ProcessEnv} this process's, without what a person has set for a server of theirs */
function plainEnvironment() {
  const settings = /^(FAIRWIND_.*|DATABASE_URL|REDIS_URL|DATA_DIR|PORT|PUBLIC_URL|TLS_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}

/**
 * @param {{ project: string, patterns: string[], flags: string[], env: NodeJS.ProcessEnv, limitMs: number }} run
 * @returns {Promise<Outcome>} a file that could not be run at all counts as one failure, and so does a jest that broke
 */
export async function runJest({ project, patterns, flags, env, limitMs }) {
  const report = path.join(temporaryFolder('jest'), 'report.json');
  const program = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [program, ...patterns, '--selectProjects', project, '--json', '--outputFile', report, ...flags];
  if (patterns.length > 0) args.push('--passWithNoTests'); // the path may be another project's
  // --json would put the report on stdout as well: that one is dropped, people read stderr.
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: process.platform !== 'win32',
  });
  track(child, 'SIGTERM');
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    process.kill(process.platform === 'win32' ? child.pid ?? 0 : -(child.pid ?? 0), 'SIGKILL');
  }, limitMs);
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  clearTimeout(timer);
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'));
    const passed = json.numPassedTests;
    const failed = json.numFailedTests + json.numRuntimeErrorTestSuites;
    const failures = failedTests(json.testResults);
    const slowest = slowestTests(json.testResults);
    if (slowest.length > 0) console.log(`Slowest:\n${slowest.join('\n')}`);
    if (code === 0 || failed > 0) return { passed, failed, failures };
    const reason = passed === 0 ? 'no test was found' : `jest ended with ${code}`;
    return { passed, failed: 1, failures: [reason] };
  } catch {
    const reason = late ? `not done after ${limitMs / 60_000} minutes` : `jest ended with ${code} and no report`;
    return { passed: 0, failed: 1, failures: [reason] };
  }
}
