/**
 * What a page watches, and how far it has heard: the order of events, each once, across lost lines. No socket and no Vue here,
 * so that every order of arrival can be tried in a spec.
 */
import { audiences, type Ack, type AnyEnvelope, type Envelope, type EventType, type Snapshot, type Subscribe, type Subscribed, type Topic } from '#libs/contracts';

export interface Watcher {
  event?(event: AnyEnvelope): void;
  snapshot?(snapshot: Snapshot): void;
  /** Too much was missed, or nothing is known of it: fetch the page's data anew. */
  resync?(): void;
  /** The first answer: from here on nothing is missed. What was asked for before it may lack a moment. */
  begun?(): void;
  /** The server refuses this topic to us. */
  refused?(problem: { code: string; message: string }): void;
}
interface Watched {
  topic: Topic;
  watchers: Set<Watcher>;
  /** Everything of this topic up to here was given; absent until the first answer. */
  position?: number;
  /** Caught up on the present line. */
  ready: boolean;
  newest?: Snapshot;
  /** Positions given lately: a catch-up and the live line overlap. */
  seen: Set<number>;
}

const REMEMBERED = 2000;
const keyOf = (topic: Topic) => ('id' in topic ? `${topic.kind}:${topic.id}` : topic.kind);
const keysOf = <T extends EventType>(event: Envelope<T>): string[] =>
  audiences[event.type](event).map(audience => (audience.startsWith('account:') ? 'account' : audience));

export class Topics {
  private readonly watched = new Map<string, Watched>();
  private early: AnyEnvelope[] = [];

  /** `ask` sends a subscription and later calls `answered` with its answer; `leave` ends one. Both only while the line is open. */
  constructor(private readonly ask: (request: Subscribe, answered: (answer: Ack<Subscribed>) => void) => void, private readonly leave: (topic: Topic) => void) {}

  /** Watches until the returned function is called. The newest snapshot that is known comes at once. */
  watch(topic: Topic, watcher: Watcher): () => void {
    const key = keyOf(topic);
    let one = this.watched.get(key);
    if (one) {
      if (one.newest) watcher.snapshot?.(one.newest);
    } else {
      one = { topic, watchers: new Set(), ready: false, seen: new Set() };
      this.watched.set(key, one);
      this.subscribe(one);
    }
    const mine = one;
    mine.watchers.add(watcher);
    return () => {
      mine.watchers.delete(watcher);
      if (mine.watchers.size || this.watched.get(key) !== mine) return;
      this.watched.delete(key);
      this.leave(topic);
      this.release();
    };
  }

  /** The line is there (again): asks for everything since. */
  opened(): void {
    this.watched.forEach(one => this.subscribe(one));
  }

  /** The line is gone: what came early on it will be caught up. */
  lost(): void {
    this.early = [];
    this.watched.forEach(one => { one.ready = false; });
  }

  /** An event from the line. While a topic is catching up, all wait, so that order holds. */
  event(event: AnyEnvelope): void {
    if (this.settled()) this.give(event);
    else this.early.push(event);
  }

  /** A snapshot from the line; an older one than the newest is dropped. */
  snapshot(snapshot: Snapshot): void {
    const one = this.watched.get(keyOf(snapshot.topic));
    if (!one || (one.newest && snapshot.position < one.newest.position)) return;
    one.newest = snapshot;
    one.watchers.forEach(watcher => watcher.snapshot?.(snapshot));
  }

  private subscribe(one: Watched): void {
    one.ready = false;
    this.ask({ topic: one.topic, ...(one.position === undefined ? {} : { since: one.position }) }, answer => this.caughtUp(one, answer));
  }

  private caughtUp(one: Watched, answer: Ack<Subscribed>): void {
    if (this.watched.get(keyOf(one.topic)) !== one) return; // left meanwhile
    one.ready = true;
    if (answer.ok) {
      if (one.position === undefined) one.watchers.forEach(watcher => watcher.begun?.());
      if (answer.data.resync) one.watchers.forEach(watcher => watcher.resync?.());
      answer.data.events.forEach(event => this.giveTo(one, event));
      one.position = Math.max(one.position ?? 0, answer.data.position);
      if (answer.data.snapshot) this.snapshot(answer.data.snapshot);
    } else one.watchers.forEach(watcher => watcher.refused?.(answer.error));
    this.release();
  }

  private settled(): boolean {
    return [...this.watched.values()].every(one => one.ready);
  }

  private release(): void {
    if (!this.settled()) return;
    const waiting = this.early.sort((a, b) => a.position - b.position);
    this.early = [];
    waiting.forEach(event => this.give(event));
  }

  /** The line brings all topics in one order: an event tells each topic that is ready how far it has heard. */
  private give(event: AnyEnvelope): void {
    const keys = keysOf(event as Envelope<EventType>);
    for (const [key, one] of this.watched) {
      if (keys.includes(key)) this.giveTo(one, event);
      one.position = Math.max(one.position ?? 0, event.position);
    }
  }

  private giveTo(one: Watched, event: AnyEnvelope): void {
    if (one.seen.has(event.position)) return;
    one.seen.add(event.position);
    if (one.seen.size > REMEMBERED) one.seen.delete(one.seen.values().next().value!);
    one.watchers.forEach(watcher => watcher.event?.(event));
  }
}
