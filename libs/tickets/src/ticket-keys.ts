import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TicketKey } from '#libs/contracts';
import { Database, Seal, type SigningKey } from '#libs/platform';
import type { SigningPair } from './ticket-code.js';

interface KeySet {
  publicKeys: ReadonlyMap<number, KeyObject>;
  /** The newest that is not retired. */
  signing: SigningPair;
}

/** Another process may have rotated: so long do we go on signing with a retired key, which still verifies. */
const FRESH_MS = 60_000;
/** A code that names a key we have not seen makes us look again, but not more often than this: such codes cost nothing to make. */
const LOOK_AGAIN_MS = 2_000;

/** The Ed25519 keys that sign ticket codes. The private half is sealed in the database; key objects are kept in memory. */
@Injectable()
export class TicketKeys {
  private set: Promise<KeySet> | null = null;
  private askedAt = 0;

  constructor(private readonly database: Database, private readonly seal: Seal) {}

  /** The key that signs now; made when there is none. */
  async signing(): Promise<SigningPair> {
    return (await this.keys(FRESH_MS)).signing;
  }

  /** The public key with this number, retired ones too: a printed ticket stays good. Undefined when there is none. */
  async publicKey(id: number): Promise<KeyObject | undefined> {
    const known = (await this.keys(Infinity)).publicKeys.get(id);
    return known ?? (await this.keys(LOOK_AGAIN_MS)).publicKeys.get(id);
  }

  /** All public keys, raw (32 bytes) in base64url, for devices that verify without a network. */
  async list(): Promise<TicketKey[]> {
    const { publicKeys } = await this.keys(LOOK_AGAIN_MS);
    return [...publicKeys].map(([id, key]) => ({ id, publicKey: key.export({ format: 'jwk' }).x! }));
  }

  /** Retires the key that signs and makes the next one. Codes that it has signed stay good. */
  async rotate(): Promise<void> {
    const { keyId } = await this.signing();
    await this.make(keyId + 1);
    await this.database.read.signingKey.updateMany({ where: { id: { lte: keyId }, retiredAt: null }, data: { retiredAt: new Date() } });
    this.set = null;
  }

  private keys(maxAgeMs: number): Promise<KeySet> {
    if (this.set && Date.now() - this.askedAt < maxAgeMs) return this.set;
    this.askedAt = Date.now();
    const loading = this.load();
    this.set = loading;
    loading.catch(() => {
      // The caller hears the error; the next one tries again.
      if (this.set === loading) this.set = null;
    });
    return loading;
  }

  private async load(): Promise<KeySet> {
    const rows = await this.rows();
    const newest = rows.findLast((row) => row.retiredAt === null);
    if (!newest) {
      await this.make((rows.at(-1)?.id ?? 0) + 1);
      return this.load();
    }
    return {
      publicKeys: new Map(rows.map((row) => [row.id, publicKeyOf(row.publicKey)])),
      signing: { keyId: newest.id, privateKey: createPrivateKey(this.seal.unseal(newest.privateKeySealed)) },
    };
  }

  private rows(): Promise<SigningKey[]> {
    return this.database.read.signingKey.findMany({ orderBy: { id: 'asc' } });
  }

  /** Of processes that do this at once, one makes the key and the others find it. */
  private async make(id: number): Promise<void> {
    const pair = generateKeyPairSync('ed25519');
    await this.database.read.signingKey.createMany({
      data: [{
        id,
        publicKey: new Uint8Array(Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url')),
        privateKeySealed: new Uint8Array(this.seal.seal(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())),
      }],
      skipDuplicates: true,
    });
  }
}

const publicKeyOf = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' });
