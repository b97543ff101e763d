import { Body, Controller, Get, HttpCode, Ip, Param, Post } from '@nestjs/common';
import type { Actor, Device, GateContext, PairedDevice } from '#libs/contracts';
import { IdPipe, Limits } from '#libs/platform';
import { Allow, Me } from '#libs/identity';
import type { DeviceActor } from './device-tokens.js';
import { PairDeviceDto, RevokeDeviceDto } from './devices.dto.js';
import { GateContexts } from './gate-contexts.js';
import { Pairing } from './pairing.js';

@Controller('devices')
export class DevicesController {
  constructor(private readonly pairing: Pairing, private readonly contexts: GateContexts, private readonly limits: Limits) {}

  /** Signs a device in to the gate of a pairing code. */
  @Post('pair')
  @HttpCode(200)
  @Allow('anyone')
  async pair(@Ip() address: string, @Body() device: PairDeviceDto): Promise<PairedDevice> {
    await this.limits.take('pairByAddress', address);
    return this.pairing.pair(device);
  }

  /** Where the device stands; asked every few seconds it is its heartbeat too. */
  @Get('me')
  @Allow('gateDevice')
  me(@Me() device: DeviceActor): Promise<GateContext> {
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
