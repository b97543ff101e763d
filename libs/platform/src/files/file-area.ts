import { buffer } from 'node:stream/consumers';
import type { FileStore } from './file-store.js';

/**
 * Bytes that a slice keeps by names of its own (segments of recordings), beside the files of people, in the same store. No row
 * of `StoredFile` and no sweep: the slice has its own rows, and removes what it keeps.
 */
export class FileArea {
  /** Made by `Files.area`. */
  constructor(
    private readonly store: FileStore,
    private readonly name: string,
  ) {}

  /** @param key letters, digits, `-`, `_`, `.` and `/`; when it resolves the bytes survive a crash */
  put(key: string, bytes: Buffer, mediaType: string): Promise<void> {
    return this.store.put(`${this.name}/${key}`, bytes, mediaType);
  }

  /** Null when there are none. */
  async read(key: string): Promise<Buffer | null> {
    const stream = await this.store.get(`${this.name}/${key}`);
    return stream && buffer(stream);
  }

  /** No error when there are none. */
  remove(key: string): Promise<void> {
    return this.store.remove(`${this.name}/${key}`);
  }

  /** Every key that begins with a folder, with the time it was put. */
  async *list(folder: string): AsyncIterable<{ key: string; at: Date }> {
    for await (const { key, at } of this.store.list(`${this.name}/${folder}`)) yield { key: key.slice(this.name.length + 1), at };
  }
}
