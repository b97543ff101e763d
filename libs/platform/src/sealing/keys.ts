import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { Log } from '../logging/log.js';

const HEX_KEY = /^[0-9a-f]{64}$/i;

/** The process's keys, 32 bytes each: from the settings, else made once in DATA_DIR/keys, with a warning. */
@Injectable()
export class Keys {
  /** Encrypts personal data. */
  readonly data: Buffer;
  /** Finds people by phone; never the data key. */
  readonly hash: Buffer;
  /** Signs access tokens. */
  readonly token: Buffer;

  constructor(private readonly settings: Settings) {
    const made: string[] = [];
    const take = (set: string | null, name: string): Buffer => (set === null ? this.kept(name, made) : Buffer.from(set, 'hex'));
    this.data = take(settings.dataKey, 'data');
    this.hash = take(settings.hashKey, 'hash');
    this.token = take(settings.tokenKey, 'token');
    if (made.length > 0) {
      Log.named('sealing').warn(
        { folder: this.folder, keys: made },
        'Development keys lie beside the data. For real people set FAIRWIND_DATA_KEY, FAIRWIND_HASH_KEY and FAIRWIND_TOKEN_KEY, and keep them elsewhere.',
      );
    }
  }

  private get folder(): string {
    return path.join(this.settings.dataDir, 'keys');
  }

  private kept(name: string, made: string[]): Buffer {
    made.push(name);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = path.join(this.folder, `${name}.key`);
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // EEXIST: made at an earlier start
    }
    const text = readFileSync(file, 'utf8').trim();
    if (!HEX_KEY.test(text)) throw new Error(`${file} does not hold a key of 64 hex digits; put the right one back`);
    return Buffer.from(text, 'hex');
  }
}
