import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, newId, type Tx } from '#libs/platform';

const PREFIX = 'whip_';
const LONGEST = 256;

/** Who may publish into a room with a bearer key. */
export interface KeyHolder { keyId: string; roomId: string; accountId: string }

// 256 random bits: a plain hash is enough, there is nothing to guess.
const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Bearer keys for encoders (WHIP), which cannot renew a token. Only the hash is kept. */
@Injectable()
export class RoomKeys {
  constructor(private readonly database: Database) {}

  /** A new key, shown this once. Keys made before go on working until they are revoked. */
  async make(tx: Tx, roomId: string, accountId: string): Promise<string> {
    const key = PREFIX + randomBytes(32).toString('base64url');
    await tx.roomKey.create({ data: { id: newId(), roomId, accountId, hash: new Uint8Array(hashOf(key)) } });
    return key;
  }

  /** Revokes all keys of a room, or those that one account made. */
  async revoke(tx: Tx, roomId: string, accountId: string | null = null): Promise<void> {
    await tx.$executeRaw`
      UPDATE "RoomKey" SET "revokedAt" = now()
      WHERE "roomId" = ${roomId}::uuid AND "revokedAt" IS NULL AND (${accountId}::uuid IS NULL OR "accountId" = ${accountId}::uuid)`;
  }

  /** Whose key this is, or null: unknown, revoked, or of a room that is closed. */
  async holder(key: string): Promise<KeyHolder | null> {
    if (!key.startsWith(PREFIX) || key.length > LONGEST) return null;
    const found = await this.database.read.roomKey.findFirst({
      where: { hash: new Uint8Array(hashOf(key)), revokedAt: null, room: { closedAt: null } }, select: { id: true, roomId: true, accountId: true },
    });
    return found && { keyId: found.id, roomId: found.roomId, accountId: found.accountId };
  }
}
