import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { eventsModule } from '#libs/events';
import { AccessCheck } from './access-check.js';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { Accounts } from './accounts.js';
import { ActorSources } from './actor-sources.js';
import { Audit } from './audit.js';
import { AuditLog } from './audit-log.js';
import { Consents } from './consents.js';
import { DataRights } from './data-rights.js';
import { Erasures, Exports } from './hooks.js';
import { Licences } from './licences.js';
import { LicencesController } from './licences.controller.js';
import { LinkUses } from './link-uses.js';
import { MeController } from './me.controller.js';
import { Members } from './members.js';
import { OneTimeLinks } from './one-time-links.js';
import { OrganisationCommands } from './organisation-commands.js';
import { Organisations } from './organisations.js';
import { OrganisationsController, RegionsController } from './organisations.controller.js';
import { Passwords } from './passwords.js';
import { PhoneCodes } from './phone-codes.js';
import { Profiles } from './profiles.js';
import { RefreshTokens } from './refresh-tokens.js';
import { Regions } from './regions.js';
import { AccountController, SignInController } from './sign-in.controller.js';
import { SignIns } from './sign-ins.js';
import { Standing } from './standing.js';
import { Sweep } from './sweep.js';
import { Vault } from './vault.js';

/** What slices above and the seed inject. */
const offered = [
  AccessTokens, Accounts, ActorSources, Audit, Consents, DataRights, Erasures, Exports, Licences, LinkUses, Members, OrganisationCommands, Organisations, Profiles, Regions, SignIns, Vault,
];
const inner = [AccessCheck, AuditLog, OneTimeLinks, Passwords, PhoneCodes, RefreshTokens, Standing, Sweep];

/** Global: import it once, in the application; slices inject what it offers. */
@Global()
@Module({
  imports: [eventsModule, DiscoveryModule],
  controllers: [SignInController, AccountController, MeController, OrganisationsController, LicencesController, RegionsController],
  providers: [...offered, ...inner, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: offered,
})
export class IdentityModule {}
