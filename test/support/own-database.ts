import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerDatabase } from './services.js';
import { eventually } from './world.js';

/** Whether that process lives; a zombie's command line is empty. */
function alive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

/** The embedded PostgreSQL that a server has started in its DATA_DIR, with what lies there of it. */
export class OwnDatabase implements ServerDatabase {
  private readonly folder: string;
  private readonly note: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'postgres');
    this.note = join(this.folder, 'data', 'postmaster.pid');
  }

  /** Of the one that runs, or was killed last. */
  get pid(): number {
    return Number(this.noted[0]);
  }

  /** Of the one that runs: started anew by another server it may listen elsewhere. */
  get url(): string {
    return `postgresql://fairwind:${readFileSync(join(this.folder, 'password'), 'utf8').trim()}@127.0.0.1:${Number(this.noted[3])}/postgres`;
  }

  /** Ends it beneath its server, and waits until it is gone; its sessions end by themselves. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const { pid } = this;
    process.kill(pid, signal);
    await eventually('PostgreSQL to be gone', () => !alive(pid));
  }

  /** kill -9 of all its processes at once, as when a container is killed: none of them writes anything more. */
  async killAll(): Promise<void> {
    const { pid } = this;
    const sessions = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    for (const each of [pid, ...sessions]) if (alive(each)) process.kill(each, 'SIGKILL');
    await eventually('PostgreSQL to be gone', () => ![pid, ...sessions].some(alive));
  }

  /** Its server has ended it, unless the story failed while there was none. */
  readonly drop = async (): Promise<void> => {
    if (existsSync(this.note) && alive(this.pid)) await this.kill('SIGQUIT');
  };

  private get noted(): string[] {
    return readFileSync(this.note, 'utf8').split('\n');
  }
}
