import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import type { Actor, Booth, BoothApplication, BoothCode, BoothPage, FloorPlan, Lead, Page } from '#libs/contracts';
import { Allow, Me, type CandidateActor, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { BoothApplicationsService } from './booth-applications.service.js';
import {
  ApplyForBoothDto, AssignBoothDto, BoothInputDto, DecideBoothApplicationDto, LayOutBoothsDto, LeadQueryDto, LeaveLeadDto, MoveBoothDto,
} from './booth.dto.js';
import { BoothViews } from './booth.view.js';
import { Booths } from './booths.js';
import { LeadsService } from './leads.service.js';
import { PlacementService } from './placement.service.js';

/** The plan and its booths. */
@Controller()
@Allow('organiserAdmin', 'organiserStaff')
export class BoothsController {
  constructor(
    private readonly booths: Booths,
    private readonly placement: PlacementService,
    private readonly views: BoothViews,
  ) {}

  @Get('fairs/:fairId/floor-plan') @Allow('anyone')
  floorPlan(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<FloorPlan> {
    return this.views.floorPlan(actor, fairId);
  }

  @Post('fairs/:fairId/booths')
  async add(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: BoothInputDto): Promise<Booth> {
    return this.views.booth(await this.placement.add(actor, fairId, body));
  }

  /** So many booths in a tidy grid, numbered after those that are there. */
  @Post('fairs/:fairId/booths/lay-out')
  async layOut(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: LayOutBoothsDto): Promise<Booth[]> {
    return this.views.booths(fairId, await this.placement.layOut(actor, fairId, body));
  }

  @Patch('booths/:boothId')
  async move(@Me() actor: MemberActor, @Param('boothId', IdPipe) boothId: string, @Body() body: MoveBoothDto): Promise<Booth> {
    return this.views.booth(await this.placement.move(actor, boothId, body));
  }

  @Put('booths/:boothId/organisation')
  async assign(@Me() actor: MemberActor, @Param('boothId', IdPipe) boothId: string, @Body() body: AssignBoothDto): Promise<Booth> {
    return this.views.booth(await this.placement.assign(actor, boothId, body.organisationId));
  }

  @Delete('booths/:boothId') @HttpCode(204)
  remove(@Me() actor: MemberActor, @Param('boothId', IdPipe) boothId: string): Promise<void> {
    return this.placement.remove(actor, boothId);
  }

  @Get('booths/:boothId') @Allow('anyone')
  async page(@Me() actor: Actor, @Param('boothId', IdPipe) boothId: string): Promise<BoothPage> {
    return this.views.page(actor, await this.booths.require(boothId));
  }

  /** What the booth's QR holds; for its employer and the organiser. */
  @Get('booths/:boothId/code') @Allow('organiserAdmin', 'organiserStaff', 'employerAdmin', 'recruiter')
  async code(@Me() actor: MemberActor, @Param('boothId', IdPipe) boothId: string): Promise<BoothCode> {
    return this.views.code(actor, await this.booths.require(boothId));
  }

  @Get('booths/by-code/:leadCode') @Allow('anyone')
  async byCode(@Me() actor: Actor, @Param('leadCode') leadCode: string): Promise<BoothPage> {
    return this.views.page(actor, await this.booths.byCode(leadCode));
  }
}

/** Applications for a booth. */
@Controller()
@Allow('employerAdmin', 'recruiter')
export class BoothApplicationsController {
  constructor(private readonly applications: BoothApplicationsService) {}

  @Get('fairs/:fairId/booth-applications') @Allow('organiserAdmin', 'organiserStaff')
  ofFair(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string): Promise<BoothApplication[]> {
    return this.applications.ofFair(actor, fairId);
  }

  @Post('fairs/:fairId/booth-applications')
  async apply(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: ApplyForBoothDto): Promise<BoothApplication> {
    return this.applications.view(await this.applications.apply(actor, fairId, body));
  }

  @Get('booth-applications/mine')
  mine(@Me() actor: MemberActor): Promise<BoothApplication[]> {
    return this.applications.mine(actor);
  }

  @Post('booth-applications/:boothApplicationId/decision') @HttpCode(200) @Allow('organiserAdmin', 'organiserStaff')
  async decide(@Me() actor: MemberActor, @Param('boothApplicationId', IdPipe) id: string, @Body() body: DecideBoothApplicationDto): Promise<BoothApplication> {
    return this.applications.view(await this.applications.decide(actor, id, body));
  }

  @Delete('booth-applications/:boothApplicationId') @HttpCode(204)
  withdraw(@Me() actor: MemberActor, @Param('boothApplicationId', IdPipe) id: string): Promise<void> {
    return this.applications.withdraw(actor, id);
  }
}

/** Contacts that candidates leave at a booth. */
@Controller()
export class LeadsController {
  constructor(private readonly leads: LeadsService) {}

  /** A repeated scan is one lead. */
  @Post('booths/:boothId/leads') @HttpCode(204) @Allow('candidate')
  leave(@Me() actor: CandidateActor, @Param('boothId', IdPipe) boothId: string, @Body() body: LeaveLeadDto): Promise<void> {
    return this.leads.leave(actor, boothId, body);
  }

  @Get('leads') @Allow('employerAdmin', 'recruiter')
  list(@Me() actor: MemberActor, @Query() query: LeadQueryDto): Promise<Page<Lead>> {
    return this.leads.list(actor, query);
  }
}
