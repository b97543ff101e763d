import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the set-up says of the media worker in DATA_DIR/worker.json (infra/setup/worker). */
export interface WorkerStatus {
  state: 'ready' | 'building' | 'unavailable';
  /** 0 to 100 while building. */
  percent: number;
  /** One sentence for a person. */
  message: string;
}

/** Reads the status; a file that is not there means that the worker came with the packages, as in a container. */
export async function readWorkerStatus(dataDir: string): Promise<WorkerStatus> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'worker.json'), 'utf8')) as WorkerStatus;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'ready', percent: 100, message: 'The media worker came with the packages.' };
    throw error;
  }
}
