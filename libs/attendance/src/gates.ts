import { Injectable } from '@nestjs/common';
import type { Actor, Device, Gate, GateInput } from '#libs/contracts';
import { Database, DomainError, fieldRefused, newId, Prisma, type Device as DeviceRow, type Gate as GateRow, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { actorId, Audit } from '#libs/identity';
import { lockZones } from './scan-store.js';

/** The gates of a fair: each leads into one zone, and lets in, out, or both. */
@Injectable()
export class Gates {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly audit: Audit,
  ) {}

  /** The gates of a fair that this actor may see; devices for the organiser's people only. Throws `notFound`. */
  async list(actor: Actor, fairId: string): Promise<Gate[]> {
    const fair = await this.fairs.requireVisible(actor, fairId);
    const gates = await this.ofFair(fairId);
    return this.fairs.isOwn(actor, fair) ? gates : gates.map((gate) => ({ ...gate, devices: [] }));
  }

  /** All gates with their devices, by name. */
  async ofFair(fairId: string): Promise<Gate[]> {
    const [gates, zones] = await Promise.all([
      this.database.read.gate.findMany({ where: { fairId }, include: { devices: { orderBy: { pairedAt: 'asc' } } }, orderBy: { name: 'asc' } }),
      this.fairs.zones(fairId),
    ]);
    const names = new Map(zones.map(({ id, name }) => [id, name]));
    return gates.map((gate) => gateView(gate, names.get(gate.zoneId) ?? ''));
  }

  /** Throws `notFound`, `nameTaken`, `validationFailed` for a zone of another fair. */
  async create(actor: Actor, fairId: string, input: GateInput): Promise<Gate> {
    await this.fairs.requireOwn(actor, fairId);
    return this.change(actor, fairId, 'gate.created', input.name, async (tx) => {
      await this.requireZone(tx, fairId, input.zoneId);
      const { zoneId, name, direction, deskHint = '' } = input;
      return tx.gate.create({ data: { id: newId(), fairId, zoneId: zoneId.toLowerCase(), name, direction, deskHint }, include: { devices: true } });
    });
  }

  /** Only the fields that are there. Throws as `create` does. */
  async update(actor: Actor, gateId: string, input: Partial<GateInput>): Promise<Gate> {
    const { fairId, name } = await this.requireOwn(actor, gateId);
    return this.change(actor, fairId, 'gate.updated', input.name ?? name, async (tx) => {
      if (input.zoneId !== undefined) await this.requireZone(tx, fairId, input.zoneId);
      const { zoneId, direction, deskHint } = input;
      return tx.gate.update({ where: { id: gateId }, data: { zoneId: zoneId?.toLowerCase(), name: input.name, direction, deskHint }, include: { devices: true } });
    });
  }

  /** Throws `notFound`, or `gateInUse` when somebody was scanned here or a device is signed in. */
  async remove(actor: Actor, gateId: string): Promise<void> {
    const { fairId, name } = await this.requireOwn(actor, gateId);
    await this.change(actor, fairId, 'gate.removed', name, async (tx) => {
      const [scan, device] = [
        await tx.scan.findFirst({ where: { fairId, gateId }, select: { id: true } }),
        await tx.device.findFirst({ where: { gateId, revokedAt: null }, select: { id: true } }),
      ];
      if (scan || device) throw new DomainError('gateInUse');
      await tx.devicePairing.deleteMany({ where: { gateId } });
      await tx.device.deleteMany({ where: { gateId } });
      return tx.gate.delete({ where: { id: gateId }, include: { devices: true } });
    });
  }

  /** The gate, if the actor belongs to its fair's organiser. Throws `notFound`. */
  async requireOwn(actor: Actor, gateId: string): Promise<GateRow> {
    const gate = await this.database.read.gate.findUnique({ where: { id: gateId } });
    if (!gate) throw new DomainError('notFound');
    await this.fairs.requireOwn(actor, gate.fairId);
    return gate;
  }

  /** Holds the fair and its zones, so that no scan is decided on half a gate, and tells everybody. */
  private async change(
    actor: Actor, fairId: string, action: string, name: string, act: (tx: Tx) => Promise<GateRow & { devices: DeviceRow[] }>,
  ): Promise<Gate> {
    try {
      return await this.database.transaction(async (tx) => {
        await this.fairs.lock(tx, fairId, 'use');
        await lockZones(tx, fairId);
        const gate = await act(tx);
        await this.events.append(tx, 'fair.updated', { kind: 'fair', id: fairId }, { fairId }, { actorId: actorId(actor) });
        await this.audit.write(tx, actor, action, { kind: 'gate', id: gate.id }, { details: { fairId, name } });
        const zones = await this.fairs.zones(fairId, tx);
        return gateView(gate, zones.find(({ id }) => id === gate.zoneId)?.name ?? '');
      });
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new DomainError('nameTaken', { name });
      throw error;
    }
  }

  private async requireZone(tx: Tx, fairId: string, zoneId: string): Promise<void> {
    const zones = await this.fairs.zones(fairId, tx);
    if (!zones.some(({ id }) => id === zoneId.toLowerCase())) {
      throw fieldRefused({ field: 'zoneId', zh: '这个分区不属于这场招聘会。', en: 'This zone is not of this fair.' });
    }
  }
}

export function deviceView({ id, gateId, name, pairedAt, lastSeenAt, revokedAt }: DeviceRow): Device {
  return { id, gateId, name, pairedAt: pairedAt.toISOString(), lastSeenAt: lastSeenAt?.toISOString() ?? null, revokedAt: revokedAt?.toISOString() ?? null };
}

function gateView({ id, fairId, zoneId, name, direction, deskHint, devices }: GateRow & { devices: DeviceRow[] }, zoneName: string): Gate {
  return { id, fairId, zoneId, zoneName, name, direction, deskHint, devices: devices.map(deviceView) };
}
