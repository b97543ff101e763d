import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import type { FileKind, StoredFile } from '../database/models.js';

export interface FileToKeep {
  kind: FileKind;
  organisationId?: string;
  accountId?: string;
  /** As the person called it; it is cleaned. */
  name: string;
  /** As the browser called it; the bytes decide. */
  mediaType: string;
  bytes: Buffer;
}

/** Files of people and organisations: bytes on disk or S3, one row of `StoredFile` each. */
@Injectable()
export class Files {
  constructor(private readonly database: Database) {}

  /**
   * Keeps a file; when the transaction rolls back, the bytes are swept later.
   * Throws `unsupportedFile` (the bytes are none of PDF, JPEG, PNG, DOCX), `payloadTooLarge` (over 10 MB).
   */
  keep(_tx: Tx, _file: FileToKeep): Promise<StoredFile> {
    throw new Error('Files.keep is being written');
  }

  /** Throws `notFound`. */
  async read(id: string): Promise<{ file: StoredFile; stream: Readable }> {
    await this.database.read.storedFile.findUnique({ where: { id } });
    throw new Error('Files.read is being written');
  }

  /** Removes the row now and the bytes after the commit. No error when there is none. */
  remove(_tx: Tx, _id: string): Promise<void> {
    throw new Error('Files.remove is being written');
  }
}
