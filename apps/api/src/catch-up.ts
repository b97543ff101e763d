import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audiences, coalescedTypes, type AnyEnvelope, type Audience, type EventType } from '#libs/contracts';
import { Feed } from '#libs/events';

/** More missed events than this are not told one by one: the client fetches anew. */
const MOST = 1_000;
/** How far the log is read for them; a client that was away for longer fetches anew. */
const SPAN = 50_000;
/** The newest events that are kept in memory, so that a hall that comes back at once does not ask the database at once. */
const KEPT = 5_000;
/** Another process may be ahead of this one by a moment; for so long a client's position is waited for. Milliseconds. */
const BEHIND = 2_000;

const coalesced: ReadonlySet<EventType> = new Set(coalescedTypes);

interface Kept { event: AnyEnvelope; audience: Audience[] }
/** What was missed, in order; null: too much, or not known, so fetch anew. */
export type Missed = AnyEnvelope[] | null;

/** Who may see this event: names of rooms. A type that a newer process has brought is for nobody here yet. */
export function audienceOf(event: AnyEnvelope): Audience[] {
  const decide = audiences[event.type] as ((event: AnyEnvelope) => Audience[]) | undefined;
  return decide?.(event) ?? [];
}

/** What a client missed of its audiences. */
@Injectable()
export class CatchUp implements OnModuleInit {
  private recent: Kept[] = [];
  /** Everything after this position that is not coalesced is in `recent`. */
  private recentFrom: number | null = null;

  constructor(private readonly feed: Feed) {}

  onModuleInit(): void {
    this.feed.follow((events) => this.keep(events));
  }

  /**
   * Finds the events after `since` up to the feed's head, and calls `act` with them in the very tick in which they are
   * complete: whoever joins a room inside `act` misses nothing and gets nothing twice.
   */
  async read(wanted: readonly Audience[], since: number, act: (missed: Missed) => void): Promise<void> {
    if (!(await this.reached(since))) return act(null);
    const missed: AnyEnvelope[] = [];
    let position = since;
    while (position < this.feed.head()) {
      if (this.recentFrom !== null && position >= this.recentFrom) {
        missed.push(...this.keptAfter(position, wanted));
        position = this.feed.head();
      } else {
        const until = this.feed.head();
        if (until - since > SPAN) return act(null);
        const page = await this.feed.since(position, { without: coalescedTypes, until, limit: MOST });
        missed.push(...page.filter((event) => isFor(audienceOf(event), wanted)));
        position = page.length < MOST ? until : page.at(-1)!.position;
      }
      if (missed.length > MOST) return act(null);
    }
    act(missed);
  }

  /** @returns false for a position that this log has not given */
  private async reached(position: number): Promise<boolean> {
    if (position <= this.feed.head()) return true;
    if (position > (await this.feed.latest())) return false;
    for (const end = performance.now() + BEHIND; position > this.feed.head() && performance.now() < end;) await pause(20);
    return position <= this.feed.head();
  }

  private keptAfter(position: number, wanted: readonly Audience[]): AnyEnvelope[] {
    const first = this.recent.findLastIndex(({ event }) => event.position <= position) + 1;
    return this.recent.slice(first).flatMap(({ event, audience }) => (isFor(audience, wanted) ? [event] : []));
  }

  private keep(events: AnyEnvelope[]): void {
    this.recentFrom ??= events[0]!.position - 1;
    for (const event of events) if (!coalesced.has(event.type)) this.recent.push({ event, audience: audienceOf(event) });
    if (this.recent.length <= KEPT * 1.2) return;
    this.recentFrom = this.recent.at(-KEPT - 1)!.event.position;
    this.recent = this.recent.slice(-KEPT);
  }
}

const isFor = (audience: readonly Audience[], wanted: readonly Audience[]): boolean => audience.some((one) => wanted.includes(one));
