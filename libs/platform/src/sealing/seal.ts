import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from './keys.js';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** Encrypts what nobody may read in the database, and makes the keyed hashes by which it is found. */
@Injectable()
export class Seal {
  constructor(private readonly keys: Keys) {}

  /**
   * Encrypts with AES-256-GCM (NIST SP 800-38D, a random 96-bit nonce).
   * @param key 32 bytes; the data key from the settings unless given
   * @returns version, nonce, tag, ciphertext
   */
  seal(text: string, key: Buffer = this.keys.data): Buffer {
    return this.sealBytes(Buffer.from(text, 'utf8'), key);
  }

  /** The text again. Throws when the key is another one or a byte was changed. */
  unseal(bytes: Uint8Array, key: Buffer = this.keys.data): string {
    return this.unsealBytes(bytes, key).toString('utf8');
  }

  /** As `seal`, for a file; 29 bytes longer than what goes in. */
  sealBytes(bytes: Uint8Array, key: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
  }

  /** As `unseal`, for a file. */
  unsealBytes(bytes: Uint8Array, key: Buffer): Buffer {
    const sealed = Buffer.from(bytes);
    if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) throw new Error('this is not something that was sealed here');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]);
  }

  /** HMAC-SHA256 with the hash key, in hex: the same text always gives the same hash, and nobody else can compute it. */
  hash(text: string): string {
    return createHmac('sha256', this.keys.hash).update(text, 'utf8').digest('hex');
  }

  /** A new random key of 32 bytes. */
  newKey(): Buffer {
    return randomBytes(32);
  }

  /** Wraps a key with the data key, for a person's own key in the vault. */
  sealKey(key: Buffer): Buffer {
    return this.seal(key.toString('base64'));
  }

  /** The wrapped key again. */
  unsealKey(bytes: Uint8Array): Buffer {
    return Buffer.from(this.unseal(bytes), 'base64');
  }
}
