import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT, errors as jose } from 'jose';
import type { Actor, MembershipRole } from '#libs/contracts';
import { DomainError, Keys } from '#libs/platform';
import { ActorSources } from './actor-sources.js';
import type { AccountActor } from './actor.js';
import { Standing, type Claim } from './standing.js';

/** Seconds that an access token is good for. */
export const accessTokenSeconds = 600;

const issuer = 'fairwind';
const membershipRoles: ReadonlySet<string> =
  new Set<MembershipRole>(['organiserAdmin', 'organiserStaff', 'employerAdmin', 'recruiter', 'stationClerk']);

/**
 * Access tokens: JWT (RFC 7519), HS256 with the settings' token key, ten minutes, ids and role only. What a token says is held
 * against the tables at each use: whoever lost an account, a membership, a role or a password loses their access at once. Their token is
 * `tokenExpired` then; the refresh says why.
 */
@Injectable()
export class AccessTokens {
  constructor(private readonly sources: ActorSources, private readonly keys: Keys, private readonly standing: Standing) {}

  /** A token for this actor, good for `accessTokenSeconds` from `now`. */
  async issue(actor: AccountActor, now = new Date()): Promise<string> {
    // With its milliseconds (a NumericDate may have a fraction): a password that was reset is told from the sign-in just after.
    const issuedAt = now.getTime() / 1000;
    return new SignJWT({ role: actor.role, ...('organisationId' in actor ? { org: actor.organisationId } : {}) })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setSubject(actor.accountId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(Math.floor(issuedAt) + accessTokenSeconds)
      .sign(this.keys.token);
  }

  /** Who holds this bearer token, of an account or of another source. Throws `tokenExpired` or `unauthenticated`. */
  async actor(token: string): Promise<Actor> {
    const source = this.sources.of(token);
    if (source) return source(token);
    const claim = await this.claim(token);
    if (!(await this.standing.holds(claim))) throw new DomainError('tokenExpired');
    return claim.actor;
  }

  private async claim(token: string): Promise<Claim> {
    try {
      const { payload } = await jwtVerify(token, this.keys.token, { issuer, algorithms: ['HS256'], requiredClaims: ['sub', 'role', 'iat', 'exp'] });
      const { sub: accountId, role, org, iat } = payload;
      if (typeof accountId !== 'string' || typeof role !== 'string') throw new DomainError('unauthenticated');
      const issuedAt = new Date(Math.round(iat! * 1000));
      if (role === 'candidate' || role === 'platformAdmin') return { actor: { role, accountId }, issuedAt };
      if (membershipRoles.has(role) && typeof org === 'string') return { actor: { role: role as MembershipRole, accountId, organisationId: org }, issuedAt };
      throw new DomainError('unauthenticated');
    } catch (error) {
      if (error instanceof jose.JWTExpired) throw new DomainError('tokenExpired');
      if (error instanceof jose.JOSEError) throw new DomainError('unauthenticated');
      throw error;
    }
  }
}
