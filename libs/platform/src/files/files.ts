import { createHash } from 'node:crypto';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { Database } from '../database/database.js';
import { newId } from '../database/id.js';
import type { FileKind, StoredFile } from '../database/models.js';
import type { Reader, Tx } from '../database/tx.js';
import { DomainError } from '../errors/domain-error.js';
import { MAX_FILE_BYTES } from '../http/upload.js';
import { Log } from '../logging/log.js';
import { Seal } from '../sealing/seal.js';
import { DiskStore } from './disk-store.js';
import { FileArea } from './file-area.js';
import { cleanName, fileTypes, typeOf } from './file-kinds.js';
import type { FileStore } from './file-store.js';
import { S3Store } from './s3-store.js';

export interface FileToKeep {
  kind: FileKind;
  organisationId?: string;
  accountId?: string;
  /** As the person called it; it is cleaned, and gets the ending of what it is. */
  name: string;
  /** As the browser called it; the bytes decide. */
  mediaType: string;
  bytes: Buffer;
  /** A person's own key: then bytes and name are sealed with it, and nobody reads them without it. */
  key?: Buffer;
}

/** Keys of files begin with the last two letters of their id; areas have longer names. */
const OF_A_FILE = /^[0-9a-f]{2}\//;
const HOUR_MS = 3_600_000;
/** Bytes without a row are left alone for so long: their transaction may still be open. */
const ORPHAN_MS = 24 * HOUR_MS;
const log = Log.named('files');

/** Files of people and organisations: bytes on disk or S3, one row of `StoredFile` each. Serve them with `attachment`. */
@Injectable()
export class Files implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly store: FileStore;
  private sweeping: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    settings: Settings,
    private readonly seal: Seal,
  ) {
    this.store = settings.s3Bucket === null ? new DiskStore(path.join(settings.dataDir, 'files')) : new S3Store(settings, settings.s3Bucket);
  }

  onApplicationBootstrap(): void {
    const sweep = () => void this.sweep().catch((err: unknown) => log.error({ err }, 'Sweeping files failed; it is tried again.'));
    this.sweeping = setInterval(sweep, 6 * HOUR_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.sweeping);
  }

  /**
   * Keeps a file. When the transaction rolls back, its bytes are swept a day later.
   * Throws `unsupportedFile` (its bytes are nothing that this kind may be) or `payloadTooLarge` (over 10 MB).
   */
  async keep(tx: Tx, { kind, organisationId, accountId, name, bytes, key }: FileToKeep): Promise<StoredFile> {
    if (bytes.length > MAX_FILE_BYTES) throw new DomainError('payloadTooLarge', { limit: '10 MB' });
    const type = typeOf(kind, bytes);
    if (!type) throw new DomainError('unsupportedFile', { allowed: fileTypes[kind].map((each) => each.name).join(' / ') });
    const id = newId();
    // The last letters of an id are random, the first are the time: so folders fill evenly.
    const storageKey = `${id.slice(-2)}/${id}.${type.extension}`;
    const kept = key ? this.seal.sealBytes(bytes, key) : bytes;
    await this.store.put(storageKey, kept, key ? 'application/octet-stream' : type.mediaType);
    const sha256 = createHash('sha256').update(kept).digest('hex');
    const clean = cleanName(name, type);
    const named = key ? { name: `${kind}.${type.extension}`, nameSealed: new Uint8Array(this.seal.seal(clean, key)) } : { name: clean };
    const file = await tx.storedFile.create({ data: { id, kind, organisationId, accountId, ...named, mediaType: type.mediaType, size: bytes.length, sha256, storageKey } });
    return { ...file, name: clean };
  }

  /** What the person called it. `key`: of whom a sealed one is. */
  nameOf(file: StoredFile, key: Buffer): string {
    return file.nameSealed ? this.seal.unseal(file.nameSealed, key) : file.name;
  }

  /**
   * The row, and the bytes to be piped once.
   * @param key of the person whose file it is, when it was kept with one
   * Throws `notFound`, also when the bytes have gone (which is logged).
   */
  async read(id: string, key?: Buffer, reader: Reader = this.database.read): Promise<{ file: StoredFile; stream: Readable }> {
    const file = await reader.storedFile.findUnique({ where: { id } });
    if (!file) throw new DomainError('notFound');
    const stream = await this.store.get(file.storageKey);
    if (stream && key) return { file: { ...file, name: this.nameOf(file, key) }, stream: Readable.from([this.seal.unsealBytes(await buffer(stream), key)]) };
    if (stream) return { file, stream };
    log.error({ id, storageKey: file.storageKey }, 'The bytes of a file are missing.');
    throw new DomainError('notFound');
  }

  /** Removes the row now and the bytes after the commit. No error when there is none. */
  async remove(tx: Tx, id: string): Promise<void> {
    const file = await tx.storedFile.findUnique({ where: { id } });
    if (!file) return;
    await tx.storedFile.delete({ where: { id } });
    this.database.afterCommit(tx, () => {
      this.store.remove(file.storageKey).catch((err: unknown) => log.warn({ err, id }, 'The bytes of a removed file are still there; the sweep takes them.'));
    });
  }

  /**
   * A part of the store with keys of its own, which the sweep leaves alone.
   * @param name three letters or more
   */
  area(name: string): FileArea {
    if (!/^[a-z-]{3,40}$/.test(name)) throw new Error(`not a name of an area: ${name}`);
    return new FileArea(this.store, name);
  }

  /** Removes bytes that no row names any more. Answers how many. */
  async sweep(now = new Date()): Promise<number> {
    let removed = 0;
    for await (const { key, at } of this.store.list()) {
      if (!OF_A_FILE.test(key)) continue;
      if (now.getTime() - at.getTime() < ORPHAN_MS) continue;
      if ((await this.database.read.storedFile.count({ where: { storageKey: key } })) > 0) continue;
      await this.store.remove(key);
      removed += 1;
    }
    if (removed > 0) log.info({ removed }, 'Bytes without a file were removed.');
    return removed;
  }
}
