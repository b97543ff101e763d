/** What a device does while the server hears it, one thing after the other: uploads, takes a newer snapshot, renews its lease. */
import type { AskLease, Id, Lease, LeaseAnswer, SignedOffline, UploadAnswer } from '#libs/contracts';
import { ApiError, newId } from '../../net/api';
import { toBase64url } from './ed25519';
import { thisMoment } from './elapsed';
import { nextQuestion, placesWanted, worthAsking } from './lease';
import type { OfflineGate } from './offline-gate';
import { upload, type SendUpload } from './outbox';
import { SnapshotRefused, takeSnapshot } from './snapshot';

/** The server, as far as it is asked here. Each rejects when it does not answer. */
export interface Line {
  snapshot(since: number | undefined): Promise<SignedOffline>;
  lease(ask: AskLease): Promise<LeaseAnswer>;
  tellKey(publicKey: string): Promise<unknown>;
  upload: SendUpload;
}

/** A snapshot with nothing new is small: this often, ms. */
const SNAPSHOT_EVERY = 15_000;
/** A snapshot's news come by the server's log, a moment after its answers, ms. */
const SURELY_TOLD = 10_000;
/** Between two questions for a lease that was not granted as wished, ms. */
const LEASE_EVERY = 30_000;
const HALF_HOUR = 30 * 60_000;

export class Sync {
  private running: Promise<UploadAnswer | null> | null = null;
  private askedLeaseAt = -Infinity;
  private gaveBackAt = -Infinity;
  private recalled: Id | null = null;
  private stale = false;

  constructor(private readonly gate: OfflineGate, private readonly line: Line, private readonly changed: () => void) {}

  /** One round; a second call while one is under way is the same round. Rejects when the server does not answer. */
  round(): Promise<UploadAnswer | null> {
    this.running ??= this.run().finally(() => { this.running = null; });
    return this.running;
  }

  /**
   * The server asks for this lease back: the next round gives it back, once what it was used for is uploaded. Of a lease that is not in
   * hand any more nothing is left to give.
   */
  recall(leaseId: Id): void {
    this.recalled = leaseId;
  }

  /** What is left of the lease goes back. Rejects when the server does not answer. */
  async giveBack(): Promise<void> {
    const { lease, question } = this.gate.row;
    if (question || !lease) return;
    this.gaveBackAt = performance.now();
    await this.ask(0);
  }

  /** Something has changed (a lock, a revoked ticket): the next round takes a snapshot and may ask for a lease, however new the last are. */
  hurry(): void {
    this.askedLeaseAt = -Infinity;
    this.stale = true;
  }

  private async run(): Promise<UploadAnswer | null> {
    const { gate, line } = this;
    const { row } = gate;
    const answer = await upload(gate.store, row, line.upload, this.changed);
    if (answer) await gate.hearClock(answer.clock.offsetMs);
    if (answer?.revoked) return answer;
    if (!row.keyTold) {
      await line.tellKey(toBase64url(row.publicKey));
      await gate.change({ keyTold: true });
    }
    if (this.recalled !== null && gate.row.lease?.leaseId === this.recalled) await this.giveBack();
    if (answer || this.stale || gate.heardAt === null || Math.abs(Date.now() - gate.heardAt) > SNAPSHOT_EVERY) await this.refresh();
    await this.renew();
    this.changed();
    return answer;
  }

  private async refresh(): Promise<void> {
    const { gate, line } = this;
    const { deviceId } = gate.row;
    const heardAt = Date.now();
    const covered = (await gate.store.effects(deviceId)).filter(({ settledAt }) => settledAt !== null && Math.abs(heardAt - settledAt) > SURELY_TOLD).map(({ order }) => order);
    this.stale = false;
    let taken;
    try {
      taken = takeSnapshot(await line.snapshot(gate.snapshot?.facts.position), deviceId, gate.snapshot);
    } catch (error) {
      if (!(error instanceof SnapshotRefused) || !gate.snapshot) throw error;
      console.warn('The whole snapshot is asked for anew:', error.message);
      taken = takeSnapshot(await line.snapshot(undefined), deviceId, null);
    }
    await gate.know(taken, heardAt, covered);
    await gate.store.trim();
  }

  private async renew(): Promise<void> {
    const { row, snapshot } = this.gate;
    if (row.question) return this.ask(row.question.ask.places); // as it was asked
    // Nobody comes in here any more: places that it was given before are for other gates.
    if (snapshot?.facts.gate.direction === 'exit') return this.giveBack();
    const since = Date.now() - HALF_HOUR;
    const recent = await this.gate.store.history(row.deviceId, 500);
    const entered = recent.filter(({ result, direction, moment }) => result?.admitted && direction === 'entry' && moment.wall > since);
    const wanted = placesWanted(entered.reduce((sum, { count }) => sum + count, 0));
    // Somebody waits for what was given back: no others are asked for at once, whatever else has changed.
    const last = Math.max(this.askedLeaseAt, this.gaveBackAt);
    if (performance.now() - last < LEASE_EVERY || !worthAsking(row.lease, wanted, thisMoment())) return;
    this.askedLeaseAt = performance.now();
    await this.ask(wanted);
  }

  private async ask(places: number): Promise<void> {
    const { gate } = this;
    const question = await gate.inTurn(async () => {
      const { row } = gate;
      const next = row.question ?? nextQuestion(newId(), row.leaseSequence + 1, places, row.lease, thisMoment());
      if (!row.question) await gate.change({ question: next, leaseSequence: next.ask.sequence });
      return next;
    });
    this.changed();
    let lease: Lease | null = null;
    try {
      ({ lease } = await this.line.lease(question.ask));
    } catch (error) {
      // Refused, not unanswered: the same question would be refused again, and the lease before it has ended with it.
      if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500 || error.status === 401 || error.status === 429) throw error;
      console.warn('A lease was refused:', error.code);
    }
    await gate.inTurn(() => gate.change({ question: null, lease: lease && { ...lease, since: gate.row.question?.at ?? question.at, used: 0 } }));
    this.changed();
  }
}
