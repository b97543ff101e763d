// System packages: what the project needs beside Node, and how it gets there.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ package: string, present: () => boolean }} SystemPackage one Debian package and how to see that it is there */

/** Debian's programs of PostgreSQL 15 are not on the PATH. */
export const POSTGRES_15_BIN = '/usr/lib/postgresql/15/bin';

/**
 * @param {string} name a command
 * @returns {string | undefined} its full path, when it is on the PATH and may be run
 */
export function commandPath(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue; // not in this folder
    }
  }
  return undefined;
}

/** @param {string} name @returns {boolean} whether pkg-config knows this library (pkg-config itself may be missing) */
const library = (name) => spawnSync('pkg-config', ['--exists', name]).status === 0;

/** @param {string} name @param {string} [command] @returns {SystemPackage} a package seen by its command */
const byCommand = (name, command = name) => ({ package: name, present: () => commandPath(command) !== undefined });
/** @param {string} name @param {string} module @returns {SystemPackage} a package seen by pkg-config */
const byLibrary = (name, module) => ({ package: name, present: () => library(module) });
/** @param {string} name @param {string} file @returns {SystemPackage} a package seen by a file of its own */
const byFile = (name, file) => ({ package: name, present: () => existsSync(file) });

/** @returns {boolean} whether Chromium can draw Chinese */
function hasChineseFont() {
  if (existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) return true;
  const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return fonts.status === 0 && fonts.stdout.trim() !== '';
}

/** What recordings and HLS need; without it all else works. @type {SystemPackage[]} */
export const RECORDING_PACKAGES = [byCommand('ffmpeg')];

/** What the tests need. @type {SystemPackage[]} */
export const TEST_PACKAGES = [
  ...RECORDING_PACKAGES,
  byCommand('chromium'),
  { package: 'fonts-noto-cjk', present: hasChineseFont },
  byCommand('redis-server'),
  byFile('postgresql-15', `${POSTGRES_15_BIN}/postgres`),
];

/** What `npm run test:long` needs besides. @type {SystemPackage[]} */
export const LONG_TEST_PACKAGES = [byCommand('coturn', 'turnserver')];

/** What building the mediasoup worker from its C++ source needs. @type {SystemPackage[]} */
export const WORKER_PACKAGES = [
  byCommand('g++'),
  byCommand('meson'),
  byCommand('ninja-build', 'ninja'),
  byCommand('pkg-config'),
  byCommand('flatbuffers-compiler', 'flatc'),
  byLibrary('libuv1-dev', 'libuv'),
  byLibrary('libssl-dev', 'openssl'),
  byLibrary('libsrtp2-dev', 'libsrtp2'),
  byLibrary('libusrsctp-dev', 'usrsctp'),
  byLibrary('libabsl-dev', 'absl_flat_hash_map'),
  byFile('libflatbuffers-dev', '/usr/include/flatbuffers/flatbuffers.h'), // its .pc file comes with the runtime library
];

/** @returns {boolean} Debian or one of its kin, where apt-get installs */
function debian() {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8')) && !!commandPath('apt-get');
  } catch {
    return false; // no such file: not a Linux with apt
  }
}

/** @param {string[]} args @returns {{ ok: boolean, output: string }} */
function aptGet(args) {
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y'];
  const run = spawnSync('apt-get', [...options, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return { ok: run.status === 0, output: `${run.stdout ?? ''}${run.stderr ?? ''}` };
}

/**
 * Keeps Debian's postgresql package from making and starting a cluster of its own: nothing here uses it, and it would
 * hold port 5432. Only where the package has never been configured, so that a person's own setting stays.
 */
function withoutCluster() {
  if (existsSync('/etc/postgresql-common/createcluster.conf')) return;
  const install = aptGet(['install', '--no-install-recommends', 'postgresql-common']);
  if (!install.ok) return; // the install that follows reports it
  spawnSync('sed', ['-i', 's/^#\\?create_main_cluster.*/create_main_cluster = false/', '/etc/postgresql-common/createcluster.conf']);
}

/**
 * Sees to it that packages are there.
 * @param {SystemPackage[]} wanted
 * @param {(line: string) => void} say told what is being done
 * @returns {{ missing: string[], sentence: string }} `missing` is empty when all is well; `sentence` says what a person does
 */
export function ensurePackages(wanted, say) {
  const absent = () => wanted.filter((item) => !item.present()).map((item) => item.package);
  const missing = absent();
  if (missing.length === 0) return { missing, sentence: '' };
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const sentence = `Missing system packages: ${missing.join(', ')}. Install them with: sudo sh -c '${command}'`;
  if (process.getuid?.() !== 0 || !debian()) return { missing, sentence };
  say(`installing system packages: ${missing.join(', ')}`);
  const update = aptGet(['update']);
  if (missing.includes('postgresql-15')) withoutCluster();
  const install = aptGet(['install', '--no-install-recommends', ...missing]);
  const left = absent();
  if (left.length === 0) return { missing: left, sentence: '' };
  const tail = `${update.ok ? '' : update.output}${install.output}`.trim().split('\n').slice(-5).join('\n');
  return { missing: left, sentence: `${sentence}\napt-get answered:\n${tail}` };
}
