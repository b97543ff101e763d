import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors as jose, jwtVerify, SignJWT } from 'jose';
import type { MediaSource, RoomRole } from '#libs/contracts';
import { DomainError, Keys } from '#libs/platform';

/** Seconds that a room token is good for; a longer stay asks for another. */
export const roomTokenSeconds = 600;
/** A token with 20 sources and a long name is shorter by far. */
const LONGEST = 2_048;
const issuer = 'fairwind-rooms';

/** Who enters a room, and what they may send there. */
export interface RoomBearer {
  /** `account:…` or `device:…`. */
  personKey: string;
  /** What others are shown; empty for viewers. */
  name: string;
  role: RoomRole;
  sources: MediaSource[];
  accountId?: string;
}

/** What a token says. */
export interface RoomEntry extends RoomBearer {
  roomId: string;
  /** The database's time at which it was made: what was taken from the person later than that is not theirs any more. */
  madeAt: Date;
  expiresAt: Date;
}

/**
 * Room tokens: JWT, HS256, with a key of their own that is derived from the token key (HKDF, RFC 5869), so that an access token
 * is never one. Ten minutes, for this room, this person and these sources.
 */
@Injectable()
export class RoomTokens {
  private readonly key: Uint8Array;

  constructor(keys: Keys) {
    this.key = new Uint8Array(hkdfSync('sha256', keys.token, '', 'fairwind room tokens', 32));
  }

  /** @param madeAt now, by the database's clock */
  async make(roomId: string, { personKey, name, role, sources, accountId }: RoomBearer, madeAt = new Date()): Promise<{ token: string; expiresAt: Date }> {
    const issuedAt = Math.floor(madeAt.getTime() / 1_000);
    const token = await new SignJWT({ at: madeAt.getTime(), name, role, sources, ...(accountId && { account: accountId }) })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer).setAudience(roomId).setSubject(personKey)
      .setIssuedAt(issuedAt).setExpirationTime(issuedAt + roomTokenSeconds)
      .sign(this.key);
    return { token, expiresAt: new Date((issuedAt + roomTokenSeconds) * 1_000) };
  }

  /**
   * What it says. Throws `roomTokenInvalid`: not ours, changed, expired, or for another room.
   * @param roomId the only room that will do; absent: any, the token tells which
   */
  async read(token: unknown, roomId?: string): Promise<RoomEntry> {
    if (typeof token !== 'string' || token.length > LONGEST) throw new DomainError('roomTokenInvalid');
    try {
      const { payload } = await jwtVerify<{ at: number; name: string; role: RoomRole; sources: MediaSource[]; account?: string }>(
        token, this.key, { issuer, algorithms: ['HS256'], requiredClaims: ['sub', 'aud', 'exp', 'at'], ...(roomId && { audience: roomId }) });
      const { aud, sub, exp, at, name, role, sources, account } = payload;
      return {
        roomId: String(aud), personKey: String(sub), name, role, sources, ...(account && { accountId: account }),
        madeAt: new Date(at), expiresAt: new Date(exp! * 1_000),
      };
    } catch (error) {
      if (error instanceof jose.JOSEError) throw new DomainError('roomTokenInvalid', {}, error);
      throw error;
    }
  }
}
