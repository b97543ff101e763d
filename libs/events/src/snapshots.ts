import { Injectable } from '@nestjs/common';
import type { AnyEnvelope, Snapshot, SnapshotMap } from '#libs/contracts';
import { Log } from '#libs/platform';
import { Consumers } from './consumers.js';
import { Feed } from './feed.js';

export type SnapshotKind = keyof SnapshotMap;

/** Makes the whole picture of a coalesced topic: a dashboard, a hall's crowd. */
export interface SnapshotSource<K extends SnapshotKind = SnapshotKind> {
  kind: K;
  /**
   * The newest picture of `id`, and the position up to which it has read; null: there is no such thing. `reached`: what its projector
   * makes is to be read after this, and anything else may be read before.
   */
  read(id: string, reached: Promise<void>): Promise<{ position: number; data: SnapshotMap[K] } | null>;
  /** Whose picture this event changes, or null. */
  changes(event: AnyEnvelope): string | null;
  /**
   * The projector that must have come to an event's position before the picture is new; it looks when a picture is due, so that a
   * rush of scans is added up once a picture. Absent: all is read from the tables of the event's cause.
   */
  projector?: string;
  /** Least milliseconds between two pictures of a topic in each process; a tenth of a second unless told. */
  least?: number;
}

/** Somebody who watches a topic on behalf of others. */
export interface SnapshotWatcher {
  send(snapshot: Snapshot): void;
  /** How many get what is sent. */
  count(): number;
}

/** At most ten pictures a second of a topic in each process. Milliseconds. */
const LEAST = 100;
/** And at most so many deliveries a second of a topic: a picture that many watch comes less often. */
const DELIVERIES = 10_000;
/** Pictures change with time alone (a gate falls silent): how often a watched one is looked at. Milliseconds. */
const LOOK = 2_000;
/** A watched picture that did not change is sent again after this, so that its age is known. Milliseconds. */
const AGAIN = 5_000;
/** So long a picture waits for its projector, which may be at work in another process; then it shows what there is. Milliseconds. */
const PROJECTING = 100;

/** A topic that somebody watches. */
interface Watched {
  kind: SnapshotKind;
  id: string;
  watchers: Set<SnapshotWatcher>;
  timer: NodeJS.Timeout | undefined;
  /** Position that the next picture must have reached; 0: none. */
  wanted: number;
  dirty: boolean;
  making: boolean;
  lastMade: number;
  lastSent: number;
  lastData: string;
}

/** Coalesces: pictures are made only of what is dirty and watched, and not oftener than people can see. */
@Injectable()
export class Snapshots {
  private readonly sources = new Map<SnapshotKind, SnapshotSource>();
  private readonly watched = new Map<string, Watched>();
  private readonly made = new Map<string, Promise<Snapshot | null>>();
  private unfollow: (() => void) | null = null;

  constructor(
    private readonly feed: Feed,
    private readonly consumers: Consumers,
    private readonly log: Log,
  ) {}

  /** Registers who makes the pictures of a kind of topic; call it in `onModuleInit`. */
  add<K extends SnapshotKind>(source: SnapshotSource<K>): void {
    if (this.sources.has(source.kind)) throw new Error(`Two sources make the snapshots of ${source.kind}.`);
    this.sources.set(source.kind, source as unknown as SnapshotSource);
  }

  has(kind: string): kind is SnapshotKind {
    return this.sources.has(kind as SnapshotKind);
  }

  /**
   * The picture of now, or null when there is no such thing. Who asks within a tenth of a second of another (or `least`) gets
   * the same, so that a hall that comes back at once does not ask the database at once.
   */
  make(kind: SnapshotKind, id: string): Promise<Snapshot | null> {
    const key = `${kind}:${id}`;
    const known = this.made.get(key);
    if (known) return known;
    const picture = this.read(kind, id, this.projected(kind, this.feed.head()));
    this.made.set(key, picture);
    const forget = () => { if (this.made.get(key) === picture) this.made.delete(key); };
    picture.then(() => setTimeout(forget, this.least(kind)).unref(), forget);
    return picture;
  }

