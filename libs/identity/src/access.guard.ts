import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Actor, Role } from '#libs/contracts';
import { DomainError } from '#libs/platform';
import { AccessTokens } from './access-tokens.js';
import { allowKey, ownBearerKey, type ActorRequest } from './allow.js';

/**
 * The one guard of all HTTP routes: reads `Authorization: Bearer …`, leaves the actor on the request, and lets in whom
 * `@Allow` lists. No token: `unauthenticated`, except where `anyone` may come. A token that is there must be good, also on
 * a public route, so that a page whose sign-in ran out refreshes it instead of being shown a stranger's view.
 * Sockets are not asked here: the gateway reads its own token.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly tokens: AccessTokens) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(allowKey, [context.getHandler(), context.getClass()]) ?? [];
    const request = context.switchToHttp().getRequest<Request & ActorRequest>();
    const ownBearer = this.reflector.getAllAndOverride<boolean | undefined>(ownBearerKey, [context.getHandler(), context.getClass()]) ?? false;
    const actor: Actor = ownBearer ? { role: 'anyone' } : await this.actorOf(request);
    request.actor = actor;
    if (roles.includes(actor.role) || roles.includes('anyone')) return true;
    throw new DomainError(actor.role === 'anyone' ? 'unauthenticated' : 'forbidden');
  }

  private async actorOf(request: Request): Promise<Actor> {
    const header = request.headers.authorization;
    if (header === undefined) return { role: 'anyone' };
    const token = /^Bearer ([\w.~+/=-]{1,2048})$/i.exec(header)?.[1];
    if (!token) throw new DomainError('unauthenticated');
    return this.tokens.actor(token);
  }
}
