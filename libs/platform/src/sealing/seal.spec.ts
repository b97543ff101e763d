import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Settings } from '../config/settings.js';
import { setLogLevel } from '../logging/log.js';
import { Keys } from './keys.js';
import { Seal } from './seal.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-keys-'));
afterAll(() => rmSync(dataDir, { recursive: true }));
beforeAll(() => setLogLevel('silent'));
const settings = (more: Partial<Settings> = {}) => Object.assign(new Settings(), { dataDir }, more);

describe('a seal', () => {
  const seal = new Seal(new Keys(settings()));

  it('opens with its key and with no other', () => {
    const sealed = seal.seal('13800001234 张伟');
    expect(seal.unseal(sealed)).toBe('13800001234 张伟');
    expect(sealed.toString('latin1')).not.toContain('1380000');
    expect(seal.seal('13800001234 张伟')).not.toEqual(sealed);
    expect(() => seal.unseal(sealed, seal.newKey())).toThrow();
    const own = seal.newKey();
    expect(seal.unseal(seal.seal('x', own), own)).toBe('x');
    expect(seal.unsealKey(seal.sealKey(own))).toEqual(own);
  });

  it('breaks when any byte of it is changed', () => {
    const sealed = seal.seal('text');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] ^= 1;
      expect(() => seal.unseal(changed)).toThrow();
    }
    expect(() => seal.unseal(sealed.subarray(0, 20))).toThrow();
  });

  it('hashes with a key of its own', () => {
    expect(seal.hash('a')).toBe(seal.hash('a'));
    expect(seal.hash('a')).not.toBe(seal.hash('b'));
    const other = new Seal(new Keys(settings({ hashKey: 'f'.repeat(64) })));
    expect(other.hash('a')).not.toBe(seal.hash('a'));
    expect(other.unseal(seal.seal('the data key is the same'))).toContain('same');
  });
});

describe('keys', () => {
  it('are made once, for this user only', () => {
    const first = new Keys(settings());
    expect(new Keys(settings()).data).toEqual(first.data);
    expect(new Set([first.data, first.hash, first.token].map((key) => key.toString('hex'))).size).toBe(3);
    expect(statSync(path.join(dataDir, 'keys', 'data.key')).mode & 0o777).toBe(0o600);
  });

  it('come from the settings, and then none is made', () => {
    const elsewhere = path.join(dataDir, 'none');
    const keys = new Keys(settings({ dataDir: elsewhere, dataKey: 'a'.repeat(64), hashKey: 'b'.repeat(64), tokenKey: 'c'.repeat(64) }));
    expect(keys.data).toEqual(Buffer.alloc(32, 0xaa));
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('are not made anew over one that is broken', () => {
    writeFileSync(path.join(dataDir, 'keys', 'token.key'), 'half');
    expect(() => new Keys(settings())).toThrow('token.key');
  });
});
