import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AuditEntry, MadeLink, Member, Organisation, Page, Region, SignedIn } from '#libs/contracts';
import { IdPipe, PageQueryDto } from '#libs/platform';
import { Allow, Me } from './allow.js';
import { AuditLog } from './audit-log.js';
import { Members } from './members.js';
import { OrganisationCommands } from './organisation-commands.js';
import {
  CreateOrganiserDto, CreateStationDto, InviteMemberDto, MemberStatusDto, OrganisationQueryDto, RegionQueryDto, RegisterEmployerDto, SuspendOrganisationDto, UpdateOrganisationDto,
} from './organisations.dto.js';
import { Organisations, type OfficeActor } from './organisations.js';
import { Regions } from './regions.js';
import { opened } from './sign-in.controller.js';

@Controller('organisations')
@Allow('organiserAdmin', 'employerAdmin', 'platformAdmin')
export class OrganisationsController {
  constructor(
    private readonly organisations: Organisations,
    private readonly commands: OrganisationCommands,
    private readonly members: Members,
    private readonly auditLog: AuditLog,
  ) {}

  /** An employer enters itself; its licence comes next. */
  @Post('employers') @Allow('anyone')
  async registerEmployer(@Body() body: RegisterEmployerDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedIn> {
    return opened(request, response, await this.commands.registerEmployer(body, request.ip ?? ''));
  }

  /** A new bureau; invite its first administrator next. */
  @Post('organisers') @Allow('platformAdmin')
  createOrganiser(@Me() actor: OfficeActor, @Body() body: CreateOrganiserDto): Promise<Organisation> {
    return this.commands.createOrganiser(actor, body);
  }

  /** A village station (就业驿站) of the bureau's province; invite its clerks next. */
  @Post('stations') @Allow('organiserAdmin', 'platformAdmin')
  createStation(@Me() actor: OfficeActor, @Body() body: CreateStationDto): Promise<Organisation> {
    return this.commands.createStation(actor, body);
  }

  /** For a bureau: itself, and the employers of its province. */
  @Get() @Allow('organiserStaff', 'organiserAdmin', 'platformAdmin')
  list(@Me() actor: OfficeActor, @Query() query: OrganisationQueryDto): Promise<Page<Organisation>> {
    return this.organisations.list(actor, query);
  }

  @Get(':organisationId') @Allow('recruiter', 'stationClerk', 'employerAdmin', 'organiserStaff', 'organiserAdmin', 'platformAdmin')
  async get(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string): Promise<Organisation> {
    await this.organisations.requireVisible(actor, id);
    return this.organisations.get(id);
  }

  @Patch(':organisationId')
  update(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string, @Body() body: UpdateOrganisationDto): Promise<Organisation> {
    return this.commands.update(actor, id, body);
  }

  /** Suspends an employer or lets it back in. */
  @Post(':organisationId/status') @HttpCode(200) @Allow('organiserAdmin', 'platformAdmin')
  setStatus(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string, @Body() body: SuspendOrganisationDto): Promise<Organisation> {
    return this.commands.setStatus(actor, id, body);
  }

  @Get(':organisationId/members')
  listMembers(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string): Promise<Member[]> {
    return this.members.list(actor, id);
  }

  /** A link for one new colleague. */
  @Post(':organisationId/invitations')
  invite(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string, @Body() body: InviteMemberDto): Promise<MadeLink> {
    return this.members.invite(actor, id, body.role);
  }

  @Delete(':organisationId/members/:accountId') @HttpCode(204)
  removeMember(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string, @Param('accountId', IdPipe) accountId: string): Promise<void> {
    return this.members.remove(actor, id, accountId);
  }

  /** Disables a colleague's account, or lets it in again. */
  @Post(':organisationId/members/:accountId/status') @HttpCode(200)
  setMemberStatus(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string, @Param('accountId', IdPipe) accountId: string, @Body() body: MemberStatusDto): Promise<Member> {
    return this.members.setDisabled(actor, id, accountId, body.disabled);
  }

  /** A link with which a colleague sets a new password. */
  @Post(':organisationId/members/:accountId/password-reset')
  resetPassword(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string, @Param('accountId', IdPipe) accountId: string): Promise<MadeLink> {
    return this.members.resetPassword(actor, id, accountId);
  }

  @Get(':organisationId/audit')
  audit(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string, @Query() query: PageQueryDto): Promise<Page<AuditEntry>> {
    return this.auditLog.of(actor, id, query);
  }
}

@Controller('regions')
export class RegionsController {
  constructor(private readonly regions: Regions) {}

  /** The places right under another (GB/T 2260). */
  @Get() @Allow('anyone') @Header('Cache-Control', 'public, max-age=86400')
  list(@Query() query: RegionQueryDto): Region[] {
    return this.regions.list(query.parent);
  }
}
