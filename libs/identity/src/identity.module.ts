import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { ActorSources } from './actor-sources.js';
import { Audit } from './audit.js';
import { Consents } from './consents.js';
import { Erasures, Exports } from './hooks.js';
import { Organisations } from './organisations.js';
import { Profiles } from './profiles.js';
import { Vault } from './vault.js';

const offered = [AccessTokens, ActorSources, Audit, Consents, Erasures, Exports, Organisations, Profiles, Vault];

/** Global: import it once, in the application; slices inject what it offers. */
@Global()
@Module({
  providers: [...offered, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: offered,
})
export class IdentityModule {}
