import type { Gate, Ticket } from '#libs/contracts';
import type { Caller } from './caller.js';
import { OfflineGate, type GateLine } from './offline-gate.js';
import type { Servers } from './servers.js';
import { eventually, type Bureau, type OpenFair, type World } from './world.js';

/** What a real gate's question goes through. */
const overHttp = (device: Caller): GateLine => ({
  scans: { scan: (_, body) => device.call('POST /scans', { body: { ...body, leaseId: body.leaseId ?? undefined } }) },
  uploads: { upload: (_, body) => device.call('POST /scans/uploads', { body }) },
  leases: { ask: (_, body) => device.call('POST /devices/me/lease', { body }) },
});
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A device at a real gate that goes on without a network, has told the server its key, and its line there. */
export interface Standing { deviceId: string; device: Caller; gate: OfflineGate; server: GateLine }

/** Binds a device to a gate, and has it ask for places of its own. */
export async function offlineGate(world: World, bureau: Bureau, at: Gate, places: number): Promise<Standing> {
  const device = await world.device(bureau, at);
  const { deviceId, fair: { id: fairId }, gate: { id: gateId } } = await device.call('GET /devices/me');
  const gate = new OfflineGate({ role: 'gateDevice', deviceId, fairId, gateId });
  const server = overHttp(device);
  await device.call('PUT /devices/me/key', { body: { publicKey: gate.publicKey } });
  if (!(await gate.ask(server, places)).lease) throw new Error('The gate was given no places.');
  return { deviceId, device, gate, server };
}

/** What the database holds of a fair's passages, once the log has told all of them. */
export interface Counted { checkIns: number; presences: number; inside: number; conflicts: number; told: number }

export async function counted(servers: Servers, fairId: string): Promise<Counted> {
  await eventually('everything relayed', async () => (await servers.query<{ n: number }>('SELECT count(*)::int AS n FROM "Event" WHERE position IS NULL'))[0]!.n === 0);
  const [found] = await servers.query<Counted & Record<string, number>>(`
    SELECT (SELECT count(*)::int FROM "CheckIn" WHERE "fairId" = $1 AND mark IS DISTINCT FROM 'void') AS "checkIns",
      (SELECT count(DISTINCT "ticketId")::int FROM "Presence" WHERE "fairId" = $1) AS presences,
      (SELECT s.inside FROM "ZoneState" s JOIN "Zone" z ON z.id = s."zoneId" WHERE z."fairId" = $1 AND z."parentId" IS NULL) AS inside,
      (SELECT count(*)::int FROM "GateConflict" WHERE "fairId" = $1) AS conflicts,
      (SELECT count(*)::int FROM "Event" WHERE "scopeId" = $1 AND type = 'checkIn.recorded') - (SELECT count(*)::int FROM "Event" WHERE "scopeId" = $1 AND type = 'checkIn.voided') AS told`, [fairId]);
  return found!;
}

/**
 * Gates that scan without a pause, each its own people in and out again, and go on by themselves when the server does not answer:
 * by the lease they hold, as the scanner page. What they have said is the truth that the server must come to.
 */
export class GatesAtWork {
  /** Who is inside, as the gates have let them. */
  readonly inside = new Set<string>();
  /** Passages that a gate has let through, in all, and those that it has decided alone. */
  admitted = 0;
  alone = 0;
  private going = true;
  private work: Promise<void>[] = [];

  private constructor(private readonly world: World, readonly fairId: string, private readonly gates: (Standing & { people: Ticket[] })[]) {}

  static async stand(world: World, bureau: Bureau, { fair, gates }: OpenFair, { count, people, places }: { count: number; people: number; places: number }): Promise<GatesAtWork> {
    const standing = [];
    for (let n = 0; n < count; n += 1) {
      const one = await offlineGate(world, bureau, gates[0]!, places);
      standing.push({ ...one, people: await world.walkIns(one.device, fair.id, people) });
    }
    return new GatesAtWork(world, fair.id, standing);
  }

  begin(): void {
    this.work = this.gates.map((standing) => this.guard(standing));
  }

  /** The last passages, and everything uploaded. */
  async end(): Promise<void> {
    this.going = false;
    await Promise.all(this.work);
    for (const { gate, server } of this.gates) await eventually('everything uploaded', () => gate.upload(server, 200).then(() => gate.queue.length === 0, () => false), 30_000);
  }

  /** Nothing that a gate has let through is missing, nothing is there twice, and the counters are what the gates say. */
  async expectExact(): Promise<void> {
    const { fairId, world: { servers } } = this;
    expect(await counted(servers, fairId)).toEqual({ checkIns: this.admitted, presences: this.inside.size, inside: this.inside.size, conflicts: 0, told: this.admitted });
    const rows = await servers.query<{ ticketId: string }>('SELECT DISTINCT "ticketId" FROM "Presence" WHERE "fairId" = $1', [fairId]);
    expect(rows.map(({ ticketId }) => ticketId).sort()).toEqual([...this.inside].sort());
  }

  private async guard({ gate, server, people }: Standing & { people: Ticket[] }): Promise<void> {
    for (let n = 0; this.going; n += 1) {
      const { id, code } = people[n % people.length]!;
      const direction = this.inside.has(id) ? 'exit' : 'entry';
      const { admitted, alone } = await gate.pass(server, code, direction);
      if (alone) this.alone += 1;
      if (admitted) {
        this.admitted += 1;
        if (direction === 'entry') this.inside.add(id);
        else this.inside.delete(id);
      }
      // A person walks through; and twenty a second is what one device may ask.
      await pause(60);
    }
  }
}
