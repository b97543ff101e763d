import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { AskLease, LeaseAnswer, OfflineRecord, RefusalReason, ScanResult, UploadAnswer } from '#libs/contracts';
import type { DeviceActor, Leases, Scans, Uploads } from '#libs/attendance';
import { Refused } from './caller.js';

/** The services that a gate speaks to, of one process or another. */
export interface GateServer { scans: Scans; uploads: Uploads; leases: Leases }
/** What of them a gate asks: services, or a line to a real server. */
export interface GateLine { scans: Pick<Scans, 'scan'>; uploads: Pick<Uploads, 'upload'>; leases: Pick<Leases, 'ask'> }

/** What came of a scan; `alone`: the gate has decided it. */
export interface Verdict { admitted: boolean; reason: RefusalReason | null; alone: boolean }

/** So long a guard waits for the server before the gate decides by itself, milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * A gate as the scanner page is one: it asks the server while it can, decides alone by its lease while it cannot, and uploads
 * later. Its wall clock is off by `skewMs`, and was when it last heard the server; it may be set since (`setClock`).
 */
export class OfflineGate {
  readonly queue: OfflineRecord[] = [];
  sequence = 0;
  private leaseSequence = 0;
  private lease: { id: string; left: number; used: number; over: boolean } | null = null;
  private question: AskLease | null = null;

  /** By how much it was set since the server was heard. */
  private set = 0;
  /** When its records were made, by running time. */
  private readonly made = new Map<string, number>();
  private readonly keys = generateKeyPairSync('ed25519');

  constructor(readonly device: DeviceActor, readonly skewMs = 0) {}

  private wall(): string {
    return new Date(Date.now() + this.skewMs + this.set).toISOString();
  }

  /** Somebody, or the phone itself, sets its clock. @param by milliseconds */
  setClock(by: number): void {
    this.set += by;
  }

  get places(): number {
    return this.lease && !this.lease.over && !this.question ? this.lease.left : 0;
  }

  /** Its own key, base64url: what it signs with it, the server can check. */
  get publicKey(): string {
    return this.keys.publicKey.export({ format: 'jwk' }).x!;
  }

  /** It has asked for a lease, and was not answered yet. */
  get asking(): boolean {
    return this.question !== null;
  }

  get leaseId(): string | null {
    return this.lease?.id ?? null;
  }

  /** Its time is over on the device; what it has used it still knows. */
  leaseEnds(): void {
    if (this.lease) this.lease.over = true;
  }

  /** The lease that its question was about, if it has not heard the answer. */
  get askedId(): string | null {
    return this.question?.id ?? null;
  }

  /**
   * A question that was not answered is asked again, word by word; until it is, the gate has no places: the server may have ended its lease.
   * @param heard false loses the answer
   */
  async ask({ leases }: GateLine, places: number, heard = true): Promise<LeaseAnswer> {
    this.question ??= {
      id: randomUUID(), sequence: (this.leaseSequence += 1), places, ...(this.lease && { previous: { leaseId: this.lease.id, used: this.lease.used } }),
    };
    const answer = await leases.ask(this.device, this.question);
    if (!heard) return answer;
    this.question = null;
    this.lease = answer.lease && { id: answer.lease.leaseId, left: answer.lease.places, used: 0, over: false };
    return answer;
  }

  /**
   * With a network. `heard`: false loses the answer; then the gate decides alone, about the same scan. `again`: it is asked a second
   * time meanwhile, there. `count`: persons, of a ticket for several.
   */
  async online({ scans }: GateLine, code: string, direction: 'entry' | 'exit',
    { heard = true, again, id = randomUUID(), count = 1 }: { heard?: boolean; again?: GateLine; id?: string; count?: number } = {}): Promise<boolean> {
    const aside = direction === 'entry' && this.places >= count;
    if (aside) this.use(count);
    const body = { id, direction, code, happenedAt: new Date().toISOString(), ...(count > 1 && { count }), ...(aside && { leaseId: this.lease!.id }) };
    const [answer] = await Promise.all([scans, ...(again ? [again.scans] : [])].map((each) => each.scan(this.device, body))) as [ScanResult];
    if (heard) {
      if (aside && !answer.leaseUsed) this.use(-count);
      return answer.admitted;
    }
    if (aside) this.use(-count);
    return this.offline(code, direction, id, count);
  }

