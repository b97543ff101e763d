import type { Readable } from 'node:stream';

/** Where the bytes of files lie. Keys are ours: `ab/…uuid`. */
export interface FileStore {
  /** Keeps the bytes; when it resolves they survive a crash. */
  put(key: string, bytes: Buffer, mediaType: string): Promise<void>;
  /** Null when there are none. */
  get(key: string): Promise<Readable | null>;
  /** No error when there are none. */
  remove(key: string): Promise<void>;
  /** Every key with the time it was put; with `folder` those that lie under it. */
  list(folder?: string): AsyncIterable<{ key: string; at: Date }>;
}
