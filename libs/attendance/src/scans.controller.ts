import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor, ScanResult } from '#libs/contracts';
import { IdPipe, Limits } from '#libs/platform';
import { Allow, Me } from '#libs/identity';
import type { DeviceActor } from './device-tokens.js';
import { OverrideEntryDto, ScanDto } from './scans.dto.js';
import { Scans } from './scans.js';

@Controller()
export class ScansController {
  constructor(private readonly scans: Scans, private readonly limits: Limits) {}

  /** A scan at the device's gate: admitted, or refused with its reason. `ScanRoute` takes the plain ones of a known device before it. */
  @Post('scans')
  @HttpCode(200)
  @Allow('gateDevice')
  async scan(@Me() device: DeviceActor, @Body() scan: ScanDto): Promise<ScanResult> {
    await this.limits.take('scanByDevice', device.deviceId);
    return this.scans.scan(device, scan);
  }

  /** 人工放行. */
  @Post('fairs/:fairId/overrides')
  @HttpCode(200)
  @Allow('organiserAdmin', 'organiserStaff')
  override(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() entry: OverrideEntryDto): Promise<ScanResult> {
    return this.scans.override(actor, fairId, entry);
  }
}
