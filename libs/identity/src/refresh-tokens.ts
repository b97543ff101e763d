import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, Seal, type Tx } from '#libs/platform';

/** Days that a sign-in lasts when nobody comes; each refresh begins them anew. */
const days = { staff: 7, candidate: 30 } as const;
/** Milliseconds in which a used token may come once more: two tabs at once, or an answer that was lost. */
export const reuseGrace = 10_000;

export interface RefreshToken { token: string; expiresAt: Date }
export type Rotation = (RefreshToken & { accountId: string }) | { refused: 'unauthenticated' | 'tokenReused' };

interface Row { id: string; accountId: string; familyId: string; kind: keyof typeof days; usedAt: Date | null; revokedAt: Date | null; expiresAt: Date; now: Date }

/**
 * Refresh tokens: opaque, hashed, each good for one use. A used one that comes again revokes its whole family (RFC 9700,
 * 4.14.2), except within the grace: then it answers the same successor. To answer it without having kept it, a successor is
 * derived from its predecessor with the server's hash key; who holds a token but not the key cannot compute the next.
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly seal: Seal) {}

  /** The first token of a new sign-in. */
  async issue(tx: Tx, accountId: string, kind: keyof typeof days): Promise<RefreshToken> {
    return this.insert(tx, randomBytes(32).toString('base64url'), accountId, newId(), kind, new Date());
  }

  /** Takes a token and gives its successor. A refusal is a value, because the revocation of a family must be kept. */
  async rotate(tx: Tx, token: string): Promise<Rotation> {
    const row = await this.lock(tx, token);
    if (!row || row.revokedAt || row.expiresAt <= row.now) return { refused: 'unauthenticated' };
    const successor = this.successor(token);
    const { accountId } = row;
    if (!row.usedAt) {
      await tx.refreshToken.update({ where: { id: row.id }, data: { usedAt: row.now } });
      return { accountId, ...(await this.insert(tx, successor, accountId, row.familyId, row.kind, row.now)) };
    }
    if (row.now.getTime() - row.usedAt.getTime() <= reuseGrace) {
      const next = await tx.refreshToken.findUnique({ where: { tokenHash: this.hash(successor) } });
      return next && !next.revokedAt ? { accountId, token: successor, expiresAt: next.expiresAt } : { refused: 'unauthenticated' };
    }
    await this.revoke(tx, { familyId: row.familyId });
    return { refused: 'tokenReused' };
  }

  /** Ends the sign-in that this token belongs to. No error for an unknown one. */
  async end(tx: Tx, token: string): Promise<void> {
    const familyId = await this.familyOf(tx, token);
    if (familyId) await this.revoke(tx, { familyId });
  }

  /** Ends all sign-ins of an account, but for the one that `exceptToken` belongs to; access tokens that were made before end, too. */
  async endAll(tx: Tx, accountId: string, exceptToken: string | null = null): Promise<void> {
    const kept = exceptToken ? await this.familyOf(tx, exceptToken) : null;
    await tx.account.update({ where: { id: accountId }, data: { accessFrom: new Date() } });
    await this.revoke(tx, { accountId, ...(kept ? { NOT: { familyId: kept } } : {}) });
  }

  private async lock(tx: Tx, token: string): Promise<Row | undefined> {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT r.id, r."accountId", r."familyId", a.kind::text AS kind, r."usedAt", r."revokedAt", r."expiresAt", clock_timestamp() AS now
      FROM "RefreshToken" r JOIN "Account" a ON a.id = r."accountId"
      WHERE r."tokenHash" = ${this.hash(token)} FOR UPDATE OF r`;
    return rows[0];
  }

  private async insert(tx: Tx, token: string, accountId: string, familyId: string, kind: keyof typeof days, now: Date): Promise<RefreshToken> {
    const expiresAt = new Date(now.getTime() + days[kind] * 86_400_000);
    await tx.refreshToken.create({ data: { id: newId(), accountId, familyId, tokenHash: this.hash(token), expiresAt } });
    return { token, expiresAt };
  }

  private async familyOf(tx: Tx, token: string): Promise<string | null> {
    const row = await tx.refreshToken.findUnique({ where: { tokenHash: this.hash(token) }, select: { familyId: true } });
    return row?.familyId ?? null;
  }

  private async revoke(tx: Tx, which: { familyId: string } | { accountId: string; NOT?: { familyId: string } }): Promise<void> {
    await tx.refreshToken.updateMany({ where: { ...which, revokedAt: null }, data: { revokedAt: new Date() } });
  }

  private hash(token: string): string {
    return this.seal.hash(`refresh token:${token}`);
  }

  private successor(token: string): string {
    return Buffer.from(this.seal.hash(`refresh token after:${token}`), 'hex').toString('base64url');
  }
}
