/**
 * What a gate's device keeps: who it is, its snapshot, and everything that was scanned, in order. In IndexedDB, so that nothing that
 * the guard has seen is lost with the tab. Writes that a verdict waits for are flushed to the disk (`strict`).
 */
import type { Direction, Id, OfflineWalkIn, ScanResult, UploadedRecord } from '#libs/contracts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Moment } from './elapsed';
import { withoutPresumed, type HeldLease, type LeaseQuestion } from './lease';
import type { Effect } from './local-hall';
import type { Snapshot, SnapshotFacts } from './snapshot';

export interface DeviceRow {
  deviceId: Id;
  token: string;
  /** Ed25519, 32 bytes each; the server knows the public half once `keyTold`. */
  secretKey: Uint8Array;
  publicKey: Uint8Array;
  keyTold: boolean;
  /** The last number given to a record. */
  sequence: number;
  lease: HeldLease | null;
  /** Asked and not answered: it is asked again as it is, and no lease counts meanwhile. */
  question: LeaseQuestion | null;
  leaseSequence: number;
  /** Server's clock minus this device's, ms, as last measured; null before. */
  offsetMs: number | null;
  /** When that was, by both clocks: one that is set back since is noticed by a page that is opened anew, too. Absent before. */
  offsetAt?: Moment;
  /** Revoked, or given back: it lives on only until its records are uploaded. */
  ended: boolean;
}

/**
 * `asked`: the server was asked, and nothing was shown yet; `waiting`: decided here and not uploaded; `settled`: the server has it.
 */
export type RecordState = 'asked' | 'waiting' | 'settled';
export interface GateRecord {
  /** Given by the store, in order. */
  order: number;
  deviceId: Id;
  id: Id;
  state: RecordState;
  /** Only with a record that is uploaded: 1, 2, 3… of the device. */
  sequence: number | null;
  direction: Direction;
  count: number;
  code: string | null;
  walkIn: OfflineWalkIn | null;
  moment: Moment;
  offsetMs: number;
  leaseId: Id | null;
  /** The lease in whose `used` the places of this scan are, though nobody knows whether the server has taken them. Absent: none. */
  presumed?: Id | null;
  result: ScanResult | null;
  /** null: nothing changed, or a snapshot since then has it. */
  effect: Effect | null;
  /** `refused`: the server would not have it at all; it stays here. */
  outcome: UploadedRecord['outcome'] | 'refused' | null;
  conflict: UploadedRecord['conflict'];
  /** When the server had it, this device's wall clock, epoch ms. */
  settledAt: number | null;
  /** deviceId while it waits: an index of its own, so that the queue is found without the history. */
  waitsFor?: Id;
  /** deviceId while `effect` is newer than the snapshot. */
  effectOn?: Id;
}
export type NewRecord = Omit<GateRecord, 'order' | 'waitsFor' | 'effectOn'>;

interface Gate extends DBSchema {
  devices: { key: string; value: DeviceRow };
  snapshots: { key: string; value: SnapshotFacts & { heardAt: number } };
  /** Apart, because they are large and change seldom. */
  tickets: { key: string; value: Uint8Array };
  records: { key: number; value: GateRecord; indexes: { id: string; waitsFor: string; effectOn: string } };
}
/** The history that is kept once the server has it. */
const KEPT_RECORDS = 1000;

const indexed = <R extends NewRecord>(record: R): R & Pick<GateRecord, 'waitsFor' | 'effectOn'> => ({
  ...record,
  waitsFor: record.state === 'waiting' ? record.deviceId : undefined,
  effectOn: record.effect ? record.deviceId : undefined,
});

export class GateStore {
  private constructor(private readonly db: IDBPDatabase<Gate>) {}

  /** Rejects when the browser gives no storage. */
  static async open(name = 'fairwind-gate'): Promise<GateStore> {
    return new GateStore(await openDB<Gate>(name, 1, {
      upgrade(db) {
        db.createObjectStore('devices', { keyPath: 'deviceId' });
        db.createObjectStore('snapshots');
        db.createObjectStore('tickets');
        const records = db.createObjectStore('records', { keyPath: 'order', autoIncrement: true });
        records.createIndex('id', 'id', { unique: true });
        records.createIndex('waitsFor', 'waitsFor');
        records.createIndex('effectOn', 'effectOn');
      },
    }));
  }

