import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Actor, Role } from '#libs/contracts';

/**
 * Key of a route's roles. A controller of libs/platform, which may not import this library, opens itself with
 * `SetMetadata('allow', ['anyone'])`.
 */
export const allowKey = 'allow';

/**
 * Key of a route that reads `Authorization` itself, because what stands there is not a sign-in (the bearer key of an encoder, a room
 * token): `SetMetadata('ownBearer', true)`, with `anyone`.
 */
export const ownBearerKey = 'ownBearer';

/**
 * Who may call this route, on a method or a whole controller (the method's own wins). A route without it does not boot.
 * `anyone` means: also without sign-in; a signed-in actor of any role may then call it too, and is known to it.
 */
export const Allow = (...roles: [Role, ...Role[]]): MethodDecorator & ClassDecorator => SetMetadata(allowKey, roles);

/** Where the guard leaves the actor. */
export interface ActorRequest { actor?: Actor }

/** Who is asking; `{ role: 'anyone' }` without a sign-in. Type the parameter as a narrowing of Actor that `@Allow` warrants. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  context.switchToHttp().getRequest<ActorRequest>().actor ?? { role: 'anyone' });
