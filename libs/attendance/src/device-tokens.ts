import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Database, DomainError, GroupCommit, Seal, type Device } from '#libs/platform';
import { ActorSources } from '#libs/identity';
import { DeviceSightings } from './device-sightings.js';

export const DEVICE_TOKEN_PREFIX = 'dev_';
export type DeviceActor = Extract<Actor, { role: 'gateDevice' }>;

/** So many tokens are remembered: more devices than any fair has. */
const MOST_KNOWN = 10_000;

type Found = { actor: DeviceActor; revoked: boolean } | null;

/**
 * Who holds a device token. Asked anew each time, so that a revocation counts at once on every process; what is asked in
 * the same moment is asked together. Scans go without the question: their own transaction asks it (see `lastKnown`).
 */
@Injectable()
export class DeviceTokens implements OnModuleInit {
  private readonly questions = new GroupCommit<string, Found>({
    run: (hashes) => this.find(hashes),
    max: 256,
    waiting: 4_096,
    hopeless: () => true,
  });

  /** Who held a token when it was last asked for, by its hash; the oldest first. */
  private readonly lately = new Map<string, DeviceActor>();

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
    const hash = this.seal.hash(token);
    const found = await this.questions.add(hash);
    if (!found) throw new DomainError('unauthenticated');
    if (found.revoked) throw new DomainError('deviceRevoked');
    this.sightings.mark(found.actor.deviceId);
    this.remember(hash, found.actor);
    return found.actor;
  }

  /**
   * Who held this token when it was last resolved here, without asking: only for what checks the device itself, in its own
   * transaction (`ScanBatch`), and says `forget` when it is refused. Undefined: it must be resolved.
   */
  lastKnown(token: string): DeviceActor | undefined {
    return this.lately.get(this.seal.hash(token));
  }

  /** What was known of this token is over. */
  forget(token: string): void {
    this.lately.delete(this.seal.hash(token));
  }

  /** A device that was only known from before has been heard, and was good. */
  heard({ deviceId }: DeviceActor): void {
    this.sightings.mark(deviceId);
  }

  /** The same, also of a device that was revoked: only for taking what it still has to say. Throws `unauthenticated`. */
  async known(token: string): Promise<DeviceActor> {
    const found = await this.questions.add(this.seal.hash(token));
    if (!found) throw new DomainError('unauthenticated');
    if (!found.revoked) this.sightings.mark(found.actor.deviceId);
    return found.actor;
  }

  private remember(hash: string, actor: DeviceActor): void {
    this.lately.delete(hash);
    this.lately.set(hash, actor);
    if (this.lately.size > MOST_KNOWN) for (const oldest of this.lately.keys()) return void this.lately.delete(oldest);
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
