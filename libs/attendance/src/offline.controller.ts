import { Body, Controller, Get, Headers, HttpCode, Post, Put, Query, SetMetadata } from '@nestjs/common';
import type { LeaseAnswer, SignedOffline, UploadAnswer } from '#libs/contracts';
import { DomainError, Limits } from '#libs/platform';
import { Allow, Me } from '#libs/identity';
import { DEVICE_TOKEN_PREFIX, DeviceTokens, type DeviceActor } from './device-tokens.js';
import { Leases } from './leases.js';
import { AskLeaseDto, DeviceKeyDto, OfflineQueryDto, UploadScansDto } from './offline.dto.js';
import { OfflineSnapshots } from './offline-snapshots.js';
import { Pairing } from './pairing.js';
import { Uploads } from './uploads.js';

/** What a gate needs to go on without a network, and how it comes back. */
@Controller()
export class OfflineController {
  constructor(
    private readonly snapshots: OfflineSnapshots, private readonly leases: Leases, private readonly uploads: Uploads,
    private readonly pairing: Pairing, private readonly tokens: DeviceTokens, private readonly limits: Limits,
  ) {}

  /** The device's own key, made on it; its private half never leaves it. */
  @Put('devices/me/key')
  @HttpCode(204)
  @Allow('gateDevice')
  key(@Me() device: DeviceActor, @Body() { publicKey }: DeviceKeyDto): Promise<void> {
    return this.pairing.setKey(device, publicKey);
  }

  /** Everything that decides an entry, signed; with `since`, what has changed. */
  @Get('devices/me/offline')
  @Allow('gateDevice')
  async snapshot(@Me() device: DeviceActor, @Query() { since }: OfflineQueryDto): Promise<SignedOffline> {
    await this.limits.take('offlineByDevice', device.deviceId);
    return this.snapshots.of(device, since);
  }

  /** Gives back the lease in hand, and asks for the next. */
  @Post('devices/me/lease')
  @HttpCode(200)
  @Allow('gateDevice')
  async lease(@Me() device: DeviceActor, @Body() question: AskLeaseDto): Promise<LeaseAnswer> {
    await this.limits.take('offlineByDevice', device.deviceId);
    return this.leases.ask(device, question);
  }

  /** What the device has decided without us, in its order. Also by a device that was revoked: then it is kept apart. */
  @Post('scans/uploads')
  @HttpCode(200)
  @Allow('anyone')
  @SetMetadata('ownBearer', true)
  async upload(@Headers('authorization') authorization: string | undefined, @Body() upload: UploadScansDto): Promise<UploadAnswer> {
    const receivedAt = new Date();
    const token = /^Bearer ([\w.~+/=-]{1,2048})$/i.exec(authorization ?? '')?.[1];
    if (!token?.startsWith(DEVICE_TOKEN_PREFIX)) throw new DomainError('unauthenticated');
    const device = await this.tokens.known(token);
    await this.limits.take('uploadByDevice', device.deviceId);
    return this.uploads.upload(device, upload, receivedAt);
  }
}
