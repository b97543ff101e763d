import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { FileStore } from './file-store.js';

/** Files under one folder, readable by this user only. */
export class DiskStore implements FileStore {
  constructor(private readonly folder: string) {}

  async put(key: string, bytes: Buffer): Promise<void> {
    const file = this.place(key);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const half = `${file}.part`;
    const handle = await open(half, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
  }

  async get(key: string): Promise<Readable | null> {
    try {
      const handle = await open(this.place(key), 'r');
      return handle.createReadStream();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.place(key), { force: true });
  }

  async *list(folder?: string): AsyncIterable<{ key: string; at: Date }> {
    const from = folder === undefined ? this.folder : this.place(folder);
    await mkdir(from, { recursive: true, mode: 0o700 });
    for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const { mtime } = await stat(file);
      yield { key: path.relative(this.folder, file).split(path.sep).join('/'), at: mtime };
    }
  }

  private place(key: string): string {
    if (!/^[\w-]+(\/[\w.-]+)*$/.test(key) || key.includes('..')) throw new Error(`not a key of ours: ${key}`);
    return path.join(this.folder, key);
  }
}
