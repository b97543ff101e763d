import { Injectable } from '@nestjs/common';
import type { TopicKind } from '#libs/contracts';

/** A slice that must know who watches its topics: told of a person's first line in this process, and of their last. */
export interface Watcher {
  /** @param personKey `account:…`, `device:…` (nobody signed in) or `socket:…` (a browser that names no device) */
  joined(id: string, personKey: string): void;
  left(id: string, personKey: string): void;
}

/**
 * Who watches what through this process. The gateway tells each line that comes to a topic and each that goes; slices
 * register for a kind of topic and hear of persons: one in two tabs is one.
 */
@Injectable()
export class Watchers {
  private readonly watchers = new Map<string, Watcher>();
  /** Lines by `topicKey personKey`. */
  private readonly lines = new Map<string, number>();

  /** Registers who hears of a kind of topic; call it in `onModuleInit`. */
  add(kind: TopicKind, watcher: Watcher): void {
    if (this.watchers.has(kind)) throw new Error(`Topics of the kind ${kind} have a watcher already.`);
    this.watchers.set(kind, watcher);
  }

  /** A line came to `topic` (`kind:id`). */
  enter(topic: string, personKey: string): void {
    const [watcher, id] = this.of(topic);
    if (!watcher) return;
    const key = `${topic} ${personKey}`;
    const lines = (this.lines.get(key) ?? 0) + 1;
    this.lines.set(key, lines);
    if (lines === 1) watcher.joined(id, personKey);
  }

  /** A line that came to `topic` has gone. */
  leave(topic: string, personKey: string): void {
    const [watcher, id] = this.of(topic);
    const key = `${topic} ${personKey}`;
    const lines = this.lines.get(key);
    if (!watcher || lines === undefined) return;
    if (lines > 1) this.lines.set(key, lines - 1);
    else {
      this.lines.delete(key);
      watcher.left(id, personKey);
    }
  }

  private of(topic: string): [Watcher | undefined, string] {
    const [kind, id] = topic.split(':');
    return [this.watchers.get(kind as string), id ?? ''];
  }
}