  /** Sends each new picture to `watcher`. @returns ends it */
  watch(kind: SnapshotKind, id: string, watcher: SnapshotWatcher): () => void {
    this.unfollow ??= this.feed.follow((events) => this.notice(events));
    const key = `${kind}:${id}`;
    const watched = this.watched.get(key) ?? this.begin(key, kind, id);
    watched.watchers.add(watcher);
    return () => {
      watched.watchers.delete(watcher);
      if (watched.watchers.size > 0) return;
      clearTimeout(watched.timer);
      this.watched.delete(key);
    };
  }

  stop(): void {
    this.unfollow?.();
    for (const watched of this.watched.values()) clearTimeout(watched.timer);
    this.watched.clear();
  }

  private least(kind: SnapshotKind): number {
    return Math.max(LEAST, this.sources.get(kind)?.least ?? LEAST);
  }

  private async read(kind: SnapshotKind, id: string, reached: Promise<void>): Promise<Snapshot | null> {
    const made = await this.sources.get(kind)?.read(id, reached);
    if (!made) return null;
    return { topic: { kind, id }, position: made.position, madeAt: new Date().toISOString(), data: made.data } as Snapshot;
  }

  private begin(key: string, kind: SnapshotKind, id: string): Watched {
    const now = performance.now();
    const watched: Watched = {
      kind, id, watchers: new Set(), timer: undefined, wanted: 0, dirty: true, making: false, lastMade: now, lastSent: now, lastData: '',
    };
    this.watched.set(key, watched);
    this.plan(watched);
    return watched;
  }

  private notice(events: AnyEnvelope[]): void {
    if (this.watched.size === 0) return;
    for (const source of this.sources.values()) {
      for (const event of events) {
        const id = source.changes(event);
        const watched = id === null ? undefined : this.watched.get(`${source.kind}:${id}`);
        if (!watched) continue;
        if (source.projector && this.consumers.takes(source.projector, event.type)) watched.wanted = event.position;
        if (watched.dirty) continue;
        watched.dirty = true;
        this.plan(watched);
      }
    }
  }

  private plan(watched: Watched): void {
    if (watched.making) return;
    const count = [...watched.watchers].reduce((sum, watcher) => sum + watcher.count(), 0);
    const least = Math.max(this.least(watched.kind), (count / DELIVERIES) * 1_000);
    const dueAt = watched.lastMade + (watched.dirty ? least : LOOK);
    clearTimeout(watched.timer);
    watched.timer = setTimeout(() => void this.renew(watched), Math.max(0, dueAt - performance.now()));
  }

  private async renew(watched: Watched): Promise<void> {
    watched.making = true;
    watched.dirty = false;
    watched.lastMade = performance.now();
    try {
      const snapshot = await this.read(watched.kind, watched.id, this.projected(watched.kind, watched.wanted));
      if (snapshot) this.send(watched, snapshot);
      // The projector, here or in another process, has not come so far yet: the same again at the next turn.
      if (snapshot && snapshot.position < watched.wanted) watched.dirty = true;
    } catch (error) {
      watched.dirty = true;
      this.log.error({ err: error, kind: watched.kind, id: watched.id }, 'A snapshot could not be made; the next try follows');
    }
    watched.making = false;
    if (watched.watchers.size > 0) this.plan(watched);
  }

  private async projected(kind: SnapshotKind, position: number): Promise<void> {
    const projector = this.sources.get(kind)?.projector;
    if (projector) await this.consumers.reached(projector, position, PROJECTING);
  }

  private send(watched: Watched, snapshot: Snapshot): void {
    const data = JSON.stringify(snapshot.data);
    const now = performance.now();
    if (data === watched.lastData && now - watched.lastSent < AGAIN) return;
    watched.lastData = data;
    watched.lastSent = now;
    for (const watcher of watched.watchers) watcher.send(snapshot);
  }
}
