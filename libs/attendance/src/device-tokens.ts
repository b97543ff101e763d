import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Database, DomainError, GroupCommit, Seal, type Device } from '#libs/platform';
import { ActorSources } from '#libs/identity';
import { DeviceSightings } from './device-sightings.js';

export const DEVICE_TOKEN_PREFIX = 'dev_';
export type DeviceActor = Extract<Actor, { role: 'gateDevice' }>;

type Found = { actor: DeviceActor; revoked: boolean } | null;

/**
 * Who holds a device token. Asked anew each time, so that a revocation counts at once on every process; what is asked in
 * the same moment is asked together, so that a busy process does not ask once a scan.
 */
@Injectable()
export class DeviceTokens implements OnModuleInit {
  private readonly questions = new GroupCommit<string, Found>({
    run: (hashes) => this.find(hashes),
    max: 256,
    waiting: 4_096,
    hopeless: () => true,
  });

  constructor(
    private readonly database: Database,
    private readonly seal: Seal,
    private readonly sources: ActorSources,
    private readonly sightings: DeviceSightings,
  ) {}

  onModuleInit(): void {
    this.sources.add(DEVICE_TOKEN_PREFIX, (token) => this.resolve(token));
  }

  /** Throws `unauthenticated` for a token that we never gave, `deviceRevoked` for one that is over. */
  async resolve(token: string): Promise<DeviceActor> {
    const found = await this.questions.add(this.seal.hash(token));
    if (!found) throw new DomainError('unauthenticated');
    if (found.revoked) throw new DomainError('deviceRevoked');
    this.sightings.mark(found.actor.deviceId);
    return found.actor;
  }

  /** The same, also of a device that was revoked: only for taking what it still has to say. Throws `unauthenticated`. */
  async known(token: string): Promise<DeviceActor> {
    const found = await this.questions.add(this.seal.hash(token));
    if (!found) throw new DomainError('unauthenticated');
    if (!found.revoked) this.sightings.mark(found.actor.deviceId);
    return found.actor;
  }

  private async find(hashes: string[]): Promise<Found[]> {
    const devices = await this.database.rawQuery<Pick<Device, 'id' | 'fairId' | 'gateId' | 'tokenHash' | 'revokedAt'>>`
      SELECT id, "fairId", "gateId", "tokenHash", "revokedAt" FROM "Device" WHERE "tokenHash" = ANY(${[...new Set(hashes)]}::text[])`;
    const byHash = new Map(devices.map((device) => [device.tokenHash, device]));
    return hashes.map((hash) => {
      const device = byHash.get(hash);
      return device ? { actor: { role: 'gateDevice', deviceId: device.id, fairId: device.fairId, gateId: device.gateId }, revoked: device.revokedAt !== null } : null;
    });
  }
}
