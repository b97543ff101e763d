import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, Device, PairDevice, PairedDevice, PairingCode } from '#libs/contracts';
import { Database, DomainError, newId, Seal, type Device as DeviceRow, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { actorId, Audit, type MemberActor } from '#libs/identity';
import { DEVICE_TOKEN_PREFIX, type DeviceActor } from './device-tokens.js';
import { GateContexts } from './gate-contexts.js';
import { deviceView, Gates } from './gates.js';
import { Leases } from './leases.js';
import { lockZones } from './scan-store.js';
import { ed25519 } from './upload-walk-ins.js';
import { newPairingCode, normalPairingCode, PAIRING_CODE_MS } from './pairing-code.js';

/** Devices come by a code that the organiser reads to the guard, stay bound to their gate, and go by revocation. */
@Injectable()
export class Pairing {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly gates: Gates,
    private readonly contexts: GateContexts,
    private readonly audit: Audit,
    private readonly leases: Leases,
    private readonly seal: Seal,
  ) {}

  /** Shown once; only its hash is kept. Audited. Throws `notFound`. */
  async makeCode(actor: MemberActor, gateId: string): Promise<PairingCode> {
    const { fairId, name } = await this.gates.requireOwn(actor, gateId);
    const code = newPairingCode();
    const expiresAt = new Date(Date.now() + PAIRING_CODE_MS);
    await this.database.transaction(async (tx) => {
      await tx.devicePairing.create({
        data: { id: newId(), fairId, gateId, codeHash: this.hash(code), createdById: actor.accountId, expiresAt },
      });
      await this.audit.write(tx, actor, 'pairingCode.made', { kind: 'gate', id: gateId }, { details: { fairId, name } });
    });
    return { code, gateId, expiresAt: expiresAt.toISOString() };
  }

  /** Uses a code up: of devices that try at once, one gets in. Throws `pairingCodeInvalid`, `deviceKeyInvalid`. */
  async pair({ code, name, publicKey }: PairDevice): Promise<PairedDevice> {
    const key = publicKey === undefined ? null : keyBytes(publicKey);
    const deviceToken = DEVICE_TOKEN_PREFIX + randomBytes(32).toString('base64url');
    const device = await this.database.transaction(async (tx) => {
      const [pairing] = await tx.devicePairing.updateManyAndReturn({
        where: { codeHash: this.hash(normalPairingCode(code)), usedAt: null, expiresAt: { gt: new Date() } },
        data: { usedAt: new Date() },
      });
      if (!pairing) throw new DomainError('pairingCodeInvalid');
      const { fairId, gateId } = pairing;
      const made = await tx.device.create({ data: { id: newId(), fairId, gateId, name, tokenHash: this.seal.hash(deviceToken), publicKey: key, lastSeenAt: new Date() } });
      await this.events.append(tx, 'device.paired', { kind: 'fair', id: fairId }, { fairId, deviceId: made.id, gateId }, { actorId: made.id });
      await this.write(tx, { role: 'gateDevice', deviceId: made.id, fairId, gateId }, 'device.paired', made);
      return made;
    });
    return { deviceToken, device: await this.contexts.of(device.id) };
  }

  /** The device's own key, from now on. Throws `deviceKeyInvalid`. */
  async setKey({ deviceId }: DeviceActor, publicKey: string): Promise<void> {
    await this.database.read.device.update({ where: { id: deviceId }, data: { publicKey: keyBytes(publicKey) } });
  }

  /** From the answer on its token is refused. Twice is once. Throws `notFound`, `reasonRequired`. */
  async revoke(actor: Actor, deviceId: string, reason: string): Promise<Device> {
    const device = await this.database.read.device.findUnique({ where: { id: deviceId } });
    if (!device) throw new DomainError('notFound');
    await this.fairs.requireOwn(actor, device.fairId);
    if (reason === '') throw new DomainError('reasonRequired');
    await this.end(actor, deviceId, reason);
    return deviceView(await this.database.read.device.findUniqueOrThrow({ where: { id: deviceId } }));
  }

  /** The shift is over: the device gives its token back. */
  async signOut(device: DeviceActor): Promise<void> {
    await this.end(device, device.deviceId, '');
  }

  /** What it may have let in under a lease is presumed, until it uploads or somebody says: the zones are held for that. */
  private async end(actor: Actor, deviceId: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const device = await tx.device.findUnique({ where: { id: deviceId }, select: { fairId: true } });
      if (!device) return;
      await lockZones(tx, device.fairId);
      const [ended] = await tx.device.updateManyAndReturn({ where: { id: deviceId, revokedAt: null }, data: { revokedAt: new Date() } });
      if (!ended) return;
      const { fairId, gateId } = ended;
      await this.leases.presume(tx, deviceId);
      await this.events.append(tx, 'device.revoked', { kind: 'fair', id: fairId }, { fairId, deviceId, gateId, reason }, { actorId: actorId(actor) });
      await this.write(tx, actor, actor.role === 'gateDevice' ? 'device.signedOut' : 'device.revoked', ended, reason);
    });
  }

  /** In the book of the fair's organiser, also when a device did it. */
  private async write(tx: Tx, actor: Actor, action: string, { id, fairId, gateId, name }: DeviceRow, reason?: string): Promise<void> {
    const { organiserId } = await this.fairs.require(fairId, tx);
    await this.audit.write(tx, actor, action, { kind: 'device', id }, { reason, details: { fairId, gateId, name }, organisationId: organiserId });
  }

  private hash(code: string): string {
    return this.seal.hash(`pairing code ${code}`);
  }
}

function keyBytes(publicKey: string): Uint8Array<ArrayBuffer> {
  const raw = new Uint8Array(Buffer.from(publicKey, 'base64url'));
  try {
    ed25519(raw);
  } catch {
    throw new DomainError('deviceKeyInvalid');
  }
  return raw;
}
