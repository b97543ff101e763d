import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** What the set-up says of the media worker in DATA_DIR/worker.json (infra/setup/worker). */
export interface WorkerStatus {
  state: 'ready' | 'building' | 'unavailable';
  /** 0 to 100 while building. */
  percent: number;
  /** One sentence for a person. */
  message: string;
  /** Who prepares it, or did: the process, when it began (clock ticks since the machine's start; null: no /proc there), and its machine. */
  pid?: number;
  began?: string | null;
  host?: string;
}

/**
 * Reads the status. A file that is not there means that the worker came with the packages, as in a container; a builder that
 * died before it was done means that there is none until another one is started. Throws when the file cannot be read.
 */
export async function readWorkerStatus(dataDir: string): Promise<WorkerStatus> {
  const file = join(dataDir, 'worker.json');
  const status = await read(file);
  if (status.state !== 'building' || (await lives(status))) return status;
  const last = await read(file); // it may have said its last word just before it ended
  if (last.state !== 'building' || last.pid !== status.pid) return last;
  return {
    ...last, state: 'unavailable', percent: 0,
    message: `What prepared the media worker ended before it was done, at: ${last.message} Start it again: npm start, or beside a running server: node infra/setup/worker/worker.mjs ${file}`,
  };
}

async function read(file: string): Promise<WorkerStatus> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as WorkerStatus;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'ready', percent: 100, message: 'The media worker came with the packages.' };
    throw error;
  }
}

/** Whether its builder does; one of another machine, which shares the folder, is believed. */
async function lives({ pid, began, host }: WorkerStatus): Promise<boolean> {
  if (pid === undefined || (host !== undefined && host !== hostname())) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (began === undefined || began === null) return true;
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''); // '': it has just ended
  const [state, ...fields] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return state !== 'Z' && fields[18] === began; // the number may be another process's by now
}
