import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor, ZoneStatus } from '#libs/contracts';
import { IdPipe } from '#libs/platform';
import { Allow, Me } from '#libs/identity';
import { ZoneCommands } from './zone-commands.js';
import { SetFairStopDto, SetZoneCapacityDto, SetZoneLockDto } from './zones.dto.js';

@Controller()
@Allow('organiserAdmin', 'organiserStaff')
export class ZonesController {
  constructor(private readonly commands: ZoneCommands) {}

  /** 提前锁闸, or its end. */
  @Post('zones/:zoneId/lock')
  @HttpCode(200)
  lock(@Me() actor: Actor, @Param('zoneId', IdPipe) zoneId: string, @Body() lock: SetZoneLockDto): Promise<ZoneStatus> {
    return this.commands.setLock(actor, zoneId, lock);
  }

  /** 调核定数. */
  @Post('zones/:zoneId/capacity')
  @HttpCode(200)
  capacity(@Me() actor: Actor, @Param('zoneId', IdPipe) zoneId: string, @Body() capacity: SetZoneCapacityDto): Promise<ZoneStatus> {
    return this.commands.setCapacity(actor, zoneId, capacity);
  }

  /** 全场停入, or its end; answers the venue. */
  @Post('fairs/:fairId/stop')
  @HttpCode(200)
  stop(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() stop: SetFairStopDto): Promise<ZoneStatus> {
    return this.commands.setStop(actor, fairId, stop);
  }
}
