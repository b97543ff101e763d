import { Controller, Get, Param } from '@nestjs/common';
import type { Actor, CrowdSnapshot, DeskSnapshot } from '#libs/contracts';
import { Fairs } from '#libs/fairs';
import { Allow, Me } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { Dashboard } from './dashboard.js';

@Controller('fairs/:fairId')
export class InsightsController {
  constructor(
    private readonly fairs: Fairs,
    private readonly dashboard: Dashboard,
  ) {}

  /** How full a fair is, zone by zone: for anyone who can see the fair. */
  @Get('crowd')
  @Allow('anyone')
  async crowd(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<CrowdSnapshot> {
    await this.fairs.requireVisible(actor, fairId);
    return (await this.dashboard.crowd(fairId)).data;
  }

  /** The live desk: for the organiser's own people. */
  @Get('desk')
  @Allow('organiserAdmin', 'organiserStaff')
  async desk(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<DeskSnapshot> {
    await this.fairs.requireOwn(actor, fairId);
    return (await this.dashboard.desk(fairId)).data;
  }
}
