import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, StreamableFile } from '@nestjs/common';
import type { Actor, Fair, FairSummary, Page } from '#libs/contracts';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { attachment, Database, IdPipe } from '#libs/platform';
import { Calendar } from './calendar.js';
import { ClonesService } from './clones.service.js';
import {
  ChangeFairStatusDto, CloneFairDto, CreateFairDto, FairQueryDto, OwnFairQueryDto, RescheduleFairDto, SetAgendaDto, SetZonesDto, UpdateFairDto,
} from './fair.dto.js';
import { FairList } from './fair-list.js';
import { FairViews } from './fair.view.js';
import { Fairs, type FairRow } from './fairs.js';
import { FairsService } from './fairs.service.js';
import { ZonesService } from './zones.service.js';

@Controller('fairs')
@Allow('organiserAdmin', 'organiserStaff')
export class FairsController {
  constructor(
    private readonly database: Database,
    private readonly fairs: Fairs,
    private readonly list: FairList,
    private readonly commands: FairsService,
    private readonly clones: ClonesService,
    private readonly zones: ZonesService,
    private readonly views: FairViews,
    private readonly calendar: Calendar,
  ) {}

  /** Public fairs: what is on or comes first on top. */
  @Get() @Allow('anyone')
  everybody(@Query() query: FairQueryDto): Promise<Page<FairSummary>> {
    return this.list.everybody(query);
  }

  /** The organiser's own, drafts too. */
  @Get('mine')
  mine(@Me() actor: MemberActor, @Query() query: OwnFairQueryDto): Promise<Page<FairSummary>> {
    return this.list.own(actor, query);
  }

  @Post()
  create(@Me() actor: MemberActor, @Body() body: CreateFairDto): Promise<Fair> {
    return this.show(actor, this.commands.create(actor, body));
  }

  @Get(':fairId') @Allow('anyone')
  get(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<Fair> {
    return this.show(actor, this.fairs.requireVisible(actor, fairId));
  }

  @Patch(':fairId')
  update(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: UpdateFairDto): Promise<Fair> {
    return this.show(actor, this.commands.update(actor, fairId, body));
  }

  /** A new draft after this fair or template. */
  @Post(':fairId/clone')
  clone(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: CloneFairDto): Promise<Fair> {
    return this.show(actor, this.clones.clone(actor, fairId, body));
  }

  @Post(':fairId/status') @HttpCode(200)
  changeStatus(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: ChangeFairStatusDto): Promise<Fair> {
    return this.show(actor, this.commands.changeStatus(actor, fairId, body));
  }

  /** 改期: moves the fair in time or place; everybody who holds a ticket is told. */
  @Post(':fairId/reschedule') @HttpCode(200)
  reschedule(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: RescheduleFairDto): Promise<Fair> {
    return this.show(actor, this.commands.reschedule(actor, fairId, body));
  }

  @Put(':fairId/zones')
  setZones(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: SetZonesDto): Promise<Fair> {
    return this.show(actor, this.zones.setZones(actor, fairId, body));
  }

  @Put(':fairId/agenda')
  setAgenda(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: SetAgendaDto): Promise<Fair> {
    return this.show(actor, this.zones.setAgenda(actor, fairId, body));
  }

  /** The fair as an .ics file. */
  @Get(':fairId/calendar') @Allow('anyone')
  async ics(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<StreamableFile> {
    const fair = await this.fairs.requireVisible(actor, fairId);
    const moves = await this.database.read.scheduleChange.count({ where: { fairId } });
    return attachment(`${fair.name}.ics`, 'text/calendar; charset=utf-8', Buffer.from(this.calendar.entry(fair, moves)));
  }

  private async show(actor: Actor, row: FairRow | Promise<FairRow>): Promise<Fair> {
    return this.views.fair(actor, await row);
  }
}