  close(): void {
    this.db.close();
  }

  device(deviceId: Id): Promise<DeviceRow | undefined> {
    return this.db.get('devices', deviceId);
  }

  devices(): Promise<DeviceRow[]> {
    return this.db.getAll('devices');
  }

  async putDevice(row: DeviceRow): Promise<void> {
    await this.db.put('devices', row);
  }

  /** Changes a device's row in one go. Undefined when there is none. */
  async changeDevice(deviceId: Id, change: Partial<DeviceRow>): Promise<DeviceRow | undefined> {
    const tx = this.db.transaction('devices', 'readwrite');
    const row = await tx.store.get(deviceId);
    const next = row && { ...row, ...change };
    if (next) await tx.store.put(next);
    await tx.done;
    return next;
  }

  /** `heardAt`: when the server was last asked for it, this device's wall clock, epoch ms. */
  async snapshot(deviceId: Id): Promise<(Snapshot & { heardAt: number }) | undefined> {
    const tx = this.db.transaction(['snapshots', 'tickets']);
    const [kept, tickets] = await Promise.all([tx.objectStore('snapshots').get(deviceId), tx.objectStore('tickets').get(deviceId)]);
    if (!kept || !tickets) return undefined;
    const { heardAt, ...facts } = kept;
    return { facts, tickets, heardAt };
  }

  /**
   * Keeps a newer snapshot; the effects of `covered` (orders of records) are in it. `before`: what is kept now, so that tickets that
   * have not changed are not written again.
   */
  async putSnapshot(deviceId: Id, { facts, tickets }: Snapshot, heardAt: number, covered: readonly number[], before: Snapshot | null): Promise<void> {
    const tx = this.db.transaction(['snapshots', 'tickets', 'records'], 'readwrite');
    await tx.objectStore('snapshots').put({ ...facts, heardAt }, deviceId);
    if (before?.tickets !== tickets) await tx.objectStore('tickets').put(tickets, deviceId);
    for (const order of covered) {
      const record = await tx.objectStore('records').get(order);
      if (record) await tx.objectStore('records').put(indexed({ ...record, effect: null }));
    }
    await tx.done;
  }

  /** A scan that is about to be asked: it has its number in the order of things from now on. */
  async add(record: NewRecord): Promise<GateRecord> {
    const order = await this.db.add('records', indexed(record) as GateRecord);
    return { ...indexed(record), order };
  }

  /**
   * A question that nobody waits for any longer: the server may have taken the places that stood aside for it, and they count as used
   * until there is a verdict. Once, however often this is said. Undefined when there is no such device.
   */
  async presume({ order, deviceId }: GateRecord): Promise<DeviceRow | undefined> {
    const tx = this.db.transaction(['devices', 'records'], 'readwrite', { durability: 'strict' });
    const row = await tx.objectStore('devices').get(deviceId);
    const record = await tx.objectStore('records').get(order);
    if (!row?.lease || record?.state !== 'asked' || record.presumed || record.leaseId !== row.lease.leaseId) return row;
    const next = { ...row, lease: { ...row.lease, used: row.lease.used + record.count } };
    await Promise.all([tx.objectStore('devices').put(next), tx.objectStore('records').put({ ...record, presumed: record.leaseId })]);
    await tx.done;
    return next;
  }

