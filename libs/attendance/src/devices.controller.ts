import { Body, Controller, Get, HttpCode, Ip, Param, Post, Query } from '@nestjs/common';
import type { Actor, Device, GateContext, PairedDevice } from '#libs/contracts';
import { IdPipe, Limits } from '#libs/platform';
import { Allow, Me } from '#libs/identity';
import { DeviceClocks } from './device-clocks.js';
import type { DeviceActor } from './device-tokens.js';
import { DeviceClockDto, PairDeviceDto, RevokeDeviceDto } from './devices.dto.js';
import { GateContexts } from './gate-contexts.js';
import { Pairing } from './pairing.js';

@Controller('devices')
export class DevicesController {
  constructor(private readonly pairing: Pairing, private readonly contexts: GateContexts, private readonly clocks: DeviceClocks, private readonly limits: Limits) {}

  /** Signs a device in to the gate of a pairing code. */
  @Post('pair')
  @HttpCode(200)
  @Allow('anyone')
  async pair(@Ip() address: string, @Body() device: PairDeviceDto): Promise<PairedDevice> {
    await this.limits.take('pairByAddress', address);
    return this.pairing.pair(device);
  }

  /** Where the device stands; asked every few seconds it is its heartbeat too, and tells whether its clock is right. */
  @Get('me')
  @Allow('gateDevice')
  async me(@Me() device: DeviceActor, @Query() { clock }: DeviceClockDto): Promise<GateContext> {
    if (clock !== undefined) await this.clocks.hear(device.deviceId, Date.parse(clock));
    return this.contexts.of(device.deviceId);
  }

  @Post('me/sign-out')
  @HttpCode(204)
  @Allow('gateDevice')
  signOut(@Me() device: DeviceActor): Promise<void> {
    return this.pairing.signOut(device);
  }

  @Post(':deviceId/revoke')
  @HttpCode(200)
  @Allow('organiserAdmin', 'organiserStaff')
  revoke(@Me() actor: Actor, @Param('deviceId', IdPipe) deviceId: string, @Body() { reason }: RevokeDeviceDto): Promise<Device> {
    return this.pairing.revoke(actor, deviceId, reason);
  }
}
