import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';

/** Reads one kind of bearer token; throws `unauthenticated`, `tokenExpired` or its own code (`deviceRevoked`). */
export type ResolveActor = (token: string) => Promise<Actor>;

/** Kinds of bearer tokens that slices above bring along: a gate device's begins with `dev_`. */
@Injectable()
export class ActorSources {
  private readonly byPrefix = new Map<string, ResolveActor>();

  /** Registers how tokens that begin with `prefix` are resolved; one prefix, one source. */
  add(prefix: string, resolve: ResolveActor): void {
    if (this.byPrefix.has(prefix)) throw new Error(`Tokens that begin with ${prefix} have a source already.`);
    this.byPrefix.set(prefix, resolve);
  }

  /** The source of this token, or undefined: then it is an access token of an account. */
  of(token: string): ResolveActor | undefined {
    for (const [prefix, resolve] of this.byPrefix) if (token.startsWith(prefix)) return resolve;
    return undefined;
  }
}