  /**
   * A verdict: the record, and the places of the lease that it takes, all or nothing; what was presumed of them is over. One that waits
   * to be uploaded gets the next number of its device.
   */
  async decided(record: GateRecord, places: number): Promise<{ record: GateRecord; row: DeviceRow }> {
    const tx = this.db.transaction(['devices', 'records'], 'readwrite', { durability: 'strict' });
    const row = await tx.objectStore('devices').get(record.deviceId);
    if (!row) throw new Error('a device decides that is not here');
    const sequence = record.state === 'waiting' ? row.sequence + 1 : null;
    // As it is kept: whoever decides may have read it before.
    const presumed = (await tx.objectStore('records').get(record.order))?.presumed;
    const open = row.lease && withoutPresumed(row.lease, { presumed, count: record.count });
    // Of a lease that was given back meanwhile the server keeps the account.
    const lease = open && places > 0 && open.leaseId === record.leaseId ? { ...open, used: open.used + places } : open;
    const next = { ...row, lease, sequence: sequence ?? row.sequence };
    const kept = indexed({ ...record, sequence, presumed: null, settledAt: record.state === 'settled' ? Date.now() : null });
    await Promise.all([tx.objectStore('devices').put(next), tx.objectStore('records').put(kept)]);
    await tx.done;
    return { record: kept, row: next };
  }

  /** In order, the oldest first. */
  waiting(deviceId: Id, most: number): Promise<GateRecord[]> {
    return this.db.getAllFromIndex('records', 'waitsFor', deviceId, most);
  }

  countWaiting(deviceId: Id): Promise<number> {
    return this.db.countFromIndex('records', 'waitsFor', deviceId);
  }

  /** Records whose effects no snapshot has yet, in order. */
  effects(deviceId: Id): Promise<GateRecord[]> {
    return this.db.getAllFromIndex('records', 'effectOn', deviceId);
  }

  byId(id: Id): Promise<GateRecord | undefined> {
    return this.db.getFromIndex('records', 'id', id);
  }

  /** The server has taken these. */
  async settle(answers: readonly Pick<GateRecord, 'id' | 'outcome' | 'conflict'>[]): Promise<void> {
    const tx = this.db.transaction('records', 'readwrite', { durability: 'strict' });
    for (const { id, outcome, conflict } of answers) {
      const record = await tx.store.index('id').get(id);
      if (record) await tx.store.put(indexed({ ...record, state: 'settled', outcome, conflict, settledAt: Date.now() }));
    }
    await tx.done;
  }

  /** The newest first. */
  async history(deviceId: Id, most: number): Promise<GateRecord[]> {
    const found: GateRecord[] = [];
    for (let cursor = await this.db.transaction('records').store.openCursor(null, 'prev'); cursor && found.length < most; cursor = await cursor.continue()) {
      if (cursor.value.deviceId === deviceId) found.push(cursor.value);
    }
    return found;
  }

  /** What the server would not have of devices that were here before, the newest first: somebody has to see it. */
  async leftBehind(deviceId: Id): Promise<GateRecord[]> {
    const found: GateRecord[] = [];
    for (let cursor = await this.db.transaction('records').store.openCursor(null, 'prev'); cursor; cursor = await cursor.continue()) {
      if (cursor.value.deviceId !== deviceId && cursor.value.outcome === 'refused') found.push(cursor.value);
    }
    return found;
  }

  /** Lets go of old history; what waits, and what no snapshot has, stays. */
  async trim(): Promise<void> {
    const tx = this.db.transaction('records', 'readwrite');
    let surplus = (await tx.store.count()) - KEPT_RECORDS;
    for (let cursor = await tx.store.openCursor(); cursor && surplus > 0; cursor = await cursor.continue()) {
      if (cursor.value.waitsFor || cursor.value.effectOn || cursor.value.outcome === 'refused') continue;
      await cursor.delete();
      surplus -= 1;
    }
    await tx.done;
  }

  /** Forgets a device whose records the server has. What it would not have stays: it is nowhere else. */
  async forget(deviceId: Id): Promise<void> {
    const tx = this.db.transaction(['devices', 'snapshots', 'tickets', 'records'], 'readwrite');
    for (const name of ['devices', 'snapshots', 'tickets'] as const) await tx.objectStore(name).delete(deviceId);
    for (let cursor = await tx.objectStore('records').openCursor(); cursor; cursor = await cursor.continue()) if (cursor.value.deviceId === deviceId && cursor.value.outcome !== 'refused') await cursor.delete();
    await tx.done;
  }
}
