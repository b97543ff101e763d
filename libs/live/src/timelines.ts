import { Injectable } from '@nestjs/common';
import { Recordings } from '#libs/rooms';
import type { Recording } from '#libs/platform';
import { offsetOf } from './broadcast.rules.js';
import type { BroadcastRow } from './broadcasts.js';
import { placeIn, spansOf, type Span } from './timeline.rules.js';

/** Replays whose spans are kept in memory; a span is three numbers, and most replays have one. */
const KEPT = 200;

/** Milliseconds at which a moment stands in a broadcast's replay. */
export type Timeline = (at: Date) => number;

/** Places of messages and cards: while it is on air from its start, afterwards in what was recorded. */
@Injectable()
export class Timelines {
  private readonly known = new Map<string, Promise<Span[]>>();

  constructor(private readonly recordings: Recordings) {}

  async of(broadcast: BroadcastRow): Promise<Timeline> {
    const recording = broadcast.status === 'ended' ? await this.recording(broadcast) : null;
    if (!recording) return (at) => offsetOf(broadcast.startedAt, at);
    const spans = await this.spans(recording);
    return (at) => placeIn(spans, at);
  }

  /** What is shown as the replay: the longest that its room left; null: nothing was recorded. */
  async recording({ roomId }: BroadcastRow): Promise<Recording | null> {
    const all = (await this.recordings.ofRoom(roomId)).filter(({ duration }) => duration > 0);
    return all.sort((a, b) => b.duration - a.duration)[0] ?? null;
  }

  private spans({ id, endedAt }: Recording): Promise<Span[]> {
    const known = this.known.get(id);
    if (known) return known;
    const made = this.recordings.segments(id).then(spansOf);
    // One that is still being written is read anew each time.
    if (endedAt) {
      this.known.set(id, made);
      made.catch(() => this.known.delete(id));
      if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value as string);
    }
    return made;
  }
}