  /** Without one: out always, in with places of the lease. @param count persons, of a ticket for several */
  offline(code: string, direction: 'entry' | 'exit', id: string = randomUUID(), count = 1): boolean {
    return this.decide({ id, direction, count, code, walkIn: null });
  }

  /** Persons without a ticket, by places of the lease, in the device's name. @param ticketId of the ticket that they get by it */
  walkIn(ticketId: string, persons: number, id: string = randomUUID()): boolean {
    const madeAt = this.wall();
    const { fairId, gateId } = this.device;
    const text = Buffer.from(`FWW1.${[ticketId, fairId, gateId, persons, madeAt].join('.')}`, 'utf8');
    const walkIn = { ticketId, persons, madeAt, signature: sign(null, text, this.keys.privateKey).toString('base64url') };
    return this.decide({ id, direction: 'entry', count: persons, code: null, walkIn });
  }

  private decide({ id, direction, count, code, walkIn }: Pick<OfflineRecord, 'id' | 'direction' | 'code' | 'walkIn'> & { count: number }): boolean {
    const admitted = direction === 'exit' || this.places >= count;
    if (admitted && direction === 'entry') this.use(count);
    this.sequence += 1;
    this.made.set(id, performance.now());
    this.queue.push({
      id, sequence: this.sequence, direction, ...(count > 1 && { count }), code, walkIn, happenedAt: this.wall(), offsetMs: -this.skewMs, agoMs: null,
      leaseId: direction === 'entry' && admitted ? this.lease!.id : null, admitted, reason: admitted ? null : 'noLease',
    });
    return admitted;
  }

  /** Sends what waits, or the first so many. `lost`: the answer does not come, so it will all be sent again. */
  async upload({ uploads }: GateLine, most = Infinity, lost = false): Promise<UploadAnswer | null> {
    const waiting = this.queue.slice(0, most);
    const now = performance.now();
    const records = waiting.map((record) => ({ ...record, agoMs: this.made.has(record.id) ? Math.round(now - this.made.get(record.id)!) : record.agoMs }));
    if (records.length === 0) return null;
    const answer = await uploads.upload(this.device, { sentAt: this.wall(), records });
    if (!lost) this.queue.splice(0, this.queue.length, ...this.queue.filter((record) => !waiting.includes(record)));
    return answer;
  }

  /**
   * One person, or `count` with one code, as the page does it: what waits is told first, the server is asked, up to so many `times` about
   * the same scan, and when it does not answer this gate decides about it, `alone`.
   */
  async pass(server: GateLine, code: string, direction: 'entry' | 'exit', { id = randomUUID() as string, count = 1, times = 1 } = {}): Promise<Verdict> {
    const alone = (): Verdict => {
      const admitted = this.offline(code, direction, id, count);
      return { admitted, reason: admitted ? null : 'noLease', alone: true };
    };
    if (this.queue.length > 0 && !(await heard(this.upload(server, 200)))) return alone();
    const aside = direction === 'entry' && this.places >= count;
    if (aside) this.use(count);
    const scan = { id, direction, code, happenedAt: new Date().toISOString(), ...(count > 1 && { count }), ...(aside && { leaseId: this.lease!.id }) };
    let answer: ScanResult | null = null;
    for (let n = 0; n < times && !answer; n += 1) answer = await heard(server.scans.scan(this.device, scan));
    if (aside && !answer?.leaseUsed) this.use(-count);
    return answer ? { admitted: answer.admitted, reason: answer.reason, alone: false } : alone();
  }

  private use(places: number): void {
    this.lease!.left -= places;
    this.lease!.used += places;
  }
}

/** The answer, or null: none came in time, or nobody is there. A refusal of the question itself is a fault of the test. */
export async function heard<T>(asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => { timer = setTimeout(() => resolve(null), PATIENCE_MS); });
  const answered = asked.catch((error: unknown) => {
    if (error instanceof Refused && error.status < 500 && error.status !== 429) throw error;
    return null;
  });
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
